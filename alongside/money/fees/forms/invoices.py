"""Forms of set-up, the issue run and one invoice."""

from dataclasses import fields
from typing import Any

from django import forms

from alongside.ground.core import keys
from alongside.ground.web.forms import DateField, Form, PoundsField
from alongside.money.fees.rules import METHODS, FeeSettings, Issuer, VatCode

MOST_BYTES = 1_000_000
NEEDED = {
    Issuer.PARTNERSHIP: ("supplier_name", "supplier_address", "supplier_email", "supplier_phone", "bank_words"),
    Issuer.HOST: ("host_name",),
    Issuer.TRUST: ("supplier_name",),
}


class SetUpForm(Form):
    """Who issues, and what stands on the paper."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)
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
    supplier_email = forms.EmailField(label="E-mail for questions about invoices", required=False)
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
        choices=[(code.value, code.label) for code in VatCode],
        help_text="Your finance office decides. Until it has, leave “Ask finance”: the invoice says so and charges no VAT.",
    )
    year_one_fee = PoundsField(label="Fee for year 1, for every school", least=1, most=10_000_000)
    support_words = forms.CharField(
        label="Which months does it support?",
        max_length=80,
        required=False,
        help_text="For example: September 2022 to August 2023.",
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

    def settings(self, before: FeeSettings) -> FeeSettings:
        """The settings as typed, on top of what this form does not ask."""
        typed = {one.name: self.cleaned_data[one.name] for one in fields(FeeSettings) if one.name in self.cleaned_data}
        return FeeSettings(**{**{one.name: getattr(before, one.name) for one in fields(FeeSettings)}, **typed})


class IssueForm(Form):
    """The press of the button: which press, and how many schools it showed."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=keys.LENGTH)
    expected = forms.IntegerField(widget=forms.HiddenInput)


class PaymentForm(Form):
    """Money that came in."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=keys.LENGTH)
    amount = PoundsField(label="Amount", least=1)
    paid_on = DateField(label="Which day did it come in?")
    method = forms.ChoiceField(label="How was it paid?", choices=[(one, one[:1].upper() + one[1:]) for one in METHODS])
    reference = forms.CharField(label="Reference on the statement", max_length=60, required=False)


class PayerForm(Form):
    """Who pays for a school from now on."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(
        label="Name of the payer", max_length=160, required=False, help_text="Leave it empty if the school itself pays."
    )
    address = forms.CharField(label="Address", max_length=400, required=False, widget=forms.Textarea)
    email = forms.EmailField(
        label="E-mail for invoices", required=False, help_text="Where invoices go. Empty: to the business manager or the head."
    )
    purchase_order = forms.CharField(label="Purchase order for the next invoice", max_length=60, required=False)


class ReaddressForm(Form):
    """Who will pay an issued invoice."""

    name = forms.CharField(label="Who will pay?", max_length=160, help_text="For example the trust that the school belongs to.")
    address = forms.CharField(label="Address", max_length=400, required=False, widget=forms.Textarea)
    email = forms.EmailField(label="E-mail for invoices", required=False)


class OrderForm(Form):
    """A purchase order for an issued invoice."""

    order = forms.CharField(label="Purchase order", max_length=60)


class QueryForm(Form):
    """What is not right with an invoice."""

    words = forms.CharField(label="What should we look at?", max_length=1000, widget=forms.Textarea)
    name = forms.CharField(label="Your name", max_length=120)
    email = forms.EmailField(label="E-mail for our answer")


class SendForm(Form):
    """Where an invoice is sent."""

    to = forms.EmailField(label="Send it to")


class HostNumberForm(Form):
    """The host's own number for a charge."""

    host_number = forms.CharField(label="The host’s invoice number", max_length=40)


class OpenForm(Form):
    """An invoice's number and its code."""

    number = forms.CharField(label="Invoice number", max_length=24, help_text="For example ELP-0001.")
    code = forms.CharField(
        label="Code", max_length=24, help_text="Twelve letters and figures from our e-mail, like 7h3k-92mx-pq4t."
    )


class ScheduleForm(Form):
    """A host's file."""

    file = forms.FileField(label="The schedule as the host sent it back", help_text="A CSV file, at most 1 MB.")

    def clean_file(self) -> str:
        """The text of the file: UTF-8, or as Windows writes it."""
        given = self.cleaned_data["file"]
        if given.size > MOST_BYTES:
            raise forms.ValidationError("Choose a file of at most 1 MB")
        data = given.read()
        if b"\x00" in data:
            raise forms.ValidationError("This is not a CSV file. In the spreadsheet choose “Save as”, then CSV")
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return data.decode("cp1252", errors="replace")
