from alongside.core import keys
from alongside.fees.models import Invoice
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


BOTH = ("GET", "POST")
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
    "fees:opened_order": Line(A.EVERYONE, number, post={"order": "PO 1"}, methods=BOTH),
    "fees:opened_payer": Line(A.EVERYONE, number, post=PAYER, methods=BOTH),
    "fees:opened_query": Line(A.EVERYONE, number, post=QUERY, methods=BOTH),
}
