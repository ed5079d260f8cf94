import alongside.ground.core.keys
import alongside.ground.web.models
import django.db.models.deletion
from django.db import migrations, models

from alongside.ground.web.frozen import freeze


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("partnerships", "0001_initial"),
        ("schools", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Authority",
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
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="money_decisions", to="partnerships.partnership"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reduction", "A lower fee for all"),
                            ("waiver", "A fee is waived"),
                            ("write-off", "A debt is written off"),
                            ("credit", "A credit is given"),
                            ("transfer", "Somebody else takes a fee over"),
                            ("stays due", "A fee stays due"),
                        ],
                        max_length=12,
                    ),
                ),
                ("body", models.CharField(max_length=120)),
                ("decided_on", models.DateField()),
                ("reference", models.CharField(max_length=60)),
                ("amount", models.PositiveIntegerField(null=True)),
                (
                    "each",
                    models.PositiveIntegerField(help_text="What comes off for each school, where it is about all", null=True),
                ),
                ("words", models.CharField(blank=True, max_length=500)),
                (
                    "school",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="money_decisions",
                        to="schools.school",
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="authority.authority",
                    ),
                ),
                (
                    "entered_by",
                    models.CharField(
                        blank=True, help_text="The person who wrote it down, by id; nobody: the system", max_length=12
                    ),
                ),
                ("entered_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["partnership", "-decided_on"], name="decisions_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("body", ""), _negated=True), models.Q(("reference", ""), _negated=True)),
                        name="a_decision_has_body_and_reference",
                    )
                ],
            },
        ),
        freeze(
            "authority_authority",
            "id partnership_id kind body decided_on reference amount each words school_id supersedes_id entered_by entered_at".split(),
        ),
    ]
