from datetime import UTC, date, datetime, timedelta
from string import digits
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, strategies as st

from alongside.ground.core.standing import OPENS, Post, Standing
from alongside.ground.core.tests.make import usual
from alongside.members.people import permissions
from alongside.members.people.forms.people import EndRoleForm, SeptemberForm
from alongside.members.people.forms.signing_in import OtherPassword, ProofForm, TypeCode
from alongside.members.people.rules import roles as roles_rules
from alongside.members.people.rules.roles import Holding, InvitationState as S
from alongside.members.posts.tests.make import LIST

NOW = datetime(2022, 3, 8, 12, tzinfo=UTC)
LATER, EARLIER = NOW + timedelta(days=1), NOW - timedelta(seconds=1)
SYSTEM = Standing.system()


@pytest.mark.parametrize(
    ("state", "expires_at", "open_now"),
    [
        (S.OPEN, LATER, True),
        (S.OPEN, NOW, False),
        (S.OPEN, EARLIER, False),
        (S.ACCEPTED, LATER, False),
        (S.PASSED_ON, LATER, False),
        (S.CANCELLED, LATER, False),
        (S.REPLACED, LATER, False),
    ],
)
def test_an_invitation_is_open_until_it_is_used_or_expires(state: S, expires_at: datetime, open_now: bool) -> None:
    verdict = roles_rules.openness(state, expires_at, NOW)
    assert verdict.allowed is open_now
    assert bool(verdict.reason) is not open_now


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize(("may_send", "is_asked", "words"), [
    (True, True, ""), (False, True, "does not run"), (True, False, "does not ask"), (False, False, "does not ask"),
])  # fmt: skip
def test_an_invitation_opens_nothing_that_is_over(state: S, may_send: bool, is_asked: bool, words: str) -> None:
    verdict = roles_rules.openness(state, LATER, NOW, may_send, is_asked, "Elm Valley")
    assert verdict.allowed is (state is S.OPEN and may_send and is_asked)
    if state in {S.ACCEPTED, S.PASSED_ON} or (state is not S.OPEN and is_asked):
        words = roles_rules.CLOSED_BECAUSE[state]
    assert words in verdict.reason


def test_every_closed_state_says_why() -> None:
    assert set(roles_rules.CLOSED_BECAUSE) == set(S) - {S.OPEN}


SIGNERS = {Post.HEAD, Post.EXECUTIVE_HEAD, Post.SCHOOL_ADMIN, Post.GOVERNOR_CHAIR, Post.TRUST_OFFICER}


@pytest.mark.parametrize("post", Post)
@pytest.mark.parametrize("other", Post)
def test_an_invitation_never_goes_to_a_post_that_may_do_more(post: Post, other: Post) -> None:
    in_a_school = {*SIGNERS, Post.BUSINESS_MANAGER}
    expected = post in in_a_school and other in in_a_school and (post in SIGNERS or other == Post.BUSINESS_MANAGER)
    assert roles_rules.can_go_to(LIST[post], LIST[other]).allowed is expected


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("K7PM-2XQD", "K7PM2XQD"),
        ("k7pm 2xqd", "K7PM2XQD"),
        (" k7pm–2xqd ", "K7PM2XQD"),
        ("K7PM.2XQD", "K7PM2XQD"),
        ("k7pm\u20112xqd", "K7PM2XQD"),
        ("\u200bK7PM\u00ad-2XQD\u2060", "K7PM2XQD"),
        ("k7pm\u2212\u00a02xqd\ufeff", "K7PM2XQD"),
        ("Ｋ７ＰＭ－２ｘｑｄ", "K7PM2XQD"),
        ("“K7PM\u2014\t2XQD”.", "K7PM2XQD"),
        ("𝗞𝟳𝗣𝗠-𝟮𝗫𝗤𝗗", "K7PM2XQD"),
        ("", ""),
        ("äöü01IOL", ""),
    ],
)
def test_a_code_is_read_as_it_was_meant(typed: str, meant: str) -> None:
    assert roles_rules.read_code(typed) == meant
    assert TypeCode(data={"code": typed}, code="K7PM-2XQD").is_valid() is (meant != "")


@pytest.mark.parametrize("typed", ["123456", "123 456", "123\u2011456", "１２３４５６", "\u200b123\u00a0456\u2060", "123–456."])
def test_the_figures_of_an_app_are_read_as_they_were_meant(typed: str) -> None:
    assert roles_rules.read_code(typed, digits) == "123456"


@given(st.lists(st.sampled_from(roles_rules.CODE_ALPHABET), min_size=8, max_size=8).map("".join))
@pytest.mark.slow
def test_what_a_letter_prints_reads_back(code: str) -> None:
    assert roles_rules.read_code(roles_rules.show_code(code)) == code
    assert roles_rules.read_code(roles_rules.show_code(code).lower()) == code


def holding(person: str, post: Post, *, lasts: bool = True, from_on: date = date.min) -> Holding:
    return Holding(person, post, OPENS[post], lasts, from_on)


HEAD, ADMIN, BURSAR = holding("h", Post.HEAD), holding("a", Post.SCHOOL_ADMIN), holding("b", Post.BUSINESS_MANAGER)


@pytest.mark.parametrize(
    ("ending", "others", "warnings"),
    [
        (HEAD, [ADMIN], 1),
        (HEAD, [ADMIN, holding("n", Post.HEAD)], 0),
        (HEAD, [ADMIN, holding("n", Post.HEAD, lasts=False)], 1),
        (HEAD, [holding("n", Post.HEAD)], 0),
        (ADMIN, [HEAD], 0),
        (HEAD, [], 1),
        (HEAD, [BURSAR], 1),
        (HEAD, [holding("a", Post.SCHOOL_ADMIN, lasts=False)], 1),
        (BURSAR, [HEAD], 1),
        (BURSAR, [HEAD, holding("c", Post.BUSINESS_MANAGER)], 0),
        (holding("m", Post.FINANCE), [], 0),
    ],
)
def test_whoever_ends_a_role_is_told_what_falls_open(ending: Holding, others: list[Holding], warnings: int) -> None:
    assert len(roles_rules.warnings_before_ending(ending, others, "Oak School")) == warnings


@pytest.mark.parametrize(
    ("ending", "others", "told"),
    [
        (HEAD, [BURSAR], "Until Sam has said yes nobody else could sign or answer for Oak School, or invite a colleague."),
        (HEAD, [ADMIN], "Until Sam has said yes Oak School would have no head here."),
        (BURSAR, [HEAD], "Until Sam has said yes Oak School would have no business manager here: invoices go to the head."),
    ],
)
def test_where_somebody_is_invited_in_the_same_deed_it_falls_open_until_they_say_yes(
    ending: Holding, others: list[Holding], told: str
) -> None:
    assert roles_rules.warnings_before_ending(ending, others, "Oak School", follower="Sam") == [told]


def test_who_cannot_answer_for_the_school_does_not_stand_in_for_its_head() -> None:
    (told,) = roles_rules.warnings_before_ending(HEAD, [BURSAR], "Oak School")
    assert told.startswith("Nobody else could sign or answer for Oak School")


@pytest.mark.parametrize(("days", "may"), [(0, False), (1, True), (730, True), (731, False)])
def test_a_successor_begins_on_a_coming_day_within_two_years(days: int, may: bool) -> None:
    today = date(2022, 3, 8)
    assert bool(roles_rules.can_follow_from(today + timedelta(days=days), today, date(2020, 9, 1))) is may
    assert not roles_rules.can_follow_from(date(2022, 9, 1), today, date(2022, 9, 1))


def test_nobody_is_invited_or_passed_on_to_a_post_that_is_not_in_the_list() -> None:
    assert not permissions.may_invite_colleague(SYSTEM, None, "s1", "p1", belongs=True)
    assert not roles_rules.can_go_to(LIST[Post.HEAD], None) and not roles_rules.can_go_to(None, LIST[Post.HEAD])


@pytest.mark.parametrize(
    ("gone_from", "told"),
    [
        (date(2022, 8, 1), "Oak School would have no head here until 1 September 2022."),
        (date(2022, 8, 31), "Oak School would have no head here until 1 September 2022."),
        (date(2022, 9, 1), None),
        (date(2022, 9, 2), None),
    ],
)
def test_no_gap_is_announced_where_one_head_follows_the_other(gone_from: date, told: str | None) -> None:
    next_one = holding("n", Post.HEAD, from_on=date(2022, 9, 1))
    assert roles_rules.warnings_before_ending(HEAD, [ADMIN, next_one], "Oak School", gone_from) == ([told] if told else [])


@pytest.mark.parametrize(
    ("last_on", "first", "between"),
    [
        (None, date(2022, 9, 1), None),
        (date(2022, 8, 31), date(2022, 9, 1), None),
        (date(2022, 12, 31), date(2022, 9, 1), None),
        (date(2022, 8, 30), date(2022, 9, 1), (date(2022, 8, 31), date(2022, 8, 31))),
        (date(2022, 7, 20), date(2022, 9, 1), (date(2022, 7, 21), date(2022, 8, 31))),
    ],
)
def test_whoever_invites_a_successor_is_told_the_days_between(last_on: date | None, first: date, between: object) -> None:
    assert roles_rules.days_without(last_on, first) == between


@pytest.mark.parametrize(
    ("heads", "since"),
    [
        ([], None),
        ([(date(2020, 9, 1), None)], None),
        ([(date(2020, 9, 1), date(2022, 8, 31))], date(2022, 9, 1)),
        ([(date(2020, 9, 1), date(2022, 8, 31)), (date(2022, 9, 1), None)], None),
        ([(date(2020, 9, 1), date(2022, 8, 31)), (date(2022, 9, 5), None)], date(2022, 9, 1)),
        ([(date(2020, 9, 1), date(2022, 5, 31))], date(2022, 6, 1)),
        ([(date(2020, 9, 1), date(2022, 6, 1))], date(2022, 6, 2)),
        ([(date(2022, 6, 1), None)], None),
        ([(date(2022, 9, 1), None)], date(2022, 6, 1)),
        ([(date(2020, 9, 1), date(2022, 8, 31)), (date(2022, 1, 1), date(2023, 8, 31))], date(2023, 9, 1)),
    ],
)
def test_the_first_day_without_a_head(heads: list[tuple[date, date | None]], since: date | None) -> None:
    assert roles_rules.without_head_from(heads, False, date(2022, 6, 1)) == since
    assert roles_rules.without_head_from(heads, True, date(2022, 6, 1)) == (since if heads else date(2022, 6, 1))


@pytest.mark.parametrize(
    ("ending", "others", "last"),
    [
        (holding("m", Post.MANAGER), [], True),
        (holding("m", Post.MANAGER), [holding("f", Post.FINANCE)], True),
        (holding("m", Post.MANAGER), [holding("n", Post.MANAGER, lasts=False)], True),
        (holding("m", Post.MANAGER), [holding("n", Post.MANAGER)], False),
        (holding("f", Post.FINANCE), [], False),
    ],
)
def test_a_partnership_always_has_a_manager(ending: Holding, others: list[Holding], last: bool) -> None:
    assert roles_rules.is_last_manager(ending, others) is last


MONDAY = date(2022, 3, 7)
DAY = timedelta(days=1)


def somebody(post: Post, place: str) -> Standing:
    where = {"school": place} if place.startswith("s") else {"partnership": place}
    return Standing("me", "Me", frozenset({usual(post, **where)}), frozenset({("p1", place)} if place == "s1" else ()))


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (somebody(Post.HEAD, "s1"), True),
        (somebody(Post.SCHOOL_ADMIN, "s1"), True),
        (somebody(Post.GOVERNOR_CHAIR, "s1"), True),
        (somebody(Post.TRUST_OFFICER, "s1"), True),
        (somebody(Post.BUSINESS_MANAGER, "s1"), False),
        (somebody(Post.HEAD, "s2"), False),
        (somebody(Post.MANAGER, "p1"), True),
        (somebody(Post.FINANCE, "p1"), True),
        (somebody(Post.MANAGER, "p2"), False),
        (Standing("me", "Me"), False),
        (Standing(), False),
        (SYSTEM, True),
    ],
)
def test_who_looks_after_the_people_of_a_school(who: Standing, may: bool) -> None:
    assert permissions.may_keep_people(who, "s1", "p1").allowed is may
    assert permissions.may_invite_colleague(who, LIST[Post.HEAD], "s1", "p1", belongs=True).allowed is may
    assert permissions.may_keep_place(who, "s1", "p1").allowed is may
    assert permissions.may_end_role(who, "somebody else", "s1", "p1", last_manager=False).allowed is may
    if not may:
        assert permissions.may_keep_people(who, "s1", "p1").reason


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (somebody(Post.MANAGER, "p1"), True),
        (somebody(Post.FINANCE, "p1"), False),
        (somebody(Post.MANAGER, "p2"), False),
        (somebody(Post.HEAD, "s1"), False),
        (Standing(), False),
        (SYSTEM, True),
    ],
)
def test_the_manager_chooses_who_works_in_the_office(who: Standing, may: bool) -> None:
    assert permissions.may_keep_office(who, "p1").allowed is may
    assert permissions.may_invite_colleague(who, LIST[Post.FINANCE], None, "p1", belongs=False).allowed is may
    assert permissions.may_end_role(who, "somebody else", None, "p1", last_manager=False).allowed is may


@pytest.mark.parametrize(
    ("post", "school", "partnership", "belongs"),
    [
        (Post.HEAD, None, "p1", False),
        (Post.MANAGER, "s1", "p1", True),
        (Post.MANAGER, None, None, False),
        (Post.HEAD, "s1", "p1", False),
    ],
)
def test_a_post_is_in_its_place_and_the_school_in_the_partnership(
    post: Post, school: str | None, partnership: str | None, belongs: bool
) -> None:
    assert not permissions.may_invite_colleague(SYSTEM, LIST[post], school, partnership, belongs)


def test_one_may_always_leave_a_post_but_not_as_the_only_manager() -> None:
    me = Standing("me", "Me")
    assert permissions.may_end_role(me, "me", "s1", None, last_manager=False)
    assert not permissions.may_end_role(me, "me", None, "p1", last_manager=True)
    assert not permissions.may_end_role(SYSTEM, "x", None, "p1", last_manager=True)


@pytest.mark.parametrize(
    ("who", "own", "invited", "may"),
    [
        (Standing(), "", "a@b.example", True),
        (Standing("me"), "A@b.example", "a@b.example", True),
        (Standing("me"), "c@b.example", "a@b.example", False),
        (Standing("me"), "c@b.example", "", True),
    ],
)
def test_an_invitation_is_for_its_address(who: Standing, own: str, invited: str, may: bool) -> None:
    assert permissions.may_take_up(who, own, invited).allowed is may


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (somebody(Post.BUSINESS_MANAGER, "s1"), True),
        (somebody(Post.HEAD, "s2"), False),
        (somebody(Post.FINANCE, "p1"), True),
        (Standing(), False),
    ],
)
def test_the_people_of_a_school_are_seen_by_the_school_and_the_office(who: Standing, may: bool) -> None:
    assert permissions.may_see_people(who, "s1", "p1").allowed is may


def test_only_oneself_corrects_a_name() -> None:
    assert permissions.may_change_details(Standing("me"), "me")
    assert not permissions.may_change_details(Standing("me"), "you")
    assert not permissions.may_create_person(somebody(Post.MANAGER, "p1"))
    assert permissions.may_list_people(somebody(Post.FINANCE, "p1"), "p1")
    assert not permissions.may_list_people(somebody(Post.HEAD, "s1"), "p1")


BOTH = Standing("k1", "", frozenset({usual(Post.HEAD, school="s1"), usual(Post.SCHOOL_ADMIN, school="s2")}))


@pytest.mark.parametrize(
    ("who", "roles", "may"),
    [
        (Standing("holder"), {("s1", None), ("s2", None), (None, "p2")}, True),
        (Standing(), {("s1", None)}, False),
        (somebody(Post.HEAD, "s1"), {("s1", None)}, True),
        (somebody(Post.BUSINESS_MANAGER, "s1"), {("s1", None)}, False),
        (somebody(Post.HEAD, "s1"), {("s1", None), ("s2", None)}, False),
        (BOTH, {("s1", None), ("s2", None)}, True),
        (somebody(Post.MANAGER, "p1"), {("s1", None)}, True),
        (somebody(Post.MANAGER, "p1"), {("s1", None), ("s2", None)}, False),  # the office reaches the one school only
        (somebody(Post.MANAGER, "p1"), {("s1", None), (None, "p1")}, True),
        (somebody(Post.MANAGER, "p1"), {("s1", None), (None, "p2")}, False),
        (SYSTEM, {("s1", None), ("s2", None), (None, "p2")}, True),
    ],
)
def test_a_mailbox_is_passed_on_by_who_keeps_every_place_of_its_holder(
    who: Standing, roles: set[tuple[str | None, str | None]], may: bool
) -> None:
    assert permissions.may_pass_on_mailbox(who, "holder", "s1", "p1", frozenset(roles)).allowed is may
    assert not permissions.may_pass_on_mailbox(Standing(), "", "s1", "p1", frozenset({("s1", None)}))


def test_what_stays_is_said_beside_what_falls_open() -> None:
    first = date(2022, 9, 1)
    around = roles_rules.Around("Ada", 2, (("Headteacher", "Ash", first), ("Trust officer", "Elm", None)), ("Bo", first))
    assert roles_rules.what_stays(around) == [
        "Bo is invited to follow from 1 September 2022 and has not yet said yes.",
        "2 invitations that Ada sent wait for an answer, and stay good.",
        "Ada is headteacher of Ash from 1 September 2022: that role stays.",
        "Ada is also trust officer of Elm: that role stays.",
    ]
    assert roles_rules.what_stays(roles_rules.Around("Ada")) == []
    assert roles_rules.what_stays(roles_rules.Around("Mo", to_office=("Eve (e@x.example)", "b@x.example"))) == [
        "Mo invited Eve (e@x.example) and b@x.example to the office. That ends with the role: invite again whoever is to come."
    ]


ADA: Any = SimpleNamespace(role="r1", name="Ada Osei", said="headteacher")


@pytest.mark.parametrize(
    ("form", "field", "words"),
    [
        (EndRoleForm({}, warned=False), "when", "Say when the role ends"),
        (ProofForm({}), "code", "Enter the code"),
        (TypeCode({}), "code", "Enter the code from the e-mail"),
        (OtherPassword(data={}), "password2", "Enter the new password again"),
        (SeptemberForm({}, roles=[ADA], began=date(2022, 9, 1)), "r1", "Say whether Ada Osei is still here"),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(form: Any, field: str, words: str) -> None:
    assert form.errors[field] == [words]
