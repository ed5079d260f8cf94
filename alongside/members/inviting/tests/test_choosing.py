"""What arrives at the pages that choose schools, and was never offered there."""

from datetime import date

import pytest
from django.core import mail
from django.test import Client

from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.verdict import Conflict
from alongside.members.membership.actions import asking
from alongside.members.membership.queries import answers, story
from alongside.members.membership.tests import make
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.schools.models import Establishment, School, Succession
from alongside.members.schools.tests.make import imported, line
from tests.shown import seen_on

pytestmark = pytest.mark.usefixtures("tuesday")


@pytest.fixture
def real(db: None) -> School:
    imported(line(100001, "Real School"), on=make.TODAY)
    return School.objects.get(current__urn=100001)


@pytest.mark.parametrize("deed", ["", "ask", "stop"])
@pytest.mark.parametrize("key", ["\x00", "x", "a" * 5_000, "\u202e", "-1"])
def test_what_is_no_key_of_a_school_chooses_none(key: str, deed: str, place: Partnership, client: Client) -> None:
    page = client.post(f"/p/{place.slug}/membership/schools/?words=school", {"deed": deed, "school": [key]}, follow=True)
    assert page.status_code == 200 and "Tick at least one school first" in page.content.decode()


def test_a_real_school_is_never_asked_into_an_invented_partnership(place: Partnership, client: Client, real: School) -> None:
    client.post(f"/p/{place.slug}/membership/schools/?words=school", {"deed": "ask", "school": [real.pk]})
    assert client.post(f"/p/{place.slug}/membership/associates/{real.urn}/add/").status_code == 409
    assert not Membership.objects.exists() and answers.standing_of_answers(place, viewer=make.SYSTEM).asked == 0


def test_a_name_that_is_unknown_or_of_several_is_named_with_the_remedy(place: Partnership, client: Client) -> None:
    Partnership.objects.update(is_invented=False)
    imported(line(100002, "Oak School"), line(100003, "Oak School"), line(100004, "Elm School"), on=make.TODAY)
    page = client.get(f"/p/{place.slug}/membership/schools/", {"words": "Oak School, Xyzzy, Elm School"}).content.decode()
    assert "Not found: “Xyzzy”" in page and "“Oak School” may be one of several" in page and "Elm School" in page
    assert "Ask all" not in page
    assert "Not found" not in client.get(f"/p/{place.slug}/membership/schools/", {"words": "Elm School"}).content.decode()


def test_a_real_school_is_asked_into_a_real_partnership(place: Partnership, client: Client, real: School) -> None:
    Partnership.objects.update(is_invented=False)
    client.post(f"/p/{place.slug}/membership/schools/?words=school", {"deed": "ask", "school": [real.pk]})
    assert answers.standing_of_answers(place, viewer=make.SYSTEM).asked == 1


@pytest.mark.parametrize("address", ["a@b..example", "(a@b.example", "a:b@c.example", "é@x.example"])
def test_an_address_that_no_mail_can_carry_is_a_bad_line(
    address: str, place: Partnership, client: Client, django_capture_on_commit_callbacks
) -> None:
    one, two = make.asked(place, 2)
    lines = f"{one.urn}, {address}\n{two.urn}, head@ash.example"
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(f"/p/{place.slug}/membership/invite/", {"lines": lines, "deed": "look"})
        client.post(f"/p/{place.slug}/membership/invite/", {"lines": lines, "deed": "send", "seen": seen_on(page)})
    assert "1 line will not be sent" in page.content.decode()
    assert [message.to for message in mail.outbox] == [["head@ash.example"]]


@pytest.fixture
def closed(place: Partnership) -> School:
    """A school that was asked, and is closed in the register since."""
    one = make.asked(place, 1)[0]
    Establishment.objects.filter(urn=one.urn).update(is_open=False, status="Closed", closed_on=date(2021, 8, 31))
    return School.objects.get(pk=one.pk)


def test_a_closed_school_on_the_list_is_named_with_its_end_and_taken_off(
    place: Partnership, client: Client, closed: School
) -> None:
    told = f"{closed.name} closed in 2021"
    for page in ("schools/", "invite/", f"{closed.urn}/"):
        assert told in client.get(f"/p/{place.slug}/membership/{page}").content.decode(), page
    assert "Closed 2021" in client.get(f"/p/{place.slug}/membership/").content.decode()
    after = client.post(f"/p/{place.slug}/membership/{closed.urn}/stop/", follow=True).content.decode()
    assert "is no longer asked" in after and "Ask again" not in after
    assert told not in client.get(f"/p/{place.slug}/membership/schools/").content.decode()


def test_a_closed_school_is_neither_asked_invited_reminded_nor_written_to(
    place: Partnership, client: Client, closed: School, django_capture_on_commit_callbacks
) -> None:
    lines = {"lines": f"{closed.urn}, head@ash.example", "deed": "send"}
    with django_capture_on_commit_callbacks(execute=True):
        assert "Take it off the list" in client.post(f"/p/{place.slug}/membership/invite/", lines).content.decode()
    with pytest.raises(Conflict, match="not open in the register"):
        asking.invite_schools(partnership=place, addresses={closed.pk: "head@ash.example"}, seen=UNSEEN, by=make.SYSTEM)
    make.answer(place, closed).__class__.objects.update(email="head@ash.example")
    assert (
        not mail.outbox and "closed 2021, says the register" in client.get(f"/p/{place.slug}/membership/chase/").content.decode()
    )
    for page in ("letters/", "phone-list/"):
        assert closed.name not in client.get(f"/p/{place.slug}/membership/{page}").content.decode(), page
    asking.stop_asking(partnership=place, schools=[closed], by=make.SYSTEM)
    client.post(f"/p/{place.slug}/membership/schools/?words={closed.urn}", {"deed": "ask", "school": [closed.pk]})
    assert client.post(f"/p/{place.slug}/membership/{closed.urn}/ask-again/").status_code == 409
    assert client.post(f"/p/{place.slug}/membership/associates/{closed.urn}/add/").status_code == 409
    assert not Membership.objects.exists()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Hayes Park Infant School", "Hayes Park Infant School closed in 1995: Hayes Park School followed it."),
        ("100007", "Hayes Park Infant School closed in 1995: Hayes Park School followed it."),
        ("Hayes Parc School", "No open school is called “Hayes Parc School”."),
        ("Hayes Park School", ""),
        ("100008", ""),
    ],
)
def test_a_name_leads_to_another_school_only_with_a_word(place: Partnership, client: Client, typed: str, says: str) -> None:
    Partnership.objects.update(is_invented=False)
    gone = {"EstablishmentStatus (name)": "Closed", "CloseDate": "31-08-1995"}
    imported(line(100007, "Hayes Park Infant School", **gone), line(100008, "Hayes Park School"), on=make.TODAY)
    Succession.objects.create(predecessor_urn=100007, successor_urn=100008, kind="Successor - merged")
    page = client.get(f"/p/{place.slug}/membership/schools/", {"words": typed}).content.decode()
    assert (says in page, "s100007" in page, "s100008" in page, "Ask all" in page) == (True, False, True, not says)


def test_asking_no_longer_and_again_stays_on_the_schools_page_and_in_its_story(place: Partnership, client: Client) -> None:
    one = make.asked(place, 1)[0]
    asking.invite_schools(partnership=place, addresses={one.pk: "head@ash.example"}, seen=UNSEEN, by=make.SYSTEM)
    here = f"/p/{place.slug}/membership/{one.urn}/"
    after = client.post(f"{here}stop/", follow=True)
    page = after.content.decode()
    assert after.request["PATH_INFO"] == here and f"{one.name} is no longer asked" in page
    assert "Ask again" in page and "Stop asking this school" not in page and ">No longer asked<" in page
    assert client.post(f"{here}stop/").status_code == 409
    page = client.post(f"{here}ask-again/", follow=True).content.decode()
    assert "stands where it stood: “No reply yet”" in page and "Stop asking this school" in page
    assert [what for _, what, _ in story.story_of(make.answer(place, one), viewer=make.SYSTEM)] == [
        "Asked again", "No longer asked", "Invited",
    ]  # fmt: skip
