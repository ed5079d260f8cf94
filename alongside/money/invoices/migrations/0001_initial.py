import alongside.ground.core.keys
import alongside.ground.web.models
import alongside.money.invoices.rules.corrections
import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


from alongside.ground.web.frozen import freeze


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("authority", "0001_initial"),
        ("partnerships", "0001_initial"),
        ("schools", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Account",
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
                ("held", models.PositiveIntegerField(default=0)),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="fee_accounts", to="partnerships.partnership"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="fee_accounts", to="schools.school"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Claim",
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
                ("kind", models.CharField(max_length=20)),
                ("row", models.CharField(max_length=12)),
                ("words", models.CharField(max_length=120)),
                ("asked_at", models.DateTimeField()),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="claims", to="partnerships.partnership"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Invoice",
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
                ("number", models.PositiveIntegerField()),
                ("reference", models.CharField(max_length=24, unique=True)),
                ("issued_on", models.DateField()),
                ("issued_at", models.DateTimeField()),
                ("facts_hash", models.CharField(max_length=64)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "issuer",
                    models.CharField(
                        choices=[("partnership", "partnership"), ("host", "host"), ("trust", "trust")], max_length=12
                    ),
                ),
                ("supplier", models.JSONField()),
                ("payer_name", models.CharField(max_length=200)),
                ("payer_address", models.TextField(blank=True)),
                ("school_name", models.CharField(max_length=200)),
                ("school_urn", models.IntegerField()),
                ("purchase_order", models.CharField(blank=True, max_length=60)),
                ("total", models.PositiveIntegerField()),
                ("due_on", models.DateField()),
                ("paid", models.PositiveIntegerField(default=0)),
                ("credited", models.PositiveIntegerField(default=0)),
                ("written_off", models.PositiveIntegerField(default=0)),
                ("waived", models.PositiveIntegerField(default=0)),
                ("payer_email", models.EmailField(blank=True, max_length=254)),
                ("host_number", models.CharField(blank=True, max_length=40)),
                ("later_order", models.CharField(blank=True, max_length=60)),
                ("later_order_at", models.DateTimeField(null=True)),
                ("later_payer", models.CharField(blank=True, max_length=200)),
                ("later_payer_address", models.TextField(blank=True)),
                ("later_payer_at", models.DateTimeField(null=True)),
                ("queried", models.BooleanField(default=False)),
                (
                    "claim",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="invoices", to="invoices.claim"),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="partnerships.partnership"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="schools.school"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CreditNote",
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
                ("number", models.PositiveIntegerField()),
                ("reference", models.CharField(max_length=24, unique=True)),
                ("issued_on", models.DateField()),
                ("issued_at", models.DateTimeField()),
                ("facts_hash", models.CharField(max_length=64)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "issuer",
                    models.CharField(
                        choices=[("partnership", "partnership"), ("host", "host"), ("trust", "trust")], max_length=12
                    ),
                ),
                ("supplier", models.JSONField()),
                ("payer_name", models.CharField(max_length=200)),
                ("payer_address", models.TextField(blank=True)),
                ("school_name", models.CharField(max_length=200)),
                ("school_urn", models.IntegerField()),
                ("purchase_order", models.CharField(blank=True, max_length=60)),
                ("total", models.PositiveIntegerField()),
                ("reason", models.CharField(max_length=300)),
                ("host_number", models.CharField(blank=True, max_length=40)),
                (
                    "decision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credit_notes",
                        to="authority.authority",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="partnerships.partnership"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="schools.school"
                    ),
                ),
                (
                    "invoice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="credit_notes", to="invoices.invoice"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="InvoiceLine",
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
                ("position", models.PositiveSmallIntegerField(default=1)),
                ("words", models.CharField(max_length=600)),
                ("net", models.PositiveIntegerField()),
                (
                    "vat_code",
                    models.CharField(
                        choices=[
                            ("ask finance", "Ask finance"),
                            ("outside the scope", "Outside the scope"),
                            ("exempt", "Exempt"),
                            ("zero-rated", "Zero-rated"),
                            ("standard 20%", "Standard 20%"),
                        ],
                        max_length=24,
                    ),
                ),
                ("vat", models.PositiveIntegerField(default=0)),
                (
                    "later_vat_code",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ask finance", "Ask finance"),
                            ("outside the scope", "Outside the scope"),
                            ("exempt", "Exempt"),
                            ("zero-rated", "Zero-rated"),
                            ("standard 20%", "Standard 20%"),
                        ],
                        max_length=24,
                    ),
                ),
                ("later_vat_at", models.DateTimeField(null=True)),
                ("later_vat_words", models.CharField(blank=True, max_length=120)),
                (
                    "invoice",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="invoices.invoice"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CreditLine",
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
                ("net", models.PositiveIntegerField()),
                (
                    "vat_code",
                    models.CharField(
                        choices=[
                            ("ask finance", "Ask finance"),
                            ("outside the scope", "Outside the scope"),
                            ("exempt", "Exempt"),
                            ("zero-rated", "Zero-rated"),
                            ("standard 20%", "Standard 20%"),
                        ],
                        max_length=24,
                    ),
                ),
                ("vat", models.PositiveIntegerField(default=0)),
                (
                    "credit_note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="invoices.creditnote"
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="credits", to="invoices.invoiceline"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="IssueRun",
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
                ("issued_on", models.DateField()),
                ("count", models.PositiveIntegerField()),
                ("first", models.PositiveIntegerField()),
                ("last", models.PositiveIntegerField()),
                (
                    "claim",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="runs", to="invoices.claim"),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partnerships.partnership"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="invoice",
            name="run",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="invoices", to="invoices.issuerun"),
        ),
        migrations.CreateModel(
            name="LetOffDebt",
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
                ("kind", models.CharField(choices=[("written off", "written off"), ("waived", "waived")], max_length=12)),
                ("amount", models.PositiveIntegerField()),
                ("on", models.DateField()),
                ("reason", models.CharField(max_length=300)),
                ("recorded_at", models.DateTimeField()),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="let_off", to="authority.authority"
                    ),
                ),
                (
                    "invoice",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="let_off", to="invoices.invoice"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Payer",
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
                ("name", models.CharField(blank=True, max_length=160, verbose_name="Name of the payer")),
                ("address", models.TextField(blank=True, max_length=400, verbose_name="Address")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="E-mail for invoices")),
                ("purchase_order", models.CharField(blank=True, max_length=60, verbose_name="Purchase order")),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="payers", to="partnerships.partnership"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="payers", to="schools.school"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Payment",
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
                ("amount", models.PositiveIntegerField()),
                ("paid_on", models.DateField()),
                ("method", models.CharField(max_length=20)),
                ("reference", models.CharField(blank=True, max_length=60)),
                ("recorded_at", models.DateTimeField()),
                (
                    "invoice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payments", to="invoices.invoice"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HeldMoney",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("received", "received"),
                            ("freed", "freed"),
                            ("used", "used"),
                            ("refunded", "refunded"),
                            ("never came", "never came"),
                        ],
                        max_length=12,
                    ),
                ),
                ("amount", models.PositiveIntegerField()),
                ("on", models.DateField()),
                ("reference", models.CharField(blank=True, max_length=60)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("recorded_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="movements", to="invoices.account"
                    ),
                ),
                (
                    "credit_note",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="freed", to="invoices.creditnote"
                    ),
                ),
                (
                    "freed_payment",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="freed", to="invoices.payment"
                    ),
                ),
                (
                    "used_as",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="used", to="invoices.payment"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Query",
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
                ("email", models.EmailField(blank=True, max_length=254)),
                ("words", models.TextField(max_length=1000)),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "invoice",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="queries", to="invoices.invoice"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reminder",
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
                ("step", models.CharField(choices=[("first", "first"), ("second", "second"), ("call", "call")], max_length=12)),
                ("on", models.DateField()),
                ("to", models.EmailField(blank=True, max_length=254)),
                ("owed", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField()),
                ("spoke_to", models.CharField(blank=True, max_length=120)),
                ("words", models.CharField(blank=True, max_length=600)),
                ("done_at", models.DateTimeField(null=True)),
                ("chair_at", models.DateTimeField(null=True)),
                (
                    "invoice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reminders", to="invoices.invoice"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Series",
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
                ("prefix", models.CharField(max_length=10, unique=True)),
                ("last", models.PositiveIntegerField(default=0)),
                ("last_credit", models.PositiveIntegerField(default=0)),
                (
                    "partnership",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="invoice_series", to="partnerships.partnership"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="invoice",
            name="series",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="invoices.series"),
        ),
        migrations.AddField(
            model_name="creditnote",
            name="series",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="invoices.series"),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(fields=("partnership", "school"), name="one_account_of_a_school"),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(condition=models.Q(("held__gte", 0)), name="no_more_goes_out_than_is_held"),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(fields=("kind", "row"), name="one_claim_for_a_row"),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("kind", ""), _negated=True), models.Q(("words", ""), _negated=True)),
                name="a_claim_says_for_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoiceline",
            constraint=models.UniqueConstraint(fields=("invoice", "position"), name="one_line_of_a_position"),
        ),
        migrations.AddConstraint(
            model_name="creditline",
            constraint=models.UniqueConstraint(fields=("credit_note", "line"), name="one_credit_of_a_line_a_note"),
        ),
        migrations.AddConstraint(
            model_name="issuerun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "last",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(models.F("first"), "+", models.F("count")),
                            "-",
                            models.Value(1),
                        ),
                    )
                ),
                name="a_run_has_no_gap",
            ),
        ),
        migrations.AddConstraint(
            model_name="letoffdebt",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gte", 1)), name="let_off_more_than_nothing"),
        ),
        migrations.AddConstraint(
            model_name="payer",
            constraint=models.UniqueConstraint(fields=("partnership", "school"), name="one_payer_of_a_school"),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gte", 1)), name="a_payment_is_more_than_nothing"),
        ),
        migrations.AddIndex(
            model_name="heldmoney",
            index=models.Index(fields=["account", "on"], name="invoices_he_account_325157_idx"),
        ),
        migrations.AddConstraint(
            model_name="heldmoney",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gte", 1)), name="a_movement_is_more_than_nothing"),
        ),
        migrations.AddConstraint(
            model_name="heldmoney",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", alongside.money.invoices.rules.corrections.Moved["FREED"]), _negated=True),
                    ("credit_note__isnull", False),
                    ("freed_payment__isnull", False),
                    _connector="OR",
                ),
                name="what_is_freed_was_paid_for_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="query",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_at", None)), fields=("invoice",), name="one_open_query_an_invoice"
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(fields=("invoice", "step"), name="each_step_once_an_invoice"),
        ),
        migrations.AddIndex(
            model_name="invoice",
            index=models.Index(fields=["partnership", "school_name"], name="invoices_in_partner_78a696_idx"),
        ),
        migrations.AddIndex(
            model_name="invoice",
            index=models.Index(fields=["school"], name="invoices_in_school__7a10cf_idx"),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.UniqueConstraint(fields=("series", "number"), name="one_invoice_of_a_number"),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.UniqueConstraint(fields=("claim", "school"), name="one_invoice_a_claim_a_school"),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "total__gte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(models.F("paid"), "+", models.F("credited")),
                                "+",
                                models.F("written_off"),
                            ),
                            "+",
                            models.F("waived"),
                        ),
                    )
                ),
                name="not_settled_more_than_owed",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="numbers_count_from_one"),
        ),
        migrations.AddIndex(
            model_name="creditnote",
            index=models.Index(fields=["partnership", "number"], name="invoices_cr_partner_bfb1a2_idx"),
        ),
        migrations.AddConstraint(
            model_name="creditnote",
            constraint=models.UniqueConstraint(fields=("series", "number"), name="one_credit_note_of_a_number"),
        ),
        migrations.AddConstraint(
            model_name="creditnote",
            constraint=models.CheckConstraint(condition=models.Q(("total__gte", 1)), name="a_credit_is_more_than_nothing"),
        ),
        migrations.AddConstraint(
            model_name="creditnote",
            constraint=models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="credit_numbers_count_from_one"),
        ),
        freeze(
            "invoices_invoice",
            "id partnership_id claim_id run_id school_id series_id number reference issuer issued_on due_on supplier payer_name payer_address school_name school_urn purchase_order total facts_hash issued_at".split(),
        ),
        freeze("invoices_invoiceline", "id invoice_id position words net vat_code vat".split()),
        freeze(
            "invoices_creditnote",
            "id partnership_id invoice_id school_id series_id number reference issuer issued_on supplier payer_name payer_address school_name school_urn purchase_order reason decision_id host_number total facts_hash issued_at".split(),
        ),
        freeze("invoices_creditline", "id credit_note_id line_id net vat_code vat".split()),
        freeze("invoices_letoffdebt", "id invoice_id kind amount on reason decision_id recorded_at".split()),
        freeze("invoices_payment", "id invoice_id amount paid_on method reference recorded_at".split()),
        freeze(
            "invoices_heldmoney",
            "id account_id kind amount on reference reason credit_note_id freed_payment_id used_as_id recorded_at".split(),
        ),
        freeze("invoices_claim", "id partnership_id kind row words asked_at".split()),
    ]
