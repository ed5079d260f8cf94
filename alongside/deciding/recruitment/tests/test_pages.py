"""The pages: somebody applies signed out, the panel scores behind a second factor, who runs it brings it to the seat."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from alongside.deciding.bodies.actions import bodies
from alongside.deciding.recruitment.models import Application, InterviewSlot, Vacancy
from alongside.deciding.recruitment.queries.vacancies import dates, needs
from alongside.deciding.recruitment.rules.vacancies import ApplicationState as S
from alongside.deciding.recruitment.tests.make import CLOSES, OPENS, Competition
from alongside.deciding.recruitment.tests.test_competition import again, listed
from alongside.ground.core import clock, keys
from alongside.members.notices.models import Notice
from alongside.members.people.models import Person
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 25)]


@pytest.fixture
def there() -> Competition:
    return Competition()


def at(page: str, there: Competition, *key: str) -> str:
    return reverse(f"recruitment:{page}", args=[there.partnership.slug, *(key or [there.vacancy.pk])])


def said(client: Client, address: str, form: dict[str, object] | None = None) -> str:
    """What a page says, opened or sent, in the end."""
    answer = client.get(address) if form is None else client.post(address, form, follow=True)
    return answer.content.decode()


def signed_in(person: str | None) -> Client:
    return enter(Client(), Person.objects.get(pk=person))


def test_somebody_applies_signed_out_by_the_link_of_the_mail(there: Competition, client: Client) -> None:
    with clock.at(clock.start_of(OPENS, 12)):
        advert = said(client, at("advert", there))
        assert "Chairs meetings well" in advert and "Apply now" in advert and "13 December 2022" in advert
        assert "Independent chair" in said(client, reverse("recruitment:adverts", args=[there.partnership.slug]))
        told = said(client, at("apply", there), {"email": "Eve@New.example"})
        assert "A link is on its way to eve@new.example. By it you write" in told
        made = Application.objects.get(email="eve@new.example")
        assert Notice.objects.filter(kind="recruitment.link", to="eve@new.example").count() == 1
        own = at("application", there, made.link)
        assert "Still missing: your name, 2 essential criteria" in said(client, own)
        form = {"version": "1", "name": "Eve", "answers_0": "I chaired", "answers_1": "Governor", "independence_0": "yes"}
        form |= {"independence_words": "A school elsewhere", "interests": "None", "referees": "A, B", "phone": ""}
        assert "Saved, and not sent in yet." in said(client, f"{own}write/", form)
        assert "Sent in. A receipt is on its way" in said(client, f"{own}send/", {})
        assert "409" in str(client.post(f"{own}write/", form).status_code)  # in another window, before that
        assert "It is sent in, so it needs your referees" in said(
            client, f"{own}write/", {**form, "version": "2", "referees": ""}
        )
    with clock.at(clock.end_of(CLOSES)):
        assert "Applications closed at the end of Friday 22 April" in said(client, f"{own}write/", {**form, "version": "2"})
        assert "Send me my link again" in said(client, at("advert", there))
        for address in ("nobody@new.example", "eve@new.example"):
            assert f"If there is an application from {address}" in said(client, at("apply", there), {"email": address})
    assert "Withdrawn. All that you wrote is erased." in said(client, f"{own}withdraw/", {})
    assert client.get(own).status_code == 404


def test_the_page_of_the_board_leads_to_the_advert_of_its_seat(there: Competition) -> None:
    page = reverse("bodies:body", args=[there.partnership.slug, there.board.body.pk])
    with clock.at(clock.start_of(CLOSES, 9)):
        runs, head = said(signed_in(there.manager.person), page), said(signed_in(there.board.heads["Elm"].person), page)
    assert "Advertised: apply by 22 April" in runs and at("competition", there) in runs
    assert "Advertised: apply by 22 April" in head and at("advert", there) in head and at("competition", there) not in head
    with clock.at(clock.end_of(CLOSES)):
        assert "Advertised: applications are closed" in said(signed_in(there.manager.person), page)


def test_the_public_page_of_the_board_leads_everybody_to_the_advert(there: Competition, client: Client) -> None:
    body = there.board.body
    told = {"name": body.name, "about": "", "shown": "public", "is_public": True}
    bodies.change_body(body=body, **told, version=body.version, by=there.manager)
    page = reverse("bodies:public", args=[there.partnership.slug, body.pk])
    with clock.at(clock.start_of(CLOSES, 9)):
        for who in (client, signed_in(there.manager.person)):
            shown = said(who, page)
            assert "Advertised: apply by 22 April" in shown and at("advert", there) in shown
            assert at("competition", there) not in shown and "Call an election" not in shown


def test_an_address_gets_the_link_a_few_times_an_hour(there: Competition, client: Client) -> None:
    for number in range(6):
        answer = client.post(at("apply", there), {"email": "ann@applicant.example"})
        assert answer.status_code == (302 if number < 5 else 409)


def test_the_panel_declares_scores_and_agrees(there: Competition) -> None:
    first, second, outside = (signed_in(one.person) for one in there.members)
    page = at("competition", there)
    assert "Say first whom you know among the 4 applicants" in said(first, page)
    unproven = enter(Client(), Person.objects.get(pk=there.members[0].person), second_factor=False)
    assert unproven.get(page).status_code == 302
    done = said(first, at("declare_ties", there), {"tied": [there.ann.pk], "words": "My sister"})
    assert "Declared: 1 tie." in done and "You have a tie: not for you" in done
    assert first.get(at("applicant", there, there.ann.pk)).status_code == 403
    assert "You have a tie to this applicant" in said(first, at("score", there, there.ann.pk))
    for client in (second, outside):
        assert "Declared: no tie." in said(client, at("declare_ties", there), {"tied": [], "words": ""})
    score = {"points_0": "6", "words_0": "Chaired", "points_1": "4", "words_1": "Knows", "points_2": "0", "words_2": "Far"}
    own = said(second, at("score", there, there.ann.pk), {**score, "key": keys.new_key()})
    assert "Your score is in" in own and "1 person has still to score" in own
    assert "Chaired" not in said(outside, at("applicant", there, there.ann.pk))
    both = said(outside, at("score", there, there.ann.pk), {**score, "points_0": "2", "key": keys.new_key()})
    assert "All scores are in" in both and "Chaired" in both
    assert 'value="2"' in said(outside, at("agree_score", there, there.ann.pk))  # the middle, the lower of two
    agreed = {"points_0": "5", "points_1": "4", "points_2": "0", "version": str(there.ann.version)}
    assert "Kept." in said(outside, at("agree_score", there, there.ann.pk), agreed)
    runs = said(signed_in(there.manager.person), page)
    assert "Agreed: 9 points" in runs and "2 of 2 have scored" in runs
    look = said(signed_in(there.manager.person), at("applicant", there, there.ann.pk))
    assert "My sister" in look and "It was declared by mistake" in look


def test_who_runs_it_makes_the_shortlist_reads_the_letters_and_sends_them(there: Competition, client: Client) -> None:
    runs = signed_in(there.manager.person)
    form = {there.ann.pk: "listed", there.bea.pk: "listed", there.cy.pk: "not_listed", there.dee.pk: "not_listed"}
    assert "Nobody has heard of it yet" in said(runs, at("shortlist", there), form)
    letters = said(runs, at("letters", there))
    assert "Dear Ann," in letters and "we would like to meet you" in letters and there.ann.link not in letters
    seen = letters.split('name="seen" value="')[1].split('"')[0]
    assert "4 letters on their way" in said(runs, at("letters", there), {"seen": seen.replace("&amp;", "&")})
    assert "we would like to meet you" in said(runs, at("applicant", there, there.ann.pk))
    slots = {"on_day": "18", "on_month": "5", "on_year": "2022", "hours": "10:00, 9:30", "place": "Civic centre"}
    assert "2 times offered." in said(runs, at("offer_slots", there), slots)
    assert "Enter times like" in said(runs, at("offer_slots", there), {**slots, "hours": "noon"})
    slot = InterviewSlot.objects.order_by("starts_at").first()
    own = at("application", there, there.ann.link)
    assert "Wednesday 18 May 2022, 9:30am" in said(client, own)
    assert "Chosen." in said(client, f"{own}interview/", {"slot": slot.pk})
    assert client.post(at("choose_slot", there, there.bea.link), {"slot": slot.pk}).status_code == 409
    gathered = list(dates(viewer=there.manager, start=date(2022, 5, 18), end=date(2022, 5, 18))[1])
    assert [row[0] for row in gathered] == ["recruitment.interview"] and "Ann" not in str(gathered)


@pytest.mark.on(2022, 5, 19)
def test_it_ends_with_somebody_on_the_seat_and_feedback_for_who_asked(there: Competition, client: Client) -> None:
    listed(there)
    runs, other = signed_in(there.manager.person), signed_in(there.board.heads["Elm"].person)
    for one in (there.ann, there.bea):
        there.agree(one, 6, 4, 2)
    form = {there.ann.pk: "appointed", there.bea.pk: "reserve"}
    assert "Enter the why did" not in said(runs, at("decide", there), form)
    assert "Kept. Nobody has heard" in said(runs, at("decide", there), {**form, "reason": "Ann chairs best"})
    there.letters()
    assert "Ask what the panel thought" in said(client, at("application", there, there.cy.link))
    assert "Asked." in said(client, at("ask_for_feedback", there, there.cy.link), {})
    kinds = [row[0] for part in needs(viewer=there.manager, on=date(2022, 5, 19)) for row in part]
    assert kinds == ["recruitment.to_seat", "recruitment.feedback"]
    page = said(runs, at("competition", there))
    assert "Cy asks for feedback" in page and "Seat Ann" in page
    assert "Your words are on their way to Cy" in said(
        runs, at("give_feedback", there, there.cy.pk), {"words": "Others knew more."}
    )
    seat = {"from_on_day": "13", "from_on_month": "6", "from_on_year": "2022", "rests_on": "Panel", "key": keys.new_key()}
    assert "Ann holds the seat “Independent chair”" in said(runs, at("fill_seat", there, there.ann.pk), seat)
    board = reverse("bodies:body", args=[there.partnership.slug, there.board.body.pk])
    assert "Ann" in said(other, board)
    assert not needs_of(there) and Vacancy.objects.get().tenure


def needs_of(there: Competition) -> list[str]:
    return [row[0] for part in needs(viewer=there.manager, on=clock.today()) for row in part]


def test_what_waits_is_counted_for_each(there: Competition) -> None:
    panel = there.panel
    row = next(iter(needs(viewer=panel[0], on=date(2022, 4, 25))[0]))
    assert (row[0], row[4], row[5]) == ("recruitment.to_score", "Independent chair", 4)
    there.declare(0, there.ann)
    there.score(0, there.bea, 6, 4, 2)
    assert next(iter(needs(viewer=panel[0], on=date(2022, 4, 25))[0]))[5] == 2
    assert needs_of(there) == ["recruitment.see_to"]
    there.outcomes(ann=S.LISTED, bea=S.NOT_LISTED, cy=S.NOT_LISTED, dee=S.NOT_LISTED)
    assert needs_of(there) == ["recruitment.see_to", "recruitment.letters"] and again(there.ann).told == ""
    assert [row[0] for row in dates(viewer=panel[0], start=CLOSES, end=CLOSES)[0]] == ["recruitment.closes"]
