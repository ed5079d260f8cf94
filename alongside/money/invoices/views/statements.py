"""A school's statement, money held for it, and the debt of all schools by age."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render

from alongside.ground.core import clock, keys
from alongside.ground.core.money import pounds
from alongside.ground.core.verdict import Invalid, require
from alongside.ground.web.asked import Asked
from alongside.ground.web.pictures import Slice
from alongside.ground.web.sheets import sheet
from alongside.members.partnerships.queries import school_of, settings_of
from alongside.members.schools.models import School
from alongside.money.invoices.actions import held
from alongside.money.invoices.forms.corrections import HoldForm, NeverCameForm, PeriodForm, RefundForm, UseHeldForm
from alongside.money.invoices.models.corrections import Account
from alongside.money.invoices.permissions import may_issue_invoices, may_record_payment, may_see_invoice
from alongside.money.invoices.queries import papers
from alongside.money.invoices.queries.invoices import invoices_at, open_invoices
from alongside.money.invoices.queries.ledger import account_for, aged_debt_of, statement_for
from alongside.money.invoices.rules.settings import Issuer, IssuerSettings
from alongside.money.invoices.rules.statements import BUCKETS, Statement

TONES = ("green", "light", "amber", "purple", "red")


def _school(request: Asked, urn: int) -> School:
    school = school_of(request.partnership, urn, viewer=request.who)
    if school is None:
        raise Http404
    require(may_see_invoice(request.who, request.partnership.pk, school.pk))
    return school


def _statement(request: Asked, school: School) -> tuple[Statement, PeriodForm]:
    asked = PeriodForm(request.GET) if any(name.startswith(("first_on", "last_on")) for name in request.GET) else PeriodForm()
    typed = asked.cleaned_data if asked.is_bound and asked.is_valid() else {}
    last = min(typed.get("last_on") or clock.today(), clock.today())
    found = statement_for(request.partnership, school, typed.get("first_on"), last, viewer=request.who)
    if not asked.is_bound:
        asked = PeriodForm(initial={"first_on": found.first_on, "last_on": found.last_on})
    return found, asked


def statement(request: Asked, slug: str, urn: int) -> HttpResponse:
    """What a school was asked for, what it paid, what was credited, and the balance after each."""
    school = _school(request, urn)
    found, form = _statement(request, school)
    account = account_for(request.partnership, school, viewer=request.who)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return render(
        request,
        "invoices/statement.html",
        {
            "school": school,
            "statement": found,
            "form": form,
            "held": account.held if account else 0,
            "office": bool(may_issue_invoices(request.who, request.partnership.pk)),
            "query": query,
            "hosted": settings_of(request.partnership, IssuerSettings).issuer == Issuer.HOST,
        },
    )


def statement_pdf(request: Asked, slug: str, urn: int) -> HttpResponse:
    """A statement as a PDF."""
    school = _school(request, urn)
    found, _ = _statement(request, school)
    pdf = papers.statement_pdf(request.partnership, school, found, viewer=request.who)
    name = f'inline; filename="statement-{school.urn}-{found.last_on.isoformat()}.pdf"'
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": name})


def statement_csv(request: Asked, slug: str, urn: int) -> StreamingHttpResponse:
    """A statement as CSV."""
    school = _school(request, urn)
    found, _ = _statement(request, school)
    rows: list[tuple[Any, ...]] = [(found.first_on.isoformat(), "Owed before", "", "", "", _plain(found.opening))]
    rows += [
        (one.on.isoformat(), one.words, one.reference, _plain(one.more), _plain(one.less), _plain(one.balance))
        for one in found.lines
    ]
    head = ("day", "what", "number", "owed", "paid_or_credited", "balance")
    return sheet(f"statement-{school.urn}", head, rows)


def _plain(pence: int) -> str:
    return pounds(pence).replace("£", "").replace(",", "")


def _account(request: Asked, school: School) -> Account:
    require(may_record_payment(request.who, request.partnership.pk))
    account = account_for(request.partnership, school, viewer=request.who)
    return account or Account(partnership=request.partnership, school=school)


def _press(request: Asked, form: Any, school: School, template: str, deed: Any, done: str, **more: Any) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            deed(form.cleaned_data)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, done)
            return redirect("invoices:statement", request.partnership.slug, school.urn)
    return render(request, template, {"form": form, "school": school, **more})


def hold_money(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Write down money of a school that came in for no invoice."""
    school = _school(request, urn)
    require(may_record_payment(request.who, request.partnership.pk))
    form = HoldForm(request.POST or None, initial={"key": keys.new_key(), "received_on": clock.today()})

    def deed(typed: dict[str, Any]) -> None:
        held.hold_money(partnership=request.partnership, school=school, **typed, by=request.who)

    return _press(request, form, school, "invoices/hold_money.html", deed, "Recorded. It is held for the school.")


def use_held_money(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Set money held against an invoice: the school's own, or another's where one payer paid for several."""
    school = _school(request, urn)
    account = _account(request, school)
    choices = open_invoices(request.partnership, first=school, viewer=request.who)
    options = [(one.key, f"{one.number} · {one.school} · {pounds(one.owed)} owed") for one in choices]
    if (posted := request.POST.get("invoice")) and posted not in dict(options):  # settled since the page was opened
        options += [
            (one.pk, f"{one.reference} · {one.school_name}")
            for one in invoices_at([posted], request.partnership, viewer=request.who)
        ]
    owed = next((one.owed for one in choices if one.school_key == school.pk), account.held)
    form = UseHeldForm(
        request.POST or None, invoices=options, initial={"key": keys.new_key(), "amount": min(account.held, owed) or None}
    )

    def deed(typed: dict[str, Any]) -> None:
        found = invoices_at([typed.pop("invoice")], request.partnership, viewer=request.who)
        if not found:
            raise Invalid(invoice="Choose the invoice again: it is no longer to be found")
        held.use_held_money(account=account, invoice=found[0], **typed, by=request.who)

    return _press(
        request, form, school, "invoices/use_held_money.html", deed, "Used for the invoice.", held=account.held, options=options
    )


def refund_money(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Write down that money held was paid back."""
    school = _school(request, urn)
    account = _account(request, school)
    first = {"key": keys.new_key(), "amount": account.held or None, "paid_on": clock.today()}
    form = RefundForm(request.POST or None, initial=first)

    def deed(typed: dict[str, Any]) -> None:
        held.refund_money(account=account, **typed, by=request.who)

    return _press(request, form, school, "invoices/refund_money.html", deed, "Recorded as paid back.", held=account.held)


def note_never_came(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Take out of what is held money that never came."""
    school = _school(request, urn)
    account = _account(request, school)
    form = NeverCameForm(request.POST or None, initial={"key": keys.new_key(), "amount": account.held or None})

    def deed(typed: dict[str, Any]) -> None:
        held.note_never_came(account=account, **typed, by=request.who)

    return _press(
        request, form, school, "invoices/note_never_came.html", deed, "Recorded: this money never came.", held=account.held
    )


def aged_debt(request: Asked, slug: str) -> HttpResponse:
    """What every school owes, by the days since it was due."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    rows = aged_debt_of(request.partnership, viewer=request.who)
    sums = [sum(one.owed[n] for one in rows) for n in range(len(BUCKETS))]
    return render(
        request,
        "invoices/aged_debt.html",
        {
            "rows": rows,
            "sums": sums,
            "buckets": BUCKETS,
            "slices": [Slice(words, pence, tone) for words, pence, tone in zip(BUCKETS, sums, TONES, strict=True)],
            "held": sum(one.held for one in rows),
        },
    )


def aged_debt_csv(request: Asked, slug: str) -> StreamingHttpResponse:
    """The same as CSV."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    rows = aged_debt_of(request.partnership, viewer=request.who)
    cells = [(one.urn, one.name, *(_plain(pence) for pence in (*one.owed, one.total, one.held))) for one in rows]
    head = ("urn", "school", *(name.lower().replace(" ", "_") for name in BUCKETS), "total", "held")
    return sheet(f"aged-debt-{clock.today().isoformat()}", head, cells)
