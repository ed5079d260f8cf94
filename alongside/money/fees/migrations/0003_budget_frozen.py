from django.db import migrations

from alongside.ground.web.frozen import freeze

DECISION = [
    "id", "partnership_id", "kind", "body", "decided_on", "reference", "amount", "words", "school_id", "supersedes_id",
    "entered_by", "entered_at",
]  # fmt: skip
REDUCTION = ["id", "partnership_id", "decision_id", "fee_year_id", "pool", "members", "each", "given", "available"]
SPENDING = [
    "id", "heading_id", "fee_year_id", "commitment_id", "reverses_id", "spent_on", "payee", "words", "amount", "reference",
    "recorded_at",
]  # fmt: skip
SETTLED = [
    "id", "partnership_id", "school_id", "year", "outcome", "decision_id", "to_school_id", "payer_name", "payer_address",
    "payer_email", "settled_at",
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("fees", "0002_frozen")]
    operations = [
        freeze("fees_boarddecision", DECISION),
        freeze("fees_reduction", REDUCTION),
        freeze("fees_spending", SPENDING),
        freeze("fees_settled", SETTLED),
    ]
