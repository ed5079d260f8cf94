"""A competition from the advert to the seat: who may write until when, blind scores, ties, letters, the seat, and what goes."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.deciding.bodies.models import Tenure
from alongside.deciding.recruitment.actions import applying, choosing, vacancies
from alongside.deciding.recruitment.models import Application, InterviewSlot, PanelMember, Score, Tie, Vacancy
from alongside.deciding.recruitment.queries import choosing as chosen, vacancies as queries
from alongside.deciding.recruitment.rules.scoring import Round
from alongside.deciding.recruitment.rules.vacancies import ApplicationState as S, VacancyState as V
from alongside.deciding.recruitment.tests.make import (
    AFTER,
    CLOSES,
    OPENS,
    SAID,
    VISITOR,
    WRITTEN,
    Competition,
    advertise,
    apply,
    marks,
    put_on_panel,
    who_is,
)
from alongside.ground.audit.models import Event
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import SEATS_OPEN, Held, Power, Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.ground.web.models import Stale
from alongside.members.membership.tests.make import Post, person
from alongside.members.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 25)]


@pytest.fixture
def there() -> Competition:
    return Competition()


def again(application: Application) -> Application:
    return Application.objects.select_related("vacancy__seat__body", "vacancy__partnership").get(pk=application.pk)


def row_of(application: Application, who: Standing) -> Any:
    return next(row for row in chosen.applicants_of(again(application).vacancy, viewer=who) if row == application)


@pytest.mark.on(2022, 3, 22)
def test_an_advert_is_kept_for_oneself_then_published_and_stays_as_everybody_read_it() -> None:
    from alongside.deciding.bodies.tests.make import Board

    board, key = Board(), keys.new_key()
    seat, by = board.seat("Independent chair"), board.manager
    for _ in range(2):
        vacancy = vacancies.add_vacancy(seat=seat, said=SAID, key=key, by=by)
    assert Vacancy.objects.count() == 1 and vacancy.runner == by.person
    assert not queries.adverts_of(board.partnership, viewer=VISITOR)
    with pytest.raises(Invalid, match="advertised already"):
        vacancies.add_vacancy(seat=seat, said=SAID, key=keys.new_key(), by=by)
    with pytest.raises(Refused):
        applying.ask_for_link(vacancy=vacancy, email="a@b.example", by=VISITOR)
    vacancies.change_vacancy(vacancy=vacancy, said=replace(SAID, title="Chair"), version=1, by=by)
    vacancies.publish(vacancy=vacancy, by=by)
    assert [one.title for one in queries.adverts_of(board.partnership, viewer=VISITOR)] == ["Chair"]
    assert vacancy.erase_on == date(2022, 12, 13)
    with pytest.raises(Conflict, match="stays as everybody"):
        vacancies.change_vacancy(vacancy=vacancy, said=replace(SAID, essential="Other"), version=2, by=by)
    with pytest.raises(Invalid, match="published as open until"):
        vacancies.change_vacancy(vacancy=vacancy, said=replace(SAID, closes_on=date(2022, 4, 21)), version=2, by=by)
    vacancy.refresh_from_db()
    longer = replace(SAID, closes_on=date(2022, 4, 29))
    assert vacancies.change_vacancy(vacancy=vacancy, said=longer, version=2, by=by).closes_on == longer.closes_on
    with pytest.raises(Stale):
        vacancies.change_vacancy(vacancy=vacancy, said=longer, version=2, by=by)
    with pytest.raises(Refused, match="clerk of its body"):
        vacancies.add_vacancy(seat=seat, said=SAID, key=keys.new_key(), by=board.heads["Oak"])


def test_an_application_is_written_by_its_link_and_changed_until_the_day_is_over(there: Competition) -> None:
    with clock.at(clock.end_of(CLOSES) - timedelta(seconds=5)):
        late = apply(there.vacancy, "Eve", sends=False, answers=["", "", ""])
        with pytest.raises(Invalid, match="2 essential criteria"):
            applying.send_in(link=late.link, by=VISITOR)
        again_same = applying.ask_for_link(vacancy=there.vacancy, email=late.email, by=VISITOR)
        assert again_same == late and Application.objects.filter(email=late.email).count() == 1
        said = WRITTEN | {"answers": ["More", "Still more", ""], "name": "Ann", "link": there.ann.link}
        assert applying.save_application(**said, version=there.ann.version, by=VISITOR).answers[0] == "More"
        with pytest.raises(Stale):
            applying.save_application(**said, version=there.ann.version, by=VISITOR)
        with pytest.raises(Invalid, match="It is sent in"):
            applying.save_application(**said | {"referees": ""}, version=there.ann.version + 1, by=VISITOR)
    with clock.at(clock.end_of(CLOSES)):
        for deed in (applying.send_in, lambda link, by: applying.save_application(**said | {"link": link}, version=2, by=by)):
            with pytest.raises(Conflict, match="closed at the end of Friday 22 April"):
                deed(link=late.link, by=VISITOR)
        assert applying.ask_for_link(vacancy=there.vacancy, email="new@new.example", by=VISITOR) is None
        assert applying.ask_for_link(vacancy=there.vacancy, email=there.ann.email, by=VISITOR) == there.ann
    assert not Application.objects.filter(email="new@new.example").exists()
    with pytest.raises(Refused, match="leads nowhere"):
        applying.withdraw(link=late.pk + "0" * 40, by=VISITOR)


def test_it_is_withdrawn_by_one_press_and_all_of_it_is_gone(there: Competition) -> None:
    there.declare(0)
    there.score(0, there.ann, 6, 4, 2)
    assert Notice.objects.filter(link=there.ann.page).count() == 2  # the link, the receipt
    applying.withdraw(link=there.ann.link, by=VISITOR)
    assert not Application.objects.filter(pk=there.ann.pk).exists() and not Notice.objects.filter(link=there.ann.page).exists()
    assert Score.objects.count() == 0 and Tie.objects.count() == 3
    assert Event.objects.filter(act="recruitment.withdraw").get().row == there.vacancy.pk


def test_nobody_reads_before_the_day_is_over_and_before_declaring_whom_they_know(there: Competition) -> None:
    with clock.at(clock.end_of(CLOSES) - timedelta(seconds=5)):
        assert not Application.objects.visible_to(there.manager).exists()
        with pytest.raises(Conflict, match="closing day"):
            there.declare(0)
    assert Application.objects.visible_to(there.manager).count() == 4
    assert (
        Application.objects.named_to(there.panel[0]).count() == 4 and not Application.objects.visible_to(there.panel[0]).exists()
    )
    with pytest.raises(Refused, match="Declare first"):
        there.score(0, there.ann, 6, 4, 2)
    with pytest.raises(Invalid, match="what the tie is"):
        choosing.declare_ties(vacancy=there.vacancy, tied=[there.ann.pk], words=" ", by=there.panel[0])
    there.declare(0, there.ann)
    assert set(Application.objects.visible_to(there.panel[0])) == {there.bea, there.cy, there.dee}
    with pytest.raises(Refused, match="You have a tie"):
        there.score(0, there.ann, 6, 4, 2)


def test_nobody_else_in_the_office_and_no_board_member_reads_it(there: Competition) -> None:
    finance = person("Fi", Post.FINANCE, partnership=there.partnership)
    for who in (finance, there.board.heads["Elm"], VISITOR, Standing("x")):
        assert not Application.objects.named_to(who).exists() and not Score.objects.visible_to(who).exists()
        with pytest.raises(Refused):
            there.vacancy.refresh_from_db()
            choosing.keep_outcomes(vacancy=there.vacancy, outcomes={there.ann.pk: S.LISTED}, reason="", by=who)
    second = person("Ma", Post.MANAGER, partnership=there.partnership)
    assert not Application.objects.visible_to(second).exists()
    vacancies.take_over(vacancy=there.vacancy, by=second)
    assert Application.objects.visible_to(second).count() == 4 and not Application.objects.visible_to(there.manager).exists()
    assert Event.objects.get(act="recruitment.take_over").facts == {"before": there.manager.person}
    with pytest.raises(Refused, match="panel does not run"):
        vacancies.take_over(vacancy=there.vacancy, by=there.panel[0])
    with pytest.raises(Invalid, match="does not score in it"):
        put_on_panel(there.vacancy, second, name="Ma", email="ma@example.org")


def test_a_tie_that_is_noticed_later_takes_the_score_away_until_it_was_a_mistake(there: Competition) -> None:
    there.declare(0)
    there.score(0, there.ann, 6, 4, 2)
    there.declare(0, there.ann)
    assert not Score.objects.exists() and there.ann not in Application.objects.visible_to(there.panel[0])
    there.declare(0)  # nobody takes a tie of their own back
    tie = Tie.objects.get(application=there.ann, is_tied=True)
    with pytest.raises(Refused):
        choosing.lift_tie(tie=tie, by=there.panel[0])
    assert [one.words for one in chosen.ties_of(there.ann, viewer=there.manager)] == ["My sister"]
    assert not chosen.ties_of(there.ann, viewer=there.panel[1])
    choosing.lift_tie(tie=tie, by=there.manager)
    with pytest.raises(Conflict, match="no tie any more"):
        choosing.lift_tie(tie=tie, by=there.manager)
    there.score(0, there.ann, 5, 4, 2)


def test_what_cannot_be_now_is_refused_with_the_reason(there: Competition) -> None:
    ann, by, seat = again(there.ann), there.manager, there.board.seat("Special school representative")
    there.declare(0)
    with clock.at(clock.start_of(OPENS, 9)):
        draft = vacancies.add_vacancy(seat=seat, said=SAID, key=keys.new_key(), by=by)
    assert not draft.is_closed  # nobody could apply
    deeds: list[tuple[Any, dict[str, Any], type[Exception], str]] = [
        (vacancies.add_vacancy, {"seat": seat, "said": SAID, "key": keys.new_key()}, Invalid, "Enter a day that is not over"),
        (vacancies.publish, {"vacancy": draft}, Conflict, "Its closing day is over"),
        (vacancies.take_over, {"vacancy": ann.vacancy}, Conflict, "You run this competition already"),
        (choosing.offer_slots, {"vacancy": ann.vacancy, "times": [], "place": ""}, Conflict, "once there is a shortlist"),
        (choosing.give_feedback, {"application": ann, "words": "Well"}, Conflict, "They have not asked"),
        (choosing.score, {"application": ann, "marks": marks(7, 4, 2), "key": keys.new_key(), "by": there.panel[0]}, Invalid,
         "points within the scale"),
    ]  # fmt: skip
    for deed, facts, refused, why in deeds:
        with pytest.raises(refused, match=why):
            deed(**{"by": by, **facts})
    with pytest.raises(Invalid, match="They do not sit on this body"):
        put_on_panel(there.vacancy, by, person=there.board.heads["Elm"].person or "")
    stopped = choosing.stop(vacancy=ann.vacancy, by=by)
    with pytest.raises(Conflict, match="its advert stays as it was"):
        vacancies.change_vacancy(vacancy=stopped, said=SAID, version=stopped.version, by=by)


def test_what_the_platform_knows_of_somebody_is_to_be_looked_into(there: Competition) -> None:
    with clock.at(clock.start_of(OPENS, 12)):
        head = apply(there.vacancy, "Elm’s head")
        same = apply(there.vacancy, "Somebody else", email="ash’s.head@example.org")
        there.board.sits("Local authority representative 1", "Cy")
    assert chosen.to_look_into(head, viewer=there.manager) == ["Somebody called Elm’s head is headteacher of Elm"]
    assert chosen.to_look_into(same, viewer=there.manager) == ["Whoever signs in with this address is headteacher of Ash"]
    assert "is local authority representative 1 of" in chosen.to_look_into(there.cy, viewer=there.manager)[0]
    assert not chosen.to_look_into(there.ann, viewer=there.manager) and not chosen.to_look_into(head, viewer=there.panel[0])


def listed(there: Competition) -> None:
    """Ann and Bea are invited, the others not; all have heard."""
    there.outcomes(ann=S.LISTED, bea=S.LISTED, cy=S.NOT_LISTED, dee=S.NOT_LISTED)
    there.letters()


def test_letters_go_when_they_are_sent_and_say_how_each_stands(there: Competition) -> None:
    vacancy = there.outcomes(ann=S.LISTED, bea=S.NOT_LISTED, cy=S.NOT_LISTED, dee=S.NOT_LISTED)
    due = chosen.letters_due(vacancy, viewer=there.manager)
    assert next((one.application.name, one.subject) for one in due.letters) == (
        "Ann",
        "Independent chair: we would like to meet you",
    )
    assert not Notice.objects.filter(kind="recruitment.letter").exists()
    there.outcomes(ann=S.LISTED, bea=S.LISTED, cy=S.NOT_LISTED, dee=S.NOT_LISTED)
    with pytest.raises(Conflict, match="No letter was sent"):
        choosing.send_letters(vacancy=again(there.ann).vacancy, seen=str(due.shown), by=there.manager)
    assert there.letters() == 4
    with pytest.raises(Conflict, match="Everybody has heard"):
        there.letters()
    sent = Notice.objects.filter(kind="recruitment.letter")
    assert {one.to for one in sent} == {f"{name}@applicant.example" for name in ("ann", "bea", "cy", "dee")}
    assert all(one.partnership is None and there.ann.link not in one.body for one in sent)  # in no list, without a link
    assert next(one.subject for one in chosen.messages_of(there.ann, viewer=there.manager)).endswith("we would like to meet you")
    assert not chosen.messages_of(there.ann, viewer=person("Fi", Post.FINANCE, partnership=there.partnership))
    with pytest.raises(Invalid, match="Ann has heard otherwise"):
        there.outcomes(ann=S.NOT_LISTED, bea=S.LISTED)


def test_times_are_offered_and_chosen_by_one_each(there: Competition) -> None:
    listed(there)
    at = [datetime(2022, 5, 18, hour, tzinfo=clock.LONDON) for hour in (10, 11)]
    vacancy = again(there.ann).vacancy
    for new in (2, 0):
        assert choosing.offer_slots(vacancy=vacancy, times=at, place="Civic centre", by=there.manager) == new
    first, second = InterviewSlot.objects.order_by("starts_at")
    with pytest.raises(Conflict, match="no interview"):
        applying.choose_slot(link=there.cy.link, slot=first, by=VISITOR)
    for who, many in ((there.manager, 2), (there.panel[0], 2), (there.board.heads["Elm"], 0)):
        assert InterviewSlot.objects.visible_to(who).count() == many
    applying.choose_slot(link=there.ann.link, slot=first, by=VISITOR)
    with pytest.raises(Conflict, match="just chosen"):
        applying.choose_slot(link=there.bea.link, slot=first, by=VISITOR)
    applying.choose_slot(link=there.ann.link, slot=second, by=VISITOR)
    assert [one.pk for one in chosen.free_slots(there.bea, viewer=VISITOR)] == [first.pk]
    with pytest.raises(Conflict, match="Somebody has chosen"):
        choosing.take_slot_back(slot=InterviewSlot.objects.select_related("vacancy__seat").get(pk=second.pk), by=there.manager)
    choosing.take_slot_back(slot=InterviewSlot.objects.select_related("vacancy__seat").get(pk=first.pk), by=there.manager)
    with pytest.raises(Invalid, match="still to come"):
        choosing.offer_slots(vacancy=vacancy, times=[clock.now()], place="Here", by=there.manager)


@pytest.mark.on(2022, 5, 19)
def test_the_chosen_one_sits_and_only_the_time_on_the_seat_is_left(there: Competition) -> None:
    listed(there)
    for at in range(3):
        there.declare(at)
    there.score(0, there.ann, 6, 4, 2)
    with pytest.raises(Conflict, match="not being scored"):
        there.score(0, there.cy, 6, 4, 2)
    with pytest.raises(Conflict, match="not being scored"):
        choosing.agree_score(application=again(there.cy), points=[6, 4, 2], version=again(there.cy).version, by=there.manager)
    assert Score.objects.get().round == Round.INTERVIEW
    with pytest.raises(Invalid, match="agreed on no score"):
        there.outcomes("Ann chairs best", ann=S.APPOINTED, bea=S.RESERVE)
    for at in (1, 2):
        there.score(at, there.ann, 6, 4, 2)
    one = again(there.ann)
    choosing.agree_score(application=one, points=[6, 4, 2], version=one.version, by=there.manager)
    with pytest.raises(Invalid, match="1 application has no agreed score"):
        there.outcomes("Ann chairs best", ann=S.APPOINTED, bea=S.RESERVE)
    assert "no agreed score: She was ill" in there.outcomes("Ann", "She was ill", ann=S.APPOINTED, bea=S.RESERVE).reason
    seating = {"from_on": date(2022, 6, 13), "rests_on": "Panel of 18 May 2022", "key": keys.new_key(), "by": there.manager}
    with pytest.raises(Conflict, match="Send the letters first"):
        choosing.fill_seat(application=again(there.ann), **seating)
    there.letters()
    assert who_is(there.members[0]).bodies(Power.ASSESS) == set()  # the panel's work is done
    for _ in range(2):
        tenure = choosing.fill_seat(application=again(there.ann), **seating)
    assert Tenure.objects.count() == 3 and tenure.seat.title == "Independent chair" and tenure.holder.name == "Ann"
    with pytest.raises(Conflict, match="before somebody holds the seat"):
        there.outcomes("Other", ann=S.APPOINTED, bea=S.RESERVE)
    with pytest.raises(Conflict, match="over"):
        applying.withdraw(link=there.cy.link, by=VISITOR)
    applying.ask_for_feedback(link=there.cy.link, by=VISITOR)
    for link in (there.cy.link, there.ann.link):
        with pytest.raises(Conflict):
            applying.ask_for_feedback(link=link, by=VISITOR)
    choosing.give_feedback(application=again(there.cy), words="Others had chaired more.", by=there.manager)
    assert "Others had chaired more." in Notice.objects.get(kind="recruitment.feedback").body
    with pytest.raises(Refused):
        choosing.purge(applications=[there.ann.pk], by=there.manager)


@pytest.mark.on(2022, 5, 19)
def test_it_is_decided_anew_when_the_chosen_one_withdraws(there: Competition) -> None:
    listed(there)
    for one in (there.ann, there.bea):
        there.agree(one, 6, 4, 2)
    there.outcomes("Ann", ann=S.APPOINTED, bea=S.RESERVE)
    there.letters()
    with pytest.raises(Invalid, match="Ann has heard otherwise"):
        there.outcomes("Bea after all", ann=S.NOT_APPOINTED, bea=S.APPOINTED)
    applying.withdraw(link=there.ann.link, by=VISITOR)
    there.outcomes("Bea after all", bea=S.APPOINTED)
    assert there.letters() == 1 and again(there.bea).told == S.APPOINTED
    assert again(there.bea).vacancy.state == V.DECIDED


def test_it_is_decided_without_interviews_and_given_up(there: Competition) -> None:
    there.outcomes("None fits", ann=S.NOT_APPOINTED, bea=S.NOT_APPOINTED, cy=S.NOT_APPOINTED, dee=S.NOT_APPOINTED)
    assert again(there.ann).vacancy.erase_on == date(2022, 10, 25)
    with pytest.raises(Conflict):
        choosing.stop(vacancy=again(there.ann).vacancy, by=there.manager)
    other = advertise(there.board.seat("Independent chair"), there.manager, said=replace(SAID, closes_on=date(2022, 4, 30)))
    assert choosing.stop(vacancy=other, by=there.manager).state == V.STOPPED  # the seat was free to be advertised again


def test_the_panel_is_told_once_and_taken_off(there: Competition) -> None:
    told = Notice.objects.filter(kind="recruitment.panel")
    assert {one.to for one in told} >= {"lee@council.example"} and told.count() == 3
    with pytest.raises(Invalid, match="already"):
        put_on_panel(there.vacancy, there.manager, person=there.members[0].person)
    with pytest.raises(Invalid, match="Choose somebody"):
        put_on_panel(there.vacancy, there.manager)
    lee = there.panel[2]
    assert lee.partnerships == {there.partnership.pk} and not lee.seated
    there.declare(2)
    clerk = Held("clerk", through=there.partnership.pk, opens=SEATS_OPEN["clerk"], body=there.board.body.pk)
    for who in (there.manager, lee, Standing("cl", roles=frozenset({clerk}))):
        assert len(queries.panel_of(there.vacancy, viewer=who)) == 3 and there.vacancy in Vacancy.objects.visible_to(who)
    assert not queries.panel_of(there.vacancy, viewer=there.board.heads["Elm"])
    assert Application.objects.visible_to(lee).count() == 4
    vacancies.end_on_panel(member=there.members[2], by=there.manager)
    assert not Application.objects.visible_to(lee).exists()  # nor in a page that they had opened before
    assert not who_is(there.members[2]).partnerships
    with pytest.raises(Conflict):
        vacancies.end_on_panel(member=there.members[2], by=there.manager)
    assert PanelMember.objects.filter(ended_on=AFTER).count() == 1


def test_the_links_that_mails_carry_are_kept_nowhere_and_in_no_log(there: Competition, client: Client, caplog) -> None:
    everywhere = "".join(str(list(model.objects.values())) for model in (Application, Notice, Event))
    assert there.ann.link not in everywhere and "••••••••" in everywhere
    page = reverse("recruitment:application", args=[there.partnership.slug, there.ann.link])
    for _ in range(20):  # a mail scanner opens it
        assert client.get(page).status_code == 200
    assert again(there.ann).state == S.SENT and again(there.ann).version == there.ann.version
    wrong = page.replace(there.ann.link, there.ann.pk + "0" * 40)
    assert client.get(wrong).status_code == 404 and there.ann.link not in caplog.text


@pytest.mark.on(2022, 3, 22)
def test_the_log_does_not_tell_that_somebody_signed_in_has_applied() -> None:
    there = Competition()
    head = there.board.heads["Elm"]
    made = applying.ask_for_link(vacancy=there.vacancy, email="elm@home.example", by=head)
    applying.save_application(link=made.link, name="Elm", version=made.version, **WRITTEN, by=head)
    applying.send_in(link=made.link, by=head)
    applying.withdraw(link=made.link, by=head)
    assert not Event.objects.filter(person=head.person).exists() and not Notice.objects.filter(person=head.person).exists()
