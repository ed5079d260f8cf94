"""Who gets an invoice in a run, and who does not and why."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from alongside.ground.core.money import pounds
from alongside.ground.core.shown import OnPage
from alongside.ground.core.words import listed, plural
from alongside.money.fees.rules.signed import SignedText
from alongside.money.invoices.rules.invoices import Line, Ready, vat_on
from alongside.money.invoices.rules.settings import IssuerSettings

# why a school that is asked is marked in the preview: of one, of several
MARKS = {
    "late": ("signed late", "signed late"),
    "gone": ("has gone and still owes the fee", "have gone and still owe the fee"),
    "anew": ("is asked anew after a credit in full", "are asked anew after a credit in full"),
    "taken": ("is paid for by whoever took it over", "are paid for by whoever took them over"),
}


@dataclass(frozen=True)
class NotDue:
    """A school that gets none in this run, and why; `signed` is the version that it signed where that says less than the fee."""

    name: str
    urn: int
    why: str
    signed: int = 0


@dataclass(frozen=True)
class Preview:
    """What a run would do today: nothing has happened yet."""

    ready: list[Ready]
    not_due: list[NotDue]
    missing: list[str]
    line: Line
    first: str
    last: str
    document: str = "invoice"
    notes: list[str] = field(default_factory=list)
    year: int = 1
    decided: str = ""
    texts: tuple[SignedText, ...] = ()
    free_until: date | None = None
    shown: OnPage | None = None

    @property
    def total(self) -> int:
        """What the run would ask for in all."""
        return sum(one.amount for one in self.ready)

    @property
    def each(self) -> tuple[int, int]:
        """The least and the most that a school is asked for."""
        amounts = [one.amount for one in self.ready] or [self.line.net + self.line.vat]
        return min(amounts), max(amounts)

    @property
    def noted(self) -> str:
        """How many are asked though something is unusual about them, by what it is; each is explained in the list."""
        counts = Counter(one.mark for one in self.ready if one.note)
        said = [f"{count} {MARKS[mark][count != 1]}" for mark, count in counts.most_common()]
        return f"{plural(counts.total(), 'school is', 'schools are')} marked below: {listed(said)}." if said else ""

    @property
    def needs_word(self) -> bool:
        """Whether nobody has decided about the reduction yet, so that issuing at the maximum has to be said."""
        return self.year > 1 and not self.decided

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """Why schools get none, each reason with how many; what they have already counts as one reason."""
        counts = Counter("Has one already" if one.why.endswith("already") else one.why for one in self.not_due)
        return [(why, plural(count, "school")) for why, count in counts.most_common()]

    @property
    def through(self) -> dict[str, str]:
        """Who gets the invoices of several schools, by the address: the trust that they share, or else the address itself."""
        trusts: dict[str, list[str]] = {}
        for one in self.ready:
            trusts.setdefault(one.email.lower(), []).append(one.trust)
        shared = {email: theirs for email, theirs in trusts.items() if email and len(theirs) > 1}
        return {email: theirs[0] if len(set(theirs)) == 1 and theirs[0] else email for email, theirs in shared.items()}

    @property
    def beyond(self) -> list[NotDue]:
        """The schools that signed for less than they would be asked for: they get none."""
        return [one for one in self.not_due if one.signed]

    @property
    def without_email(self) -> int:
        """How many would have to be printed and posted."""
        return sum(1 for one in self.ready if not one.email)


def shown_in_run(ready: list[Ready], settings: IssuerSettings, next_number: str, decided: str) -> OnPage:
    """One press issues what its page showed: these sums, to these payers, from this supplier, on this decision.

    Source: evidence H4 and H6; reliability.md (nobody agrees to what another changed since).
    """
    parts = {
        "who is asked, and for what": ready,
        "the numbers": next_number,
        "who issues, and what stands on the paper": (settings.issuer, settings.supplier, settings.host_name),
        "the decision on the reduction": decided,
    }
    return OnPage(f"{plural(len(ready), 'school')} asked for {pounds(sum(one.amount for one in ready))} in all", parts)


def why_no_invoice(*, kind: str, signed: bool, invoiced_as: str, waived: str = "", begins: int = 1, owes: bool = True) -> str:
    """A fee is due from each member that signed, once a fee year, also when it has left or closed inside the two years;
    nobody else is asked for one. Empty when it is due.

    Source: domain.md R5, evidence H3 ("signing is not paying"), H4 (a second run creates none) and H7.
    """
    if invoiced_as:
        return f"Has {invoiced_as} already"
    if kind == "associate":
        return "Associate: no fee"
    if kind != "member" or not signed:
        return "Has not signed"
    if waived:
        return f"Waived: {waived}"
    if not owes:
        return f"Joined later: begins with year {begins}" if begins > 1 else "Has left"
    return ""


def fee_line(partnership: str, year: int, amount: int, support: str, vat_code: str, less: str = "") -> Line:
    """The fee is one line: the membership for one year, what it was cut by on whose decision, and that it covers all support.

    Source: 002:78, evidence H4, H5 and H6.
    """
    period = f" ({support})" if support else ""
    words = [f"Membership of {partnership}, year {year}{period}.", less, "It covers all of the partnership’s support."]
    return Line(" ".join(one for one in words if one), amount, vat_code, vat_on(amount, vat_code))
