"""Forms of set-up, the issue run, later years and liabilities."""

from collections.abc import Sequence
from typing import Any

from django import forms

from alongside.ground.web.forms import (
    AddressField,
    DateField,
    DoForm,
    MarkedForm,
    NewForm,
    PoundsField,
    SeenField,
    near_today,
)
from alongside.members.authority.forms import MinuteForm
from alongside.members.partnerships.forms import SettingsForm
from alongside.money.fees.rules.evaluation import Anchor
from alongside.money.fees.rules.liability import Outcome
from alongside.money.fees.rules.reduction import JoinerCut, JoinerFee
from alongside.money.invoices.rules.invoices import VatCode
from alongside.money.invoices.rules.settings import Issuer

NEEDED = {
    Issuer.PARTNERSHIP: ("supplier_name", "supplier_address", "supplier_email", "supplier_phone", "bank_words"),
    Issuer.HOST: ("host_name",),
    Issuer.TRUST: ("supplier_name",),
}


class SetUpForm(SettingsForm):
    """Who issues, and what stands on the paper."""

    issuer = forms.ChoiceField(
        label="Who issues the invoices?",
        widget=forms.RadioSelect,
        choices=[
            (Issuer.PARTNERSHIP, "The partnership itself"),
            (Issuer.HOST, "A host: the council or a school"),
            (Issuer.TRUST, "A trust, between its own academies"),
        ],
        help_text="Chosen once. It stays when the first invoices have gone out.",
    )
    host_name = forms.CharField(label="Name of the host", max_length=120, required=False, help_text="Only where a host issues.")
    supplier_name = forms.CharField(
        label="Name of the supplier", max_length=120, required=False, help_text="As it stands on the invoice."
    )
    supplier_address = forms.CharField(label="Address", max_length=300, required=False, widget=forms.Textarea)
    supplier_email = AddressField(label="E-mail for questions about invoices", required=False)
    supplier_phone = forms.CharField(
        label="Telephone",
        max_length=40,
        required=False,
        help_text="Printed beside “Our bank details never change by e-mail”, so that schools can check before they pay.",
    )
    bank_words = forms.CharField(
        label="How to pay",
        max_length=300,
        required=False,
        widget=forms.Textarea,
        help_text="Account name, sort code and number, each on a line.",
    )
    vat_number = forms.CharField(
        label="VAT registration number",
        max_length=20,
        required=False,
        help_text="Leave it empty if the supplier is not registered for VAT.",
    )
    vat_code = forms.ChoiceField(
        label="VAT on the fee",
        choices=VatCode.choices(),
        help_text="Your finance office decides. Until it has, leave “Ask finance”: the invoice says so and charges no VAT.",
    )
    year_one_fee = PoundsField(label="Fee for year 1, for every school", least=1, most=10_000_000)
    support_words = forms.CharField(
        label="Which months does it support?",
        max_length=80,
        required=False,
        help_text=near_today("For example: September {year} to August {next}."),
    )
    payment_days = forms.IntegerField(label="Days to pay", min_value=1, max_value=120)
    series = forms.CharField(
        label="Letters before the number",
        max_length=8,
        help_text="Numbers run on from 0001 without a gap, like ELP-0001, ELP-0002.",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        issuer = (self.data.get("issuer") if self.is_bound else self.initial.get("issuer")) or Issuer.PARTNERSHIP
        for name in NEEDED.get(issuer, ()):
            self.fields[name].required = True
        self.hint(
            "issuer",
            {
                Issuer.PARTNERSHIP: "Numbered invoices are made and sent from here.",
                Issuer.HOST: "You send the host a schedule, and record its invoice numbers and the payments.",
                Issuer.TRUST: "Charges are journals between academies, never invoices.",
            },
        )

    def clean(self) -> dict[str, Any]:
        """The settings as typed, on top of what this form does not ask, and the letters."""
        prefix = self.cleaned_data.pop("series", "")
        given = super().clean()
        return given if self.errors else {**given, "prefix": prefix}


class ReductionForm(MinuteForm):
    """By how much the board cuts the fee."""

    basis = forms.ChoiceField(
        label="How did the board say it?",
        widget=forms.RadioSelect,
        choices=[("all", "So much in all, shared out equally"), ("each", "So much for each school")],
    )
    amount = PoundsField(label="Amount", least=0)
    seen = SeenField()
    field_order = ("key", "seen", "basis", "amount", "body", "decided_on", "reference", "words")

    def clean(self) -> dict[str, Any]:
        """The amount under the name of what it is."""
        said = super().clean() or {}
        if said.pop("basis", "") == "each" and "amount" in said:
            said["each"] = said.pop("amount")
        return said


class SettleForm(MinuteForm):
    """What becomes of a school's fee."""

    outcome = forms.ChoiceField(label="What was decided?", widget=forms.RadioSelect, choices=Outcome.choices())
    payer_name = forms.CharField(
        label="Who takes it over?", max_length=160, required=False, help_text="Only where somebody else takes the fee over."
    )
    to_urn = forms.TypedChoiceField(
        label="The school that takes it over",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Where it is a school of the partnership: it then sees the fee beside its own.",
    )
    payer_address = forms.CharField(label="Their address", max_length=400, required=False, widget=forms.Textarea)
    payer_email = AddressField(label="Their e-mail for invoices", required=False)
    seen = SeenField()
    field_order = (
        "key",
        "seen",
        "outcome",
        "payer_name",
        "to_urn",
        "payer_address",
        "payer_email",
        "body",
        "decided_on",
        "reference",
        "words",
    )

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("to_urn", [("", "None of our schools"), *places])
        self.hint(
            "outcome",
            {
                Outcome.DUE: "It is asked for like every other fee.",
                Outcome.WAIVED: "It is not asked for. What has been asked for already and is still owed is let off.",
                Outcome.TRANSFERRED: "The invoice goes to whoever takes it over.",
            },
        )


class JoinersForm(MarkedForm):
    """How schools that join later are asked, and two days."""

    joiner_cut = forms.ChoiceField(
        label="Does a school that was not asked for the whole of year 1 get the reduction?",
        widget=forms.RadioSelect,
        choices=JoinerCut.choices(),
    )
    joiner_fee = forms.ChoiceField(
        label="What is a school asked for that joins while a year is running?",
        widget=forms.RadioSelect,
        choices=JoinerFee.choices(),
    )
    year_two_on = DateField(
        label="When do the year 2 invoices go out?", required=False, help_text="Empty: a year after the first ones."
    )
    evaluation_from = forms.ChoiceField(
        label="From which day do the eighteen months to the evaluation count?",
        widget=forms.RadioSelect,
        choices=Anchor.choices(),
    )


class CreditAllForm(DoForm):
    """The press that credits what the board took off: what it showed."""

    seen = SeenField()


class IssueYearForm(NewForm):
    """The press that issues one year's invoices: which press, and what it showed."""

    seen = SeenField()
    number = forms.IntegerField(widget=forms.HiddenInput, required=False)
    at_maximum = forms.BooleanField(label="The board has not decided on a reduction: issue at the maximum", required=False)
