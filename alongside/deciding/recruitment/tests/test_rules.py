"""Adverts, days, outcomes, scores and who may what, by the rules."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from alongside.deciding.recruitment import permissions
from alongside.deciding.recruitment.permissions import may_see_competitions
from alongside.deciding.recruitment.rules import scoring, vacancies as rules
from alongside.deciding.recruitment.rules.vacancies import AdvertStage, ApplicationState as S, Criterion, VacancyState as V
from alongside.deciding.recruitment.tests.make import CLOSES, OPENS, SAID
from alongside.ground.core.standing import SEATS_OPEN, Held, Post, Standing
from alongside.ground.core.tests.make import usual
from alongside.ground.core.words import short_date
from alongside.members.calendar.rules.days import Named, SchoolDays
from alongside.members.partnerships.rules import Template

LONDON, TODAY = ZoneInfo("Europe/London"), date(2022, 3, 21)
MANAGER = Standing("mo", roles=frozenset({usual(Post.MANAGER, partnership="elm")}))
OTHER = Standing("fi", roles=frozenset({usual(Post.FINANCE, partnership="elm")}))
CLERK = Standing("cl", roles=frozenset({Held("clerk", through="elm", opens=SEATS_OPEN["clerk"], body="board")}))
PANEL = Standing("pa", roles=frozenset({Held("panel", through="elm", opens=SEATS_OPEN["panel"], body="vacancy")}))
TIES = frozenset({("elm", "oak")})
HEAD = Standing("he", roles=frozenset({usual(Post.HEAD, school="oak")}), memberships=TIES, belonging=TIES)


def test_a_specification_is_a_criterion_a_line_with_its_points() -> None:
    read = rules.read_criteria("Chairs  meetings (6)\n\nKnows schools\n", "Lives nearby (2 points)")
    assert read == (
        Criterion("Chairs meetings", True, 6),
        Criterion("Knows schools", True, 4),
        Criterion("Lives nearby", False, 2),
    )
    assert rules.written_criteria(read, essential=True) == "Chairs meetings (6)\nKnows schools (4)"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({}, ""),
        ({"essential": " \n"}, "essential"),
        ({"desirable": "x\n" * 10}, ""),  # twelve criteria in all
        ({"desirable": "x\n" * 11}, "essential"),
        ({"essential": "Chairs (1)\nLeads (20)"}, ""),
        ({"essential": "x" * 200}, ""),
        ({"essential": "Chairs (0)"}, "essential"),
        ({"essential": "Chairs (21)"}, "essential"),
        ({"essential": "x" * 201}, "essential"),
        ({"closes_on": date(2022, 3, 20)}, "closes_on"),
        ({"closes_on": OPENS}, ""),
        ({"opens_on": TODAY, "closes_on": TODAY}, ""),
        ({"shortlist_on": date(2022, 4, 21)}, "shortlist_on"),
        ({"in_place_by": date(2022, 5, 17)}, "in_place_by"),
    ],
)
def test_an_advert_has_criteria_and_days_in_order(changes: dict[str, object], field: str) -> None:
    assert list(rules.wrong_with_advert(replace(SAID, **changes), TODAY)) == ([field] if field else [])


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (TODAY, ("22 March 2022", "19 April 2022", "26 April 2022", "3 May 2022", "17 May 2022")),
        (
            date(2022, 3, 18),
            ("21 March 2022", "19 April 2022", "25 April 2022", "3 May 2022", "16 May 2022"),
        ),
    ],
)
def test_the_days_of_a_competition_are_suggested_on_school_days(today: date, days: tuple[str, ...]) -> None:
    easter = Named("Easter holidays", date(2022, 4, 2), date(2022, 4, 18))
    suggested = rules.suggested_days(today, SchoolDays({date(2022, 5, 2): "Early May bank holiday"}, (easter,)))
    assert tuple(map(short_date, suggested.values())) == days
    assert not rules.wrong_with_advert(replace(SAID, **suggested), today)


def test_a_published_advert_stays_open_as_long_as_it_said() -> None:
    assert "published as open until 23 April" in rules.wrong_with_advert(SAID, TODAY, date(2022, 4, 23))["closes_on"]
    assert not rules.wrong_with_advert(SAID, date(2022, 5, 1), CLOSES)  # nor does it matter that this is over


@pytest.mark.parametrize(
    ("now", "state", "stage"),
    [
        (datetime(2022, 3, 21, 23, 59), V.OPEN, AdvertStage.COMING),
        (datetime(2022, 3, 22), V.OPEN, AdvertStage.TAKING),
        (datetime(2022, 4, 22, 23, 59, 59), V.OPEN, AdvertStage.TAKING),
        (datetime(2022, 4, 23), V.OPEN, AdvertStage.READING),
        (datetime(2022, 4, 22), V.SHORTLISTED, AdvertStage.MEETING),
        (datetime(2022, 4, 1), V.STOPPED, AdvertStage.STOPPED),
        (datetime(2022, 4, 1), V.DRAFT, AdvertStage.DRAFT),
    ],
)
def test_applications_are_taken_from_the_first_day_to_midnight_of_the_last(now: datetime, state: V, stage: AdvertStage) -> None:
    moment = now.replace(tzinfo=LONDON)
    assert rules.stage_of(state, OPENS, CLOSES, moment) is stage
    assert rules.is_taking(state, OPENS, CLOSES, moment) is (stage is AdvertStage.TAKING)


def test_what_was_sent_goes_months_after_the_decision() -> None:
    assert rules.erased_on(date(2022, 8, 31), 6) == date(2023, 2, 28)


def test_an_application_says_what_it_still_lacks() -> None:
    criteria = rules.read_criteria("One\nTwo", "Three")
    nothing = rules.still_missing("", [], criteria, "", "", [], 2)
    assert nothing == [
        "your name",
        "2 essential criteria",
        "your referees",
        "your interests, or that you have none",
        "2 questions on independence",
    ]
    assert rules.still_missing("Ann", ["a", "b", ""], criteria, "x", "none", ["no", ""], 2) == ["1 question on independence"]
    assert not rules.still_missing("Ann", ["a", "b"], criteria, "x", "none", ["no", "yes"], 2)


@pytest.mark.parametrize(
    ("told", "outcomes", "why"),
    [
        ("", {"a": S.LISTED, "b": S.NOT_LISTED}, ""),
        ("", {"a": S.NOT_LISTED}, "Put somebody"),
        ("", {"a": S.APPOINTED, "b": S.APPOINTED}, "one person"),
        ("", {"a": S.NOT_APPOINTED, "b": S.NOT_APPOINTED}, ""),
        ("", {"z": S.LISTED}, "withdrawn"),
        (S.LISTED, {"a": S.NOT_LISTED, "b": S.LISTED}, "Ann has heard otherwise"),
        (S.LISTED, {"a": S.NOT_APPOINTED, "b": S.APPOINTED}, ""),
        (S.APPOINTED, {"a": S.NOT_APPOINTED, "b": S.APPOINTED}, "Ann has heard otherwise"),
        (S.RESERVE, {"a": S.APPOINTED}, ""),
        ("", {}, ""),
    ],
)
def test_an_outcome_is_a_decision_that_nobody_was_told_otherwise(told: str, outcomes: dict[str, S], why: str) -> None:
    found = rules.wrong_with_outcomes({"a": ("Ann", told), "b": ("Bea", "")}, outcomes)
    assert why in found if why else not found


def test_scores_are_compared() -> None:
    assert (scoring.spread([1, 4, 2]), scoring.spread([])) == (3, 0)
    assert (scoring.suggested([1, 4, 2]), scoring.suggested([1, 4]), scoring.suggested([])) == (2, 1, 0)
    assert "Nobody" in scoring.short_of_scorers(0) and "Only 1 person" in scoring.short_of_scorers(1)
    assert not scoring.short_of_scorers(2)


@pytest.mark.parametrize(
    ("marks", "why"),
    [
        ([(4, "Good"), (0, "None")], ""),
        ([(4, "Good")], "every criterion"),
        ([(5, "Good"), (0, "None")], "scale"),
        ([(-1, "Good"), (0, "None")], "scale"),
        ([(4, " "), (0, "None")], "sentence"),
    ],
)
def test_a_score_has_points_within_the_scale_and_a_sentence(marks: list[tuple[int, str]], why: str) -> None:
    found = scoring.wrong_with_marks(marks, [4, 4])
    assert why in found if why else not found


@pytest.mark.parametrize(
    ("who", "advertises", "runs", "takes_over", "sits"),
    [
        (MANAGER, True, True, True, False),
        (OTHER, True, False, False, False),
        (CLERK, True, False, True, False),
        (PANEL, False, False, False, True),
        (HEAD, False, False, False, False),
        (Standing(), False, False, False, False),
        (Standing.system(), True, True, True, False),
    ],
)
def test_who_advertises_runs_takes_over_and_sits(
    who: Standing, advertises: bool, runs: bool, takes_over: bool, sits: bool
) -> None:
    place = {"partnership": "elm", "body": "board"}
    assert permissions.may_see_competitions(who, "elm").allowed is not who.is_visitor
    assert permissions.may_advertise(who, **place).allowed is advertises
    assert permissions.may_run_competition(who, **place, runner="mo", has_applied=False).allowed is runs
    assert permissions.may_take_over(who, **place, on_panel=False, has_applied=False).allowed is takes_over
    assert not permissions.may_take_over(who, **place, on_panel=True, has_applied=False)
    assert not permissions.may_run_competition(who, **place, runner="mo", has_applied=True)
    assert not permissions.may_take_over(who, **place, on_panel=False, has_applied=True)
    assert permissions.may_sit_on_panel(who, "vacancy").allowed is sits
    assert permissions.may_settle_recruitment(who, "elm").allowed is who.runs("elm")
    assert not permissions.may_run_competition(Standing(), **place, runner="", has_applied=False)
    assert not permissions.may_run_competition(HEAD, **place, runner="he", has_applied=False)  # who has left the office
    assert permissions.may_purge(who).allowed is permissions.may_say_not_read(who).allowed is who.is_system


def test_whoever_has_a_tie_neither_reads_nor_scores() -> None:
    assert permissions.may_score(PANEL, "vacancy", False) and not permissions.may_score(PANEL, "other", False)
    assert "Declare first" in permissions.may_score(PANEL, "vacancy", None).reason
    assert "You have a tie" in permissions.may_score(PANEL, "vacancy", True).reason
    assert "have applied" in permissions.may_score(PANEL, "vacancy", False, has_applied=True).reason
    assert not permissions.may_agree(PANEL, True, 1) and permissions.may_agree(PANEL, True, 0)
    assert not permissions.may_agree(HEAD, False, 0)
    assert permissions.may_apply(Standing(), True) and not permissions.may_apply(Standing(), False)
    assert permissions.may_use_link(Standing(), True) and not permissions.may_use_link(Standing(), False)


@pytest.mark.parametrize(
    ("is_chosen_open", "still_open", "wrong", "others"),
    [
        (False, 0, "", ""),
        (True, 1, "The panel has agreed on no score", ""),
        (True, 0, "The panel has agreed on no score", ""),
        (False, 1, "", "1 application has no agreed score"),
        (False, 2, "", "2 applications have no agreed score"),
    ],
)
def test_nobody_is_appointed_without_an_agreed_score(is_chosen_open: bool, still_open: int, wrong: str, others: str) -> None:
    found = scoring.wrong_with_scores(is_chosen_open, still_open)
    assert found[0].startswith(wrong) and bool(found[0]) is bool(wrong) and found[1] == others


def test_a_trust_asks_of_itself_what_a_partnership_asks_of_its_schools() -> None:
    asked = [rules.RecruitmentSettings.for_template(one).independence for one in Template]
    assert "member of the partnership" in asked[0][0] and "by the trust" in asked[1][0] and asked[0][1:] == asked[1][1:]


def test_a_post_that_counts_through_a_partnership_shows_no_competitions_there() -> None:
    through = Standing("a", "A", frozenset({Held("head", school="s", through="p")}))
    seated = Standing("b", "B", frozenset({Held("panel", through="p", body="vacancy")}))
    assert not may_see_competitions(through, "p") and may_see_competitions(seated, "p") and not may_see_competitions(seated, "q")
