"""By whose clock a page lives that names no partnership, and what is stored by it."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from django.core import mail
from django.test import Client, RequestFactory
from django.urls import get_resolver

from alongside.across.demo.models import DemoState
from alongside.across.demo.queries import whose
from alongside.across.demo.rules import Stage
from alongside.across.home import actions as calendars
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Post, Standing
from alongside.ground.files import actions as files
from alongside.ground.files.rules import Paper, Readers
from alongside.members.partnerships.models import Partnership
from alongside.members.people.actions import invitations
from alongside.members.people.models import Person, Role, SignIn
from alongside.members.people.queries.roles import standing_of
from alongside.members.schools.models import Establishment, School
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.tests import make
from tests.shown import press
from tests.signing_in import enter

SYSTEM = Standing.system()
FIRST_DAY = Stage.SIGNING.day


class Side(NamedTuple):
    """One of the two worlds: its partnership, a school, an invoice, who works in its office, and the link in the mail."""

    of: Partnership
    school: School
    invoice: Invoice
    manager: Person
    link: str


@pytest.fixture
def sides(db: None, django_capture_on_commit_callbacks: Callable[..., Any]) -> Iterator[dict[str, Side]]:
    """Elthorne on 8 March 2022, and a real partnership today."""
    found = {}
    for key, name in (("invented", "Elthorne Learning Partnership"), ("real", "Hillingdon Together")):
        mail.outbox = []
        with django_capture_on_commit_callbacks(execute=True):
            invoice = make.issued(1, name=name, email="bursar@school.example")[0]
        link = next(line for line in mail.outbox[-1].body.splitlines() if "/open/" in line).split("8000", 1)[1]
        person = make.person("The office", Post.MANAGER, partnership=invoice.partnership)
        found[key] = Side(invoice.partnership, invoice.school, invoice, person, link)
    Partnership.objects.filter(pk=found["real"].of.pk).update(is_invented=False)
    Establishment.objects.filter(school=found["invented"].school).update(is_invented=True, name="Foxglove Bank Primary")
    found = {key: one._replace(school=School.objects.get(pk=one.school.pk)) for key, one in found.items()}
    offset = (Stage.SIGNING.begins_at - clock.now()).total_seconds()
    DemoState.objects.create(stage=Stage.SIGNING, offset_seconds=int(offset), moved_at=clock.now(), built_from="tests")
    yield found


def asked(path: str, person: str = "", pending: str = "", **posted: str) -> bool | None:
    """Whose page that is, for a browser in which that person is signed in, or waits for the code to that address."""
    request = RequestFactory().post(path, posted) if posted else RequestFactory().get(path)
    vars(request)["session"] = {"_auth_user_id": person, "account_login": {"email": pending}}
    return whose.is_invented(request)


@pytest.mark.parametrize(("side", "invented"), [("invented", True), ("real", False)])
def test_a_link_lives_by_the_clock_of_the_partnership_that_it_belongs_to(
    sides: dict[str, Side], side: str, invented: bool
) -> None:
    one, other = sides[side], sides["real" if invented else "invented"]
    _, token, code = invitations.invite(email="", post=Post.HEAD, school=one.school, partnership=one.of, by=SYSTEM)
    _, office, _ = invitations.invite(email="a@b.example", post=Post.FINANCE, partnership=one.of, by=SYSTEM)
    letters = list(one.school.invitations.all())
    ticket = invitations.open_letter(letters=letters, code=code, by=Standing())
    paper = files.keep_file(
        key=keys.new_key(), partnership=one.of.pk, name="a.txt", data=b"a", title="A", kind=Paper.OTHER,
        audience=Readers.MEMBERS, by=SYSTEM,
    )  # fmt: skip
    secret = calendars.make_feed(by=standing_of(one.manager))
    Person.objects.filter(pk=one.manager.pk).update(email="manager@office.example")
    for person in ("", other.manager.pk):  # whoever is signed in beside it, the link decides
        for path in (
            one.link,
            f"/invoice/{one.invoice.reference.lower()}/purchase-order/",
            f"/invoice/?number={one.invoice.reference}",
            f"/i/{token}/",
            f"/i/{office}/pass-on/",
            f"/i/{ticket}/",
            f"/files/{paper.pk}/",
            f"/public/calendar/{secret}.ics",
            "/login/?email=Manager@office.example",
            f"/login/?next=/p/{one.of.slug}/overview/",
        ):
            assert asked(path, person) is invented, path
        assert asked("/invoice/", person, number=one.invoice.reference, code="0") is invented
        assert asked("/letter/", person, school=str(one.school.urn), code=code or "") is invented
        assert asked("/letter/", person, school=one.school.name.upper(), code="") is invented
        assert asked("/login/", person, login="manager@office.example", password="a") is invented
        assert asked("/password/reset/", person, email="manager@office.example") is invented
    assert asked("/login/code/confirm/", pending="manager@office.example") is invented
    assert asked(f"/password/reset/key/{one.manager.pk}-set-password/") is invented
    for path in ("/me/", "/me/security/", "/me/data/", "/search/?q=a", "/no/such/page/", "/accessibility/", "/logout/", "/"):
        assert asked(path, one.manager.pk) is invented, path


@pytest.mark.parametrize("signed_in", ["real", "invented", ""])
def test_the_front_door_shows_the_borough_as_it_stands_whoever_looks(
    sides: dict[str, Side], signed_in: str, settings: Any
) -> None:
    settings.DEMO = True
    client = Client()
    if signed_in:
        enter(client, sides[signed_in].manager)
    page = client.get("/").content.decode()
    assert "The deadline was on Friday" not in page and "asked every school to join by Friday 18 March" in page
    assert "is not built yet" not in page and "Real schools." not in page
    DemoState.objects.update(stage=Stage.FROZEN)
    page = client.get("/").content.decode()
    assert "The deadline was on Friday" in page
    DemoState.objects.all().delete()
    assert "is not built yet" in client.get("/").content.decode()


@pytest.mark.usefixtures("sides")
def test_what_is_nobodys_lives_today_but_the_front_door(settings: Any) -> None:
    settings.DEMO = True
    nobodys = ["/login/", "/letter/", "/invoice/", "/invoice/NO-0001/", "/i/nonsense/", "/i/a.b.c/", "/files/nonsense/"]
    nobodys += ["/accessibility/", "/no/such/page/", "/public/calendar/x.ics", "/password/reset/key/zz-yy/", "/files"]
    assert [asked(path) for path in nobodys] == [None] * len(nobodys)
    assert asked("/") is True and asked("/", "0nobody00000") is True and asked("/demo/day/") is True
    page = Client().get("/login/").content.decode()
    assert "Nothing that you type" in page and "All of Elthorne is invented" not in page and "Real schools" not in page


def test_whoever_belongs_to_a_real_partnership_too_is_real(sides: dict[str, Side]) -> None:
    person = sides["invented"].manager
    assert asked("/me/", person.pk) is True
    Role.objects.create(person=person, post=Post.FINANCE, partnership=sides["real"].of, from_on=FIRST_DAY, until_on=FIRST_DAY)
    assert asked("/me/", person.pk) is False


@pytest.mark.parametrize("side", ["invented", "real"])
def test_an_order_number_and_a_post_are_stored_on_the_day_of_their_partnership(
    sides: dict[str, Side], side: str, settings: Any
) -> None:
    settings.DEMO = True
    one, real_day = sides[side], clock.today()
    day = FIRST_DAY if side == "invented" else real_day
    client = Client()
    page = client.get(one.link, follow=True).content.decode()
    assert ("All of Elthorne is invented" in page) is (side == "invented") and ("Real schools." in page) is (side == "real")
    press(client, f"/invoice/{one.invoice.reference}/purchase-order/", {"order": "PO-77"}, name="version")
    assert [clock.now().date() == real_day, Invoice.objects.get(pk=one.invoice.pk).later_order_at.date()] == [True, day]
    with clock.at(Stage.SIGNING.begins_at) if side == "invented" else clock.offset(clock.NOTHING):
        _, token, _ = invitations.invite(
            email="sam@school.example", post=Post.HEAD, school=one.school, partnership=one.of, by=SYSTEM
        )
    visitor = Client()
    visitor.post(f"/i/{token}/", {"name": "Sam"})
    held = Role.objects.get(person__email="sam@school.example")
    assert held.from_on == day
    assert [row.began_at.date() for row in SignIn.objects.filter(person=held.person)] == [day]
    enter(visitor, held.person)
    assert ("All of Elthorne is invented" in visitor.get("/me/account/").content.decode()) is (side == "invented")


def test_every_address_without_a_partnership_has_been_thought_of() -> None:
    """A new one belongs to somebody: by what its link leads to (BY_LINK), or by who is signed in."""
    first = {str(one.pattern).lstrip("^").split("/")[0] for part in get_resolver().url_patterns for one in flat(part)}
    by_person = {"", "me", "search", "accessibility", "cookies", "components", "favicon.ico", "logout", "inactive"}
    assert first - {"p", "schools", "demo"} == by_person | set(whose.BY_LINK)


def flat(part: Any) -> list[Any]:
    """Every route of a resolver."""
    return [inner for one in part.url_patterns for inner in flat(one)] if hasattr(part, "url_patterns") else [part]
