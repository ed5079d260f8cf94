from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from alongside.ground.core.standing import Post
from alongside.members.membership.rules import answers, dates, invitations
from alongside.members.membership.rules.answers import AnswerState, SigningAuthority
from alongside.members.membership.rules.outlook import words_of
from alongside.members.membership.tests.make import DATES
from alongside.members.posts.tests.make import LIST

S = AnswerState
TODAY = date(2022, 3, 8)
OF_2022 = dates.dates_of(DATES, date(2022, 2, 7))


# States


def test_every_state_has_its_row_its_words_and_its_colours() -> None:
    assert set(answers.TRANSITIONS) == set(answers.PICTURE_TONES) == set(S)


def test_every_state_can_be_reached_and_left() -> None:
    reached = {after for row in answers.TRANSITIONS.values() for after in row}
    assert reached == set(S) - {S.NO_REPLY}
    assert all(answers.TRANSITIONS[state] for state in S)


def test_nothing_leads_back_to_no_reply() -> None:
    assert not any(S.NO_REPLY in answers.TRANSITIONS[state] for state in S)


@given(st.lists(st.sampled_from(list(S)), max_size=12))
def test_whatever_a_school_says_after_signing_it_has_signed(wanted: list[AnswerState]) -> None:
    state, has_signed = S.NO_REPLY, False
    for after in wanted:
        if state.value in answers.states_before(after):
            assert after in answers.TRANSITIONS[state]
            state = after
        has_signed = has_signed or after is S.SIGNED
        assert (state is S.SIGNED) is has_signed


def test_a_signature_ends_by_withdrawing_or_by_decision_only() -> None:
    assert answers.TRANSITIONS[S.SIGNED] == {S.READING: answers.WITHDRAWN, S.DECLINED: answers.RELEASED}


@pytest.mark.parametrize(
    ("choice", "stated", "invited", "problem"),
    [
        ("question", Post.BUSINESS_MANAGER, Post.HEAD, ""),
        ("question", Post.BUSINESS_MANAGER, Post.BUSINESS_MANAGER, ""),
        ("sign", Post.HEAD, Post.HEAD, ""),
        ("sign", Post.GOVERNOR_CHAIR, Post.HEAD, ""),
        ("decline", Post.TRUST_OFFICER, Post.HEAD, ""),
        ("subject", Post.SCHOOL_ADMIN, Post.TRUST_OFFICER, ""),
        ("sign", Post.BUSINESS_MANAGER, Post.HEAD, "does not answer for the school"),
        ("subject", Post.BUSINESS_MANAGER, Post.HEAD, "does not answer for the school"),
        ("decline", Post.BUSINESS_MANAGER, Post.TRUST_OFFICER, "does not answer for the school"),
        ("question", Post.HEAD, Post.BUSINESS_MANAGER, "for one of your own"),
        ("sign", Post.GOVERNOR_CHAIR, Post.BUSINESS_MANAGER, "for one of your own"),
    ],
)
def test_who_answers_by_a_link_says_what_they_are(choice: str, stated: Post, invited: Post, problem: str) -> None:
    said = answers.stated_post_problem(answers.AnswerKind(choice), LIST[stated], LIST[invited])
    assert (problem in said, bool(said)) == (True, bool(problem))


@pytest.mark.parametrize(
    ("kind", "authorities"),
    [
        ("Academy converter", (SigningAuthority.TRUST, SigningAuthority.DELEGATED)),
        ("Academy sponsor led", (SigningAuthority.TRUST, SigningAuthority.DELEGATED)),
        ("Free schools", (SigningAuthority.TRUST, SigningAuthority.DELEGATED)),
        ("University technical college", (SigningAuthority.TRUST, SigningAuthority.DELEGATED)),
        ("Studio schools", (SigningAuthority.TRUST, SigningAuthority.DELEGATED)),
        ("Community school", (SigningAuthority.GOVERNING_BODY, SigningAuthority.HEAD)),
        ("Voluntary aided school", (SigningAuthority.GOVERNING_BODY, SigningAuthority.HEAD)),
        ("Other independent school", (SigningAuthority.PROPRIETOR, SigningAuthority.GOVERNING_BODY)),
        ("Non-maintained special school", (SigningAuthority.PROPRIETOR, SigningAuthority.GOVERNING_BODY)),
        ("", (SigningAuthority.GOVERNING_BODY, SigningAuthority.HEAD)),
    ],
)
def test_who_may_decide_follows_from_the_kind_of_school(kind: str, authorities: tuple[SigningAuthority, ...]) -> None:
    assert answers.authorities_for(kind) == authorities


@pytest.mark.parametrize(
    ("authority", "kind", "posts", "allowed"),
    [
        (SigningAuthority.HEAD, "Community school", {Post.HEAD}, True),
        (SigningAuthority.HEAD, "Community school", {Post.GOVERNOR_CHAIR}, False),
        (SigningAuthority.HEAD, "Academy converter", {Post.HEAD}, False),
        (SigningAuthority.DELEGATED, "Academy converter", {Post.HEAD}, True),
        (SigningAuthority.TRUST, "Community school", {Post.TRUST_OFFICER}, False),
        (SigningAuthority.HEAD, "Community school", None, True),
    ],
)
def test_an_authority_fits_the_school_and_the_signer(
    authority: SigningAuthority, kind: str, posts: set[Post] | None, allowed: bool
) -> None:
    verdict = answers.may_rest_on(authority, "Elm", kind, frozenset(posts) if posts is not None else None)
    assert bool(verdict) is allowed
    assert ("Elm" in verdict.reason) is not allowed


@pytest.mark.parametrize(("days", "fine"), [(0, True), (-1, False), (366, True), (367, False)])
def test_the_meeting_is_to_come_and_within_a_year(days: int, fine: bool) -> None:
    assert (answers.subject_problem(TODAY + timedelta(days=days), TODAY) == "") is fine


@pytest.mark.parametrize(("days", "fine"), [(0, True), (1, False), (-5 * 366, True), (-5 * 366 - 1, False)])
def test_an_authority_is_of_a_day_that_has_come_and_not_long_past(days: int, fine: bool) -> None:
    assert (answers.authority_date_problem(TODAY + timedelta(days=days), TODAY) == "") is fine


# Chase


def test_an_invitation_begins_with_the_words_of_the_office() -> None:
    opening = invitations.opening_of("[partnership]", "Dear head,\r\n\r\n\r\n\r\n[school] is asked.", "E", TODAY, ["Elm", "Ash"])
    assert opening == ("E", ["Dear head,", "Elm and Ash is asked."])


@pytest.mark.parametrize(
    ("subject", "body", "fields"),
    [
        ("Would you join?", "x" * 20, []), ("Would you join?\n", "x" * 20, []), ("Would you\njoin?", "x" * 20, ["subject"]),
        (" ", "x" * 20, ["subject"]), ("Would you join?", " " + "x" * 19, ["body"]),
    ],
)  # fmt: skip
def test_a_message_has_a_subject_of_one_line_and_words_of_its_own(subject: str, body: str, fields: list[str]) -> None:
    assert list(invitations.wrong_with_words(subject, body)) == fields


def test_words_are_filled_in_and_other_braces_stay() -> None:
    filled = invitations.fill("[school], [partnership] by [last day to sign]: [x] {0}", "Elthorne", date(2022, 3, 18), "Elm")
    assert filled == "Elm, Elthorne by Friday 18 March: [x] {0}"


@given(st.text(), st.text())
def test_any_words_can_be_filled(words: str, school: str) -> None:
    assert isinstance(invitations.fill(words, "P", TODAY, school), str)


def test_the_chase_card_says_who_is_left() -> None:
    groups = {("no_reply", 0, True): 13, ("reading", 2, True): 6, ("no_reply", 0, False): 1, ("signed", 0, True): 61}
    assert invitations.chase_words(groups, 2) == (
        13,
        [
            "20 schools have not replied.", "13 have had no reminder yet.", "6 have had two and are better called.",
            "1 has no e-mail address here: a letter reaches them.",
        ],
    )  # fmt: skip
    assert invitations.chase_words({}, 2) == (0, ["Every school that was asked has answered."])
    assert invitations.chase_words({("to_invite", 0, True): 2}, 2) == (0, ["2 schools are to be invited."])


@pytest.mark.parametrize(
    ("at_most", "can", "said"),
    [
        (0, 0, ["5 are better called: no reminder is sent."]),
        (1, 3, ["3 have had no reminder yet.", "2 have had one or more and are better called."]),
        (2, 4, ["3 have had no reminder yet.", "1 has had one.", "1 has had two and is better called."]),
    ],
)
def test_the_chase_card_counts_by_the_reminders_that_are_set(at_most: int, can: int, said: list[str]) -> None:
    groups = {("no_reply", 0, True): 3, ("no_reply", 1, True): 1, ("reading", 2, True): 1}
    assert invitations.chase_words(groups, at_most) == (can, ["5 schools have not replied.", *said])
    one = {("no_reply", 0, True): 1}
    assert invitations.chase_words(one, 0) == (0, ["1 school has not replied.", "1 is better called: no reminder is sent."])
    once = invitations.chase_words({("reading", 1, True): 2}, 1)
    assert once == (0, ["2 schools have not replied.", "2 have had one and are better called."])


@pytest.mark.parametrize(
    ("state", "subject_to", "words"),
    [
        (AnswerState.SUBJECT, "trust", "Yes, subject to trust"),
        (AnswerState.SUBJECT, "governors", "Yes, subject to governors"),
        (AnswerState.NO_REPLY, "trust", "No reply yet"),
        (AnswerState.SIGNED, "", "Signed"),
    ],
)
def test_an_answer_is_called_the_same_wherever_it_stands(state: AnswerState, subject_to: str, words: str) -> None:
    assert words_of(state, subject_to) == words


def test_how_it_stands_is_said_where_it_is_known_and_no_fewer_than_none_can_be_written_to() -> None:
    words = "[how it stands] by [last day to sign]"
    assert invitations.fill(words, "P", date(2022, 3, 18), "Elm", "Open.") == "Open. by Friday 18 March"
    assert invitations.fill(words, "P", date(2022, 3, 18), "Elm") == "[how it stands] by Friday 18 March"
    assert invitations.chase_words({("no_reply", 0, True): 1}, 2, resting=2)[0] == 0
