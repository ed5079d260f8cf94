"""The states of a school's answer, what moves it from one to the next, and on whose authority it signs."""

from datetime import date

from alongside.ground.core.choice import Choice
from alongside.ground.core.standing import HEADS, Power
from alongside.ground.core.verdict import YES, Verdict, no
from alongside.members.posts.rules import PostHere


class AnswerState(Choice):
    """How a school that was asked to join stands."""

    NO_REPLY = "no_reply", "No reply yet"
    READING = "reading", "Opened"
    QUESTION = "question", "Question asked", "amber"
    SUBJECT = "subject", "Yes, subject to governors", "blue"
    SIGNED = "signed", "Signed", "green"
    DECLINED = "declined", "Not this time"


S = AnswerState
WITHDREW = "withdrew"  # its signature is withdrawn, and it has said nothing since: it is not silent
TO_INVITE = "to_invite"  # asked to join, and nobody has invited it yet: counted apart from those that have not replied
PICTURE_TONES = {
    **dict.fromkeys((S.NO_REPLY, S.READING), "rest"),
    S.QUESTION: "amber",
    S.SUBJECT: "light",
    S.SIGNED: "green",
    S.DECLINED: "blue",
}

OPENED = "the school opens the prospectus"
ASKED = "the school asks a question"
REPLIED = "the question is answered"
SUBJECT = "the school says yes, subject to its governors or trust on a date"
SIGNED = "somebody with authority signs"
DECLINED = "the school says not this time"
REOPENED = "the school, or the office for it, opens the matter again"
WITHDRAWN = "the school withdraws its signature, until the roll is frozen"
RELEASED = "the school leaves after the roll is frozen, by a decision"

# state: what may come next, and what brings it about. `docs/rulebook.md` is generated from this table.
TRANSITIONS: dict[AnswerState, dict[AnswerState, str]] = {
    S.NO_REPLY: {S.READING: OPENED, S.QUESTION: ASKED, S.SUBJECT: SUBJECT, S.SIGNED: SIGNED, S.DECLINED: DECLINED},
    S.READING: {S.QUESTION: ASKED, S.SUBJECT: SUBJECT, S.SIGNED: SIGNED, S.DECLINED: DECLINED},
    S.QUESTION: {S.READING: REPLIED, S.SUBJECT: SUBJECT, S.SIGNED: SIGNED, S.DECLINED: DECLINED},
    S.SUBJECT: {S.QUESTION: ASKED, S.SUBJECT: SUBJECT, S.SIGNED: SIGNED, S.DECLINED: DECLINED, S.READING: REOPENED},
    S.SIGNED: {S.READING: WITHDRAWN, S.DECLINED: RELEASED},
    S.DECLINED: {S.READING: REOPENED, S.QUESTION: ASKED, S.SUBJECT: SUBJECT, S.SIGNED: SIGNED},
}


def states_before(after: AnswerState) -> list[str]:
    """A school's next answer may come from the states of the table; a signature is never undone by another answer, only
    by withdrawing it.

    Source: R4.
    """
    return [str(state) for state in AnswerState if after in TRANSITIONS[state] and state is not AnswerState.SIGNED]


def after_question(subject_on: date | None) -> AnswerState:
    """When a question is answered, a school that had said yes subject to a date stands there again; others read on.

    Source: R4; a question asked on the way to the governors does not undo the yes.
    """
    return AnswerState.SUBJECT if subject_on else AnswerState.READING


class AnswerKind(Choice):
    """The four things that a school can do with its invitation, as a head may press them, in the school's words."""

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
        return TOLD[self]

    @property
    def hint(self) -> str:
        """What it takes."""
        return HINTS[self]


TOLD = {
    AnswerKind.SIGN: "Signed on paper",
    AnswerKind.SUBJECT: "Yes, subject to governors or trust",
    AnswerKind.QUESTION: "Has a question",
    AnswerKind.DECLINE: "Not this time",
}
HINTS = {
    AnswerKind.SIGN: "Your name, and on whose authority you sign. One minute.",
    AnswerKind.SUBJECT: "Tell us when they meet. You can sign the day after.",
    AnswerKind.QUESTION: "We answer by e-mail. No reminders meanwhile.",
    AnswerKind.DECLINE: "That is fine. A reason helps us, but you owe us none.",
}


def stated_post_problem(choice: AnswerKind, stated: PostHere | None, invited: PostHere | None) -> str:
    """Whoever answers by a link says what they are at the school: a question is anybody's; the answer is given by the head,
    the trust, the chair of governors or the school administrator, and by nobody to whom the link was passed on as less.

    Source: R2; R4, who signs. An address alone says nothing of who reads its mail.
    """
    if stated is None or invited is None:
        return "Choose what you are at the school"
    if Power.ANSWER in stated.opens and Power.ANSWER not in invited.opens:
        return f"This link was passed on to a {invited.said}: ask the partnership’s office for one of your own"
    if Power.ANSWER not in stated.opens and choice is not AnswerKind.QUESTION:
        return f"A {stated.said} does not answer for the school: go back and pass this on to somebody who does"
    return ""


class SubjectTo(Choice):
    """Whose yes a school still awaits: who decides, as in 'yes, subject to …'."""

    GOVERNORS = "governors", "our governors"
    TRUST = "trust", "our trust"


def subject_problem(on: date, today: date) -> str:
    """Whoever says yes subject to somebody names the day of that meeting: today or later, within a year.

    Source: R4.
    """
    if on < today:
        return "Enter the date of the coming meeting: this one is past"
    return "Enter a date within a year" if (on - today).days > 366 else ""


class SigningAuthority(Choice):
    """What a signature rests on, as the signer states it."""

    TRUST = "trust", "Our trust has decided it"
    DELEGATED = "delegated", "Our trust has delegated decisions like this to me"
    HEAD = "head", "It is within my limit as head"
    GOVERNING_BODY = "governing_body", "Our governing body has decided it"
    PROPRIETOR = "proprietor", "Our proprietor has decided it"

    @property
    def printed(self) -> str:
        """The authority as it stands on the record."""
        return PRINTED[self]


PRINTED = {
    SigningAuthority.TRUST: "decision of the trust",
    SigningAuthority.DELEGATED: "delegated by the trust",
    SigningAuthority.HEAD: "head, within their limit",
    SigningAuthority.GOVERNING_BODY: "decision of the governing body",
    SigningAuthority.PROPRIETOR: "decision of the proprietor",
}

ACADEMY_WORDS = ("academy", "free school", "studio school", "university technical", "city technology")


def is_academy(school_type: str) -> bool:
    """An academy is any school that a trust runs: converter, sponsor-led, free school, studio school, UTC.

    Source: GIAS types of establishment.
    """
    return any(word in school_type.lower() for word in ACADEMY_WORDS)


def authorities_for(school_type: str) -> tuple[SigningAuthority, ...]:
    """An academy signs by its trust or whom it has delegated to; a maintained school by its head within their limit
    or its governing body; an independent school by its proprietor.

    Source: R4, stated authority.
    """
    if is_academy(school_type):
        return (SigningAuthority.TRUST, SigningAuthority.DELEGATED)
    if "independent" in school_type.lower() or "non-maintained" in school_type.lower():
        return (SigningAuthority.PROPRIETOR, SigningAuthority.GOVERNING_BODY)
    return (SigningAuthority.GOVERNING_BODY, SigningAuthority.HEAD)


def may_rest_on(authority: SigningAuthority, school: str, school_type: str, posts: frozenset[str] | None) -> Verdict:
    """A signature rests on an authority that the kind of school has; the head's limit is the head's alone.

    Source: R4. `posts` are those that the signer holds in the school; None when the office records a paper.
    """
    allowed = authorities_for(school_type)
    if authority not in allowed:
        named = " or ".join(one.printed for one in allowed)
        return no(f"{school} signs by {named}")
    if authority is SigningAuthority.HEAD and posts is not None and not posts & HEADS:
        return no(f"Only the head of {school} can sign within the head’s limit")
    return YES


def authority_date_problem(on: date, today: date) -> str:
    """An authority is of a day that has come; one older than five years wants renewing.

    Source: R4; architecture of authority in domain.md.
    """
    if on > today:
        return "Enter the day on which it was decided or delegated: today or earlier"
    if (today - on).days > 5 * 366:
        return "Enter a date within the last five years, or ask for the authority to be renewed"
    return ""
