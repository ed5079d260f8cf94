"""Who pays, under which purchase order, and what is queried. An issued invoice itself stays as it is."""

from django.conf import settings as installation
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.shown import WasSeen
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.documents.queries import proven
from alongside.ground.web.models import already, lock, once, require_unchanged, save_if_unchanged
from alongside.members.notices.actions import sending as notices
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import belongs, settings_of
from alongside.members.people.queries.roles import holder_of
from alongside.members.schools.models import School
from alongside.money.invoices.actions.payments import record_about
from alongside.money.invoices.models.invoices import Invoice, Payer, Query
from alongside.money.invoices.permissions import may_change_payer, may_issue_invoices, may_query_invoice
from alongside.money.invoices.rules.settings import Issuer, IssuerSettings

NOTED = {  # what stands beside an issued invoice, as pages call it
    "later_order": "Purchase order",
    "later_payer": "Who will pay",
    "later_payer_address": "Address",
    "payer_email": "Sent to",
    "host_number": "The host’s number",
}
PAYS = ("later_payer", "later_payer_address", "payer_email")
FIELDS = ("name", "address", "email", "purchase_order")


@transaction.atomic
def change_payer(
    *,
    partnership: Partnership,
    school: School,
    name: str,
    address: str,
    email: str,
    purchase_order: str,
    version: int = 1,
    by: Standing,
) -> Payer:
    """Say who pays for a school from now on, and under which purchase order. Raises Stale when somebody else just did."""
    require(may_change_payer(by, partnership.pk, school.pk))
    require(belongs(partnership, school))
    values = dict(zip(FIELDS, (name.strip(), address.strip(), email.strip(), purchase_order.strip()), strict=True))
    payer, made = Payer.objects.get_or_create(partnership=partnership, school=school, defaults=values)
    if not made:
        for field, value in values.items():
            setattr(payer, field, value)
        save_if_unchanged(payer, version, *FIELDS)
    audit.record("invoices.change_payer", row=payer.pk, partnership=partnership.pk, school=school.pk, by=by)
    return payer


@transaction.atomic
def add_purchase_order(*, invoice: Invoice, order: str, version: WasSeen, proof: str = "", by: Standing) -> Invoice:
    """Note a purchase order beside an issued invoice; whoever opened it by its code gives the session's proof.
    Raises Stale when another was noted since the page was opened."""
    require(may_change_payer(by, invoice.partnership_id, invoice.school_id, has_code=proven(invoice, proof)))
    if not order.strip():
        raise Invalid(order="Enter the purchase order")
    require_unchanged(invoice, version, NOTED, later_order=order.strip())
    invoice.later_order, invoice.later_order_at = order.strip(), clock.now()
    invoice.save(update_fields=["later_order", "later_order_at"])
    record_about("invoices.add_purchase_order", invoice, by)
    return invoice


@transaction.atomic
def readdress_invoice(
    *,
    invoice: Invoice,
    name: str,
    address: str,
    email: str = "",
    rest: bool = False,
    version: WasSeen,
    proof: str = "",
    by: Standing,
) -> Invoice:
    """Note who will pay an invoice on which nothing has been paid. Later invoices go to them too where the school or the office
    says it; where somebody does who has its code, when one of the two has agreed. By a decision about a school that has gone
    the `rest` of what is paid in part gets another payer: what was paid stays. Raises Stale when somebody
    else was noted since the page was opened."""
    require(may_change_payer(by, invoice.partnership_id, invoice.school_id, has_code=proven(invoice, proof)))
    if not name.strip():
        raise Invalid(name="Enter who will pay")
    mine = {"later_payer": name.strip(), "later_payer_address": address.strip(), "payer_email": email or invoice.payer_email}
    require_unchanged(invoice, version, NOTED, **mine)
    agreed = bool(may_change_payer(by, invoice.partnership_id, invoice.school_id))
    noted = {"later_payer": name.strip(), "later_payer_address": address.strip(), "later_payer_at": clock.now()}
    noted |= {"payer_asked": not agreed}
    if email and email.lower() != invoice.payer_email.lower():
        noted |= {"payer_email": email, "email_before": invoice.email_before or invoice.payer_email}
    there = Invoice.objects.filter(pk=invoice.pk) if rest else Invoice.objects.filter(pk=invoice.pk, paid=0)
    if not there.update(**noted):
        raise Conflict("Something has been paid on this invoice already, so its payer stays. Ask the partnership's office.")
    invoice.refresh_from_db(fields=[*noted])
    if agreed:
        _pays_later(invoice, name.strip(), address.strip(), email)
    record_about("invoices.readdress", invoice, by, agreed=agreed)
    return invoice


def _pays_later(invoice: Invoice, name: str, address: str, email: str) -> None:
    payer, _ = Payer.objects.get_or_create(partnership=invoice.partnership, school=invoice.school)
    payer.name, payer.address, payer.email = name, address, email or (payer.email if name else "")
    save_if_unchanged(payer, payer.version, "name", "address", "email")


@transaction.atomic
def agree_payer(*, invoice: Invoice, agreed: bool, seen: WasSeen, by: Standing) -> Invoice:
    """The school or the office says whether whoever was to pay an invoice by somebody with its code pays later ones too.
    Raises Conflict when it has been said already, or about somebody else than was `seen`."""
    require(may_change_payer(by, invoice.partnership_id, invoice.school_id))
    lock(invoice)
    if not invoice.payer_asked:
        raise Conflict("This has been said already. “Who pays later invoices” shows what holds.")
    invoice.shown_payer.agree(seen, "Nothing was agreed.")
    Invoice.objects.filter(pk=invoice.pk).update(payer_asked=False)
    invoice.payer_asked = False
    if agreed:
        email = invoice.payer_email if invoice.email_before else ""
        _pays_later(invoice, invoice.later_payer, invoice.later_payer_address, email)
    record_about("invoices.agree_payer", invoice, by, agreed=agreed)
    return invoice


@transaction.atomic
def restore_payer(*, invoice: Invoice, seen: WasSeen, proof: str = "", by: Standing) -> Invoice:
    """Whoever the invoice was made out to pays it after all; later invoices too, where the school or the office says it.
    Raises Conflict when nobody else was to pay, when it is somebody else than was `seen`, or something has been paid."""
    require(may_change_payer(by, invoice.partnership_id, invoice.school_id, has_code=proven(invoice, proof)))
    lock(invoice)
    if invoice.later_payer:
        invoice.shown_payer.agree(seen, "Nothing was changed.")
    before = {"payer_email": invoice.email_before or invoice.payer_email, "email_before": "", "payer_asked": False}
    nobody = {"later_payer": "", "later_payer_address": "", "later_payer_at": None, **before}
    noted = invoice.later_payer
    if not Invoice.objects.filter(pk=invoice.pk, paid=0).exclude(later_payer="").update(**nobody):
        raise Conflict("Nobody else is to pay this invoice, or something has been paid on it already: its payer stays.")
    agreed = bool(may_change_payer(by, invoice.partnership_id, invoice.school_id))
    if agreed and Payer.objects.filter(partnership=invoice.partnership_id, school=invoice.school_id, name=noted).exists():
        _pays_later(invoice, "", "", "")
    invoice.refresh_from_db(fields=[*nobody])
    record_about("invoices.restore_payer", invoice, by)
    return invoice


@transaction.atomic
def query_invoice(*, invoice: Invoice, key: str, name: str, email: str, words: str, proof: str = "", by: Standing) -> Query:
    """Query an invoice, once: no reminder goes out until the office has answered, and the office is told."""
    require(may_query_invoice(by, invoice.partnership_id, invoice.school_id, has_code=proven(invoice, proof)))
    query = Query(pk=key, invoice=invoice, name=name.strip(), email=email, words=words.strip(), asked_at=clock.now())
    if done := already(query):
        return done
    if invoice.paid >= invoice.total:
        raise Conflict("This invoice is paid in full. Write to the partnership's office about it.")
    try:
        stored = once(query)
    except IntegrityError:
        raise Conflict("This invoice is being queried already. The office will answer that query first.") from None
    if stored is not query:  # the same press at once: the other has told the office
        return stored
    Invoice.objects.filter(pk=invoice.pk).update(queried=True)
    record_about("invoices.query", invoice, by)
    settings = settings_of(invoice.partnership, IssuerSettings)
    office = settings.supplier_email or invoice.partnership.contact_email
    _tell(query, "invoices/queried.txt", office, by)
    if email.lower() != office.lower():
        _tell(query, "invoices/query_copy.txt", email, by)
    return query


@transaction.atomic
def answer_query(*, invoice: Invoice, query: str, reply: str, by: Standing) -> Query:
    """Answer what was queried: the words are kept beside it, and sent to whoever asked. Raises Invalid without an answer,
    Conflict when somebody has answered it, or it is another query by now.
    """
    require(may_issue_invoices(by, invoice.partnership_id))
    if not reply.strip():
        raise Invalid(reply="Write the answer")
    waiting = Query.objects.filter(pk=query, invoice=invoice, answered_at=None)
    if not waiting.update(answered_at=clock.now(), reply=reply.strip()):
        raise Conflict("Somebody has answered this query meanwhile. Open the invoice to see what was written.")
    Invoice.objects.filter(pk=invoice.pk).update(queried=False)
    record_about("invoices.answer_query", invoice, by)
    answered: Query = Query.objects.select_related("invoice__partnership", "invoice__school").get(pk=query)
    _tell(answered, "invoices/query_answered.txt", answered.email, by)
    return answered


def _tell(query: Query, template: str, to: str, by: Standing) -> None:
    """A mail about a query; the page of its invoice opens for its people, and by its code for whoever has it."""
    if not to:
        return
    invoice, person = query.invoice, holder_of(to, viewer=by)
    link = reverse("invoices:invoice", args=[invoice.partnership.slug, invoice.reference])
    words = {"number": invoice.reference, "school": invoice.school_name, "partnership": invoice.partnership.name}
    said = {name: getattr(query, name) for name in ("name", "email", "words", "reply")}
    page = installation.ADDRESS + (link if person or template == "invoices/queried.txt" else reverse("invoices:open_invoice"))
    notices.send(
        template=template, to=to, person=person, link=link if person else "", partnership=invoice.partnership,
        school=invoice.school, words={**words, **said, "page": page}, by=by,
    )  # fmt: skip


@transaction.atomic
def record_host_number(*, invoice: Invoice, host_number: str, version: WasSeen, by: Standing) -> Invoice:
    """Write down the number under which the host has invoiced a charge. Raises Stale when another was since."""
    require(may_issue_invoices(by, invoice.partnership_id))
    if invoice.issuer != Issuer.HOST:
        raise Conflict("Only a charge that a host invoices has a number of the host's.")
    if not host_number.strip() or len(host_number.strip()) > 40:
        raise Invalid(host_number="Enter the host's number, at most 40 characters")
    require_unchanged(invoice, version, NOTED, host_number=host_number.strip())
    invoice.host_number = host_number.strip()
    invoice.save(update_fields=["host_number"])
    record_about("invoices.host_number", invoice, by)
    return invoice
