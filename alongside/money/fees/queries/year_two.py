"""The year after the first: what could be given back, what was decided, what has gone out, what is to be credited."""

from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, F, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from alongside.ground.core import clock
from alongside.ground.core.money import short_pounds
from alongside.ground.core.periods import years_later
from alongside.ground.core.standing import Standing
from alongside.members.authority.rules import DecisionKind
from alongside.members.membership.models import Prospectus, Signature
from alongside.members.membership.rules.costs import most_said
from alongside.members.membership.rules.dates import Dates, dates_of, term_ends_on, term_year
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.rules import Belonging
from alongside.money.budget.models import FeeYear
from alongside.money.budget.queries import YearSums, workings_of, years_with_sums
from alongside.money.budget.rules import Working, support_words
from alongside.money.fees.models import Reduction
from alongside.money.fees.queries.due import STOOD, Owing, schools_owing
from alongside.money.fees.queries.signed import signed_texts
from alongside.money.fees.queries.terms import Terms, both_settings, terms_of
from alongside.money.fees.rules.evaluation import Anchor, evaluation_on, why_late
from alongside.money.fees.rules.reduction import ShareOut, pool_for, share_out, to_credit
from alongside.money.fees.rules.settings import FeeSettings
from alongside.money.fees.rules.signed import suggested_fee
from alongside.money.invoices.models.corrections import CreditNote
from alongside.money.invoices.models.invoices import Invoice


@dataclass(frozen=True)
class Evaluation:
    """When the partnership is evaluated, counted from which day, why that may be late; and the same for each other day."""

    anchor: Anchor
    from_on: date
    on: date
    why_late: str
    choices: "tuple[Evaluation, ...]" = ()


@dataclass(frozen=True)
class LaterYear:
    """A later fee year as its page shows it; `terms` is nothing as long as the year has not been opened."""

    number: int
    settings: FeeSettings
    sums: dict[int, YearSums]
    terms: Terms | None
    working: Working | None
    owing: dict[str, Owing]
    supported: tuple[date, date]
    goes_out_on: date | None
    evaluation: Evaluation
    term_years: int

    @property
    def charged(self) -> list[int]:
        """What each school that owes it was asked for the year before."""
        return [one.charged_before for one in self.owing.values()]

    @property
    def year(self) -> FeeYear | None:
        """The fee year, where it has been opened."""
        return self.terms.year if self.terms else None

    @property
    def before(self) -> FeeYear | None:
        """The year before it."""
        found = self.sums.get(self.number - 1)
        return found.year if found else None

    @property
    def why_closed(self) -> str:
        """Why it cannot be opened yet; empty when it can be, or has been."""
        if self.number > self.term_years:
            return f"The schools have signed for {self.term_years} years. A further year begins with a new agreement."
        if self.number - 1 not in self.sums or not self.sums[self.number - 1].asked:
            return f"No invoice for year {self.number - 1} has gone out yet. It can be opened when the first ones have."
        return ""

    @property
    def asked(self) -> int:
        """How many schools have been asked for it."""
        return self.sums[self.number].asked if self.number in self.sums else 0

    @property
    def reduction(self) -> Reduction | None:
        """What the board has decided."""
        return self.terms.reduction if self.terms else None

    @property
    def available(self) -> int:
        """What the year before leaves: income less spent less promised to the end of its supported year."""
        return self.working.carried_over if self.working else 0

    @property
    def words(self) -> str:
        """The months that it supports."""
        return support_words(*self.supported)

    def shared(self, pool: int) -> ShareOut:
        """What giving back so many pence would mean for each school."""
        maximum = self.year.amount if self.year else self.settings.year_two_max
        full = self.before.amount if self.before else maximum
        return share_out(max(0, pool), maximum, self.charged, full, self.settings.joiner_cut)

    def pool_for(self, each: int) -> int:
        """What it comes to in all when each school gets so much back."""
        return pool_for(each, self.charged, self.before.amount if self.before else 1, self.settings.joiner_cut)

    @property
    def proposal(self) -> ShareOut:
        """What giving back all that is available would mean."""
        return self.shared(self.available)


def later_year(partnership: Partnership, number: int = 2, *, viewer: Standing) -> LaterYear:
    """How the second year (or a later one) stands: five queries. Its maximum is what the signed text says of it."""
    settings, membership = both_settings(partnership, viewer=viewer)
    signed = suggested_fee(signed_texts(partnership, number, viewer=viewer), settings.year_two_max)
    settings = replace(settings, year_two_max=signed)
    sums = years_with_sums(partnership, viewer=viewer)
    years = [one.year for one in sums]
    dates, workings = dates_of(membership, partnership.started_on), workings_of(sums)
    year = next((one for one in years if one.number == number), None)
    terms = terms_of(partnership, year, years, settings, membership, viewer=viewer) if year else None
    owing = schools_owing(terms, clock.today()) if terms and viewer.runs(partnership.pk) else {}
    first_on = sums[0].first_issued_on if sums else None
    return LaterYear(
        number,
        settings,
        {one.year.number: one for one in sums},
        terms,
        workings.get(number - 1),
        owing,
        term_year(dates, number),
        invoices_due_on(settings, first_on, number),
        evaluation_of(settings.evaluation_from, first_on, dates, membership.term_years),
        membership.term_years,
    )


def short_by(partnership: Partnership, number: int, *, viewer: Standing) -> int:
    """By how much the year before a later one is short: what is spent and promised beyond its money. One query."""
    if number < 2 or not viewer.runs(partnership.pk):
        return 0
    before = workings_of(years_with_sums(partnership, viewer=viewer)).get(number - 1)
    return max(0, -before.carried_over) if before else 0


def invoices_due_on(settings: FeeSettings, first_issued_on: date | None, number: int) -> date | None:
    """The day on which a later year's invoices go out: as settled, or the day of the first ones, years later."""
    if number == 2 and settings.year_two_on:
        return settings.year_two_on
    return years_later(first_issued_on, number - 1) if first_issued_on else None


def evaluation_of(anchor: str, first_issued_on: date | None, dates: Dates, term_years: int) -> Evaluation:
    """The evaluation by the anchor that was chosen, and by each other one."""
    ends = term_ends_on(dates, term_years)
    days = {
        Anchor.FIRST_INVOICE: first_issued_on or dates.sign_by,
        Anchor.SIGN_UP: dates.sign_by,
        Anchor.SUPPORT: dates.support_from,
    }
    every = tuple(Evaluation(one, day, evaluation_on(day), why_late(evaluation_on(day), ends)) for one, day in days.items())
    chosen = next((one for one in every if one.anchor == anchor), every[0])
    return Evaluation(chosen.anchor, chosen.from_on, chosen.on, chosen.why_late, every)


def days_of_years(partnership: Partnership, *, viewer: Standing) -> dict[str, dict[str, date | str | None]]:
    """For each fee year, by id, the days that calendars show: until when it supports, when the next goes out, the evaluation;
    and of a later year from which nothing was issued the months that its invoices will name."""
    settings, membership = both_settings(partnership, viewer=viewer)
    dates, years = dates_of(membership, partnership.started_on), years_with_sums(partnership, viewer=viewer)
    first_on = years[0].first_issued_on if years else None
    evaluation = evaluation_of(settings.evaluation_from, first_on, dates, membership.term_years)
    found: dict[str, dict[str, date | str | None]] = {}
    for year, asked in ((one.year, one.asked) for one in years):
        supported = term_year(dates, year.number)
        found[year.pk] = {
            "supported_until": supported[1],
            "next_on": invoices_due_on(settings, first_on, year.number + 1) if year.number < membership.term_years else None,
            "evaluation_on": evaluation.on if year.number == 1 and first_on else None,
        }
        if year.number > 1 and not asked:
            found[year.pk]["support_words"] = support_words(*supported)
    return found


@dataclass(frozen=True)
class ToCredit:
    """An issued invoice that is to be credited, and by how much."""

    invoice: Invoice
    amount: int

    @property
    def said(self) -> tuple[str, str, int, int]:
        """Its line: invoice, school, what was asked, what is credited."""
        return self.invoice.reference, self.invoice.school_name, self.invoice.total, self.amount


def to_be_credited(later: LaterYear, *, viewer: Standing) -> list[ToCredit]:
    """The issued invoices of the year that ask for more than the decision leaves, by number: one query."""
    terms = later.terms
    if terms is None or terms.reduction is None or not later.asked:
        return []
    given = CreditNote.objects.filter(invoice=OuterRef("pk"), decision__kind=DecisionKind.REDUCTION).order_by()
    sums = given.values("invoice").annotate(given=Sum("total")).values("given")
    found = (
        Invoice.objects.visible_to(viewer)
        .filter(claim=terms.year.claim_id)
        .select_related("partnership", "series")
        .annotate(given=Coalesce(Subquery(sums, output_field=IntegerField()), 0))
        .order_by("number")
    )
    rows = []
    for invoice in found:
        school = later.owing.get(invoice.school_id, Owing(terms.dates.sign_by, 0))
        line = terms.line(school.joined_on, school.charged_before)
        left = invoice.total - invoice.credited - invoice.written_off - invoice.waived
        if amount := to_credit(invoice.total, invoice.given, line.net + line.vat, left):
            rows.append(ToCredit(invoice, amount))
    return rows


@dataclass(frozen=True)
class ExtraCharge:
    """A line that charges a member something beyond its year's fee (pence), or more than it `signed` for."""

    reference: str
    school: str
    words: str
    amount: int
    signed: str = ""


def beyond_the_fee(partnership: Partnership, *, viewer: Standing) -> tuple[int, list[ExtraCharge]]:
    """How many invoices were looked at, and every line that charges a member more than its year's fee, or than the version of
    the prospectus says that it signed: none, ever."""
    found = Invoice.objects.visible_to(viewer).filter(partnership=partnership)
    members = Membership.objects.filter(partnership=partnership, school=OuterRef("school"), kind=Belonging.MEMBER)
    beside = Q(claim__fee_year=None) & Exists(members)
    fee = F("claim__fee_year__amount")
    theirs = Signature.objects.filter(STOOD, partnership=partnership, school=OuterRef("school")).order_by("-signed_at")
    signed = found.annotate(under=Subquery(theirs.values("prospectus")[:1]))
    years = FeeYear.objects.filter(partnership=partnership).values_list("number", flat=True)
    costs: dict[str, tuple[int, str]] = {}
    for key, number, words in Prospectus.objects.filter(partnership=partnership).values_list("pk", "number", "costs"):
        costs[key] = number, words
    sums = {(key, year): most_said(words, year) for key, (_, words) in costs.items() for year in years}
    over = reduce(
        or_,
        (
            Q(under=key, claim__fee_year__number=year, lines__net__gt=most)
            for (key, year), most in sums.items()
            if most is not None
        ),
        Q(pk__in=[]),
    )
    rows = signed.filter(beside | Q(lines__position__gt=1) | Q(lines__net__gt=fee) | over).order_by("number")
    cells = rows.values_list("reference", "school_name", "lines__words", "lines__net", "under", "claim__fee_year__number")
    return found.count(), [
        ExtraCharge(number, school, words, net, _signed(costs.get(under, (0, ""))[0], sums.get((under, year))))
        for number, school, words, net, under, year in cells
    ]


def _signed(version: int, most: int | None) -> str:
    """What a school signed for, and under which version."""
    return "" if most is None else f"{short_pounds(most)}, version {version}"
