"""Forms of one invoice."""

from django import forms

from alongside.ground.web.forms import DateField, DoForm, EditForm, NewForm, PoundsField
from alongside.money.invoices.rules.invoices import METHODS


class PaymentForm(NewForm):
    """Money that came in."""

    amount = PoundsField(label="Amount", least=1)
    paid_on = DateField(label="Which day did it come in?")
    method = forms.ChoiceField(label="How was it paid?", choices=[(one, one[:1].upper() + one[1:]) for one in METHODS])
    reference = forms.CharField(label="Reference on the statement", max_length=60, required=False)


class PayerForm(EditForm):
    """Who pays for a school from now on."""

    name = forms.CharField(
        label="Name of the payer", max_length=160, required=False, help_text="Leave it empty if the school itself pays."
    )
    address = forms.CharField(label="Address", max_length=400, required=False, widget=forms.Textarea)
    email = forms.EmailField(
        label="E-mail for invoices", required=False, help_text="Where invoices go. Empty: to the business manager or the head."
    )
    purchase_order = forms.CharField(label="Purchase order for the next invoice", max_length=60, required=False)


class ReaddressForm(DoForm):
    """Who will pay an issued invoice."""

    name = forms.CharField(label="Who will pay?", max_length=160, help_text="For example the trust that the school belongs to.")
    address = forms.CharField(label="Address", max_length=400, required=False, widget=forms.Textarea)
    email = forms.EmailField(label="E-mail for invoices", required=False)


class OrderForm(DoForm):
    """A purchase order for an issued invoice."""

    order = forms.CharField(label="Purchase order", max_length=60)


class QueryForm(NewForm):
    """What is not right with an invoice."""

    words = forms.CharField(label="What should we look at?", max_length=1000, widget=forms.Textarea)
    name = forms.CharField(label="Your name", max_length=120)
    email = forms.EmailField(label="E-mail for our answer")


class SendForm(DoForm):
    """Where an invoice is sent."""

    to = forms.EmailField(label="Send it to")


class HostNumberForm(DoForm):
    """The host's own number for a charge."""

    host_number = forms.CharField(label="The host’s invoice number", max_length=40)


class OpenForm(DoForm):
    """An invoice's number and its code."""

    number = forms.CharField(label="Invoice number", max_length=24, help_text="For example ELP-0001.")
    code = forms.CharField(
        label="Code", max_length=24, help_text="Twelve letters and figures from our e-mail, like 7h3k-92mx-pq4t."
    )
