"""Scores: who sees them when, what is scored now, and what the panel has still to agree on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from alongside.deciding.recruitment.actions import choosing
from alongside.deciding.recruitment.models import Application, Score, Vacancy
from alongside.deciding.recruitment.queries import choosing as chosen
from alongside.deciding.recruitment.rules.scoring import Round
from alongside.deciding.recruitment.tests.make import (
    AFTER,
    SAID,
    Competition,
    advertise,
    put_on_panel,
)
from alongside.deciding.recruitment.tests.test_competition import again, listed, row_of
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.ground.web.models import Stale

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 25)]


@pytest.fixture
def there() -> Competition:
    return Competition()


def test_scores_are_blind_until_ones_own_is_in_or_all_are(there: Competition) -> None:
    for at in range(3):
        there.declare(at, *([there.ann] if at == 2 else []))
    there.score(0, there.ann, 6, 4, 2)
    seen = [Score.objects.visible_to(who).filter(application=there.ann).count() for who in (*there.panel, there.manager)]
    assert seen == [1, 0, 0, 0]
    assert not chosen.compared(there.ann, viewer=there.panel[1])
    with pytest.raises(Refused, match="Not everybody"):
        choosing.agree_score(application=again(there.ann), points=[5, 4, 2], version=there.ann.version, by=there.panel[0])
    there.score(1, there.ann, 3, 4, 0)
    seen = [Score.objects.visible_to(who).filter(application=there.ann).count() for who in (*there.panel, there.manager)]
    assert seen == [2, 2, 0, 2]  # whoever has a tie is not waited for, and sees nothing
    lines = dict(chosen.compared(there.ann, viewer=there.manager))[Round.PAPER]
    assert [(line.apart, line.suggested, line.agreed) for line in lines] == [(3, 3, None), (0, 4, None), (2, 0, None)]
    with pytest.raises(Conflict, match="in already"):
        there.score(1, there.ann, 6, 4, 2)
    with pytest.raises(Invalid, match="points within the scale"):
        choosing.agree_score(application=again(there.ann), points=[7, 4, 1], version=there.ann.version, by=there.panel[1])
    choosing.agree_score(application=again(there.ann), points=[5, 4, 1], version=there.ann.version, by=there.panel[1])
    with pytest.raises(Stale):
        choosing.agree_score(application=again(there.ann), points=[5, 4, 1], version=there.ann.version, by=there.manager)
    row, tied = (row_of(there.ann, who) for who in (there.manager, there.panel[2]))
    assert (row.points, row.scored, row.able) == (10, 2, 2)
    assert (tied.is_read, tied.declared) == (False, True)


def test_what_somebody_scored_elsewhere_shows_them_nothing_and_lets_nobody_off(there: Competition) -> None:
    def seen(who: Standing, turn: Round = Round.PAPER) -> int:
        return Score.objects.visible_to(who).filter(application=there.ann, round=turn).count()

    for at in range(3):
        there.declare(at, *([there.bea] if at == 2 else []))
    there.score(0, there.ann, 6, 4, 2)
    there.score(1, there.bea, 6, 4, 2)
    assert not seen(there.panel[1]) and not seen(there.manager)
    there.score(1, there.ann, 6, 4, 2)
    there.score(2, there.cy, 6, 4, 2)
    assert not seen(there.manager)  # the third, who knows another and scored another, is waited for
    there.score(2, there.ann, 6, 4, 2)
    said = replace(SAID, opens_on=AFTER, closes_on=AFTER)
    other = advertise(there.board.seat("Special school representative"), there.manager, said=said)
    put_on_panel(other, there.manager, name="Pat Burns", email="pat@council.example")
    assert seen(there.manager) == 3  # nobody of another panel is
    listed(there)
    there.score(0, there.ann, 6, 4, 2)
    assert not seen(there.panel[1], Round.INTERVIEW) and not seen(there.manager, Round.INTERVIEW)


@pytest.mark.parametrize(
    ("vacancy", "is_closed", "application", "turn"),
    [
        ("open", False, "sent", None), ("open", True, "sent", Round.PAPER), ("open", True, "draft", None),
        ("shortlisted", True, "sent", None), ("shortlisted", True, "listed", Round.INTERVIEW),
        ("shortlisted", True, "not_listed", None), ("open", True, "listed", None), ("decided", True, "listed", None),
    ],
)  # fmt: skip
def test_what_is_scored_is_the_paper_once_it_closed_and_the_interview_of_who_is_listed(
    vacancy: str, is_closed: bool, application: str, turn: Round | None
) -> None:
    now = clock.now()
    of = Vacancy(state=vacancy, closes_on=now.date() + timedelta(days=-2 if is_closed else 2))
    assert Application(state=application, vacancy=of).turn is turn


@pytest.mark.parametrize(
    ("vacancy", "application", "agreed", "taken_back", "is_agreed", "lacks", "next_one"),
    [
        ("shortlisted", "listed", "", "", False, True, Round.INTERVIEW),
        ("shortlisted", "listed", "paper", "", True, True, Round.INTERVIEW),
        ("shortlisted", "listed", "paper interview", "", True, False, Round.INTERVIEW),
        ("shortlisted", "listed", "interview", "paper", False, True, Round.PAPER),
        ("shortlisted", "not_listed", "paper", "", True, False, None),
        ("decided", "appointed", "interview", "paper", False, True, None),
    ],
)
def test_a_score_is_lacking_until_the_panel_has_agreed_on_each_that_counts(
    vacancy: str, application: str, agreed: str, taken_back: str, is_agreed: bool, lacks: bool, next_one: Round | None
) -> None:
    of = Vacancy(state=vacancy, closes_on=date(2022, 4, 22))
    points = {key: [4, 4, 2] for key in agreed.split()}
    one = Application(state=application, vacancy=of, agreed=points, taken_back=taken_back.split())
    assert (one.is_agreed, one.lacks_score, one.agrees_on) == (is_agreed, lacks, next_one)


@pytest.mark.parametrize(("name", "shown"), [("Ann", "Ann"), ("", "ann@home.example")])
def test_an_application_is_called_by_the_name_or_by_the_address_before_there_is_one(name: str, shown: str) -> None:
    assert str(Application(name=name, email="ann@home.example")) == shown
