"""The four things that a school can do with its invitation."""

from enum import StrEnum


class Choice(StrEnum):
    """What a head may press on the answer page."""

    SIGN = "sign"
    SUBJECT = "subject"
    QUESTION = "question"
    DECLINE = "decline"

    @property
    def label(self) -> str:
        """The choice in the school's words."""
        return {
            "sign": "Sign now",
            "subject": "Yes, subject to our governors or trust",
            "question": "We have a question",
            "decline": "Not this time",
        }[self.value]

    @property
    def hint(self) -> str:
        """What it takes."""
        return {
            "sign": "Your name, and on whose authority you sign. One minute.",
            "subject": "Tell us when they meet. You can sign the day after.",
            "question": "We answer by e-mail. No reminders meanwhile.",
            "decline": "That is fine. A reason helps us, but you owe us none.",
        }[self.value]
