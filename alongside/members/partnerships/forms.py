"""What people type about a partnership."""

from django import forms

from alongside.ground.web.forms import EditForm


class About(EditForm):
    """A partnership's own facts."""

    name = forms.CharField(max_length=120, label="Name", help_text="As it stands on letters and invoices.")
    area = forms.CharField(max_length=120, label="Area in words", required=False, help_text="A borough, a county, a few towns.")
    contact_email = forms.EmailField(
        label="The office's e-mail address", help_text="Shown on the prospectus, and where answers to mails go."
    )
