"""What is credited in full can be asked anew; what was written off and came is a recovery."""

from typing import Any

from django.db import migrations, models
from django.db.models import F, Q

from alongside.ground.web.frozen import freeze

STANDS = Q(("total", 0), ("credited__lt", F("total")), _connector="OR")
FROZEN = freeze(
    "invoices_invoice",
    "id partnership_id claim_id run_id school_id series_id number reference issuer issued_on due_on supplier payer_name "
    "payer_address school_name school_urn purchase_order total facts_hash issued_at".split(),
)


def freeze_again(apps: Any, schema_editor: Any) -> None:
    """SQLite makes a table anew without its triggers when a constraint of it changes."""
    if schema_editor.connection.vendor == "sqlite":
        FROZEN.code(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("invoices", "0001_initial")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, freeze_again),
        migrations.RemoveConstraint(model_name="invoice", name="one_invoice_a_claim_a_school"),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.UniqueConstraint(condition=STANDS, fields=("claim", "school"), name="one_invoice_a_claim_a_school"),
        ),
        migrations.AlterField(
            model_name="letoffdebt",
            name="kind",
            field=models.CharField(
                choices=[("written off", "written off"), ("waived", "waived"), ("recovered", "recovered")], max_length=12
            ),
        ),
        migrations.RunPython(freeze_again, migrations.RunPython.noop),
    ]
