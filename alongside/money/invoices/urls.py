from django.urls import path, register_converter

from alongside.money.invoices.views import corrections, invoice, opened, payers, reminders, statements


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
    path(f"{room}payers/<int:urn>/", payers.payers, name="payers"),
    path(f"{room}aged-debt/", statements.aged_debt, name="aged_debt"),
    path(f"{room}aged-debt.csv", statements.aged_debt_csv, name="aged_debt_csv"),
    path(statement, statements.statement, name="statement"),
    path(f"{statement}statement.pdf", statements.statement_pdf, name="statement_pdf"),
    path(f"{statement}statement.csv", statements.statement_csv, name="statement_csv"),
    path(f"{statement}money-in/", statements.hold_money, name="hold_money"),
    path(f"{statement}use/", statements.use_held_money, name="use_held_money"),
    path(f"{statement}refund/", statements.refund_money, name="refund_money"),
    path(f"{statement}never-came/", statements.note_never_came, name="note_never_came"),
    path(f"{room}reminders/", reminders.reminders, name="reminders"),
    path(f"{room}reminders/send/", reminders.send_reminders, name="send_reminders"),
    path(f"{room}reminders/days/", reminders.reminder_days, name="reminder_days"),
    path(step, reminders.note_call, name="note_call"),
    path(f"{step}chair/", reminders.write_to_chair, name="write_to_chair"),
    path(one, invoice.invoice, name="invoice"),
    path(f"{one}credit/", corrections.credit_invoice, name="credit_invoice"),
    path(f"{one}let-off/", corrections.let_off_debt, name="let_off_debt"),
    path(f"{one}payment/<slug:key>/off/", corrections.free_payment, name="free_payment"),
    path(f"{one}<credit_number:credit>.pdf", corrections.credit_note_pdf, name="credit_note_pdf"),
    path(f"{one}invoice.pdf", invoice.invoice_pdf, name="invoice_pdf"),
    path(f"{one}payment/", invoice.record_payment, name="record_payment"),
    path(f"{one}query/", invoice.query_invoice, name="query_invoice"),
    path(f"{one}answered/", invoice.answer_query, name="answer_query"),
    path(f"{one}send/", invoice.send_invoice, name="send_invoice"),
    path(f"{one}host-number/", invoice.host_number, name="host_number"),
    path(f"{one}purchase-order/", invoice.add_purchase_order, name="add_purchase_order"),
    path(f"{one}payer/", invoice.readdress_invoice, name="readdress_invoice"),
    path("invoice/", opened.open_invoice, name="open_invoice"),
    path(opened_one, opened.opened_invoice, name="opened_invoice"),
    path(f"{opened_one}open/<slug:code>/", opened.follow_link, name="follow_link"),
    path(f"{opened_one}invoice.pdf", opened.opened_pdf, name="opened_pdf"),
    path(f"{opened_one}<credit_number:credit>.pdf", corrections.opened_credit_pdf, name="opened_credit_pdf"),
    path(f"{opened_one}paper/<slug:file>/", opened.opened_paper, name="opened_paper"),
    path(f"{opened_one}purchase-order/", opened.opened_order, name="opened_order"),
    path(f"{opened_one}payer/", opened.opened_payer, name="opened_payer"),
    path(f"{opened_one}query/", opened.opened_query, name="opened_query"),
]
