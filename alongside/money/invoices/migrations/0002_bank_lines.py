import django.db.models.deletion
from django.db import migrations, models

from alongside.ground.web.frozen import freeze


class Migration(migrations.Migration):
    dependencies = [
        ("bank", "0001_initial"),
        ("invoices", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="payment",
            name="bank_line",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="payments", to="bank.bankline"
            ),
        ),
        migrations.AddField(
            model_name="heldmoney",
            name="bank_line",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="held", to="bank.bankline"
            ),
        ),
        freeze("invoices_payment", "id invoice_id amount paid_on method reference bank_line_id recorded_at".split()),
        freeze(
            "invoices_heldmoney",
            "id account_id kind amount on reference reason credit_note_id freed_payment_id used_as_id bank_line_id recorded_at".split(),
        ),
    ]
