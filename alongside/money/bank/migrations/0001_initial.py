import alongside.ground.core.keys
import alongside.ground.web.models
import django.db.models.deletion
from django.db import migrations, models


from alongside.ground.web.frozen import freeze


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("invoices", "0001_initial"),
        ("partnerships", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="BankFile",
            fields=[
                (
                    "id",
                    alongside.ground.web.models.KeyField(
                        default=alongside.ground.core.keys.new_key,
                        editable=False,
                        max_length=12,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("read_at", models.DateTimeField()),
                ("lines_in_it", models.PositiveIntegerField()),
                ("lines_new", models.PositiveIntegerField()),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bank_files", to="partnerships.partnership"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="BankLine",
            fields=[
                (
                    "id",
                    alongside.ground.web.models.KeyField(
                        default=alongside.ground.core.keys.new_key,
                        editable=False,
                        max_length=12,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("on", models.DateField()),
                ("words", models.CharField(max_length=300)),
                ("amount", models.IntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("booked", "Booked"), ("ignored", "None of ours")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("why_ignored", models.CharField(blank=True, max_length=120)),
                ("reviewed_at", models.DateTimeField(null=True)),
                (
                    "file",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="bank.bankfile"),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bank_lines", to="partnerships.partnership"
                    ),
                ),
                (
                    "refund",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paid_from_bank",
                        to="invoices.heldmoney",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Booking",
            fields=[
                (
                    "id",
                    alongside.ground.web.models.KeyField(
                        default=alongside.ground.core.keys.new_key,
                        editable=False,
                        max_length=12,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "held",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="from_bank", to="invoices.heldmoney"
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="bookings", to="bank.bankline"),
                ),
                (
                    "payment",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="from_bank", to="invoices.payment"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="bankline",
            index=models.Index(fields=["partnership", "state", "on"], name="bank_bankli_partner_099f0e_idx"),
        ),
        migrations.AddConstraint(
            model_name="bankline",
            constraint=models.UniqueConstraint(fields=("partnership", "digest"), name="a_bank_line_is_added_once"),
        ),
        migrations.AddConstraint(
            model_name="bankline",
            constraint=models.CheckConstraint(condition=models.Q(("amount", 0), _negated=True), name="a_bank_line_moves_money"),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("held__isnull", True), ("payment__isnull", False)),
                    models.Q(("held__isnull", False), ("payment__isnull", True)),
                    _connector="OR",
                ),
                name="a_line_becomes_one_thing_at_a_time",
            ),
        ),
        freeze("bank_bankline", "id partnership_id file_id position digest on words amount".split()),
        freeze("bank_booking", "id line_id payment_id held_id".split()),
    ]
