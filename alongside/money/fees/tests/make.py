"""Partnerships whose schools have signed, set up for fees; what they are made of comes from the invoices' tests."""

from dataclasses import asdict, replace
from datetime import date
from typing import Any

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.members.membership.models import Prospectus, Signature
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import mark_now
from alongside.members.partnerships.rules import Belonging
from alongside.members.schools.models import Establishment, School
from alongside.money.fees.actions import issuing
from alongside.money.fees.rules.settings import FeeSettings
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.tests import make as below
from alongside.money.invoices.tests.make import (
    SYSTEM as SYSTEM,
    in_school as in_school,
    office as office,
    partnership as partnership,
    person as person,
    school as school,
    schools as schools,
)

SUPPLIER = FeeSettings(**asdict(below.SUPPLIER), support_words="September 2022 to August 2023")


def sign(
    of: Partnership, *signed: School, kind: Belonging = Belonging.MEMBER, from_on: date = date(2022, 3, 1), version: int = 1
) -> None:
    """Admit schools that have signed a version of the partnership's prospectus."""
    text, _ = Prospectus.objects.get_or_create(
        partnership=of, number=version, defaults={"text_hash": "0" * 64, "published_at": clock.now()}
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
    issuing.set_up_fees(partnership=of, settings=replace(SUPPLIER, **changes), version=mark_now(of, FeeSettings), by=SYSTEM)


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
    issuing.issue_invoices(partnership=made, key=keys.new_key(), seen=UNSEEN, by=SYSTEM)
    return list(Invoice.objects.filter(partnership=made).order_by("number"))


def says(of: Partnership, costs: str, number: int = 1) -> Prospectus:
    """A published version of the prospectus that says what a year costs."""
    words = {"costs": costs, "text_hash": str(number) * 64, "published_at": clock.now()}
    if not Prospectus.objects.filter(partnership=of, number=number).update(**words):
        Prospectus.objects.create(partnership=of, number=number, **words)
    return Prospectus.objects.get(partnership=of, number=number)
