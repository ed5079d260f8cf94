"""More of everything in the tests' world: what the pages of few rows must bear of many."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.members.calendar.actions import clocks, years as calendar
from alongside.members.calendar.rules.clocks.laws import Law
from alongside.members.calendar.rules.closures import ClosureKind
from alongside.members.membership.actions import answering, asking, office, signing
from alongside.members.membership.rules.answers import SigningAuthority
from alongside.members.schools.models import School
from alongside.money.bank import actions as bank
from alongside.money.fees.actions import issuing
from alongside.money.invoices.actions import corrections, held, payers, payments
from alongside.money.invoices.models.corrections import Reminder
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.rules.reminders import Step

if TYPE_CHECKING:
    from tests.world import House

from tests.happenings import TODAY


def grow(house: "House", places: Iterable[School]) -> None:
    """More of everything at Alder: each further school is invited, half sign, the others ask, all are noted."""
    manager, partnership = house.standing("manager"), house.partnership
    asking.invite_schools(
        partnership=partnership, addresses={one.pk: f"office@{one.urn}.example" for one in places}, seen=UNSEEN, by=manager
    )
    for number, place in enumerate(places):
        day, law = TODAY + timedelta(days=7 * (number % 4)), Law.FOI if number % 2 else Law.SUBJECT_ACCESS
        new = {"key": keys.new_key(), "partnership": partnership, "school": place, "by": manager}
        calendar.add_closure(kind=ClosureKind.INSET, first_on=day, **new)
        clocks.keep_clock(law=law, received_on=TODAY, label=str(number), **new)
        said = {"how": "phone", "words": "Rang, will ring again", "key": keys.new_key()}
        office.note_contact(partnership=partnership, school=place, **said, by=manager)
        if number % 2:
            said = {"words": "What does it cost?", "told_by": "by phone", "key": keys.new_key()}
            question = answering.ask_question(partnership=partnership, school=place, **said, by=manager)
            if number % 3:
                answering.answer_question(
                    question=question, reply="It costs the fee.", publish=True, public_words="What is the fee?", by=manager
                )
        else:
            signing.sign(
                partnership=partnership,
                schools=[place],
                authority=SigningAuthority.GOVERNING_BODY,
                authority_on=TODAY,
                name="The head",
                told_by="on paper",
                key=keys.new_key(),
                by=manager,
            )
    issuing.issue_invoices(partnership=partnership, key=keys.new_key(), number=1, seen=UNSEEN, by=manager)
    work_more(house, places)
    bank_more(house)


def work_more(house: "House", places: Iterable[School]) -> None:
    """More work between schools and with others, more payers and queries, more days to keep free."""
    manager, partnership = house.standing("manager"), house.partnership
    for number, place in enumerate(places):
        day = TODAY + timedelta(days=7 * number)
        calendar.add_blackout(
            key=keys.new_key(), partnership=partnership, name=f"Days {number}", first_on=day, last_on=day, by=manager
        )
        payers.change_payer(partnership=partnership, school=place, name=f"Payer {number}", address="", email="",
            purchase_order="", by=manager)  # fmt: skip
    for one in Invoice.objects.filter(partnership=partnership, queries=None).select_related("partnership", "school"):
        payers.query_invoice(invoice=one, key=keys.new_key(), name="Somebody", email="", words="More?", by=manager)


def bank_more(house: "House") -> None:
    """More lines of the bank, more credited, held, let off and to ring about."""
    manager, partnership = house.standing("manager"), house.partnership
    invoices = list(Invoice.objects.filter(partnership=partnership).select_related("partnership", "school"))
    lines = "".join(f"08/03/2022,Payment {one.reference},{number + 1}\n" for number, one in enumerate(invoices))
    text = f"Date,Description,Amount\n{lines}"
    bank.read_bank_file(partnership=partnership, key=keys.new_key(), name="more.csv", text=text, by=manager)
    for one in invoices:
        corrections.issue_credit_note(
            invoice=one, key=keys.new_key(), amount=100, reason="More", seen=UNSEEN, shown=UNSEEN, by=manager
        )
        payments.record_payment(invoice=one, key=keys.new_key(), amount=200, paid_on=TODAY, by=manager)
        said = {"partnership": partnership, "school": one.school, "received_on": TODAY, "by": manager}
        held.hold_money(key=keys.new_key(), amount=300, **said)
        Reminder.objects.create(invoice=one, step=Step.FIRST, on=TODAY, owed=one.owed, made_at=clock.now())
