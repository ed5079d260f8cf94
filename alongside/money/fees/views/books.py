"""The money for other people's books, and what finance says about VAT."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from alongside.ground.core import clock
from alongside.ground.core.verdict import Invalid, require
from alongside.ground.core.words import plural
from alongside.ground.web.asked import Asked
from alongside.ground.web.sensitive import sensitive
from alongside.ground.web.tables import Column, table
from alongside.money.fees import actions, queries
from alongside.money.fees.forms import VatForm
from alongside.money.fees.permissions import may_issue_invoices

VAT_COLUMNS = (
    Column("number", "Number", ("invoice__number",)),
    Column("school", "School", ("invoice__school_name", "invoice__number")),
    Column("words", "Line"),
    Column("net", "Amount", ("net", "invoice__number"), numeric=True),
)
CODES = {"sales": "4000", "bank": "1200", "account": "200"}


@sensitive
def books(request: Asked, slug: str) -> HttpResponse:
    """Downloads for finance systems and checkers."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    now = queries.standing_of_fees(request.partnership, viewer=request.who)
    asking = queries.lines_asking(request.partnership, viewer=request.who).count()
    return render(request, "fees/books.html", {"now": now, "asking": asking, "codes": CODES})


@sensitive
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


@sensitive
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
            return redirect("fees:vat", slug)
    rows = table(
        request.GET,
        queries.lines_asking(request.partnership, viewer=request.who),
        VAT_COLUMNS,
        fields=("invoice__reference", "invoice__school_name", "words", "net"),
        sort="number",
    )
    used = queries.vat_codes_used(request.partnership, viewer=request.who)
    return render(request, "fees/vat.html", {"form": form, "table": rows, "used": used})
