from collections.abc import Callable

from alongside.ground.core import keys
from alongside.members.partnerships.queries import settings_of
from alongside.members.partnerships.rules import mark_of
from alongside.money.fees import actions
from alongside.money.fees.models import Invoice
from alongside.money.fees.rules import FeeSettings
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
    "fees:schedule": Line(A.FINANCE, room, methods=BOTH),
    "fees:schedule_csv": Line(A.FINANCE, room),
    "fees:payers": Line(A.SCHOOL, of_school, post={**PAYER, "version": "1", "purchase_order": "PO 1"}, methods=BOTH),
    "fees:invoice": Line(A.SCHOOL, one),
    "fees:invoice_pdf": Line(A.SCHOOL, one),
    "fees:record_payment": Line(A.FINANCE, one, post=lambda _: {**PAYMENT, "key": keys.new_key()}, methods=BOTH),
    "fees:query_invoice": Line(A.SCHOOL, one, post=QUERY, methods=BOTH),
    "fees:readdress_invoice": Line(A.SCHOOL, one, post=PAYER, methods=BOTH),
    "fees:add_purchase_order": Line(A.SCHOOL, one, post={"order": "PO 1"}, methods=("POST",)),
    "fees:answer_query": Line(A.FINANCE, one, post={"sure": "on"}, methods=("POST",)),
    "fees:send_invoice": Line(A.FINANCE, one, post={"to": "accounts@school.example"}, methods=("POST",)),
    "fees:host_number": Line(A.FINANCE, one, post={"host_number": "4711"}, methods=("POST",)),
    "fees:open_invoice": Line(A.EVERYONE, post=lambda world: {**number(world), "code": "0000-0000-0000"}, methods=BOTH),
    "fees:follow_link": Line(A.EVERYONE, code),
    "fees:opened_invoice": Line(A.EVERYONE, number),
    "fees:opened_pdf": Line(A.EVERYONE, number),
    "fees:opened_paper": Line(A.EVERYONE, lambda world: {**number(world), "file": world.things["office_paper"].pk}),
    "fees:opened_order": Line(A.EVERYONE, number, post={"order": "PO 1"}, methods=BOTH),
    "fees:opened_payer": Line(A.EVERYONE, number, post=PAYER, methods=BOTH),
    "fees:opened_query": Line(A.EVERYONE, number, post=QUERY, methods=BOTH),
    "fees:budget": Line(A.FINANCE, room),
    "fees:budget_csv": Line(A.FINANCE, room),
    "fees:movements_csv": Line(A.FINANCE, room),
    "fees:add_heading": Line(A.FINANCE, room, post={"name": "Events", "planned": "10"}, methods=BOTH),
    "fees:heading": Line(
        A.FINANCE, thing("heading"), post={"name": "Events", "planned": "10", "version": "1", "plan_version": "0"}, methods=BOTH
    ),
    "fees:promises": Line(A.FINANCE, room),
    "fees:promise": Line(
        A.FINANCE,
        room,
        post=lambda world: {**PROMISE, "key": keys.new_key(), "heading": world.things["heading"].pk},
        methods=BOTH,
        query="?year=1",
    ),
    "fees:change_promise": Line(
        A.FINANCE,
        thing("promise"),
        post=lambda world: {**PROMISE, "version": "1", "heading": world.things["heading"].pk},
        methods=BOTH,
    ),
    "fees:release_promise": Line(A.FINANCE, thing("promise"), post={"version": "1", "why": "Not needed"}, methods=BOTH),
    "fees:keep_promise": Line(A.FINANCE, thing("promise"), post=with_heading, methods=BOTH),
    "fees:spending": Line(A.FINANCE, room, query="?year=1"),
    "fees:spend": Line(A.FINANCE, room, post=with_heading, methods=BOTH, query="?year=1"),
    "fees:take_back": Line(A.FINANCE, thing("spending"), post=lambda _: {"key": keys.new_key(), "why": "Twice"}, methods=BOTH),
    "fees:decisions": Line(A.FINANCE, room),
    "fees:record_decision": Line(
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
            "version": mark_of(settings_of(world.partnership, FeeSettings), actions.JOINING),
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
    "fees:aged_debt": Line(A.FINANCE, room),
    "fees:aged_debt_csv": Line(A.FINANCE, room),
    "fees:statement": Line(A.SCHOOL, of_school),
    "fees:statement_pdf": Line(A.SCHOOL, of_school),
    "fees:statement_csv": Line(A.SCHOOL, of_school),
    "fees:hold_money": Line(A.FINANCE, of_school, post=pressed(amount="1", **day("received_on")), methods=BOTH),
    "fees:use_held_money": Line(
        A.FINANCE,
        of_school,
        post=lambda world: {"key": keys.new_key(), "amount": "1", "invoice": world.things["invoice"].pk},
        methods=BOTH,
    ),
    "fees:refund_money": Line(A.FINANCE, of_school, post=pressed(amount="1", reference="FP 1", **day("paid_on")), methods=BOTH),
    "fees:note_never_came": Line(A.FINANCE, of_school, post=pressed(amount="1", reason="It bounced"), methods=BOTH),
    "fees:bank": Line(A.FINANCE, room),
    "fees:read_bank_file": Line(A.FINANCE, room, post=pressed(), methods=BOTH),
    "fees:book_bank_lines": Line(
        A.FINANCE,
        room,
        post=lambda world: {"book": f"{world.things['bank_line'].pk}:{world.things['invoice'].pk}"},
        methods=("POST",),
    ),
    "fees:bank_line": Line(A.FINANCE, thing("bank_line")),
    "fees:book_bank_line": Line(
        A.FINANCE, thing("bank_line"), post=lambda world: {"invoice": world.things["invoice"].pk}, methods=("POST",)
    ),
    "fees:ignore_bank_line": Line(A.FINANCE, thing("bank_line"), post={"why": "Bank charges"}, methods=("POST",)),
    "fees:reopen_bank_line": Line(A.FINANCE, thing("ignored_line"), post={"sure": "on"}, methods=("POST",)),
    "fees:reminders": Line(A.FINANCE, room),
    "fees:send_reminders": Line(A.FINANCE, room, post={"sure": "on"}, methods=("POST",)),
    "fees:reminder_days": Line(
        A.FINANCE, room, post={"first_reminder": "5", "second_reminder": "9", "call_after": "12"}, methods=BOTH
    ),
    "fees:note_call": Line(A.FINANCE, thing("reminder"), post={"words": "They will pay on Friday"}, methods=BOTH),
    "fees:write_to_chair": Line(A.FINANCE, thing("reminder"), post={"sure": "on"}, methods=("POST",)),
    "fees:books": Line(A.FINANCE, room),
    "fees:books_file": Line(A.FINANCE, lambda world: {**room(world), "form": "xero"}),
    "fees:vat": Line(A.FINANCE, room, post={"code": "exempt", "words": "The VAT officer"}, methods=BOTH),
    "fees:credit_invoice": Line(A.FINANCE, one, post=pressed(amount="1", reason="Wrong"), methods=BOTH),
    "fees:let_off_debt": Line(A.FINANCE, one, post=pressed(kind="waived", amount="1", reason="Closed"), methods=BOTH),
    "fees:free_payment": Line(
        A.FINANCE,
        lambda world: {**of_second(world), "key": world.things["payment"].pk},
        post={"reason": "Another school's"},
        methods=BOTH,
    ),
    "fees:credit_note_pdf": Line(A.SCHOOL, lambda world: {**one(world), "credit": world.things["credit_note"].reference}),
    "fees:opened_credit_pdf": Line(A.EVERYONE, lambda world: {**number(world), "credit": "ALP-C-0001"}),
}
