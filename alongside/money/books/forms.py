"""Forms of the schedule and of VAT."""

from django import forms

from alongside.ground.web.forms import DoForm
from alongside.money.bank.forms import CsvForm
from alongside.money.books.rules.exports import WHO_SAID_SO
from alongside.money.invoices.rules.invoices import VatCode


class VatForm(DoForm):
    """What finance says about VAT."""

    code = forms.ChoiceField(
        label="What does finance say?",
        widget=forms.RadioSelect,
        choices=[(code.value, code.label) for code in VatCode if code != VatCode.ASK_FINANCE],
        error_messages={"required": "Choose what finance says"},
    )
    words = forms.CharField(
        label="Who said so, and when?",
        max_length=120,
        help_text="For example: the council’s VAT officer, 3 May.",
        error_messages={"required": WHO_SAID_SO},
    )


class ScheduleForm(CsvForm, DoForm):
    """A host's file."""

    begins = "Reference"
    file = forms.FileField(label="The schedule as the host sent it back", help_text="A CSV file, at most 1 MB.")
