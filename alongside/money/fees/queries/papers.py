"""Papers that are shown without being kept: a draft before issue, a copy with later notes, a statement."""

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.documents.typesetting import typeset
from alongside.ground.files import queries as files
from alongside.ground.files.models import StoredFile
from alongside.ground.files.rules import Audience, Paper
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.members.schools.models import School
from alongside.money.fees.models import Invoice
from alongside.money.fees.queries.due import preview_issue
from alongside.money.fees.queries.ledger import account_for
from alongside.money.fees.rules import Facts, FeeSettings, Party, Statement, Supplier, due_on, paper, statement_paper


def supplier_of(settings: FeeSettings) -> Supplier:
    """Who supplies, as the settings say today."""
    return Supplier(
        settings.supplier_name,
        settings.supplier_address,
        settings.vat_number,
        settings.supplier_email,
        settings.supplier_phone,
        settings.bank_words,
    )


def draft_pdf(partnership: Partnership, number: int | None = None, *, viewer: Standing) -> bytes | None:
    """The first invoice of the run as it would look, marked DRAFT; nothing when no school is due one."""
    now, preview = preview_issue(partnership, number, viewer=viewer)
    year = now.numbered(preview.year)
    if not preview.ready or year is None:
        return None
    first, today = preview.ready[0], clock.today()
    facts = Facts(
        preview.first,
        now.settings.issuer,
        today,
        due_on(today, year.payment_days),
        supplier_of(now.settings),
        first.payer,
        Party(first.name, f"URN {first.urn}"),
        first.purchase_order,
        (first.line,),
    )
    return typeset("fees/invoice", paper(facts, draft=True), dated=today)


def noted_pdf(invoice: Invoice, *, viewer: Standing) -> bytes:
    """A copy that shows the purchase order and payer added after issue; the invoice itself is unchanged."""
    return typeset("fees/invoice", paper(invoice.facts(), added=invoice.notes), dated=invoice.issued_on)


def statement_pdf(partnership: Partnership, school: School, statement: Statement, *, viewer: Standing) -> bytes:
    """A school's statement on paper, with the supplier of today."""
    account = account_for(partnership, school, viewer=viewer)
    held = account.held if account else 0
    said = statement_paper(statement, supplier_of(settings_of(partnership, FeeSettings)), school.name, school.urn, held)
    return typeset("fees/statement", said, dated=statement.last_on)


def evidence_of(invoice: Invoice, *, viewer: Standing) -> list[files.Listed]:
    """The supplier form, bank letter and such that the office keeps for its schools: (id, title, format and size, day)."""
    return files.files_for(invoice.partnership_id, Paper.SUPPLIER_EVIDENCE, viewer=viewer)


def evidence_by_code(invoice: Invoice, *, viewer: Standing) -> list[files.Listed]:
    """The same for whoever has opened the invoice by its code: what is for everybody in the schools, whoever asks."""
    return files.files_for(
        invoice.partnership_id, Paper.SUPPLIER_EVIDENCE, audience=Audience.MEMBERS, viewer=Standing.system(viewer.person)
    )


def evidence_at(invoice: Invoice, key: str, *, viewer: Standing) -> tuple[StoredFile, bytes] | None:
    """One of those papers and its bytes, for whoever has opened the invoice by its code."""
    if key not in {listed for listed, *_ in evidence_by_code(invoice, viewer=viewer)}:
        return None
    return files.opened(key, viewer=Standing.system(viewer.person))
