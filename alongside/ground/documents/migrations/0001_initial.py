import alongside.ground.core.keys
import alongside.ground.web.models
from django.db import migrations, models


from alongside.ground.web.frozen import freeze


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Document",
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
                ("kind", models.CharField(max_length=40)),
                ("row", models.CharField(max_length=12)),
                ("sha256", models.CharField(max_length=64)),
                ("pdf", models.BinaryField()),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "row"), name="one_document_of_a_kind")],
            },
        ),
        migrations.CreateModel(
            name="OpeningCode",
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
                ("kind", models.CharField(max_length=40)),
                ("row", models.CharField(max_length=12)),
                ("code_hash", models.CharField(max_length=64)),
                ("wrong", models.PositiveSmallIntegerField(default=0)),
                ("wrong_from", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "row"), name="one_code_opens_a_paper")],
            },
        ),
        freeze("documents_document", "id kind row sha256 pdf made_at".split()),
    ]
