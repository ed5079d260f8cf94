"""Papers that are shown without being kept: a draft before issue, a copy with later notes, a statement."""

from alongside.ground.core.standing import Standing
from alongside.ground.documents.typesetting import typeset
from alongside.ground.files import queries as files
from alongside.ground.files.models import StoredFile
from alongside.ground.files.rules import Paper, Readers
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.members.schools.models import School
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.queries.ledger import account_for
from alongside.money.invoices.rules.invoices import Supplier
from alongside.money.invoices.rules.papers import paper, statement_paper
from alongside.money.invoices.rules.settings import IssuerSettings
from alongside.money.invoices.rules.statements import Statement


def supplier_of(settings: IssuerSettings) -> Supplier:
    """Who supplies, as the settings say today."""
    return Supplier(
        settings.supplier_name,
        settings.supplier_address,
        settings.vat_number,
        settings.supplier_email,
        settings.supplier_phone,
        settings.bank_words,
    )


def noted_pdf(invoice: Invoice, *, viewer: Standing) -> bytes:
    """A copy that shows the purchase order and payer added after issue; the invoice itself is unchanged."""
    return typeset("invoices/invoice", paper(invoice.facts(), added=invoice.notes), dated=invoice.issued_on)


def statement_pdf(partnership: Partnership, school: School, statement: Statement, *, viewer: Standing) -> bytes:
    """A school's statement on paper, with the supplier of today."""
    account = account_for(partnership, school, viewer=viewer)
    held = account.held if account else 0
    said = statement_paper(statement, supplier_of(settings_of(partnership, IssuerSettings)), school.name, school.urn, held)
    return typeset("invoices/statement", said, dated=statement.last_on)


def evidence_of(invoice: Invoice, *, viewer: Standing) -> list[files.Listed]:
    """The supplier form, bank letter and such that the office keeps for its schools: (id, title, format and size, day)."""
    return files.files_for(invoice.partnership_id, Paper.SUPPLIER_EVIDENCE, viewer=viewer)


def evidence_by_code(invoice: Invoice, *, viewer: Standing) -> list[files.Listed]:
    """The same for whoever has opened the invoice by its code: what is for everybody in the schools, whoever asks."""
    return files.files_for(
        invoice.partnership_id, Paper.SUPPLIER_EVIDENCE, audience=Readers.MEMBERS, viewer=Standing.system(viewer.person)
    )


def evidence_at(invoice: Invoice, key: str, *, viewer: Standing) -> tuple[StoredFile, bytes] | None:
    """One of those papers and its bytes, for whoever has opened the invoice by its code."""
    if key not in {listed for listed, *_ in evidence_by_code(invoice, viewer=viewer)}:
        return None
    return files.opened(key, viewer=Standing.system(viewer.person))
