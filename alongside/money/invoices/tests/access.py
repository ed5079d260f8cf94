from collections.abc import Callable

from alongside.ground.core import keys
from alongside.ground.web.models import marked
from alongside.members.partnerships.queries import settings_of
from alongside.members.partnerships.rules import mark_of
from alongside.money.invoices.actions.payers import PAYS
from alongside.money.invoices.actions.reminders import STEP_DAYS
from alongside.money.invoices.models.corrections import CreditNote
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.rules.settings import IssuerSettings
from tests.audiences import Line, day, of_school, pressed, room, thing
from tests.rooms import LATER
from tests.world import World


def one(world: World) -> dict[str, object]:
    return {"slug": world.partnership.slug, "number": number(world)["number"]}


def number(world: World) -> dict[str, object]:
    return {"number": Invoice.objects.get(partnership=world.partnership, school=world.school).reference}


def code(world: World) -> dict[str, object]:
    return {**number(world), "code": "0000-0000-0000"}


def of_second(world: World) -> dict[str, object]:
    return {**room(world), "number": world.things["second_invoice"].reference}


def days(world: World) -> dict[str, object]:
    version = mark_of(settings_of(world.partnership, IssuerSettings), STEP_DAYS)
    return {"first_reminder": "5", "second_reminder": "9", "call_after": "12", "version": version}


BOTH = ("GET", "POST")


PAYMENT = {"amount": "10", "paid_on_day": "8", "paid_on_month": "3", "paid_on_year": "2022", "method": "cheque"}


QUERY = pressed(words="Is this ours?", name="A colleague", email="accounts@school.example")


PAYER = {"name": "The trust", "address": "1 High Street", "email": "trust@school.example"}


def marks(said: dict[str, object], *names: str) -> Callable[[World], dict[str, object]]:
    """What a form sends that edits those columns of the invoice, with the mark of what it showed."""
    return lambda world: {**said, "version": marked(Invoice.objects.get(reference=number(world)["number"]), *names)}


def credited(world: World) -> dict[str, object]:
    note = CreditNote.objects.filter(invoice__reference=number(world)["number"]).order_by("-number").first()
    return {"key": keys.new_key(), "amount": "1", "reason": "Wrong", "issue": "yes", "seen": note.pk if note else ""}


LINES = {
    "invoices:payers": Line(of_school, post={**PAYER, "version": "1", "purchase_order": "PO 1"}, methods=BOTH),
    "invoices:invoice": Line(one),
    "invoices:invoice_pdf": Line(one),
    "invoices:record_payment": Line(one, post=lambda _: {**PAYMENT, "key": keys.new_key()}, methods=BOTH),
    "invoices:query_invoice": Line(one, post=QUERY, methods=BOTH),
    "invoices:readdress_invoice": Line(one, post=marks(PAYER, *PAYS), methods=BOTH),
    "invoices:agree_payer": Line(one, post={"agreed": "yes"}, methods=("POST",)),
    "invoices:restore_payer": Line(one, post={"sure": "on"}, methods=("POST",)),
    "invoices:opened_restore": Line(number, post={"sure": "on"}, methods=("POST",)),
    "invoices:add_purchase_order": Line(one, post=marks({"order": "PO 1"}, "later_order"), methods=BOTH),
    "invoices:answer_query": Line(one, post={"reply": "It is yours.", "query": "none"}, methods=BOTH),
    "invoices:send_invoice": Line(one, post=marks({"to": "accounts@school.example"}, "payer_email"), methods=BOTH),
    "invoices:host_number": Line(one, post=marks({"host_number": "4711"}, "host_number"), methods=BOTH),
    "invoices:open_invoice": Line(post=lambda world: {**number(world), "code": "0000-0000-0000"}, methods=BOTH),
    "invoices:follow_link": Line(code),
    "invoices:opened_invoice": Line(number),
    "invoices:opened_pdf": Line(number),
    "invoices:opened_paper": Line(lambda world: {**number(world), "file": world.things["office_paper"].pk}),
    "invoices:opened_order": Line(number, post=marks({"order": "PO 1"}, "later_order"), methods=BOTH),
    "invoices:opened_payer": Line(number, post=marks(PAYER, *PAYS), methods=BOTH),
    "invoices:opened_query": Line(number, post=QUERY, methods=BOTH),
    "invoices:aged_debt": Line(room),
    "invoices:aged_debt_csv": Line(room),
    "invoices:statement": Line(of_school),
    "invoices:statement_pdf": Line(of_school),
    "invoices:statement_csv": Line(of_school),
    "invoices:hold_money": Line(of_school, post=pressed(amount="1", **day("received_on")), methods=BOTH),
    "invoices:use_held_money": Line(
        of_school,
        post=lambda world: {"key": keys.new_key(), "amount": "1", "invoice": world.things["invoice"].pk},
        methods=BOTH,
    ),
    "invoices:refund_money": Line(of_school, post=pressed(amount="1", reference="FP 1", **day("paid_on")), methods=BOTH),
    "invoices:note_never_came": Line(of_school, post=pressed(amount="1", reason="It bounced"), methods=BOTH),
    "invoices:reminders": Line(room),
    "invoices:coming_csv": Line(room),
    "invoices:taken_csv": Line(room),
    "invoices:send_reminders": Line(room, post={"sure": "on"}, methods=("POST",)),
    "invoices:reminder_days": Line(room, post=days, methods=BOTH),
    "invoices:note_call": Line(thing("reminder"), post={"words": "They will pay on Friday"}, methods=BOTH),
    "invoices:write_to_chair": Line(thing("reminder"), post={"sure": "on"}, methods=("POST",)),
    "invoices:credit_invoice": Line(one, post=credited, methods=BOTH),
    "invoices:let_off_debt": Line(one, post=pressed(kind="waived", amount="1", reason="Closed"), methods=BOTH),
    "invoices:free_payment": Line(
        lambda world: {**of_second(world), "key": world.things["payment"].pk},
        post={"reason": "Another school's"},
        methods=BOTH,
    ),
    "invoices:credit_note_pdf": Line(lambda world: {**one(world), "credit": world.things["credit_note"].reference}),
    "invoices:wrong_credit": Line(lambda world: {**one(world), "credit": world.things["credit_note"].reference}),
    "invoices:opened_credit_pdf": Line(lambda world: {**number(world), "credit": "ALP-C-0001"}),
}
ASKS_NOBODY = {"a link or a code in hand is the proof": "open_invoice"}
UNRECORDED = {
    "it shows what would be, and keeps nothing": "draft_credit_note",
    "the row of the message, of the sign-in or of the try is the record": "open_invoice",
}
ONCE_OTHERWISE = {"the run holds the key, and is looked for under the lock of its numbers' series": "issue_run"}
BLIND = {
    "what they are given was asked for by its viewer": "noted_pdf",
    "counted over everything, so that nothing is done twice or falls open": "suggested_series",
    "a code in hand is the proof": "opened_invoice opened_credit_note",
}
KNOWN_TO_ALL = {"names, numbers and amounts of the partnership's own, of no school": "Series Claim IssueRun"}
STAY_FEW = {
    "one of each, or one a year, in a partnership": "Series Claim IssueRun",
    "still to come": "LetOffDebt",
}
NOT_TRIED = {
    "asks for a code, a device or a browser of the moment": """
        open_invoice opened_order opened_payer opened_query opened_restore
    """,
    LATER: "agree_payer answer_query host_number let_off_debt restore_payer send_reminders",
}
TWICE_IS_TWICE = {"a message or a code goes out again, because somebody asked for it again": "send_invoice"}
WITHOUT_FILE = {
    "what a press would do, which then stands in the files for the books": "credit_invoice",
    "one invoice, which is a PDF; its school's statement has a file": "pieces",
}
BOTH_MAY = {"the row is of the room that asks, which has looked whose it is": "open_claim"}
NOT_HERE = {
    "it writes nothing": "draft_credit_note",
    "the decision in hand is about a lower fee for all": "let_off_debt",
}
