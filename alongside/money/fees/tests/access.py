from collections.abc import Callable

from alongside.ground.core import keys
from alongside.members.partnerships.queries import settings_of
from alongside.members.partnerships.rules import mark_of
from alongside.money.fees.actions import year_two
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.rules.settings import FeeSettings
from tests.audiences import Audience as A, Line
from tests.world import World


def room(world: World) -> dict[str, object]:
    return {"slug": world.partnership.slug}


def of_school(world: World) -> dict[str, object]:
    return {"slug": world.partnership.slug, "urn": world.school.urn}


def one(world: World) -> dict[str, object]:
    return {"slug": world.partnership.slug, "number": number(world)["number"]}


def number(world: World) -> dict[str, object]:
    return {"number": Invoice.objects.get(partnership=world.partnership, school=world.school).reference}


def code(world: World) -> dict[str, object]:
    return {**number(world), "code": "0000-0000-0000"}


def thing(what: str) -> Callable[[World], dict[str, object]]:
    return lambda world: {**room(world), "key": world.things[what].pk}


def of_year_two(world: World) -> dict[str, object]:
    return {**of_school(world), "year": 2}


def with_heading(world: World) -> dict[str, object]:
    return {**SPENDING, "key": keys.new_key(), "heading": world.things["heading"].pk}


def day(name: str, year: int = 2022) -> dict[str, str]:
    return {f"{name}_day": "8", f"{name}_month": "3", f"{name}_year": str(year)}


def of_second(world: World) -> dict[str, object]:
    return {**room(world), "number": world.things["second_invoice"].reference}


def pressed(**typed: object) -> Callable[[World], dict[str, object]]:
    return lambda _: {"key": keys.new_key(), **typed}


BOTH = ("GET", "POST")
MINUTE = {"body": "Board", "reference": "PB 2", **day("decided_on")}
PROMISE = {"to": "A speaker", "words": "A day", "amount": "10", **day("due_on")}
SPENDING = {"payee": "A hall", "amount": "10", **day("spent_on")}
PAYMENT = {"amount": "10", "paid_on_day": "8", "paid_on_month": "3", "paid_on_year": "2022", "method": "cheque"}
QUERY = {"words": "Is this ours?", "name": "A colleague", "email": "accounts@school.example"}
PAYER = {"name": "The trust", "address": "1 High Street", "email": "trust@school.example"}
SET_UP = {
    "issuer": "partnership",
    "supplier_name": "Alder",
    "supplier_address": "1 High Street",
    "supplier_email": "a@alder.example",
    "supplier_phone": "01632 960 001",
    "bank_words": "Account 1",
    "vat_code": "ask finance",
    "year_one_fee": "1500",
    "payment_days": "30",
    "series": "ALP",
}
LINES = {
    "fees:overview": Line(A.MEMBERS, room),
    "fees:set_up": Line(A.FINANCE, room, post=SET_UP, methods=BOTH),
    "fees:issue": Line(A.FINANCE, room, post=lambda _: {"key": keys.new_key(), "expected": "0"}, methods=BOTH),
    "fees:draft_pdf": Line(A.FINANCE, room),
    "books:schedule": Line(A.FINANCE, room, methods=BOTH),
    "books:schedule_csv": Line(A.FINANCE, room),
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
    "budget:budget": Line(A.FINANCE, room),
    "budget:budget_csv": Line(A.FINANCE, room),
    "budget:movements_csv": Line(A.FINANCE, room),
    "budget:add_heading": Line(A.FINANCE, room, post={"name": "Events", "planned": "10"}, methods=BOTH),
    "budget:heading": Line(
        A.FINANCE, thing("heading"), post={"name": "Events", "planned": "10", "version": "1", "plan_version": "0"}, methods=BOTH
    ),
    "budget:promises": Line(A.FINANCE, room),
    "budget:promise": Line(
        A.FINANCE,
        room,
        post=lambda world: {**PROMISE, "key": keys.new_key(), "heading": world.things["heading"].pk},
        methods=BOTH,
        query="?year=1",
    ),
    "budget:change_promise": Line(
        A.FINANCE,
        thing("promise"),
        post=lambda world: {**PROMISE, "version": "1", "heading": world.things["heading"].pk},
        methods=BOTH,
    ),
    "budget:release_promise": Line(A.FINANCE, thing("promise"), post={"version": "1", "why": "Not needed"}, methods=BOTH),
    "budget:keep_promise": Line(A.FINANCE, thing("promise"), post=with_heading, methods=BOTH),
    "budget:spending": Line(A.FINANCE, room, query="?year=1"),
    "budget:spend": Line(A.FINANCE, room, post=with_heading, methods=BOTH, query="?year=1"),
    "budget:take_back": Line(A.FINANCE, thing("spending"), post=lambda _: {"key": keys.new_key(), "why": "Twice"}, methods=BOTH),
    "authority:decisions": Line(A.FINANCE, room),
    "authority:record_decision": Line(
        A.MANAGER, room, post=lambda _: {**MINUTE, "key": keys.new_key(), "kind": "waiver"}, methods=BOTH
    ),
    "fees:year_two": Line(A.FINANCE, room),
    "fees:open_year_two": Line(A.FINANCE, room, post={"sure": "on"}, methods=("POST",)),
    "fees:agree_reduction": Line(
        A.MANAGER, room, post=lambda _: {**MINUTE, "key": keys.new_key(), "basis": "each", "amount": "100"}, methods=BOTH
    ),
    "fees:credit_reduction": Line(A.FINANCE, room, post={"expected": "0"}, methods=BOTH),
    "fees:joiners": Line(
        A.FINANCE,
        room,
        post=lambda world: {
            "version": mark_of(settings_of(world.partnership, FeeSettings), year_two.JOINING),
            "joiner_cut": "no",
            "joiner_fee": "full",
            "evaluation_from": "sign-up",
        },
        methods=BOTH,
    ),
    "fees:liability": Line(A.FINANCE, room),
    "fees:settle_liability": Line(
        A.MANAGER, of_year_two, post=lambda _: {**MINUTE, "key": keys.new_key(), "outcome": "due"}, methods=BOTH
    ),
    "fees:extra_charges": Line(A.FINANCE, room),
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
    "bank:bank": Line(A.FINANCE, room),
    "bank:read_bank_file": Line(A.FINANCE, room, post=pressed(), methods=BOTH),
    "bank:book_bank_lines": Line(
        A.FINANCE,
        room,
        post=lambda world: {"book": f"{world.things['bank_line'].pk}:{world.things['invoice'].pk}"},
        methods=("POST",),
    ),
    "bank:bank_line": Line(A.FINANCE, thing("bank_line")),
    "bank:book_bank_line": Line(
        A.FINANCE, thing("bank_line"), post=lambda world: {"invoice": world.things["invoice"].pk}, methods=("POST",)
    ),
    "bank:ignore_bank_line": Line(A.FINANCE, thing("bank_line"), post={"why": "Bank charges"}, methods=("POST",)),
    "bank:reopen_bank_line": Line(A.FINANCE, thing("ignored_line"), post={"sure": "on"}, methods=("POST",)),
    "invoices:reminders": Line(A.FINANCE, room),
    "invoices:send_reminders": Line(A.FINANCE, room, post={"sure": "on"}, methods=("POST",)),
    "invoices:reminder_days": Line(
        A.FINANCE, room, post={"first_reminder": "5", "second_reminder": "9", "call_after": "12"}, methods=BOTH
    ),
    "invoices:note_call": Line(A.FINANCE, thing("reminder"), post={"words": "They will pay on Friday"}, methods=BOTH),
    "invoices:write_to_chair": Line(A.FINANCE, thing("reminder"), post={"sure": "on"}, methods=("POST",)),
    "books:books": Line(A.FINANCE, room),
    "books:books_file": Line(A.FINANCE, lambda world: {**room(world), "form": "xero"}),
    "books:vat": Line(A.FINANCE, room, post={"code": "exempt", "words": "The VAT officer"}, methods=BOTH),
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
