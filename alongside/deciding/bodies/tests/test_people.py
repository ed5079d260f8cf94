"""What is asked at the start and each year, what is stated and known, who has many hats, who decides what."""

from datetime import date, timedelta

import pytest

from alongside.deciding.bodies import tasks
from alongside.deciding.bodies.actions import people, scheme, tenures
from alongside.deciding.bodies.models import Check, Delegated, Holder, HolderEntry, SkillAnswer, Tenure
from alongside.deciding.bodies.queries import people as queries
from alongside.deciding.bodies.rules.kinds import BodyKind, Duty
from alongside.deciding.bodies.rules.people import CheckKind, EntryKind, Hat, checks_of, is_new, many_hats, skills_held
from alongside.deciding.bodies.rules.scheme import who_decides
from alongside.deciding.bodies.tests.make import FIRST, SYSTEM, Board, body_of, seat_of
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import SEATS_OPEN, Held, Post, Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.ground.web.models import Stale
from alongside.ground.web.needs import DateRow, NeedRow
from alongside.members.membership.tests.make import person, person_also
from alongside.members.notices.models import Notice
from alongside.members.people.models import Person
from alongside.members.people.queries.roles import standing_of

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 21)]
ALL = "identity dbs section_128 code interests induction gias_start".split()


@pytest.fixture
def board() -> Board:
    return Board()


@pytest.mark.parametrize(
    ("kind", "duty", "until", "new", "beside", "asked"),
    [
        (BodyKind.MAINTAINED, Duty.MEMBER, None, True, False, ALL),
        (BodyKind.TRUST_BOARD, Duty.MEMBER, FIRST, True, False, [*ALL, "gias_end"]),
        (BodyKind.TRUST_BOARD, Duty.MEMBER, FIRST, False, False, ["interests", "gias_start", "gias_end"]),
        (BodyKind.LOCAL, Duty.CHAIR, None, True, True, ["gias_start"]),
        (BodyKind.MAINTAINED, Duty.CLERK, FIRST, True, True, []),
        (BodyKind.PARTNERSHIP_BOARD, Duty.MEMBER, FIRST, True, False, ["code", "interests", "induction"]),
        (BodyKind.PARTNERSHIP_BOARD, Duty.CHAIR, None, True, True, []),
        (BodyKind.WORKING_GROUP, Duty.MEMBER, None, True, False, []),
    ],
)
def test_a_governor_is_checked_and_entered_in_gias_and_others_state_interests(
    kind: BodyKind, duty: Duty, until: date | None, new: bool, beside: bool, asked: list[str]
) -> None:
    found = checks_of(kind, duty, FIRST, until, is_new=new, is_beside=beside)
    assert list(found) == asked
    days = {"dbs": 21, "section_128": 0, "gias_start": 14, "gias_end": 14, "code": 28}
    assert {one: found[one] - FIRST for one in found if one in days} == {
        one: timedelta(days=days[one]) for one in found if one in days
    }


@pytest.mark.parametrize(
    ("earlier", "new"),
    [([], True), ([None], False), ([date(2021, 12, 21)], True), ([date(2021, 12, 22)], False), ([date(2020, 1, 1), None], False)],
)
def test_who_sits_there_already_or_did_three_months_before_is_not_new(earlier: list[date | None], new: bool) -> None:
    assert is_new(FIRST, earlier) is new


@pytest.mark.parametrize(("answers", "shown"), [(4, []), (5, [("Law", 0), ("Risk", 2)])])
def test_skills_are_shown_as_sums_of_five_answers_or_more(answers: int, shown: list[tuple[str, int]]) -> None:
    given = [{"Risk": "4"}, {"Risk": "3", "Law": "2"}, *[{"Law": "1"}] * (answers - 2)]
    assert skills_held(["Risk", "Law"], given) == shown


def test_many_hats_are_listed_with_those_for_which_nobody_stands_in() -> None:
    covered, alone = Hat("Chair", True), Hat("DSL", False)
    people_of = {"a": ("Ann", [covered] * 3), "b": ("Bo", [covered, alone, alone]), "c": ("Cy", [alone] * 2)}
    assert [(one.name, one.hats, one.alone) for one in many_hats(people_of, 3)] == [("Bo", 3, ("DSL", "DSL")), ("Ann", 3, ())]


def test_a_decision_is_taken_by_whom_the_scheme_names() -> None:
    assert who_decides({"Board": "proposes", "Members": "decides", "Head": "decides"}) == "Members and Head"
    assert who_decides({"Board": "proposes"}) == ""


def governor(board: Board, name: str = "Gov", **facts: object) -> Tenure:
    """Somebody new on the governing body of Oak."""
    body = body_of(board.partnership, "maintained", name="Governors of Oak", school=board.schools["Oak"])
    said = {"name": name, "from_on": FIRST, "key": keys.new_key(), **facts}
    return tenures.appoint(seat=seat_of(body, "Parent governor 1"), **said, by=board.manager)


def asked_of(tenure: Tenure) -> dict[str, date]:
    return dict(Check.objects.filter(tenure=tenure, is_needed=True).values_list("kind", "due_on"))


def test_a_start_and_an_end_are_asked_for_and_follow_the_dates(board: Board) -> None:
    tenure = governor(board)
    assert sorted(asked_of(tenure)) == sorted([*ALL, "gias_end"])
    assert asked_of(tenure)["gias_end"] == date(2026, 4, 3)  # the term ends on 20 March 2026
    for on, comes_later in ((FIRST, True), (date(2026, 3, 19), True), (date(2026, 3, 20), False)):
        with clock.at(clock.start_of(on, 9)):
            now, later = queries.open_checks(tenure.seat.body, viewer=board.manager)
        assert [one.kind for one in later] == ["gias_end"] * comes_later, on
        assert ("gias_end" in [one.kind for one in now]) is not comes_later, on
    said = {"from_on": FIRST, "ended_because": "Moved", "by": board.manager}
    tenures.change_tenure(tenure=tenure, until_on=date(2022, 7, 31), version=1, **said)
    assert asked_of(tenure)["gias_end"] == date(2022, 8, 14)
    tenures.change_tenure(tenure=tenure, until_on=None, version=2, **said)
    assert "gias_end" not in asked_of(tenure)
    again = tenures.replace_holder(tenure=tenure, name="Next", from_on=date(2022, 9, 1), key=keys.new_key(), by=board.manager)
    assert asked_of(tenure)["gias_end"] == date(2022, 9, 14) and "dbs" in asked_of(again)
    tenures.strike_tenure(tenure=again, by=board.manager)
    assert not asked_of(again)


@pytest.mark.parametrize(("back_on", "is_checked"), [((2022, 8, 1), False), ((2022, 10, 30), False), ((2022, 10, 31), True)])
def test_who_comes_back_to_a_body_within_three_months_is_not_checked_again(
    board: Board, back_on: tuple[int, int, int], is_checked: bool
) -> None:
    first = governor(board, until_on=date(2022, 7, 31))
    seat = seat_of(first.seat.body, "Co-opted governor 1")
    again = tenures.appoint(seat=seat, name="GOV", from_on=date(*back_on), key=keys.new_key(), by=board.manager)
    assert again.holder == first.holder
    assert set(asked_of(again)) == ({*ALL, "gias_end"} if is_checked else {"interests", "gias_start", "gias_end"})


def test_who_acts_from_outside_is_checked_as_who_is_appointed_and_a_clerk_once_they_govern(board: Board) -> None:
    local = governor(board).seat.body
    clerk = tenures.appoint(seat=seat_of(local, "Clerk"), name="Cler", from_on=FIRST, key=keys.new_key(), by=board.manager)
    assert asked_of(clerk) == {}
    seat = seat_of(local, "Co-opted governor 1")
    acts = tenures.appoint(seat=seat, name="Act", from_on=FIRST, is_acting=True, key=keys.new_key(), by=board.manager)
    assert {"dbs", "section_128", "identity", "interests"} <= set(asked_of(acts))
    stays = tenures.appoint(seat=seat, name="Act", from_on=date(2022, 5, 1), key=keys.new_key(), by=board.manager)
    assert "dbs" not in asked_of(stays)
    other = tenures.appoint(
        seat=seat_of(local, "Co-opted governor 2"), name="Cler", from_on=date(2022, 5, 1), key=keys.new_key(), by=board.manager
    )
    assert {"dbs", "section_128", "identity", "interests"} <= set(asked_of(other))


def test_the_yearly_word_goes_on_in_a_second_term_and_the_register_of_a_past_day_says_the_word_of_then(board: Board) -> None:
    oak = board.heads["Oak"]
    first = board.sits("Primary Forum representative", oak)  # until 20 March 2024
    with clock.at(clock.start_of(date(2023, 3, 20), 9)):
        people.confirm_interests(holder=first.holder, by=oak)
    with clock.at(clock.start_of(date(2024, 3, 1), 9)):
        tenures.appoint(seat=first.seat, person=oak.person or "", from_on=date(2024, 3, 21), key=keys.new_key(), by=board.manager)
        people.confirm_interests(holder=first.holder, by=oak)
    for on, waits in ((date(2024, 6, 1), False), (date(2025, 2, 20), True), (date(2025, 6, 1), True)):
        assert bool([one for one in needs(oak, on) if one[0] == "bodies.interests"]) is waits, on
    for on, given in ((FIRST, None), (date(2023, 3, 20), date(2023, 3, 20)), (date(2024, 3, 1), date(2024, 3, 1))):
        (row,) = queries.register_of(board.body, on, viewer=SYSTEM)
        assert row.confirmed_on == given, on


def test_interests_that_the_clerk_enters_are_asked_for_again_in_a_year(board: Board) -> None:
    check = Check.objects.get(tenure=governor(board), kind=CheckKind.INTERESTS)
    people.do_check(check=check, done_on=FIRST, by=board.manager)
    assert (check.done_on, check.due_on) == (FIRST, date(2023, 3, 21))
    for on, waits in ((FIRST, False), (date(2023, 2, 20), False), (date(2023, 2, 21), True)):
        assert Check.objects.filter(queries.waiting(on), pk=check.pk).exists() is waits, on


def test_a_day_is_kept_or_it_does_not_apply(board: Board) -> None:
    check = Check.objects.get(tenure=governor(board), kind=CheckKind.DBS)
    with pytest.raises(Invalid, match="today or an earlier day"):
        people.do_check(check=check, done_on=date(2022, 3, 22), by=board.manager)
    with pytest.raises(Refused):
        people.do_check(check=check, done_on=FIRST, by=board.heads["Elm"])
    people.do_check(check=check, done_on=FIRST, by=board.manager)
    assert (check.done_on, check.is_needed) == (FIRST, True)
    people.do_check(check=check, done_on=None, by=board.manager)
    assert not check.is_needed and "dbs" not in asked_of(check.tenure)


def test_one_day_is_entered_for_several_checks_or_for_none(board: Board) -> None:
    tenure = governor(board)
    some = list(Check.objects.filter(tenure=tenure, kind__in=[CheckKind.DBS, CheckKind.CODE]))
    with pytest.raises(Invalid, match="Tick what was done"):
        people.do_checks(checks=[], done_on=FIRST, by=board.manager)
    with pytest.raises(Invalid, match="today or an earlier day"):
        people.do_checks(checks=some, done_on=date(2022, 3, 22), by=board.manager)
    with pytest.raises(Refused):
        people.do_checks(checks=some, done_on=FIRST, by=board.heads["Elm"])
    assert not Check.objects.filter(done_on__isnull=False).exists()
    assert people.do_checks(checks=some, done_on=FIRST, by=board.manager) == 2
    assert set(Check.objects.filter(tenure=tenure, done_on=FIRST).values_list("kind", flat=True)) == {"code", "dbs"}


def needs(who: Standing, on: date = FIRST) -> list[tuple[str, str, int]]:
    rows = [NeedRow(*row) for part in queries.needs(viewer=who, on=on) for row in part]
    return sorted((row.what, row.label, row.number) for row in rows)


def test_interests_are_stated_confirmed_each_year_and_reminded_of(board: Board) -> None:
    oak = board.heads["Oak"]
    tenure = board.sits("Primary Forum representative", oak)
    holder = tenure.holder
    assert needs(standing_of(Person.objects.get(pk=oak.person))) == [("bodies.interests", "", 1)]
    entry = {"kind": EntryKind.INTEREST, "words": "Owns a shop", "from_on": FIRST}
    with pytest.raises(Refused):
        people.add_entry(holder=holder, **entry, key=keys.new_key(), by=board.heads["Elm"])
    with pytest.raises(Invalid, match="today or an earlier"):
        people.add_entry(holder=holder, **{**entry, "from_on": date(2022, 3, 22)}, key=keys.new_key(), by=oak)
    made = people.add_entry(holder=holder, **entry, key=keys.new_key(), by=oak)
    assert people.confirm_interests(holder=holder, by=oak) == 1
    (row,) = queries.register_of(board.body, FIRST, viewer=SYSTEM)
    assert (row.interests, row.confirmed_on, row.seats) == (["Owns a shop"], FIRST, ["Primary Forum representative"])
    assert not needs(oak, FIRST + timedelta(days=300)) and not needs(oak, date(2023, 2, 20))
    assert needs(oak, date(2023, 2, 21)) == [("bodies.interests", "", 1)]
    with pytest.raises(Invalid, match="today or an earlier day"):
        people.end_entry(entry=made, until_on=FIRST + timedelta(days=1), by=oak)
    with pytest.raises(Invalid, match="It began on"):
        people.end_entry(entry=made, until_on=made.from_on - timedelta(days=1), by=oak)
    people.end_entry(entry=made, until_on=FIRST, by=oak)
    with pytest.raises(Conflict, match="ended already"):
        people.end_entry(entry=made, until_on=FIRST, by=oak)
    with clock.at(clock.start_of(date(2023, 3, 8), 9)):
        tasks.remind()
        tasks.remind()
        assert Notice.objects.filter(kind="bodies.interests", person=oak.person).count() == 1
        assert people.confirm_interests(holder=holder, by=oak) == 0
    with pytest.raises(Refused):
        people.remind_interests(by=board.manager)
    assert queries.register_of(board.body, date(2023, 3, 8), viewer=SYSTEM)[0].interests == []


def test_interests_are_asked_only_of_whom_they_are_asked(board: Board) -> None:
    clerk = board.sits("Clerk", "Cleo").holder
    with pytest.raises(Conflict, match="Nothing is asked of them"):
        people.confirm_interests(holder=clerk, by=board.manager)
    assert [row.holder.name for row in queries.register_of(board.body, FIRST, viewer=SYSTEM)] == []


def test_the_clerk_and_the_office_see_what_is_to_be_done_and_the_others_do_not(board: Board) -> None:
    tenure = governor(board)
    body = tenure.seat.body_id
    clerk = Standing("cy", roles=frozenset({Held("clerk", through=board.partnership.pk, opens=SEATS_OPEN["clerk"], body=body)}))
    for who in (board.manager, clerk):
        assert needs(who, date(2022, 3, 28)) == [
            ("bodies.checks", "Governors of Oak", 1), ("bodies.gias", "Governors of Oak", 1)
        ]  # fmt: skip
        assert Check.objects.visible_to(who).exists() and Holder.objects.visible_to(who).exists()
    for who in (board.heads["Oak"], board.heads["Elm"], Standing()):
        assert not needs(who) and not Check.objects.visible_to(who).exists() and not Holder.objects.visible_to(who).exists()
    rows = queries.checks_for(Check.objects.filter(tenure=tenure), viewer=clerk)
    assert [row.kind for row in rows][:2] == ["identity", "section_128"] or {rows[0].kind, rows[1].kind} == {
        "identity", "section_128",
    }  # fmt: skip


def test_a_clerk_opens_the_page_of_who_sits_there_and_of_nobody_who_left(board: Board) -> None:
    tenure = governor(board)
    body = tenure.seat.body_id
    clerk = Standing("cy", roles=frozenset({Held("clerk", through=board.partnership.pk, opens=SEATS_OPEN["clerk"], body=body)}))
    entry = {"kind": EntryKind.TRAINING, "words": "Induction", "from_on": FIRST}
    people.add_entry(holder=tenure.holder, **entry, key=keys.new_key(), by=clerk)
    board.sits("Local authority representative 1", "Lee Adams")  # on a body of which they are not the clerk
    assert [one.name for one in Holder.objects.visible_to(clerk)] == ["Gov"]
    Tenure.objects.update(from_on=date(2022, 1, 1), until_on=date(2022, 3, 20))
    assert not Holder.objects.visible_to(clerk).exists() and not HolderEntry.objects.visible_to(clerk).exists()
    with pytest.raises(Refused):
        people.add_entry(holder=tenure.holder, **entry, key=keys.new_key(), by=clerk)


def dated(who: Standing, start: date, end: date) -> list[tuple[str, str, date]]:
    rows = [DateRow(*row) for part in queries.dates(viewer=who, start=start, end=end) for row in part]
    return sorted((row.what, row.label, row.first_on) for row in rows)


def test_terms_that_end_and_days_of_gias_stand_in_the_year_of_whom_they_concern(board: Board) -> None:
    oak = board.heads["Oak"]
    board.sits("Primary Forum representative", oak)
    governor(board)
    year = {"start": date(2022, 3, 1), "end": date(2024, 8, 31)}
    ends = ("bodies.term_ends", "Oak’s head, Primary Forum representative, Partnership board", date(2024, 3, 20))
    assert dated(board.manager, **year) == [("bodies.gias_by", "Governors of Oak", date(2022, 4, 4)), ends]
    assert dated(oak, **year) == [ends] and not dated(board.heads["Elm"], **year)


def test_skills_are_said_by_oneself_and_seen_by_nobody(board: Board) -> None:
    board.nominate()
    oak = board.heads["Oak"]
    people.say_skills(partnership=board.partnership, levels={"Law": "2"}, by=oak)
    people.say_skills(partnership=board.partnership, levels={"Law": "4"}, by=oak)
    assert queries.own_skills(board.partnership, viewer=oak) == {"Law": "4"}
    assert queries.own_skills(board.partnership, viewer=board.manager) == {}
    assert not SkillAnswer.objects.visible_to(board.manager).exists()
    assert queries.skills_of(board.body, viewer=board.manager) == ([], 1, 3)
    for who in (SYSTEM, Standing("stranger")):
        with pytest.raises(Refused):
            people.say_skills(partnership=board.partnership, levels={}, by=who)


def test_one_post_in_many_schools_is_one_hat_and_a_deputy_stands_in(board: Board) -> None:
    ann = board.heads["Oak"]
    for post in ("dsl", "sendco", "maths_lead", "english_lead"):
        ann = person_also(ann, post, school=board.schools["Oak"])
    for name in ("Elm", "Ash"):
        ann = person_also(ann, "sendco", school=board.schools[name])
    board.sits("Primary Forum representative", ann)
    (row,) = queries.load_of(board.partnership, viewer=board.manager)
    assert (row.name, row.hats) == ("Oak’s head", 6) and "SENDCo, 3 schools" in row.alone and "Headteacher, Oak" in row.alone
    person("Dee", "deputy", school=board.schools["Oak"])
    (row,) = queries.load_of(board.partnership, viewer=board.manager)
    assert row.alone == ("SENDCo, 3 schools",)
    body_of(board.partnership, "headboard")  # a seat by post is a hat as well
    (row,) = queries.load_of(board.partnership, viewer=board.manager)
    assert row.hats == 7


def test_the_scheme_says_who_decided_on_any_day(board: Board) -> None:
    said = {"decision": "Waive a fee", "key": keys.new_key(), "by": board.manager}
    with pytest.raises(Invalid, match="Say who decides"):
        scheme.delegate(partnership=board.partnership, parts={"Office": "proposes"}, from_on=FIRST, **said)
    line = scheme.delegate(partnership=board.partnership, parts={"Office": "decides", "Chair": ""}, from_on=FIRST, **said)
    later = {"decision": "Waive a fee", "parts": {"Partnership board": "decides"}, "by": board.manager}
    new = scheme.change_delegation(line=line, **later, from_on=date(2022, 9, 1), version=1)
    for day, who in ((FIRST, "Office"), (date(2022, 8, 31), "Office"), (date(2022, 9, 1), "Partnership board")):
        assert [who_decides(one.parts) for one in queries.scheme_of(board.partnership, day, viewer=board.heads["Oak"])] == [who]
    with pytest.raises(Conflict, match="has ended"):
        scheme.change_delegation(line=line, **later, from_on=FIRST, version=2)
    same = scheme.change_delegation(line=new, **{**later, "decision": "Waive"}, from_on=new.from_on, version=1)
    assert same == new and Delegated.objects.count() == 2
    with pytest.raises(Stale):
        scheme.change_delegation(line=new, **later, from_on=new.from_on, version=1)
    with pytest.raises(Invalid, match="the day on which it began"):
        scheme.end_delegation(line=new, until_on=FIRST, by=board.manager)
    scheme.end_delegation(line=new, until_on=date(2022, 12, 31), by=board.manager)
    with pytest.raises(Conflict):
        scheme.end_delegation(line=new, until_on=date(2022, 12, 31), by=board.manager)
    with pytest.raises(Refused):
        scheme.delegate(
            partnership=board.partnership, parts={"A": "decides"}, from_on=FIRST, **{**said, "by": board.heads["Oak"]}
        )


def test_an_interest_is_shown_on_the_page_of_whose_it_is_alone(board: Board) -> None:
    holder = board.sits("Primary Forum representative", board.heads["Oak"]).holder
    said = {"kind": EntryKind.TRAINING, "words": "Safer recruitment", "from_on": FIRST, "key": keys.new_key()}
    people.add_entry(holder=holder, **said, by=board.manager)
    for who, seen in ((board.heads["Oak"], 1), (board.manager, 1), (board.heads["Elm"], 0), (Standing(), 0)):
        assert HolderEntry.objects.visible_to(who).count() == seen
        assert len(queries.entries_of(holder, viewer=who)) == seen
    assert queries.own_holder(board.partnership, viewer=board.heads["Oak"]) == holder
    assert queries.own_holder(board.partnership, viewer=person("Zed", Post.HEAD, school=board.schools["Elm"])) is None


def test_what_was_an_interest_is_published_for_a_year_more_with_its_last_day(board: Board) -> None:
    oak = board.heads["Oak"]
    tenure = board.sits("Primary Forum representative", oak)
    said = {"kind": EntryKind.INTEREST, "words": "Owns a shop", "from_on": FIRST, "key": keys.new_key()}
    made = people.add_entry(holder=tenure.holder, **said, by=oak)
    with clock.at(clock.start_of(date(2022, 6, 10), 9)):
        people.end_entry(entry=made, until_on=date(2022, 5, 31), by=oak)
    ended = ["Owns a shop (until 31 May 2022)"]
    for on, published, register in (
        (date(2022, 5, 30), ["Owns a shop"], ["Owns a shop"]),
        (date(2022, 6, 1), ended, []),
        (date(2023, 5, 31), ended, []),
        (date(2023, 6, 1), [], []),
    ):
        ((row,), _) = queries.register_and_left(board.body, on, viewer=SYSTEM)
        (strict,) = queries.register_of(board.body, on, viewer=SYSTEM)
        assert (row.interests, strict.interests) == (published, register), on
