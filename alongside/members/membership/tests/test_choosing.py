"""What arrives at the pages that choose schools, and was never offered there."""

from collections.abc import Iterator

import pytest
from django.core import mail
from django.test import Client

from alongside.ground.core import clock
from alongside.members.membership.queries import answers
from alongside.members.membership.tests import make
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.people.models import Person
from alongside.members.schools.models import School
from alongside.members.schools.tests.make import imported, line


@pytest.fixture(autouse=True)
def tuesday() -> Iterator[None]:
    with clock.at(clock.start_of(make.TODAY, 10)):
        yield


@pytest.fixture
def place(db: None) -> Partnership:
    return make.partnership()


@pytest.fixture
def client(place: Partnership) -> Client:
    """The manager's browser."""
    signed_in = Client()
    signed_in.force_login(Person.objects.get(pk=make.manager(place).person))
    return signed_in


@pytest.fixture
def real(db: None) -> School:
    imported(line(100001, "Real School"))
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
    imported(line(100002, "Oak School"), line(100003, "Oak School"), line(100004, "Elm School"))
    page = client.get(f"/p/{place.slug}/membership/schools/", {"words": "Oak School, Xyzzy, Elm School"}).content.decode()
    assert "Not found: “Xyzzy”" in page and "“Oak School” may be one of several" in page and "Elm School" in page
    assert "Ask all" not in page
    assert "Not found" not in client.get(f"/p/{place.slug}/membership/schools/", {"words": "Elm School"}).content.decode()


def test_a_real_school_is_asked_into_a_real_partnership(place: Partnership, client: Client, real: School) -> None:
    Partnership.objects.update(is_invented=False)
    client.post(f"/p/{place.slug}/membership/schools/?words=school", {"deed": "ask", "school": [real.pk]})
    assert answers.standing_of_answers(place, viewer=make.SYSTEM).asked == 1


@pytest.mark.parametrize("address", ["a@b..example", "(a@b.example", "a:b@c.example", "é@x.example", "a\x7f@b.example"])
def test_an_address_that_no_mail_can_carry_is_a_bad_line(
    address: str, place: Partnership, client: Client, django_capture_on_commit_callbacks
) -> None:
    one, two = make.asked(place, 2)
    lines = f"{one.urn}, {address}\n{two.urn}, head@ash.example"
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(f"/p/{place.slug}/membership/invite/", {"lines": lines, "deed": "look"})
        client.post(f"/p/{place.slug}/membership/invite/", {"lines": lines, "deed": "send"})
    assert "1 line will not be sent" in page.content.decode()
    assert [message.to for message in mail.outbox] == [["head@ash.example"]]
