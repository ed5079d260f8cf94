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
            name="FeeYear",
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
                ("number", models.PositiveSmallIntegerField()),
                ("amount", models.PositiveIntegerField()),
                ("support_words", models.CharField(blank=True, max_length=80)),
                ("payment_days", models.PositiveSmallIntegerField(default=30)),
                ("opened_at", models.DateTimeField()),
                ("supported_until", models.DateField(help_text="The last day of the months that it supports", null=True)),
                ("next_on", models.DateField(help_text="The day on which the next year's invoices go out", null=True)),
                ("evaluation_on", models.DateField(help_text="The day of the evaluation, on the first year only", null=True)),
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="fee_year", to="invoices.claim"
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="fee_years", to="partnerships.partnership"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Heading",
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
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", models.CharField(max_length=80, verbose_name="Heading")),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("ended_on", models.DateField(null=True)),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="budget_headings", to="partnerships.partnership"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Commitment",
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
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("to", models.CharField(max_length=120, verbose_name="To whom")),
                ("words", models.CharField(max_length=300, verbose_name="What for")),
                ("amount", models.PositiveIntegerField(verbose_name="Amount")),
                ("due_on", models.DateField(verbose_name="Expected by")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Promised"), ("spent", "Spent"), ("released", "Released")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("why_released", models.CharField(blank=True, max_length=200, verbose_name="Why it is no longer needed")),
                ("made_at", models.DateTimeField()),
                (
                    "fee_year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="commitments", to="budget.feeyear"
                    ),
                ),
                (
                    "heading",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="commitments", to="budget.heading"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Plan",
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
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("amount", models.PositiveIntegerField(verbose_name="Planned")),
                (
                    "fee_year",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="budget.feeyear"),
                ),
                (
                    "heading",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="budget.heading"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Spending",
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
                ("spent_on", models.DateField()),
                ("payee", models.CharField(max_length=120)),
                ("words", models.CharField(blank=True, max_length=300)),
                ("amount", models.IntegerField()),
                ("reference", models.CharField(blank=True, max_length=60)),
                ("recorded_at", models.DateTimeField()),
                (
                    "commitment",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="spending", to="budget.commitment"
                    ),
                ),
                (
                    "fee_year",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="spending", to="budget.feeyear"),
                ),
                (
                    "heading",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="spending", to="budget.heading"),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="reversed_by", to="budget.spending"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="feeyear",
            constraint=models.UniqueConstraint(fields=("partnership", "number"), name="one_fee_year_of_a_number"),
        ),
        migrations.AddConstraint(
            model_name="feeyear",
            constraint=models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="fee_years_count_from_one"),
        ),
        migrations.AddConstraint(
            model_name="heading",
            constraint=models.UniqueConstraint(fields=("partnership", "name"), name="one_heading_of_a_name"),
        ),
        migrations.AddConstraint(
            model_name="heading",
            constraint=models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="a_heading_has_a_name"),
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(fields=["fee_year", "state"], name="promises_of_a_year"),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gte", 1)), name="a_promise_is_more_than_nothing"),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(fields=("heading", "fee_year"), name="one_plan_of_a_heading_a_year"),
        ),
        migrations.AddIndex(
            model_name="spending",
            index=models.Index(fields=["fee_year", "spent_on"], name="spending_of_a_year"),
        ),
        migrations.AddConstraint(
            model_name="spending",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reverses", None), ("amount__gte", 1)),
                    models.Q(("reverses__isnull", False), ("amount__lte", -1)),
                    _connector="OR",
                ),
                name="only_what_takes_back_is_negative",
            ),
        ),
        freeze(
            "budget_spending",
            "id heading_id fee_year_id commitment_id reverses_id spent_on payee words amount reference recorded_at".split(),
        ),
    ]
