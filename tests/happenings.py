"""What happens in one partnership of the tests' world: asked, read, questioned, signed, declined, chased, invoiced, paid.

Whatever may be read only by some carries words of its own, and `house.secrets` says who those are: the office, and
the people of the one school that it concerns.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from alongside.across.home import actions as home
from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import OPENS, Post, Power
from alongside.ground.work.tests import make as works
from alongside.members.calendar.actions import clocks, years as calendar
from alongside.members.calendar.rules.clocks.laws import Law
from alongside.members.calendar.rules.clocks.reckoning import StopKind
from alongside.members.calendar.rules.closures import ClosureKind
from alongside.members.membership.actions import answering, asking, office as office_actions, prospectus, signing
from alongside.members.membership.rules.answers import SigningAuthority, SubjectTo
from alongside.members.notices.actions import sending as notices
from alongside.members.notices.tests import make as mails
from alongside.members.partnerships.queries import mark_now, settings_of
from alongside.members.people.actions import invitations as people
from alongside.money.bank import actions as bank
from alongside.money.bank.models import BankLine
from alongside.money.fees.actions import issuing
from alongside.money.fees.rules.settings import FeeSettings
from alongside.money.invoices.actions import held, payers, payments
from alongside.money.invoices.actions.corrections import issue_credit_note
from alongside.money.invoices.models.corrections import Reminder
from alongside.money.invoices.models.invoices import Invoice, Payment
from alongside.money.invoices.rules.reminders import Step
from alongside.money.invoices.rules.settings import Issuer

if TYPE_CHECKING:
    from tests.world import House

STARTED, SIGNED, TODAY = date(2022, 1, 24), date(2022, 3, 1), date(2022, 3, 8)
OFFICE = ("manager", "finance")
TOGETHER = {"members": ("member", "second"), "everyone asked": ("member", "second", "asked", "second_asked")}
HALF_TERMS = (
    (date(2021, 9, 1), date(2021, 10, 22)),
    (date(2021, 11, 1), date(2021, 12, 17)),
    (date(2022, 1, 4), date(2022, 2, 11)),
    (date(2022, 2, 21), date(2022, 4, 1)),
    (date(2022, 4, 19), date(2022, 5, 27)),
    (date(2022, 6, 6), date(2022, 7, 22)),
)


def secret(house: "House", what: str, *readers: str) -> str:
    """Words that only the people of those schools of the house ("member", "asked", …; or `TOGETHER`) and its office may read."""
    places = {place for reader in readers for place in TOGETHER.get(reader, (reader,))}
    words = f"{house.name} {what} zephyr{len(house.secrets):02d}{house.name.lower()}"
    house.secrets[words] = frozenset(OFFICE) | {
        key for key in house.people if key.split()[0] in places and not key.endswith(("ended", "coming"))
    }
    return words


def set_out(house: "House") -> None:
    """The calendar, the prospectus, and the invitations, in January and February."""
    manager = house.standing("manager")
    calendar.save_year(partnership=house.partnership, start=2021, half_terms=HALF_TERMS, is_example=True, by=manager)
    prospectus.start_draft(partnership=house.partnership, by=manager)
    prospectus.publish_prospectus(partnership=house.partnership, version=1, by=manager)
    house.things["tokens"] = asking.invite_schools(
        partnership=house.partnership,
        addresses={one.pk: f"office@{one.urn}.example" for one in house.schools},
        seen=UNSEEN,
        by=manager,
    )
    for one in house.schools:
        answering.open_prospectus(partnership=house.partnership, school=one, by=manager)
    own_days(house)


def own_days(house: "House") -> None:
    """A school's INSET days and own year, what is kept free, and two kept dates, one of them standing still."""
    manager, partnership, school = house.standing("manager"), house.partnership, house.member
    first, last = date(2022, 5, 9), date(2022, 5, 12)
    house.things["blackout"] = calendar.add_blackout(
        key=keys.new_key(), partnership=partnership, name="SATs week", first_on=first, last_on=last, by=manager
    )
    house.things["closure"] = calendar.add_closure(
        key=keys.new_key(), partnership=partnership, school=school, kind=ClosureKind.INSET, first_on=date(2022, 2, 21), by=manager
    )
    calendar.save_year(partnership=partnership, school=school, start=2021, half_terms=HALF_TERMS, is_example=False, by=manager)
    received = date(2022, 1, 10)
    for key, law in (("clock", Law.EIR), ("stopped_clock", Law.SUBJECT_ACCESS)):
        house.things[key] = clocks.keep_clock(
            key=keys.new_key(), partnership=partnership, school=school, law=law, received_on=received,
            label=(label := secret(house, key.replace("_", " "))), by=manager,
        )  # fmt: skip
        house.secrets[label] |= {f"member {post}" for post, opens in OPENS.items() if Power.DATES in opens}
    clocks.stop_clock(kept=house.things["stopped_clock"], kind=StopKind.CLARIFICATION, asked_on=date(2022, 1, 20), by=manager)


def answer(house: "House") -> None:
    """Two sign; one asks a question that waits, and had another answered; one declines with a reason, or will."""
    manager, partnership = house.standing("manager"), house.partnership
    with clock.at(clock.start_of(SIGNED, 10)):
        for key in ("member", "second"):
            place = getattr(house, key)
            signing.sign(
                partnership=partnership,
                schools=[place],
                authority=SigningAuthority.GOVERNING_BODY,
                authority_on=SIGNED,
                name=f"Head of {place.name}",
                key=keys.new_key(),
                by=house.standing(f"{key} head"),
            )
    head = house.standing("asked head")
    first, second = (secret(house, f"{what} question", "asked") for what in ("first", "open"))
    asked = {"partnership": partnership, "school": house.asked, "by": head}
    answered = answering.ask_question(words=first, key=keys.new_key(), **asked)
    answering.answer_question(question=answered, reply=secret(house, "private reply", "asked"), by=manager)
    house.things["question"] = answering.ask_question(words=second, key=keys.new_key(), **asked)
    answering.decline(
        partnership=partnership,
        school=house.second_asked,
        reason=secret(house, "reason for declining", "second_asked"),
        by=house.standing("second_asked head"),
    )
    answering.reopen(partnership=partnership, school=house.second_asked, by=house.standing("second_asked head"))
    answering.say_subject(
        partnership=partnership,
        school=house.second_asked,
        to=SubjectTo.GOVERNORS,
        on=TODAY - timedelta(days=1) + timedelta(days=9),
        by=house.standing("second_asked head"),
    )


def office(house: "House") -> None:
    """What the office notes for itself: a talk, a draft, a reminder, an invitation."""
    manager, partnership = house.standing("manager"), house.partnership
    office_actions.note_contact(
        partnership=partnership,
        school=house.asked,
        how="phone",
        words=secret(house, "note of a call", "asked"),
        spoke_to=secret(house, "whom we spoke to", "asked"),
        next_on=date(2022, 3, 10),
        key=keys.new_key(),
        by=manager,
    )
    draft = prospectus.start_draft(partnership=partnership, by=manager)
    prospectus.edit_prospectus(
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
        key=keys.new_key(),
        by=manager,
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
        bank_words=secret(house, "bank", "members"),
        support_words="September 2022 to August 2023",
    )
    issuing.set_up_fees(partnership=partnership, settings=settings, version=mark_now(partnership, type(settings)), by=finance)
    payers.change_payer(
        partnership=partnership,
        school=house.second,
        name=secret(house, "payer", "second"),
        address=secret(house, "address of the payer", "second"),
        email=f"payer@{house.name.lower()}.example",
        purchase_order=secret(house, "order", "second")[-30:],
        by=house.standing("second head"),
    )
    run = issuing.issue_invoices(partnership=partnership, key=keys.new_key(), seen=UNSEEN, by=finance)
    assert run is not None
    for key in ("member", "second"):
        house.things["invoice" if key == "member" else "second_invoice"] = Invoice.objects.get(
            school=getattr(house, key), partnership=partnership
        )
    payments.record_payment(
        invoice=house.things["second_invoice"],
        key=keys.new_key(),
        amount=50_000,
        paid_on=TODAY,
        reference=secret(house, "reference", "second"),
        by=finance,
    )
    payers.query_invoice(
        invoice=house.things["second_invoice"],
        key=keys.new_key(),
        name="Somebody",
        email="",
        words=secret(house, "query of the invoice", "second"),
        by=house.standing("second head"),
    )


def corrections(house: "House") -> None:
    """Something credited, something held, lines of the bank, a school to ring about its invoice."""
    manager, partnership, invoice = house.standing("manager"), house.partnership, house.things["invoice"]
    house.things["payment"] = Payment.objects.get(invoice=house.things["second_invoice"])
    house.things["credit_note"] = issue_credit_note(
        invoice=invoice,
        key=keys.new_key(),
        amount=5_000,
        reason=secret(house, "reason of a credit", "member"),
        seen=UNSEEN,
        shown=UNSEEN,
        by=manager,
    )
    house.things["held"] = held.hold_money(
        partnership=partnership, school=house.member, key=keys.new_key(), amount=2_000, received_on=TODAY,
        reason=secret(house, "why money is held", "member"), by=manager,
    )  # fmt: skip
    lines_of_bank = ((10, ""), (20, ""), (30, "second"), (-5, ""))  # whose payment it becomes, who reads it on their invoice
    statement = "Date,Description,Amount\n" + "".join(
        f"08/03/2022,{secret(house, f'words of the bank {number}', reader)},{amount}\n"
        for number, (amount, reader) in enumerate(lines_of_bank)
    )
    bank.read_bank_file(partnership=partnership, key=keys.new_key(), name="bank.csv", text=statement, by=manager)
    lines = list(BankLine.objects.filter(partnership=partnership).order_by("position"))
    house.things["bank_line"], house.things["ignored_line"], booked, house.things["line_out"] = lines
    bank.ignore_bank_line(line=house.things["ignored_line"], why="A grant", by=manager)
    bank.book_bank_line(line=booked, invoices=[house.things["second_invoice"]], by=manager)
    house.things["reminder"] = Reminder.objects.create(
        invoice=invoice, step=Step.CALL, on=TODAY, owed=invoice.owed, made_at=clock.now()
    )


def calendars(house: "House") -> None:
    """The calendar link of somebody whose role has not begun: it opens for everybody who has it, and tells nothing."""
    house.things["feed"] = home.make_feed(by=house.standing("member coming"))


def mail(house: "House") -> None:
    """A message to the manager's own page, one that could not be sent, one that came back; long work that goes on."""
    manager = house.people["manager"]
    notices.send(
        template="membership/question_answered.txt", to=manager.email, person=manager.pk, partnership=house.partnership,
        words={"school": house.asked.name, "question": "?", "reply": "Soon.", "partnership": house.partnership.name, "link": "/"},
        by=house.standing("manager"),
    )  # fmt: skip
    mails.unsent(house.partnership, to=f"unsent@{house.name.lower()}.example")
    mails.returned(house.partnership, to=f"gone@{house.name.lower()}.example")
    works.job(manager.pk, what=secret(house, "long work"))


def furnish(house: "House") -> None:
    """Everything, in the order in which it happens."""
    with clock.at(clock.start_of(STARTED, 12)):
        set_out(house)
    for step in (answer, office, money, corrections, calendars, mail):
        step(house)
