"""The four things that a school can do with its invitation."""

from alongside.ground.core import choice


class AnswerKind(choice.Choice):
    """What a head may press on the answer page, in the school's words."""

    SIGN = "sign", "Sign now"
    SUBJECT = "subject", "Yes, subject to our governors or trust"
    QUESTION = "question", "We have a question"
    DECLINE = "decline", "Not this time"

    @classmethod
    def in_address(cls, word: str) -> "AnswerKind | None":
        """The choice that a word of the address names; none for any other word."""
        return cls(word) if word in set(cls) else None

    @property
    def told(self) -> str:
        """The choice as the office says it of a school."""
        return {
            "sign": "Signed on paper",
            "subject": "Yes, subject to governors or trust",
            "question": "Has a question",
            "decline": "Not this time",
        }[self]

    @property
    def hint(self) -> str:
        """What it takes."""
        return {
            "sign": "Your name, and on whose authority you sign. One minute.",
            "subject": "Tell us when they meet. You can sign the day after.",
            "question": "We answer by e-mail. No reminders meanwhile.",
            "decline": "That is fine. A reason helps us, but you owe us none.",
        }[self]
