"""Who pays, under which purchase order, and what is queried. An issued invoice itself stays as it is."""

from django.conf import settings as installation
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.web.rows import save_if_unchanged
from alongside.members.notices.actions import sending as notices
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import belongs, settings_of
from alongside.members.people.queries.roles import holder_of
from alongside.members.schools.models import School
from alongside.money.invoices.actions.opening import proven
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
    payer = Payer.objects.filter(partnership=partnership, school=school).first()
    values = dict(zip(FIELDS, (name.strip(), address.strip(), email.strip(), purchase_order.strip()), strict=True))
    if payer is None:
        try:
            with transaction.atomic():
                payer = Payer.objects.create(partnership=partnership, school=school, **values)
        except IntegrityError:
            raise Conflict("Somebody else has just said who pays for this school.") from None
    else:
        for field, value in values.items():
            setattr(payer, field, value)
        save_if_unchanged(payer, version, *FIELDS)
    audit.record("fees.change_payer", row=payer.pk, partnership=partnership.pk, school=school.pk, by=by)
    return payer


@transaction.atomic
def add_purchase_order(*, invoice: Invoice, order: str, proof: str = "", by: Standing) -> None:
    """Note a purchase order beside an issued invoice; whoever opened it by its code gives the session's proof."""
    require(may_change_payer(by, invoice.partnership_id, invoice.school_id, has_code=proven(invoice, proof)))
    if not order.strip():
        raise Invalid(order="Enter the purchase order")
    Invoice.objects.filter(pk=invoice.pk).update(later_order=order.strip(), later_order_at=clock.now())
    _record("fees.add_purchase_order", invoice, by)


@transaction.atomic
def readdress_invoice(*, invoice: Invoice, name: str, address: str, email: str = "", proof: str = "", by: Standing) -> None:
    """Note who will pay an invoice on which nothing has been paid; later invoices go to them too."""
    require(may_change_payer(by, invoice.partnership_id, invoice.school_id, has_code=proven(invoice, proof)))
    if not name.strip():
        raise Invalid(name="Enter who will pay")
    noted = Invoice.objects.filter(pk=invoice.pk, paid=0).update(
        later_payer=name.strip(),
        later_payer_address=address.strip(),
        later_payer_at=clock.now(),
        **({"payer_email": email} if email else {}),
    )
    if not noted:
        raise Conflict("Something has been paid on this invoice already, so its payer stays. Ask the partnership's office.")
    payer, _ = Payer.objects.get_or_create(partnership=invoice.partnership, school=invoice.school)
    payer.name, payer.address, payer.email = name.strip(), address.strip(), email or payer.email
    save_if_unchanged(payer, payer.version, "name", "address", "email")
    _record("fees.readdress", invoice, by)


@transaction.atomic
def query_invoice(*, invoice: Invoice, name: str, email: str, words: str, proof: str = "", by: Standing) -> Query:
    """Query an invoice: no reminder goes out until the office has answered, and the office is told."""
    require(may_query_invoice(by, invoice.partnership_id, invoice.school_id, has_code=proven(invoice, proof)))
    if invoice.paid >= invoice.total:
        raise Conflict("This invoice is paid in full. Write to the partnership's office about it.")
    try:
        with transaction.atomic():
            query = Query.objects.create(
                invoice=invoice, name=name.strip(), email=email, words=words.strip(), asked_at=clock.now()
            )
    except IntegrityError:
        raise Conflict("This invoice is being queried already. The office will answer that query first.") from None
    Invoice.objects.filter(pk=invoice.pk).update(queried=True)
    _record("fees.query", invoice, by)
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
def answer_query(*, invoice: Invoice, by: Standing) -> None:
    """The office has answered what was queried. Raises Conflict when there is nothing to answer."""
    require(may_issue_invoices(by, invoice.partnership_id))
    if not Query.objects.filter(invoice=invoice, answered_at=None).update(answered_at=clock.now()):
        raise Conflict("This query has been answered already.")
    Invoice.objects.filter(pk=invoice.pk).update(queried=False)
    _record("fees.answer_query", invoice, by)


def _record(act: str, invoice: Invoice, by: Standing) -> None:
    audit.record(act, row=invoice.pk, partnership=invoice.partnership_id, school=invoice.school_id, by=by)


@transaction.atomic
def record_host_number(*, invoice: Invoice, number: str, by: Standing) -> None:
    """Write down the number under which the host has invoiced a charge."""
    require(may_issue_invoices(by, invoice.partnership_id))
    if invoice.issuer != Issuer.HOST:
        raise Conflict("Only a charge that a host invoices has a number of the host's.")
    if not number.strip() or len(number.strip()) > 40:
        raise Invalid(host_number="Enter the host's number, at most 40 characters")
    Invoice.objects.filter(pk=invoice.pk).update(host_number=number.strip())
    audit.record("fees.host_number", row=invoice.pk, partnership=invoice.partnership_id, school=invoice.school_id, by=by)
