"""The money for other people's books, the host's schedule, and what finance says about VAT."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from alongside.ground.core import clock
from alongside.ground.core.money import pounds
from alongside.ground.core.verdict import Invalid, require
from alongside.ground.core.words import plural
from alongside.ground.web.asked import Asked
from alongside.ground.web.tables import Column, table
from alongside.members.partnerships.queries import settings_of
from alongside.money.books import actions, queries
from alongside.money.books.forms import ScheduleForm, VatForm
from alongside.money.invoices.permissions import may_issue_invoices
from alongside.money.invoices.queries.invoices import totals_of
from alongside.money.invoices.rules.settings import IssuerSettings

VAT_COLUMNS = (
    Column("number", "Number", ("invoice__number",)),
    Column("school", "School", ("invoice__school_name", "invoice__number")),
    Column("words", "Line"),
    Column("net", "Amount", ("net", "invoice__number"), numeric=True),
)
CODES = {"sales": "4000", "bank": "1200", "account": "200"}


def books(request: Asked, slug: str) -> HttpResponse:
    """Downloads for finance systems and checkers."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    issuer = settings_of(request.partnership, IssuerSettings).issuer
    asking = queries.lines_asking(request.partnership, viewer=request.who).count()
    return render(request, "books/books.html", {"issuer": issuer, "asking": asking, "codes": CODES})


def books_file(request: Asked, slug: str, form: str) -> HttpResponse:
    """One of the downloads."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    code = {name: _code(request, name) for name in CODES}
    if form == "xero":
        text = actions.export_xero(partnership=request.partnership, account=code["account"], by=request.who)
    elif form == "sage":
        text = actions.export_sage(partnership=request.partnership, sales=code["sales"], bank=code["bank"], by=request.who)
    elif form == "beancount":
        text = actions.export_double_entry(partnership=request.partnership, by=request.who)
    else:
        raise Http404
    kind, ending = ("text/plain", "beancount") if form == "beancount" else ("text/csv", "csv")
    name = f"{slug}-{form}-{clock.today().isoformat()}.{ending}"
    start = "" if form == "beancount" else "\ufeff"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(start + text, content_type=f"{kind}; charset=utf-8", headers=headers)


def _code(request: Asked, name: str) -> str:
    typed = request.GET.get(name, "").strip()
    return typed if typed.isascii() and typed.isalnum() and len(typed) <= 12 else CODES[name]


def vat(request: Asked, slug: str) -> HttpResponse:
    """Lines whose VAT finance has not settled, and what it says about them."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    form = VatForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            settled = actions.settle_vat_code(partnership=request.partnership, **form.cleaned_data, by=request.who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(
                request, f"Noted beside {plural(settled, 'line')}. What was issued is unchanged; exports carry the code."
            )
            return redirect("books:vat", slug)
    rows = table(
        request.GET,
        queries.lines_asking(request.partnership, viewer=request.who),
        VAT_COLUMNS,
        fields=("invoice__reference", "invoice__school_name", "words", "net"),
        sort="number",
    )
    used = queries.vat_codes_used(request.partnership, viewer=request.who)
    return render(request, "books/vat.html", {"form": form, "table": rows, "used": used})


def schedule(request: Asked, slug: str) -> HttpResponse:
    """Download the charges; take in the host's numbers and payments, the whole file or none of it."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    posted = request.method == "POST"
    form, bad = (ScheduleForm(request.POST, request.FILES) if posted else ScheduleForm()), []
    if posted and form.is_valid():
        taken = actions.import_schedule(partnership=request.partnership, text=form.cleaned_data["file"], by=request.who)
        bad = taken.bad
        if not bad:
            messages.success(
                request,
                f"Taken in: {plural(taken.numbers, 'number')} of the host’s and {plural(taken.payments, 'payment')}, "
                f"{pounds(taken.pence)} in all.",
            )
            return redirect("books:schedule", slug)
    settings = settings_of(request.partnership, IssuerSettings)
    totals = totals_of(request.partnership, viewer=request.who)
    return render(
        request,
        "books/schedule.html",
        {
            "form": form,
            "bad": bad,
            "bad_rows": [(one.line, one.reference or "–", one.why) for one in bad],
            "settings": settings,
            "totals": totals,
        },
    )


def schedule_csv(request: Asked, slug: str) -> HttpResponse:
    """Every charge as CSV."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    text = actions.export_schedule(partnership=request.partnership, by=request.who)
    name = f"{request.partnership.slug}-fees.csv"
    return HttpResponse(
        "\ufeff" + text, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
