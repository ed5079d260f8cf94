from django.db import migrations

from alongside.web.frozen import freeze

INVOICE = [
    "id",
    "partnership_id",
    "fee_year_id",
    "run_id",
    "school_id",
    "series_id",
    "number",
    "reference",
    "issuer",
    "issued_on",
    "due_on",
    "supplier",
    "payer_name",
    "payer_address",
    "school_name",
    "school_urn",
    "purchase_order",
    "total",
    "facts_hash",
    "issued_at",
]
LINE = ["id", "invoice_id", "position", "words", "net", "vat_code", "vat"]
PAYMENT = ["id", "invoice_id", "amount", "paid_on", "method", "reference", "recorded_at"]


class Migration(migrations.Migration):
    dependencies = [("fees", "0001_initial")]
    operations = [freeze("fees_invoice", INVOICE), freeze("fees_invoiceline", LINE), freeze("fees_payment", PAYMENT)]
