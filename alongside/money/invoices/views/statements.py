"""A school's statement, money held for it, and the debt of all schools by age."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.cells import Pounds, Text
from alongside.ground.core.money import pounds
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import require
from alongside.ground.core.words import short_date
from alongside.ground.web.asked import Asked, find, found
from alongside.ground.web.downloads import pdf_page
from alongside.ground.web.pages import Done, form_page
from alongside.ground.web.pictures import Slice
from alongside.ground.web.sheets import list_sheet
from alongside.ground.web.tables import Column, Where, listed, pounds as amounts
from alongside.members.partnerships.queries import school_of, settings_of
from alongside.members.schools.models import School
from alongside.money.invoices.actions import held
from alongside.money.invoices.forms import HoldForm, NeverCameForm, PeriodForm, RefundForm, UseHeldForm
from alongside.money.invoices.models.corrections import Account, HeldMoney
from alongside.money.invoices.models.invoices import Invoice, Payment
from alongside.money.invoices.permissions import may_issue_invoices, may_record_payment, may_see_invoice
from alongside.money.invoices.queries import papers
from alongside.money.invoices.queries.invoices import invoices_at, open_invoices
from alongside.money.invoices.queries.ledger import account_for, aged_debt_of, statement_for
from alongside.money.invoices.rules.settings import Issuer, IssuerSettings
from alongside.money.invoices.rules.statements import BUCKETS, TONES, Aged, Statement

STATEMENT = (
    Column("on", "Day", classes="fees-number"),
    Column("words", "What"),
    Column("reference", "Number", classes="fees-number"),
    amounts("more", "Owed", sparse=True),
    amounts("less", "Paid or credited", sparse=True),
    amounts("balance", "Balance"),
)


def _school(request: Asked, urn: int) -> School:
    school = found(school_of(request.partnership, urn, viewer=request.who))
    require(may_see_invoice(request.who, request.partnership.pk, school.pk))
    return school


def _statement(request: Asked, school: School) -> tuple[Statement, PeriodForm]:
    asked = PeriodForm(request.GET) if any(name.startswith(("first_on", "last_on")) for name in request.GET) else PeriodForm()
    typed = asked.cleaned_data if asked.is_bound and asked.is_valid() else {}
    last = min(typed.get("last_on") or clock.today(), clock.today())
    shown = statement_for(request.partnership, school, typed.get("first_on"), last, viewer=request.who)
    if not asked.is_bound:
        asked = PeriodForm(initial={"first_on": shown.first_on, "last_on": shown.last_on})
    return shown, asked


def statement(request: Asked, slug: str, urn: int) -> HttpResponse:
    """What a school was asked for, what it paid, what was credited, and the balance after each."""
    school = _school(request, urn)
    shown, form = _statement(request, school)
    account = account_for(request.partnership, school, viewer=request.who)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return render(
        request,
        "invoices/statement.html",
        {
            "school": school,
            "statement": shown,
            "table": listed(STATEMENT, shown.shown),
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
    shown, _ = _statement(request, school)
    pdf = papers.statement_pdf(request.partnership, school, shown, viewer=request.who)
    return pdf_page(pdf, f"statement-{school.urn}-{shown.last_on.isoformat()}")


def statement_csv(request: Asked, slug: str, urn: int) -> HttpResponseBase:
    """A statement for a spreadsheet."""
    school = _school(request, urn)
    shown, _ = _statement(request, school)
    return list_sheet(request, f"statement-{school.urn}", STATEMENT, shown.shown)


def was_held(row: HeldMoney, words: str) -> Done:
    """What is said where money of a school is held from now on, and what may become of it."""
    to = [row.account.partnership.slug, row.account.school.urn]
    further = {"Use it for an invoice": "use_held_money", "Pay it back": "refund_money", "It never came": "note_never_came"}
    return Done(words, tuple((label, reverse(f"invoices:{name}", args=to)) for label, name in further.items()))


def _with_held(
    request: Asked, school: School, form: Any, deed: Callable[..., Any], *, first: dict[str, Any], **more: Any
) -> HttpResponse:
    """A form about the money that is held for a school; it leads back to the school's statement."""
    page = reverse("invoices:statement", args=[request.partnership.slug, school.urn])
    words = {"caption": school.name, "back": (f"Statement of {school.name}", page), "next": page, "button": "Record it", **more}
    return form_page(request, partial(form, initial=first), deed, **words)


def _account(request: Asked, school: School) -> Account:
    require(may_record_payment(request.who, request.partnership.pk))
    account = account_for(request.partnership, school, viewer=request.who)
    return account or Account(partnership=request.partnership, school=school)


def hold_money(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Write down money of a school that came in for no invoice."""
    school = _school(request, urn)
    require(may_record_payment(request.who, request.partnership.pk))
    return _with_held(
        request, school, HoldForm, partial(held.hold_money, partnership=request.partnership, school=school),
        first={"received_on": clock.today()}, title="Money in for no invoice",
        lead="It is held for the school until it is used for an invoice or paid back.",
        done=lambda row: was_held(row, f"{pounds(row.amount)} of {short_date(row.on)} is recorded and held for the school."),
    )  # fmt: skip


def use_held_money(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Set money held against an invoice: the school's own, or another's where one payer paid for several."""
    school = _school(request, urn)
    account = _account(request, school)
    choices = open_invoices(request.partnership, first=school, viewer=request.who)
    options = [(one.key, f"{one.number} · {one.school} · {one.words}") for one in choices]
    if (posted := request.POST.get("invoice")) and posted not in dict(options):  # settled since the page was opened
        options += [
            (one.pk, f"{one.reference} · {one.school_name}")
            for one in invoices_at([posted], request.partnership, viewer=request.who)
        ]
    owed = next((one.owed for one in choices if one.school_key == school.pk), account.held)

    def deed(*, invoice: str, by: Standing, **typed: Any) -> Payment:
        to = find(Invoice.objects.select_related("partnership"), request, pk=invoice)
        return held.use_held_money(account=account, invoice=to, **typed, by=by)

    def done(row: Payment) -> Done:
        number = row.invoice.reference
        words, off = f"{pounds(row.amount)} of the money held is used for {number}.", [slug, number, row.pk]
        return Done(words, (("Undo it", reverse("invoices:free_payment", args=off)),))

    return _with_held(
        request, school, partial(UseHeldForm, invoices=options), deed, first={"amount": min(account.held, owed) or None},
        title="Use money held", button="Use it", done=done,
        page="invoices/use_held_money.html", held=account.held, options=options,
        lead=f"{pounds(account.held)} is held. It can be set against this school’s invoice, or another’s where one payer has "
        "paid for several.",
    )  # fmt: skip


def refund_money(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Write down that money held was paid back."""
    school = _school(request, urn)
    account = _account(request, school)
    return _with_held(
        request, school, RefundForm, partial(held.refund_money, account=account),
        first={"amount": account.held or None, "paid_on": clock.today()}, title="Pay money back",
        lead=f"Write it down when it has gone out. {pounds(account.held)} is held for the school.",
        done=lambda row: f"{pounds(row.amount)}, paid back on {short_date(row.on)}, is recorded.",
    )  # fmt: skip


def note_never_came(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Take out of what is held money that never came."""
    school = _school(request, urn)
    account = _account(request, school)
    return _with_held(
        request, school, NeverCameForm, partial(held.note_never_came, account=account), first={"amount": account.held or None},
        title="Money that never came", button="Take it out",
        lead=f"Of the {pounds(account.held)} that is held, take out what never reached the bank.",
        done=lambda row: f"{pounds(row.amount)} is taken out of what is held: it never came.",
    )  # fmt: skip


def _by_age(slug: str) -> list[Column]:
    """The columns of what schools owe by age."""

    def name(row: Aged) -> Text:
        held = f"{pounds(row.held)} held" if row.held else ""
        return Text(row.name, reverse("invoices:statement", args=[slug, row.urn]), held)

    def owed(age: int) -> Callable[[Aged], Pounds | None]:
        return lambda row: Pounds(row.owed[age]) if row.owed[age] else None

    return [
        Column("urn", "URN", where=Where.FILE),
        Column("name", "School", cell=name),
        *(Column(f"age{n}", words, numeric=True, cell=owed(n)) for n, words in enumerate(BUCKETS)),
        amounts("total", "Total"),
    ]


def aged_debt(request: Asked, slug: str) -> HttpResponse:
    """What every school owes, by the days since it was due."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    rows = aged_debt_of(request.partnership, viewer=request.who)
    sums = [sum(one.owed[n] for one in rows) for n in range(len(BUCKETS))]
    foot = ("All", *(Pounds(one) if one else None for one in sums), Pounds(sum(sums)))
    slices = [Slice(*one) for one in zip(BUCKETS, sums, TONES, strict=True)]
    return render(request, "invoices/aged_debt.html", {"table": listed(_by_age(slug), rows, foot=foot), "slices": slices})


def aged_debt_csv(request: Asked, slug: str) -> HttpResponseBase:
    """The same for a spreadsheet."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    rows = aged_debt_of(request.partnership, viewer=request.who)
    return list_sheet(request, f"aged-debt-{clock.today().isoformat()}", _by_age(slug), rows)
