from django.db import migrations

from alongside.ground.web.frozen import freeze

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
PAYMENT = ["id", "invoice_id", "amount", "paid_on", "method", "reference", "bank_line_id", "recorded_at"]
CREDIT_NOTE = [
    "id", "partnership_id", "invoice_id", "school_id", "series_id", "number", "reference", "issuer", "issued_on", "supplier",
    "payer_name", "payer_address", "school_name", "school_urn", "purchase_order", "reason", "authority_body", "authority_on",
    "authority_reference", "decision_id", "host_number", "total", "facts_hash", "issued_at",
]  # fmt: skip
CREDIT_LINE = ["id", "credit_note_id", "line_id", "net", "vat_code", "vat"]
LET_OFF = [
    "id", "invoice_id", "kind", "amount", "on", "reason", "authority_body", "authority_on", "authority_reference", "decision_id",
    "recorded_at",
]  # fmt: skip
HELD = [
    "id", "account_id", "kind", "amount", "on", "reference", "reason", "credit_note_id", "freed_payment_id", "used_as_id",
    "bank_line_id", "recorded_at",
]  # fmt: skip
BANK_LINE = ["id", "partnership_id", "file_id", "position", "digest", "on", "words", "amount"]


class Migration(migrations.Migration):
    dependencies = [("fees", "0001_initial")]
    operations = [
        freeze("fees_invoice", INVOICE),
        freeze("fees_invoiceline", LINE),
        freeze("fees_payment", PAYMENT),
        freeze("fees_creditnote", CREDIT_NOTE),
        freeze("fees_creditline", CREDIT_LINE),
        freeze("fees_letoffdebt", LET_OFF),
        freeze("fees_heldmoney", HELD),
        freeze("fees_bankline", BANK_LINE),
    ]
