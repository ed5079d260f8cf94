import alongside.ground.core.keys
import alongside.ground.web.models
import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


from alongside.ground.web.frozen import freeze


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("authority", "0001_initial"),
        ("budget", "0001_initial"),
        ("partnerships", "0001_initial"),
        ("schools", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reduction",
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
                ("pool", models.PositiveIntegerField(help_text="What is given back in all, in pence, before it is shared out")),
                ("members", models.PositiveIntegerField()),
                ("each", models.PositiveIntegerField(help_text="What each full member's fee is cut by")),
                (
                    "given",
                    models.PositiveIntegerField(help_text="What all cuts come to; what is left of the pool stays in reserve"),
                ),
                ("available", models.IntegerField(help_text="Income less spent less promised on that day")),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reduction", to="authority.authority"
                    ),
                ),
                (
                    "fee_year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reductions", to="budget.feeyear"
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reductions", to="partnerships.partnership"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("given__lte", models.F("pool"))), name="no_more_is_given_back_than_was_decided"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "given__lte",
                                django.db.models.expressions.CombinedExpression(models.F("each"), "*", models.F("members")),
                            )
                        ),
                        name="no_cut_is_above_the_whole_cut",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Settled",
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
                ("year", models.PositiveSmallIntegerField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[("due", "Stays due"), ("waived", "Waived"), ("transferred", "Taken over")], max_length=12
                    ),
                ),
                ("payer_name", models.CharField(blank=True, max_length=160)),
                ("payer_address", models.TextField(blank=True, max_length=400)),
                ("payer_email", models.EmailField(blank=True, max_length=254)),
                ("settled_at", models.DateTimeField()),
                ("replaced_at", models.DateTimeField(null=True)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="settled", to="authority.authority"
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settled_liabilities",
                        to="partnerships.partnership",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="settled_liabilities", to="schools.school"
                    ),
                ),
                (
                    "to_school",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.school"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)),
                        fields=("partnership", "school", "year"),
                        name="one_word_on_a_liability",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "transferred"), _negated=True),
                            models.Q(("payer_name", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="somebody_takes_it_over",
                    ),
                ],
            },
        ),
        freeze("fees_reduction", "id partnership_id decision_id fee_year_id pool members each given available".split()),
        freeze(
            "fees_settled",
            "id partnership_id school_id year outcome decision_id to_school_id payer_name payer_address payer_email settled_at".split(),
        ),
    ]
