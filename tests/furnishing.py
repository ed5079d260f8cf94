"""What happens in one partnership of the tests' world: asked, read, questioned, signed, declined, chased, invoiced, paid.

Whatever may be read only by some carries words of its own, and `house.secrets` says who those are: the office, and
the people of the one school that it concerns.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from alongside.calendar import actions as calendar
from alongside.contributions import actions as contributions
from alongside.contributions.rules import Kind as Given
from alongside.core import clock, keys
from alongside.core.standing import Post
from alongside.fees import actions as fees
from alongside.fees.models import Invoice
from alongside.fees.rules import FeeSettings, Issuer
from alongside.membership import actions as membership
from alongside.membership.rules.answers import Authority, SubjectTo
from alongside.partnerships.queries import settings_of
from alongside.people import actions as people
from alongside.schools.models import School

if TYPE_CHECKING:
    from tests.world import House

STARTED, SIGNED, TODAY = date(2022, 1, 24), date(2022, 3, 1), date(2022, 3, 8)
OFFICE = ("manager", "finance")


def secret(house: "House", what: str, *readers: str) -> str:
    """Words that only those people of the house (keys of `people`, or a whole school's) and its office may read."""
    words = f"{house.name} {what} zephyr{len(house.secrets):02d}{house.name.lower()}"
    house.secrets[words] = frozenset(OFFICE) | {
        key for key in house.people if key.split()[0] in readers and not key.endswith(("ended", "coming"))
    }
    return words


def set_out(house: "House") -> None:
    """The calendar, the prospectus, and the invitations, in January and February."""
    manager = house.standing("manager")
    calendar.add_holiday(
        partnership=house.partnership, name="Spring half-term", first_on=date(2022, 2, 14), last_on=date(2022, 2, 18), by=manager
    )
    membership.start_draft(partnership=house.partnership, by=manager)
    membership.publish_prospectus(partnership=house.partnership, by=manager)
    house.things["tokens"] = membership.invite_schools(
        partnership=house.partnership, addresses={one.pk: f"office@{one.urn}.example" for one in house.schools}, by=manager
    )
    for one in house.schools:
        membership.open_prospectus(partnership=house.partnership, school=one, by=manager)


def answer(house: "House") -> None:
    """Two sign; one asks a question that waits, and had another answered; one declines with a reason, or will."""
    manager, partnership = house.standing("manager"), house.partnership
    with clock.at(clock.start_of(SIGNED, 10)):
        for key in ("member", "second"):
            place = getattr(house, key)
            membership.sign(
                partnership=partnership,
                schools=[place],
                authority=Authority.GOVERNING_BODY,
                authority_on=SIGNED,
                name=f"Head of {place.name}",
                by=house.standing(f"{key} head"),
            )
    head = house.standing("asked head")
    first = membership.ask_question(
        partnership=partnership, school=house.asked, words=secret(house, "first question", "asked"), by=head
    )
    membership.answer_question(question=first, reply=secret(house, "private reply", "asked"), by=manager)
    house.things["question"] = membership.ask_question(
        partnership=partnership, school=house.asked, words=secret(house, "open question", "asked"), by=head
    )
    membership.decline(
        partnership=partnership,
        school=house.second_asked,
        reason=secret(house, "reason for declining", "second_asked"),
        by=house.standing("second_asked head"),
    )
    membership.reopen(partnership=partnership, school=house.second_asked, by=house.standing("second_asked head"))
    membership.say_subject(
        partnership=partnership,
        school=house.second_asked,
        to=SubjectTo.GOVERNORS,
        on=TODAY - timedelta(days=1) + timedelta(days=9),
        by=house.standing("second_asked head"),
    )


def office(house: "House") -> None:
    """What the office notes for itself: a talk, a draft, a reminder, an invitation."""
    manager, partnership = house.standing("manager"), house.partnership
    membership.note_contact(
        partnership=partnership,
        school=house.asked,
        how="phone",
        words=secret(house, "note of a call", "asked"),
        spoke_to=secret(house, "whom we spoke to", "asked"),
        next_on=date(2022, 3, 10),
        by=manager,
    )
    draft = membership.start_draft(partnership=partnership, by=manager)
    membership.edit_prospectus(
        draft=draft,
        version=draft.version,
        texts={**draft.texts, "why": draft.texts["why"] + "\n- " + secret(house, "draft of the prospectus")},
        by=manager,
    )
    house.things["draft"] = draft
    house.things["invitation"] = people.invite_colleague(
        email=f"colleague@{house.name.lower()}.example",
        name=secret(house, "invited colleague", "member"),
        post=Post.SCHOOL_ADMIN,
        school=house.member,
        partnership=partnership,
        by=manager,
    )


def work_together(house: "House") -> None:
    """The member school is advised by a university, and says so."""
    head = house.standing("member head")
    house.things["note"] = contributions.note_contribution(
        partnership=house.partnership,
        giver=contributions.add_outside_body(partnership=house.partnership, name=f"{house.name} University", by=head),
        receiver=house.member,
        kind=Given.ADVICE,
        on=SIGNED,
        amount=Decimal("1.5"),
        words=secret(house, "what a school was advised about", "member"),
        key=keys.new_key(),
        by=head,
    )


def money(house: "House") -> None:
    """Fees set up, two invoices issued, one paid in part."""
    finance, partnership = house.standing("manager"), house.partnership
    settings = replace(
        settings_of(partnership, FeeSettings),
        issuer=Issuer.PARTNERSHIP,
        supplier_name=f"{house.name} Learning Partnership",
        supplier_address=f"1 {house.name} Road",
        supplier_email=f"fees@{house.name.lower()}.example",
        supplier_phone="01632 960123",
        bank_words=secret(house, "bank", "member", "second"),
        support_words="September 2022 to August 2023",
    )
    fees.set_up_fees(partnership=partnership, settings=settings, by=finance)
    fees.change_payer(
        partnership=partnership,
        school=house.second,
        name=secret(house, "payer", "second"),
        address=secret(house, "address of the payer", "second"),
        email=f"payer@{house.name.lower()}.example",
        purchase_order=secret(house, "order", "second")[-30:],
        by=house.standing("second head"),
    )
    run = fees.issue_invoices(partnership=partnership, key=keys.new_key(), by=finance)
    assert run is not None
    for key in ("member", "second"):
        house.things["invoice" if key == "member" else "second_invoice"] = Invoice.objects.get(
            school=getattr(house, key), partnership=partnership
        )
    fees.record_payment(
        invoice=house.things["second_invoice"],
        key=keys.new_key(),
        amount=50_000,
        paid_on=TODAY,
        reference=secret(house, "reference", "second"),
        by=finance,
    )
    fees.query_invoice(
        invoice=house.things["second_invoice"],
        name="Somebody",
        email="",
        words=secret(house, "query of the invoice", "second"),
        by=house.standing("second head"),
    )


def furnish(house: "House") -> None:
    """Everything, in the order in which it happens."""
    with clock.at(clock.start_of(STARTED, 12)):
        set_out(house)
    for step in (answer, work_together, office, money):
        step(house)


def grow(house: "House", places: Iterable[School]) -> None:
    """More of everything at Alder: each further school is invited, half sign, the others ask, all are noted."""
    manager, partnership = house.standing("manager"), house.partnership
    membership.invite_schools(
        partnership=partnership, addresses={one.pk: f"office@{one.urn}.example" for one in places}, by=manager
    )
    for number, place in enumerate(places):
        membership.note_contact(partnership=partnership, school=place, how="phone", words="Rang, will ring again", by=manager)
        if number % 2:
            question = membership.ask_question(
                partnership=partnership, school=place, words="What does it cost?", told_by="by phone", by=manager
            )
            if number % 3:
                membership.answer_question(
                    question=question, reply="It costs the fee.", publish=True, public_words="What is the fee?", by=manager
                )
        else:
            membership.sign(
                partnership=partnership,
                schools=[place],
                authority=Authority.GOVERNING_BODY,
                authority_on=TODAY,
                name="The head",
                told_by="on paper",
                by=manager,
            )
    fees.issue_invoices(partnership=partnership, key=keys.new_key(), by=manager)
