"""A query's answer is kept; who pays later is agreed by the school or the office."""

from typing import Any

from django.db import migrations, models

from alongside.ground.web.frozen import freeze

FROZEN = freeze(
    "invoices_invoice",
    "id partnership_id claim_id run_id school_id series_id number reference issuer issued_on due_on supplier payer_name "
    "payer_address school_name school_urn purchase_order total facts_hash issued_at".split(),
)


def freeze_again(apps: Any, schema_editor: Any) -> None:
    """SQLite makes a table anew without its triggers when a column is added that is never empty."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER IF EXISTS invoices_invoice_is_frozen", params=None)
        FROZEN.code(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("invoices", "0002_asked_anew_and_recovered")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, freeze_again),
        migrations.AddField(
            model_name="invoice",
            name="email_before",
            field=models.EmailField(blank=True, help_text="Where it went before somebody else was to pay it", max_length=254),
        ),
        migrations.AddField(
            model_name="invoice",
            name="payer_asked",
            field=models.BooleanField(default=False, help_text="Somebody with its code asks that later ones go there too"),
        ),
        migrations.AddField(model_name="query", name="reply", field=models.TextField(blank=True, max_length=3000)),
        migrations.RunPython(freeze_again, migrations.RunPython.noop),
    ]
