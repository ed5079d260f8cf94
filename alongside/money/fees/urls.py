from django.urls import path, register_converter

from alongside.money.fees import views


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
app_name = "fees"
room, one = "p/<slug:slug>/fees/", "p/<slug:slug>/fees/<invoice_number:number>/"
urlpatterns = [
    path(room, views.overview, name="overview"),
    path(f"{room}set-up/", views.set_up, name="set_up"),
    path(f"{room}issue/", views.issue, name="issue"),
    path(f"{room}issue/draft.pdf", views.draft_pdf, name="draft_pdf"),
    path(f"{room}schedule/", views.schedule, name="schedule"),
    path(f"{room}schedule.csv", views.schedule_csv, name="schedule_csv"),
    path(f"{room}payers/<int:urn>/", views.payers, name="payers"),
    path(f"{room}budget/", views.budget, name="budget"),
    path(f"{room}budget/budget.csv", views.budget_csv, name="budget_csv"),
    path(f"{room}budget/spending.csv", views.movements_csv, name="movements_csv"),
    path(f"{room}budget/heading/", views.add_heading, name="add_heading"),
    path(f"{room}budget/heading/<slug:key>/", views.heading, name="heading"),
    path(f"{room}budget/promises/", views.promises, name="promises"),
    path(f"{room}budget/promise/", views.promise, name="promise"),
    path(f"{room}budget/promise/<slug:key>/", views.change_promise, name="change_promise"),
    path(f"{room}budget/promise/<slug:key>/release/", views.release_promise, name="release_promise"),
    path(f"{room}budget/promise/<slug:key>/spend/", views.keep_promise, name="keep_promise"),
    path(f"{room}budget/spending/", views.spending, name="spending"),
    path(f"{room}budget/spend/", views.spend, name="spend"),
    path(f"{room}budget/spending/<slug:key>/", views.take_back, name="take_back"),
    path(f"{room}decisions/", views.decisions, name="decisions"),
    path(f"{room}decisions/record/", views.record_decision, name="record_decision"),
    path(f"{room}year-2/", views.year_two, name="year_two"),
    path(f"{room}year-2/open/", views.open_year_two, name="open_year_two"),
    path(f"{room}year-2/reduction/", views.agree_reduction, name="agree_reduction"),
    path(f"{room}year-2/credit-notes/", views.credit_reduction, name="credit_reduction"),
    path(f"{room}year-2/joiners/", views.joiners, name="joiners"),
    path(f"{room}liability/", views.liability, name="liability"),
    path(f"{room}liability/<int:urn>/year-<int:year>/", views.settle_liability, name="settle_liability"),
    path(f"{room}extra-charges/", views.extra_charges, name="extra_charges"),
    path(f"{room}aged-debt/", views.aged_debt, name="aged_debt"),
    path(f"{room}aged-debt.csv", views.aged_debt_csv, name="aged_debt_csv"),
    path(f"{room}statement/<int:urn>/", views.statement, name="statement"),
    path(f"{room}statement/<int:urn>/statement.pdf", views.statement_pdf, name="statement_pdf"),
    path(f"{room}statement/<int:urn>/statement.csv", views.statement_csv, name="statement_csv"),
    path(f"{room}statement/<int:urn>/money-in/", views.hold_money, name="hold_money"),
    path(f"{room}statement/<int:urn>/use/", views.use_held_money, name="use_held_money"),
    path(f"{room}statement/<int:urn>/refund/", views.refund_money, name="refund_money"),
    path(f"{room}statement/<int:urn>/never-came/", views.note_never_came, name="note_never_came"),
    path(f"{room}bank/", views.bank, name="bank"),
    path(f"{room}bank/read/", views.read_bank_file, name="read_bank_file"),
    path(f"{room}bank/book/", views.book_bank_lines, name="book_bank_lines"),
    path(f"{room}bank/<slug:key>/", views.bank_line, name="bank_line"),
    path(f"{room}bank/<slug:key>/book/", views.book_bank_line, name="book_bank_line"),
    path(f"{room}bank/<slug:key>/ignore/", views.ignore_bank_line, name="ignore_bank_line"),
    path(f"{room}bank/<slug:key>/again/", views.reopen_bank_line, name="reopen_bank_line"),
    path(f"{room}reminders/", views.reminders, name="reminders"),
    path(f"{room}reminders/send/", views.send_reminders, name="send_reminders"),
    path(f"{room}reminders/days/", views.reminder_days, name="reminder_days"),
    path(f"{room}reminders/<slug:key>/", views.note_call, name="note_call"),
    path(f"{room}reminders/<slug:key>/chair/", views.write_to_chair, name="write_to_chair"),
    path(f"{room}books/", views.books, name="books"),
    path(f"{room}books/<slug:form>/", views.books_file, name="books_file"),
    path(f"{room}vat/", views.vat, name="vat"),
    path(one, views.invoice, name="invoice"),
    path(f"{one}credit/", views.credit_invoice, name="credit_invoice"),
    path(f"{one}let-off/", views.let_off_debt, name="let_off_debt"),
    path(f"{one}payment/<slug:key>/off/", views.free_payment, name="free_payment"),
    path(f"{one}<credit_number:credit>.pdf", views.credit_note_pdf, name="credit_note_pdf"),
    path(f"{one}invoice.pdf", views.invoice_pdf, name="invoice_pdf"),
    path(f"{one}payment/", views.record_payment, name="record_payment"),
    path(f"{one}query/", views.query_invoice, name="query_invoice"),
    path(f"{one}answered/", views.answer_query, name="answer_query"),
    path(f"{one}send/", views.send_invoice, name="send_invoice"),
    path(f"{one}host-number/", views.host_number, name="host_number"),
    path(f"{one}purchase-order/", views.add_purchase_order, name="add_purchase_order"),
    path(f"{one}payer/", views.readdress_invoice, name="readdress_invoice"),
    path("invoice/", views.open_invoice, name="open_invoice"),
    path("invoice/<invoice_number:number>/", views.opened_invoice, name="opened_invoice"),
    path("invoice/<invoice_number:number>/open/<slug:code>/", views.follow_link, name="follow_link"),
    path("invoice/<invoice_number:number>/invoice.pdf", views.opened_pdf, name="opened_pdf"),
    path("invoice/<invoice_number:number>/<credit_number:credit>.pdf", views.opened_credit_pdf, name="opened_credit_pdf"),
    path("invoice/<invoice_number:number>/paper/<slug:file>/", views.opened_paper, name="opened_paper"),
    path("invoice/<invoice_number:number>/purchase-order/", views.opened_order, name="opened_order"),
    path("invoice/<invoice_number:number>/payer/", views.opened_payer, name="opened_payer"),
    path("invoice/<invoice_number:number>/query/", views.opened_query, name="opened_query"),
]
