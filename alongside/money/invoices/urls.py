from django.urls import register_converter

from alongside.ground.core.audience import Audience as A
from alongside.ground.web.addresses import page
from alongside.money.invoices.views import corrections, invoice, opened, reminders, statements


class Number:
    """An invoice's number: letters, a dash, figures."""

    regex = r"[A-Za-z][A-Za-z0-9]{1,7}-[0-9]{4,9}"

    def to_python(self, value: str) -> str:
        """As it is written."""
        return value.upper()

    def to_url(self, value: str) -> str:
        """As it stands in an address."""
        return value


class CreditNumber(Number):
    """A credit note's number: the letters, C, figures."""

    regex = r"[A-Za-z][A-Za-z0-9]{1,7}-[Cc]-[0-9]{4,9}"


register_converter(Number, "invoice_number")
register_converter(CreditNumber, "credit_number")
app_name = "invoices"
room, one = "p/<slug:slug>/invoices/", "p/<slug:slug>/invoices/<invoice_number:number>/"
statement, step, opened_one = f"{room}statement/<int:urn>/", f"{room}reminders/<slug:key>/", "invoice/<invoice_number:number>/"
urlpatterns = [
    page(f"{room}payers/<int:urn>/", invoice.payers, A.SCHOOL),
    page(f"{room}aged-debt/", statements.aged_debt, A.FINANCE),
    page(f"{room}aged-debt.csv", statements.aged_debt_csv, A.FINANCE),
    page(statement, statements.statement, A.SCHOOL),
    page(f"{statement}statement.pdf", statements.statement_pdf, A.SCHOOL),
    page(f"{statement}statement.csv", statements.statement_csv, A.SCHOOL),
    page(f"{statement}money-in/", statements.hold_money, A.FINANCE),
    page(f"{statement}use/", statements.use_held_money, A.FINANCE),
    page(f"{statement}refund/", statements.refund_money, A.FINANCE),
    page(f"{statement}never-came/", statements.note_never_came, A.FINANCE),
    page(f"{room}reminders/", reminders.reminders, A.FINANCE),
    page(f"{room}reminders/to-come.csv", reminders.coming_csv, A.FINANCE),
    page(f"{room}reminders/taken.csv", reminders.taken_csv, A.FINANCE),
    page(f"{room}reminders/send/", reminders.send_reminders, A.FINANCE),
    page(f"{room}reminders/days/", reminders.reminder_days, A.FINANCE),
    page(step, reminders.note_call, A.FINANCE),
    page(f"{step}chair/", reminders.write_to_chair, A.FINANCE),
    page(one, invoice.invoice, A.SCHOOL),
    page(f"{one}credit/", corrections.credit_invoice, A.FINANCE),
    page(f"{one}let-off/", corrections.let_off_debt, A.FINANCE),
    page(f"{one}payment/<slug:key>/off/", corrections.free_payment, A.FINANCE),
    page(f"{one}<credit_number:credit>.pdf", corrections.credit_note_pdf, A.SCHOOL),
    page(f"{one}<credit_number:credit>/wrong/", corrections.wrong_credit, A.FINANCE),
    page(f"{one}invoice.pdf", invoice.invoice_pdf, A.SCHOOL),
    page(f"{one}payment/", invoice.record_payment, A.FINANCE),
    page(f"{one}query/", invoice.query_invoice, A.SCHOOL),
    page(f"{one}answered/", invoice.answer_query, A.FINANCE),
    page(f"{one}send/", invoice.send_invoice, A.FINANCE),
    page(f"{one}host-number/", invoice.host_number, A.FINANCE),
    page(f"{one}purchase-order/", invoice.add_purchase_order, A.SCHOOL),
    page(f"{one}payer/", invoice.readdress_invoice, A.SCHOOL),
    page(f"{one}payer/agree/", invoice.agree_payer, A.SCHOOL),
    page(f"{one}payer/after-all/", invoice.restore_payer, A.SCHOOL),
    page("invoice/", opened.open_invoice, A.EVERYONE),
    page(opened_one, opened.opened_invoice, A.EVERYONE),
    page(f"{opened_one}open/<slug:code>/", opened.follow_link, A.EVERYONE, opened_by="code"),
    page(f"{opened_one}invoice.pdf", opened.opened_pdf, A.EVERYONE),
    page(f"{opened_one}<credit_number:credit>.pdf", corrections.opened_credit_pdf, A.EVERYONE),
    page(f"{opened_one}paper/<slug:file>/", opened.opened_paper, A.EVERYONE),
    page(f"{opened_one}purchase-order/", opened.opened_order, A.EVERYONE),
    page(f"{opened_one}payer/", opened.opened_payer, A.EVERYONE),
    page(f"{opened_one}payer/after-all/", opened.opened_restore, A.EVERYONE),
    page(f"{opened_one}query/", opened.opened_query, A.EVERYONE),
]
