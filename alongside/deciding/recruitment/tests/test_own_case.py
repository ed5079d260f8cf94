"""Late ties, and whoever applies for the seat: what they scored, run or decide counts no more."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from alongside.deciding.recruitment.actions import applying, choosing, vacancies
from alongside.deciding.recruitment.models import Application, InterviewSlot, PanelMember, Score, Tie, Vacancy
from alongside.deciding.recruitment.queries import choosing as chosen, vacancies as queries
from alongside.deciding.recruitment.rules.vacancies import ApplicationState as S
from alongside.deciding.recruitment.tests.make import CLOSES, OPENS, SAID, VISITOR, Competition, apply, put_on_panel, who_is
from alongside.deciding.recruitment.tests.test_competition import again, listed, row_of
from alongside.deciding.recruitment.tests.test_pages import at, said, signed_in
from alongside.ground.audit.models import Event
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Power, Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.members.membership.tests.make import Post, person
from alongside.members.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 25)]


@pytest.fixture
def there() -> Competition:
    return Competition()


def waits(who: Standing) -> list[str]:
    return [row[0] for part in queries.needs(viewer=who, on=clock.today()) for row in part]


def test_a_late_tie_takes_back_what_was_agreed_and_it_is_agreed_again(there: Competition) -> None:
    for one in (there.ann, there.bea):
        there.agree(one, 4, 4, 4)
    there.declare(0, there.ann)
    one, row = again(there.ann), row_of(there.ann, there.manager)
    assert (one.agreed, one.taken_back, row.points, row.scored, row.able) == ({}, ["paper"], 0, 2, 2)
    assert next(each.name for each in chosen.applicants_of(one.vacancy, viewer=there.manager)) == "Bea"
    assert again(there.bea).agreed == {"paper": [4, 4, 4]} and "recruitment.to_agree" in waits(there.manager)
    assert Event.objects.get(act="recruitment.take_back_agreed").facts == {"rounds": ["paper"]}
    page = said(signed_in(there.manager.person), at("applicant", there, there.ann.pk))
    assert "To be agreed again." in page and "To be agreed again" in said(
        signed_in(there.manager.person), at("competition", there)
    )
    with pytest.raises(Invalid, match="agreed on no score"):
        there.outcomes("Ann", "Because", ann=S.APPOINTED, bea=S.RESERVE, cy=S.NOT_APPOINTED, dee=S.NOT_APPOINTED)
    choosing.agree_score(application=one, points=[3, 3, 3], version=one.version, by=there.manager)
    assert again(there.ann).taken_back == [] and again(there.ann).points == 9
    assert "recruitment.to_agree" not in waits(there.manager)


def test_what_was_agreed_of_the_paper_is_agreed_again_during_the_interviews(there: Competition) -> None:
    there.agree(there.ann, 4, 4, 4)
    listed(there)
    there.declare(0, there.ann)
    one = again(there.ann)
    assert one.taken_back == ["paper"]
    choosing.agree_score(application=one, points=[3, 3, 3], version=one.version, by=there.manager)
    assert again(there.ann).agreed == {"paper": [3, 3, 3]}


def test_a_tie_outlasts_being_taken_off_the_panel_until_it_is_lifted(there: Competition) -> None:
    there.declare(0)
    there.score(0, there.bea, 6, 4, 2)
    there.declare(0, there.ann)
    vacancies.end_on_panel(member=there.members[0], by=there.manager)
    back = put_on_panel(there.vacancy, there.manager, person=there.members[0].person)
    who = who_is(back)
    choosing.declare_ties(vacancy=there.vacancy, tied=[], words="", by=who)
    assert there.ann not in Application.objects.visible_to(who) and there.bea in Application.objects.visible_to(who)
    with pytest.raises(Refused, match="You have a tie"):
        there.score(0, there.ann, 6, 4, 2)
    with pytest.raises(Conflict, match="in already"):
        there.score(0, there.bea, 1, 1, 1)
    assert PanelMember.objects.count() == 3 and Score.objects.count() == 1
    choosing.lift_tie(tie=Tie.objects.get(is_tied=True), by=there.manager)
    there.score(0, there.ann, 6, 4, 2)


def test_nobody_agrees_on_a_score_that_nobody_gave(there: Competition) -> None:
    for at_ in range(3):
        there.declare(at_, there.ann)
    one = again(there.ann)
    with pytest.raises(Conflict, match="Nobody has scored"):
        choosing.agree_score(application=one, points=[4, 4, 2], version=one.version, by=there.manager)


@pytest.fixture
def own(there: Competition) -> Application:
    """The application of who runs the competition."""
    with clock.at(clock.start_of(OPENS, 12)):
        return apply(there.vacancy, "Mo", email="mo@example.org")


def test_whoever_applies_runs_reads_and_decides_nothing_until_somebody_takes_it_over(
    there: Competition, own: Application
) -> None:
    with pytest.raises(Refused, match="You have applied"):
        choosing.keep_outcomes(vacancy=own.vacancy, outcomes={own.pk: S.APPOINTED}, reason="Me", unscored="Me", by=there.manager)
    for deed in (choosing.stop, vacancies.take_over):
        with pytest.raises(Refused, match="You have applied"):
            deed(vacancy=again(own).vacancy, by=there.manager)
    assert not Application.objects.named_to(there.manager).exists() and not waits(there.manager)
    assert "You have applied for this seat yourself" in said(signed_in(there.manager.person), at("competition", there))
    second = person("Ma", Post.MANAGER, partnership=there.partnership)
    page = said(signed_in(second.person), at("competition", there))
    assert "Nobody runs this competition now" in page and "have applied" not in page
    vacancies.take_over(vacancy=again(own).vacancy, by=second)
    assert Application.objects.visible_to(second).count() == 5
    assert "Nobody runs" not in said(signed_in(second.person), at("competition", there))


def test_whoever_runs_it_goes_on_when_they_withdraw(there: Competition, own: Application) -> None:
    applying.withdraw(link=own.link, by=VISITOR)
    assert Application.objects.visible_to(there.manager).count() == 4


def test_whoever_applies_is_off_the_panel_and_not_waited_for(there: Competition) -> None:
    before, email = there.panel[2], Person.objects.get(pk=there.members[2].person).email
    with clock.at(clock.start_of(OPENS, 12)):
        own = apply(there.vacancy, "Lee", email=email)
    assert not who_is(there.members[2]).bodies(Power.ASSESS)
    Tie.objects.create(partnership=there.partnership, application=own, member=there.members[2], is_tied=False)
    assert not Application.objects.visible_to(before).exists()  # nor by a page that they had opened before
    for at_ in (0, 1):
        there.declare(at_)
        there.score(at_, there.ann, 4, 4, 2)
    choosing.declare_ties(vacancy=there.vacancy, tied=[], words="", by=there.panel[0])
    for one in (own, there.ann):
        with pytest.raises(Refused, match="have applied"):
            choosing.score(application=again(one), marks=[(1, "x")] * 3, key=keys.new_key(), by=before)
    with pytest.raises(Refused, match="have applied"):
        choosing.declare_ties(vacancy=there.vacancy, tied=[], words="", by=before)
    one, row = again(there.ann), row_of(there.ann, there.manager)
    assert (row.scored, row.able) == (2, 2)
    choosing.agree_score(application=one, points=[4, 4, 2], version=one.version, by=there.manager)


def stopped(there: Competition) -> Vacancy:
    return choosing.stop(vacancy=again(there.ann).vacancy, by=there.manager)


def test_a_competition_that_was_stopped_offers_no_times_sends_no_letters_and_keeps_its_panel(there: Competition) -> None:
    listed(there)
    times = [datetime(2022, 5, 18, hour, tzinfo=clock.LONDON) for hour in (10, 11)]
    choosing.offer_slots(vacancy=again(there.ann).vacancy, times=times, place="Here", by=there.manager)
    there.outcomes(ann=S.LISTED, bea=S.LISTED, cy=S.LISTED, dee=S.NOT_LISTED)  # Cy has not heard
    vacancy, slot = stopped(there), InterviewSlot.objects.select_related("vacancy__seat").first()
    deeds: list[tuple[Any, dict[str, Any], str]] = [
        (applying.choose_slot, {"link": there.ann.link, "slot": slot, "by": VISITOR}, "no interview"),
        (choosing.take_slot_back, {"slot": slot, "by": there.manager}, "offered any more"),
        (choosing.send_letters, {"vacancy": vacancy, "seen": "", "by": there.manager}, "was stopped"),
        (vacancies.end_on_panel, {"member": there.members[0], "by": there.manager}, "is over"),
    ]
    for deed, facts, why in deeds:
        with pytest.raises(Conflict, match=why):
            deed(**facts)
    with pytest.raises(Conflict, match="is over"):
        put_on_panel(vacancy, there.manager, name="New", email="new@council.example")
    assert not waits(there.manager)
    page = signed_in(there.manager.person).get(reverse("recruitment:application", args=[there.partnership.slug, there.ann.link]))
    assert "No interview is held any more" in page.content.decode()


def test_the_time_of_an_interview_that_was_held_stays(there: Competition) -> None:
    listed(there)
    times = [datetime(2022, 5, 18, hour, tzinfo=clock.LONDON) for hour in (10, 15)]
    choosing.offer_slots(vacancy=again(there.ann).vacancy, times=times, place="Here", by=there.manager)
    first, second = InterviewSlot.objects.order_by("starts_at")
    applying.choose_slot(link=there.ann.link, slot=first, by=VISITOR)
    with clock.at(first.starts_at + timedelta(hours=1)), pytest.raises(Conflict, match="has begun"):
        applying.choose_slot(link=there.ann.link, slot=second, by=VISITOR)


def test_what_the_panel_has_begun_to_read_is_not_opened_again(there: Competition) -> None:
    later = replace(SAID, closes_on=date(2022, 4, 29))
    assert clock.today() > CLOSES
    there.declare(0)
    with pytest.raises(Conflict, match="begun to read"):
        vacancies.change_vacancy(
            vacancy=again(there.ann).vacancy, said=later, version=again(there.ann).vacancy.version, by=there.manager
        )
