"""One example of everything, for the page that shows every component."""

from datetime import date
from typing import Any

from django import forms

from alongside.ground.web import pictures
from alongside.ground.web.forms import AddressField, DateField, Form, PoundsField


class GalleryForm(Form):
    """One of each kind of field."""

    name = forms.CharField(label="Name of the school", help_text="As it stands on the sign at the gate.")
    email = AddressField(label="E-mail address")
    words = forms.CharField(label="In your own words", widget=forms.Textarea, max_length=300)
    amount = PoundsField(label="Fee for a year", least=0, most=500_000)
    day = DateField(label="Day of the governors’ meeting")
    phase = forms.ChoiceField(label="Phase", choices=[("", "Choose one"), ("p", "Primary"), ("s", "Secondary")])
    answer = forms.ChoiceField(
        label="Your answer", widget=forms.RadioSelect, choices=[("yes", "Yes, we sign"), ("subject", "Yes, subject to governors")]
    )
    sure = forms.BooleanField(label="I am authorised to sign for the school")


def sample_pictures() -> dict[str, Any]:
    """Pictures with invented points, and the data behind them."""
    spots = [
        pictures.Spot(507_000 + 900 * (i * 7 % 13), 180_000 + 800 * (i * 5 % 11), f"Example {i}", tone, words, 1 + i % 2)
        for i, (tone, words) in enumerate([("green", "Signed"), ("amber", "Has a question"), ("rest", "No reply yet")] * 6)
    ]
    days = [(date(2022, 2, 24 + i), 4 * i) for i in range(5)] + [(date(2022, 3, 1 + i), 20 + 5 * i) for i in range(8)]
    return {
        "slices": [
            pictures.Slice("signed", 61, "green"),
            pictures.Slice("yes, subject to governors", 10, "light"),
            pictures.Slice("have a question", 6, "amber"),
            pictures.Slice("no reply yet", 20, "rest"),
        ],
        "map": pictures.map_of(spots),
        "curve": pictures.curve("Schools that have signed, by day", days, until=date(2022, 3, 18), most=97, expected=84),
    }
