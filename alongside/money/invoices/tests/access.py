from alongside.ground.core import keys
from alongside.money.invoices.models.invoices import Invoice
from tests.audiences import Audience as A, Line, day, of_school, pressed, room, thing
from tests.world import World


def one(world: World) -> dict[str, object]:
    return {"slug": world.partnership.slug, "number": number(world)["number"]}


def number(world: World) -> dict[str, object]:
    return {"number": Invoice.objects.get(partnership=world.partnership, school=world.school).reference}


def code(world: World) -> dict[str, object]:
    return {**number(world), "code": "0000-0000-0000"}


def of_second(world: World) -> dict[str, object]:
    return {**room(world), "number": world.things["second_invoice"].reference}


BOTH = ("GET", "POST")


PAYMENT = {"amount": "10", "paid_on_day": "8", "paid_on_month": "3", "paid_on_year": "2022", "method": "cheque"}


QUERY = {"words": "Is this ours?", "name": "A colleague", "email": "accounts@school.example"}


PAYER = {"name": "The trust", "address": "1 High Street", "email": "trust@school.example"}


LINES = {
    "invoices:payers": Line(A.SCHOOL, of_school, post={**PAYER, "version": "1", "purchase_order": "PO 1"}, methods=BOTH),
    "invoices:invoice": Line(A.SCHOOL, one),
    "invoices:invoice_pdf": Line(A.SCHOOL, one),
    "invoices:record_payment": Line(A.FINANCE, one, post=lambda _: {**PAYMENT, "key": keys.new_key()}, methods=BOTH),
    "invoices:query_invoice": Line(A.SCHOOL, one, post=QUERY, methods=BOTH),
    "invoices:readdress_invoice": Line(A.SCHOOL, one, post=PAYER, methods=BOTH),
    "invoices:add_purchase_order": Line(A.SCHOOL, one, post={"order": "PO 1"}, methods=("POST",)),
    "invoices:answer_query": Line(A.FINANCE, one, post={"sure": "on"}, methods=("POST",)),
    "invoices:send_invoice": Line(A.FINANCE, one, post={"to": "accounts@school.example"}, methods=("POST",)),
    "invoices:host_number": Line(A.FINANCE, one, post={"host_number": "4711"}, methods=("POST",)),
    "invoices:open_invoice": Line(A.EVERYONE, post=lambda world: {**number(world), "code": "0000-0000-0000"}, methods=BOTH),
    "invoices:follow_link": Line(A.EVERYONE, code),
    "invoices:opened_invoice": Line(A.EVERYONE, number),
    "invoices:opened_pdf": Line(A.EVERYONE, number),
    "invoices:opened_paper": Line(A.EVERYONE, lambda world: {**number(world), "file": world.things["office_paper"].pk}),
    "invoices:opened_order": Line(A.EVERYONE, number, post={"order": "PO 1"}, methods=BOTH),
    "invoices:opened_payer": Line(A.EVERYONE, number, post=PAYER, methods=BOTH),
    "invoices:opened_query": Line(A.EVERYONE, number, post=QUERY, methods=BOTH),
    "invoices:aged_debt": Line(A.FINANCE, room),
    "invoices:aged_debt_csv": Line(A.FINANCE, room),
    "invoices:statement": Line(A.SCHOOL, of_school),
    "invoices:statement_pdf": Line(A.SCHOOL, of_school),
    "invoices:statement_csv": Line(A.SCHOOL, of_school),
    "invoices:hold_money": Line(A.FINANCE, of_school, post=pressed(amount="1", **day("received_on")), methods=BOTH),
    "invoices:use_held_money": Line(
        A.FINANCE,
        of_school,
        post=lambda world: {"key": keys.new_key(), "amount": "1", "invoice": world.things["invoice"].pk},
        methods=BOTH,
    ),
    "invoices:refund_money": Line(
        A.FINANCE, of_school, post=pressed(amount="1", reference="FP 1", **day("paid_on")), methods=BOTH
    ),
    "invoices:note_never_came": Line(A.FINANCE, of_school, post=pressed(amount="1", reason="It bounced"), methods=BOTH),
    "invoices:reminders": Line(A.FINANCE, room),
    "invoices:send_reminders": Line(A.FINANCE, room, post={"sure": "on"}, methods=("POST",)),
    "invoices:reminder_days": Line(
        A.FINANCE, room, post={"first_reminder": "5", "second_reminder": "9", "call_after": "12"}, methods=BOTH
    ),
    "invoices:note_call": Line(A.FINANCE, thing("reminder"), post={"words": "They will pay on Friday"}, methods=BOTH),
    "invoices:write_to_chair": Line(A.FINANCE, thing("reminder"), post={"sure": "on"}, methods=("POST",)),
    "invoices:credit_invoice": Line(A.FINANCE, one, post=pressed(amount="1", reason="Wrong"), methods=BOTH),
    "invoices:let_off_debt": Line(A.FINANCE, one, post=pressed(kind="waived", amount="1", reason="Closed"), methods=BOTH),
    "invoices:free_payment": Line(
        A.FINANCE,
        lambda world: {**of_second(world), "key": world.things["payment"].pk},
        post={"reason": "Another school's"},
        methods=BOTH,
    ),
    "invoices:credit_note_pdf": Line(A.SCHOOL, lambda world: {**one(world), "credit": world.things["credit_note"].reference}),
    "invoices:opened_credit_pdf": Line(A.EVERYONE, lambda world: {**number(world), "credit": "ALP-C-0001"}),
}
