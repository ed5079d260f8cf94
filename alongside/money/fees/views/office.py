"""The room of fees: who owes what, set-up, the issue run."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.cells import Pounds, Tag, Text
from alongside.ground.core.money import short_pounds
from alongside.ground.core.verdict import require
from alongside.ground.core.words import near_date, plural
from alongside.ground.documents.rules import reference
from alongside.ground.web.asked import Asked
from alongside.ground.web.downloads import pdf_page
from alongside.ground.web.pages import Done, form_page, say_and_go
from alongside.ground.web.pictures import Slice
from alongside.ground.web.sheets import list_sheet
from alongside.ground.web.tables import Column, Where, listed, pounds as amounts, table
from alongside.members.membership.permissions import may_run_signup
from alongside.members.membership.rules.dates import term_year
from alongside.money.budget.models import FeeYear
from alongside.money.budget.queries import fee_dates
from alongside.money.budget.rules import support_words
from alongside.money.fees.actions import issuing
from alongside.money.fees.actions.issuing import set_up_fees
from alongside.money.fees.forms import IssueYearForm, SetUpForm
from alongside.money.fees.queries.due import count_due, drafted, preview_issue
from alongside.money.fees.queries.liability import taken_over
from alongside.money.fees.queries.signed import signed_texts
from alongside.money.fees.queries.terms import standing_of_fees
from alongside.money.fees.queries.year_two import short_by
from alongside.money.fees.rules.charges import covers
from alongside.money.fees.rules.signed import suggested_fee
from alongside.money.invoices.actions.issuing import LONG_RUN
from alongside.money.invoices.models.invoices import IssueRun
from alongside.money.invoices.permissions import may_issue_invoices
from alongside.money.invoices.queries.invoices import own_schools, totals_of, who_owes
from alongside.money.invoices.queries.ledger import money_by_month
from alongside.money.invoices.queries.papers import suggested_series
from alongside.money.invoices.rules.invoices import State, state_of
from alongside.money.invoices.rules.settings import Issuer
from alongside.money.invoices.rules.statements import BUCKETS, TONES

FIELDS = (
    "school_name", "partnership__slug", "reference", "due_on", "total", "left", "paid", "queried", "later_payer", "payer_name",
    "host_number", "credited", "written_off", "waived", "school_urn",
)  # fmt: skip


def _school(row: Any) -> Text:
    """Whose invoice it is, and who pays where that is not the school."""
    payer = _payer(row)
    return Text(row.school_name, under=f"paid by {payer}" if payer != row.school_name else "")


def _number(row: Any) -> Text:
    """Its number, which leads to it, and the host's."""
    return Text(row.reference, reverse("invoices:invoice", args=[row.partnership__slug, row.reference]), row.host_number)


def _stands(row: Any) -> Tag:
    """How it stands today."""
    off = row.credited, row.written_off, row.waived
    return Tag.of(state_of(row.total, row.paid, row.due_on, row.queried, clock.today(), *off))


def _payer(row: Any) -> str:
    return str(row.later_payer or row.payer_name)


OWED = (
    Column("school_urn", "URN", where=Where.FILE),
    Column("school_name", "School", where=Where.FILE),
    Column("payer", "Payer", cell=_payer, where=Where.FILE),
    Column("school", "School", ("school_name",), cell=_school, where=Where.PAGE),
    Column("reference", "Number", ("series_id", "number"), cell=_number, classes="fees-number", alone=True),
    Column("due_on", "Due", where=Where.FILE),
    Column(
        "due",
        "Due",
        ("due_on", "school_name"),
        cell=lambda row: near_date(row.due_on, clock.today()),
        classes="fees-number",
        where=Where.PAGE,
    ),
    amounts("total", "Amount", ("total", "school_name")),
    amounts("paid", "Paid", where=Where.FILE),
    Column("owed", "Owed", ("-left", "school_name"), numeric=True, cell=lambda row: Pounds(row.left) if row.left else None),
    Column("state", "Status", ("rank", "school_name"), cell=_stands, alone=True),
)
READY = (
    Column("urn", "URN", where=Where.FILE),
    Column("name", "School", cell=lambda row: Text(row.name, under=row.note)),
    Column("payer", "Who pays", cell=lambda row: row.payer.name),
    Column("email", "Sent to", classes="fees-email"),
    Column("purchase_order", "Purchase order"),
    amounts("amount", "Amount"),
)
NOT_DUE = (Column("name", "School"), Column("why", "Why"))
RUN = (*READY, Column("why", "Gets none", cell=lambda _: "", where=Where.FILE))


@dataclass(frozen=True)
class NotAsked:
    """How many schools have not been asked for the fee of a year."""

    year: int
    schools: int


def overview(request: Asked, slug: str) -> HttpResponse:
    """For the office who owes what; for a school its own invoices and what its membership covers."""
    if not may_issue_invoices(request.who, request.partnership.pk):
        return _of_schools(request)
    show, words = _asked_of(request)
    now = standing_of_fees(request.partnership, viewer=request.who)
    totals = totals_of(request.partnership, viewer=request.who)
    counts = {"": totals.count, "owed": totals.open, "late": totals.late, "queried": totals.queried, "paid": totals.settled}
    show = show if show in counts else ""
    found = who_owes(request.partnership, show, words, viewer=request.who)
    rows = table(
        request.GET,
        found,
        OWED,
        fields=FIELDS,
        sort="state" if totals.open else "school",
        chosen={"show": show, "words": words},
        count=None if words else counts[show],
    )
    months = money_by_month(request.partnership, viewer=request.who) if totals.count else []
    due = count_due(request.partnership, viewer=request.who) if not now.missing else {}
    pills = [
        (label, counts[key], rows.address(show=key or None, page=None), key == show)
        for label, key in (("All", ""), ("Owed", "owed"), ("Overdue", "late"), ("Queried", "queried"), ("Paid", "paid"))
    ]
    return render(
        request,
        "fees/overview.html",
        {
            "now": now,
            "totals": totals,
            "table": rows,
            "pills": pills,
            "due": next((NotAsked(*one) for one in due.items()), None),
            "words": words,
            "show": show,
            "aged": [Slice(name, pence, tone) for name, pence, tone in zip(BUCKETS, totals.aged, TONES, strict=True) if pence],
            "months": months if any(came or went for _, came, went in months) else [],
        },
    )


def _asked_of(request: Asked) -> tuple[str, str]:
    """How the invoices that are asked for stand, and words of their school, payer or number."""
    return request.GET.get("show", ""), request.GET.get("words", "").replace("\x00", "").strip()[:80]


def owed_csv(request: Asked, slug: str) -> HttpResponseBase:
    """Who owes what for a spreadsheet, as the page shows it."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    rows = who_owes(request.partnership, *_asked_of(request), viewer=request.who).order_by("school_name", "reference")
    return list_sheet(request, f"{slug}-who-owes-what", OWED, rows.values_list(*FIELDS, named=True))


def _of_schools(request: Asked) -> HttpResponse:
    now = standing_of_fees(request.partnership, viewer=request.who)
    own = own_schools(request.partnership, viewer=request.who)
    taken = taken_over(request.partnership, viewer=request.who)
    every = {one.pk: one for _, invoices in own for one in invoices}
    every |= {one.invoice.pk: one.invoice for rows in taken.values() for one in rows if one.invoice}
    still = sorted((one for one in every.values() if one.owed), key=lambda one: (one.due_on, one.school_name))
    late = [one for one in still if one.state is State.OVERDUE]
    sums = {"owed": sum(one.owed for one in still), "late": sum(one.owed for one in late), "open": len(still)}
    context = {"now": now, "covers": covers(), "own": own, "taken": taken, "sums": sums, "still": listed(_still(request), still)}
    return render(request, "fees/own.html", context)


def _still(request: Asked) -> tuple[Column, ...]:
    """The columns of what the viewer's schools still owe; what they took over from others opens with its code alone."""
    own, slug = request.who.schools_in(request.partnership.pk), request.partnership.slug

    def number(one: Any) -> Text:
        return Text(one.reference, reverse("invoices:invoice", args=[slug, one.reference]) if one.school_id in own else "")

    return (
        Column("school_name", "School"),
        Column("reference", "Number", cell=number, classes="fees-number"),
        Column("due_on", "Please pay by", classes="fees-number"),
        amounts("owed", "Owed"),
    )


def set_up(request: Asked, slug: str) -> HttpResponse:
    """Who issues, and what stands on the paper."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    now = standing_of_fees(request.partnership, viewer=request.who)
    fees, look = reverse("fees:overview", args=[slug]), reverse("fees:issue", args=[slug])
    first: dict[str, Any] = {"series": now.prefix or suggested_series(request.partnership, viewer=request.who)}
    suggested = {"supplier_name": request.partnership.name, "supplier_email": request.partnership.contact_email}
    first |= {name: value for name, value in suggested.items() if not getattr(now.settings, name)}
    first["issuer"] = now.settings.issuer or Issuer.PARTNERSHIP  # a learning partnership's own, until it says otherwise
    first["support_words"] = support_words(*term_year(fee_dates(request.partnership), 1))
    texts = signed_texts(request.partnership, 1, viewer=request.who)
    first["year_one_fee"] = suggested_fee(texts, now.settings.year_one_fee)
    if year := now.numbered(1):
        first |= {"year_one_fee": year.amount, "support_words": year.support_words, "payment_days": year.payment_days}

    def done(year: FeeYear) -> Done:
        words = f"Fees are set up: {short_pounds(year.amount)} for year {year.number}, to be paid in {year.payment_days} days."
        return Done(
            words, (("Change the set-up", request.path), *(() if is_due() else (("See who would get an invoice", look),)))
        )

    def is_due() -> bool:
        return bool(count_due(request.partnership, viewer=request.who))

    return form_page(
        request, partial(SetUpForm, now=now.settings, initial=first), partial(set_up_fees, partnership=request.partnership),
        title="Set up fees", caption="Fees", lead="Once for the partnership. You see a draft before anything goes out.",
        back=("Fees", fees), done=done, next=lambda year: look if is_due() else fees, page="fees/set_up.html", texts=texts,
    )  # fmt: skip


def issue(request: Asked, slug: str) -> HttpResponse:
    """What issuing would do; then, with one press, do it."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    if request.method == "POST":
        sent = IssueYearForm(request.POST)
        if sent.is_valid():
            run = issuing.issue_invoices(partnership=request.partnership, **sent.cleaned_data, by=request.who)
            return say_and_go(request, run, partial(_issued, slug), reverse("fees:overview", args=[slug]))
        messages.warning(request, "Nothing was issued. Look at the list below and press the button again.")
    now, preview = preview_issue(request.partnership, _year(request), viewer=request.who)
    form = IssueYearForm(initial={"seen": preview.shown, "number": preview.year})
    pills = [(f"Year {one.number}", None, f"?year={one.number}", one.number == preview.year) for one in now.years]
    short = short_by(request.partnership, preview.year, viewer=request.who)
    least, most = preview.each
    tables = {
        "ready": listed(READY if least != most else READY[:-1], preview.ready),
        "not_due": listed(NOT_DUE, preview.not_due),
        "beyond_rows": listed(NOT_DUE, preview.beyond),
    }
    context = {"now": now, "preview": preview, "form": form, "pills": pills, "short": short, **tables}
    context["today"] = clock.today()
    context["may_write"] = bool(may_run_signup(request.who, request.partnership.pk))
    return render(request, "fees/issue.html", context)


def run_csv(request: Asked, slug: str) -> HttpResponseBase:
    """What the run would do, for a spreadsheet: who gets one, then who gets none and why."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    _, preview = preview_issue(request.partnership, _year(request), viewer=request.who)
    none = [(one.urn, one.name, "", "", "", None, one.why) for one in preview.not_due]
    return list_sheet(request, f"{slug}-fee-year-{preview.year}", RUN, preview.ready, foot=none)


def _issued(slug: str, run: IssueRun | None) -> str | Done:
    if run is None:
        return "Nothing was issued: no school is waiting for one."
    first, last = (reference(run.partnership.invoice_series.prefix, number) for number in (run.first, run.last))
    words = f"{plural(run.count, 'school has', 'schools have')} been asked for the fee: {plural(run.count, 'invoice')} with the "
    words += f"numbers {first} to {last}, none twice." if run.count > 1 else f"number {first}."
    messages = ("See the messages", f"{reverse('notices:list', args=[slug])}?kind=invoices.issued")
    bank = ("Read a statement when they pay", reverse("bank:read_bank_file", args=[slug]))
    if run.count < LONG_RUN:
        return Done(words, (messages, bank))
    return Done(f"{words} Their PDFs are being made.", (messages, ("See how far that is", reverse("work:jobs")), bank))


def _year(request: Asked) -> int | None:
    """The year that the address names; nothing stands for the latest."""
    text = request.GET.get("year", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None


def draft_pdf(request: Asked, slug: str) -> HttpResponse:
    """The first invoice of the run as it would look, marked DRAFT."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    pdf = drafted(request.partnership, _year(request), viewer=request.who)
    if pdf is None:
        messages.info(request, "There is nothing to look at yet: no school is due an invoice.")
        return redirect("fees:issue", slug)
    return pdf_page(pdf, "draft")
