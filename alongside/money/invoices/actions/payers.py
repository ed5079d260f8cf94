"""Who pays, under which purchase order, and what is queried. An issued invoice itself stays as it is."""

from django.conf import settings as installation
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.documents.queries import proven
from alongside.ground.web.models import already, once, save_if_unchanged
from alongside.members.notices.actions import sending as notices
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import belongs, settings_of
from alongside.members.people.queries.roles import holder_of
from alongside.members.schools.models import School
from alongside.money.invoices.actions.payments import record_about
from alongside.money.invoices.models.invoices import Invoice, Payer, Query
from alongside.money.invoices.permissions import may_change_payer, may_issue_invoices, may_query_invoice
from alongside.money.invoices.rules.settings import Issuer, IssuerSettings

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
def add_purchase_order(*, invoice: Invoice, order: str, proof: str = "", by: Standing) -> Invoice:
    """Note a purchase order beside an issued invoice; whoever opened it by its code gives the session's proof."""
    require(may_change_payer(by, invoice.partnership_id, invoice.school_id, has_code=proven(invoice, proof)))
    if not order.strip():
        raise Invalid(order="Enter the purchase order")
    invoice.later_order, invoice.later_order_at = order.strip(), clock.now()
    invoice.save(update_fields=["later_order", "later_order_at"])
    record_about("invoices.add_purchase_order", invoice, by)
    return invoice


@transaction.atomic
def readdress_invoice(
    *, invoice: Invoice, name: str, address: str, email: str = "", rest: bool = False, proof: str = "", by: Standing
) -> Invoice:
    """Note who will pay an invoice on which nothing has been paid; later invoices go to them too. By a decision about a school
    that has gone the `rest` of what is paid in part gets another payer: what was paid stays."""
    require(may_change_payer(by, invoice.partnership_id, invoice.school_id, has_code=proven(invoice, proof)))
    if not name.strip():
        raise Invalid(name="Enter who will pay")
    noted = {"later_payer": name.strip(), "later_payer_address": address.strip(), "later_payer_at": clock.now()}
    there = Invoice.objects.filter(pk=invoice.pk) if rest else Invoice.objects.filter(pk=invoice.pk, paid=0)
    if not there.update(**noted, **({"payer_email": email} if email else {})):
        raise Conflict("Something has been paid on this invoice already, so its payer stays. Ask the partnership's office.")
    payer, _ = Payer.objects.get_or_create(partnership=invoice.partnership, school=invoice.school)
    payer.name, payer.address, payer.email = name.strip(), address.strip(), email or payer.email
    save_if_unchanged(payer, payer.version, "name", "address", "email")
    record_about("invoices.readdress", invoice, by)
    invoice.refresh_from_db(fields=[*noted, "payer_email"])
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
    if office:
        page = installation.ADDRESS + reverse("invoices:invoice", args=[invoice.partnership.slug, invoice.reference])
        notices.send(
            template="invoices/queried.txt",
            to=office,
            person=holder_of(office, viewer=by),
            link=reverse("invoices:invoice", args=[invoice.partnership.slug, invoice.reference]),
            partnership=invoice.partnership,
            school=invoice.school,
            words={
                "number": invoice.reference,
                "school": invoice.school_name,
                "name": name,
                "email": email,
                "words": words,
                "page": page,
            },
            by=by,
        )
    return query


@transaction.atomic
def answer_query(*, invoice: Invoice, by: Standing) -> Query:
    """The office has answered what was queried. Raises Conflict when there is nothing to answer."""
    require(may_issue_invoices(by, invoice.partnership_id))
    waiting = Query.objects.select_related("invoice").filter(invoice=invoice, answered_at=None)
    query = waiting.first()
    if query is None or not waiting.update(answered_at=clock.now()):
        raise Conflict("This query has been answered already.")
    Invoice.objects.filter(pk=invoice.pk).update(queried=False)
    record_about("invoices.answer_query", invoice, by)
    return query


@transaction.atomic
def record_host_number(*, invoice: Invoice, host_number: str, by: Standing) -> Invoice:
    """Write down the number under which the host has invoiced a charge."""
    require(may_issue_invoices(by, invoice.partnership_id))
    if invoice.issuer != Issuer.HOST:
        raise Conflict("Only a charge that a host invoices has a number of the host's.")
    if not host_number.strip() or len(host_number.strip()) > 40:
        raise Invalid(host_number="Enter the host's number, at most 40 characters")
    invoice.host_number = host_number.strip()
    invoice.save(update_fields=["host_number"])
    record_about("invoices.host_number", invoice, by)
    return invoice
