from django.urls import path, register_converter

from alongside.fees import views


class Number:
    """An invoice's number: letters, a dash, figures."""

    regex = r"[A-Za-z][A-Za-z0-9]{1,7}-[0-9]{4,9}"

    def to_python(self, value: str) -> str:
        """As it is written."""
        return value.upper()

    def to_url(self, value: str) -> str:
        """As it stands in an address."""
        return value


register_converter(Number, "invoice_number")
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
    path(one, views.invoice, name="invoice"),
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
    path("invoice/<invoice_number:number>/purchase-order/", views.opened_order, name="opened_order"),
    path("invoice/<invoice_number:number>/payer/", views.opened_payer, name="opened_payer"),
    path("invoice/<invoice_number:number>/query/", views.opened_query, name="opened_query"),
]
