"""Partnerships with signed schools, set up for fees."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction

from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Held, Post, Standing
from alongside.members.membership.models import Prospectus, Signature
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.rules import Kind, Template
from alongside.members.people.models import Person, Role
from alongside.members.schools.models import Establishment, School
from alongside.money.fees.actions import issuing
from alongside.money.fees.actions.set_up import set_up_fees
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.rules.settings import FeeSettings, Issuer

SYSTEM = Standing.system()
SUPPLIER = FeeSettings(
    issuer=Issuer.PARTNERSHIP,
    supplier_name="Elthorne Learning Partnership",
    supplier_address="Civic Centre, High Street\nElthorne EL1 1AA",
    supplier_email="finance@elthorne.example",
    supplier_phone="01632 960 001",
    support_words="September 2022 to August 2023",
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


def sign(of: Partnership, *signed: School, kind: Kind = Kind.MEMBER, from_on: date = date(2022, 3, 1)) -> None:
    """Admit schools that have signed the partnership's prospectus."""
    text, _ = Prospectus.objects.get_or_create(
        partnership=of, number=1, defaults={"text_hash": "0" * 64, "published_at": clock.now()}
    )
    for one in signed:
        partnerships.admit_school(partnership=of, school=one, kind=kind, from_on=from_on, by=SYSTEM)
        Signature.objects.create(
            partnership=of,
            school=one,
            prospectus=text,
            text_hash="0" * 64,
            batch=keys.new_key(),
            name="The head",
            post="Headteacher",
            authority=Signature._meta.get_field("authority").choices[0][0],
            authority_on=from_on,
            signed_at=clock.now(),
        )


def set_up(of: Partnership, **changes: Any) -> None:
    """Settle the fees of a partnership."""
    set_up_fees(partnership=of, settings=replace(SUPPLIER, **changes), by=SYSTEM)


def ready(count: int = 3, name: str = "Elthorne Learning Partnership", **changes: Any) -> Partnership:
    """A partnership with so many signed schools, set up and not yet issued."""
    made = partnership(name)
    first = 900_001 + Establishment.objects.count()
    sign(made, *schools(count, first))
    set_up(made, **changes)
    return made


def issued(count: int = 3, **changes: Any) -> list[Invoice]:
    """The invoices of a partnership that has issued them, by number."""
    made = ready(count, **changes)
    issuing.issue_invoices(partnership=made, key=keys.new_key(), by=SYSTEM)
    return list(Invoice.objects.filter(partnership=made).order_by("number"))


def office(of: Partnership, post: Post = Post.MANAGER) -> Standing:
    """Who works in the partnership's office."""
    return Standing("0office00000", "The office", frozenset({Held(post, partnership=of.pk)}))


def in_school(of: Partnership, place: School, post: Post = Post.BUSINESS_MANAGER) -> Standing:
    """Somebody of a school."""
    return Standing("0school00000", "The bursar", frozenset({Held(post, school=place.pk)}), frozenset({(of.pk, place.pk)}))


def person(name: str, post: Post, **place: Any) -> Person:
    """Somebody with a post since long ago, who can sign in."""
    made = Person.objects.create(name=name, email=f"{keys.new_key()}@example.org")
    Role.objects.create(person=made, post=post, from_on=date(2020, 1, 1), **place)
    return made
