"""Schools that were asked for money, and browsers of those who deal with it."""

from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from typing import Any

from django.db import transaction
from django.test import Client

from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.tests.make import usual
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.permissions import may_run_partnership
from alongside.members.partnerships.queries import mark_now, settings_of
from alongside.members.partnerships.rules import Belonging, Template
from alongside.members.people.models import Person, Role
from alongside.members.schools.models import Establishment, School
from alongside.money.invoices.actions import issuing
from alongside.money.invoices.models.invoices import Claim, Invoice
from alongside.money.invoices.queries.papers import suggested_series
from alongside.money.invoices.rules.invoices import Line, Party, Ready, VatCode, vat_on
from alongside.money.invoices.rules.settings import Issuer, IssuerSettings
from tests.signing_in import enter

SYSTEM = Standing.system()
SUPPLIER = IssuerSettings(
    issuer=Issuer.PARTNERSHIP,
    supplier_name="Elthorne Learning Partnership",
    supplier_address="Civic Centre, High Street\nElthorne EL1 1AA",
    supplier_email="finance@elthorne.example",
    supplier_phone="01632 960 001",
    bank_words="Elthorne Learning Partnership\nSort code 00-00-00\nAccount 00000000",
)
NAMES = (
    "Elm Grove Primary",
    "St Bride’s Catholic Primary",
    "Harefield Cross Academy",
    "Ickenden Special School",
    "Yeadmoor Junior",
    "Cowley Marsh Academy",
    "Colham Park Primary",
    "Northmead High",
)


def partnership(name: str = "Elthorne Learning Partnership", template: Template = Template.LEARNING) -> Partnership:
    """A partnership of the invented borough."""
    return partnerships.start_partnership(
        name=name, template=template, contact_email="office@elthorne.example", is_invented=True, by=SYSTEM
    )


def school(urn: int = 900_001, name: str = "Elm Grove Primary", **facts: Any) -> School:
    """A school of the register."""
    key = keys.new_key()
    row = Establishment(
        urn=urn, school_id=key, name=name, **({"street": "1 Church Lane", "town": "Elthorne", "postcode": "EL2 3AB"} | facts)
    )
    with transaction.atomic():  # each points to the other
        School.objects.bulk_create([School(pk=key, current=row)])
        row.save()
    return School.objects.get(pk=key)


def schools(count: int, first: int = 900_001) -> list[School]:
    """So many schools, with names of the invented borough."""
    return [school(first + n, NAMES[n % 8] + (f" {n // 8 + 1}" if n > 7 else "")) for n in range(count)]


FEE = 150_000


def claim(of: Partnership, kind: str = "fee", words: str = "Fee for year 1") -> Claim:
    """What schools of a partnership are asked for."""
    return issuing.open_claim(partnership=of, kind=kind, row=keys.new_key(), words=words, by=SYSTEM)


def started(count: int = 3, name: str = "Elthorne Learning Partnership", **changes: Any) -> tuple[Claim, list[School]]:
    """The first claim of a partnership of so many schools, whose issuer is settled; nobody has been asked yet."""
    made, places = partnership(name), schools(count, 900_001 + Establishment.objects.count())
    for one in places:
        partnerships.admit_school(partnership=made, school=one, kind=Belonging.MEMBER, from_on=date(2022, 3, 1), by=SYSTEM)
    settle_issuer(made, **changes)
    return claim(made), places


def settle_issuer(of: Partnership, **changes: Any) -> None:
    """Who issues the invoices of a partnership, and under which prefix."""
    settings = replace(SUPPLIER, **changes)
    version = mark_now(of, type(settings))
    partnerships.change_settings(partnership=of, settings=settings, version=version, may=may_run_partnership, by=SYSTEM)
    issuing.choose_series(of, suggested_series(of, viewer=SYSTEM), issued=False)


def ask(asked: Claim, *places: School, email: str = "", amounts: tuple[int, ...] = (FEE,)) -> list[Invoice]:
    """Ask each of the schools for what is claimed, a line an amount; gives the invoices of the claim, by number."""
    settings, due = settings_of(asked.partnership, IssuerSettings), clock.today() + timedelta(days=30)
    code = VatCode.OUTSIDE.value if settings.issuer == Issuer.TRUST else settings.vat_code
    lines = tuple(Line("Membership, year 1.", one, code, vat_on(one, code)) for one in amounts)
    ready = [
        Ready(one.pk, one.name, one.urn, Party(one.name, "1 Church Lane\nElthorne"), email, "", lines, due)
        for one in sorted(places, key=lambda one: one.name)
    ]
    issuing.issue_run(claim=asked, ready=ready, key=keys.new_key(), by=SYSTEM)
    return list(Invoice.objects.filter(claim=asked).order_by("number"))


def issued(count: int = 3, name: str = "Elthorne Learning Partnership", email: str = "", **changes: Any) -> list[Invoice]:
    """The invoices of a partnership that has asked so many schools, by number."""
    asked, places = started(count, name, **changes)
    return ask(asked, *places, email=email)


def office(of: Partnership, post: Post = Post.MANAGER) -> Standing:
    """Who works in the partnership's office, and has shown who they are."""
    return Standing("0office00000", "The office", frozenset({usual(post, partnership=of.pk)}), is_proven=True)


def in_school(of: Partnership, place: School, post: Post = Post.BUSINESS_MANAGER) -> Standing:
    """Somebody of a school."""
    return Standing("0school00000", "The bursar", frozenset({usual(post, school=place.pk)}), frozenset({(of.pk, place.pk)}))


def person(name: str, post: Post, **place: Any) -> Person:
    """Somebody with a post since long ago, who can sign in."""
    made = Person.objects.create(name=name, email=f"{keys.new_key()}@example.org")
    Role.objects.create(person=made, post=post, from_on=date(2020, 1, 1), **place)
    return made


def as_office(of: Partnership, post: Post = Post.MANAGER) -> Client:
    """The browser of somebody in the office."""
    return enter(Client(), person("The office", post, partnership=of))


def as_school(invoice: Invoice, post: Post = Post.BUSINESS_MANAGER) -> Client:
    """The browser of somebody of the invoice's school."""
    return enter(Client(), person("The bursar", post, school=invoice.school))


def words_of(client: Client, address: str, status: int = 200) -> str:
    """The text of a page."""
    response = client.get(address, follow=True)
    assert response.status_code == status, response.content[:500]
    return unescape(response.content.decode())


def text_of(response: Any) -> str:
    """The text of an answer."""
    return unescape(response.content.decode())


def key_on(page: str) -> str:
    """The id that a page made for its form."""
    return page.split('name="key" value="')[1][:12]


def room(of: Partnership, name: str = "fees") -> str:
    """The address of a room of money."""
    return f"/p/{of.slug}/{name}/"


def day(name: str, on: date) -> dict[str, str]:
    """A day in three boxes."""
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}
