"""The bank's statement: read it, look at each line, book it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.ground.core import keys
from alongside.ground.core.money import pounds
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import plural
from alongside.ground.web.asked import Asked
from alongside.ground.web.tables import table
from alongside.members.partnerships.queries import school_of, settings_of
from alongside.money.bank import actions, queries
from alongside.money.bank.forms import BankFileForm, IgnoreForm
from alongside.money.bank.models import BankLine
from alongside.money.bank.rules.matching import Sure
from alongside.money.bank.rules.reading import LineState
from alongside.money.invoices.permissions import may_record_payment
from alongside.money.invoices.queries.invoices import invoices_at, open_invoices
from alongside.money.invoices.rules.settings import Issuer, IssuerSettings

MOST_TICKED = 60


def bank(request: Asked, slug: str) -> HttpResponse:
    """The lines of the bank: those that wait each with what they are probably about."""
    require(may_record_payment(request.who, request.partnership.pk))
    counts = queries.counts_of_lines(request.partnership, viewer=request.who)
    show = request.GET.get("show", "waiting")
    show = show if show in {one.value for one in LineState} else LineState.WAITING.value
    rows = table(
        request.GET,
        queries.bank_lines(request.partnership, show, viewer=request.who),
        queries.BANK_COLUMNS,
        fields=("pk", "on", "words", "amount", "why_ignored"),
        sort="on" if show == LineState.WAITING else "-on",
        chosen={"show": show},
        count=getattr(counts, show),
    )
    found = {}
    if show == LineState.WAITING and rows.rows:
        among = queries.candidates(request.partnership, viewer=request.who)
        found = queries.proposals([(key, amount, words) for key, _, words, amount, _ in rows.rows], among, viewer=request.who)
    pills = [
        (label, getattr(counts, key), rows.address(show=key, page=None, sort=None), key == show)
        for label, key in (("To look at", "waiting"), ("Booked", "booked"), ("None of ours", "ignored"))
    ]
    return render(
        request,
        "bank/bank.html",
        {
            "table": rows,
            "pills": pills,
            "show": show,
            "counts": counts,
            "proposals": found,
            "ready": sum(1 for one in found.values() if one.sure != Sure.NONE),
            "files": queries.bank_files(request.partnership, viewer=request.who),
        },
    )


def read_bank_file(request: Asked, slug: str) -> HttpResponse:
    """Take a statement file in: all of it, or nothing with every bad line named."""
    require(may_record_payment(request.who, request.partnership.pk))
    posted = request.method == "POST"
    form = BankFileForm(request.POST, request.FILES) if posted else BankFileForm(initial={"key": keys.new_key()})
    bad: list[Any] = []
    if posted and form.is_valid():
        name, text = form.cleaned_data["file"]
        read = actions.read_bank_file(
            partnership=request.partnership, key=form.cleaned_data["key"], name=name, text=text, by=request.who
        )
        bad = read.bad
        if not bad:
            known = f" {plural(read.known, 'line was', 'lines were')} here already." if read.known else ""
            messages.success(request, f"{plural(read.new, 'new line', 'new lines')} to look at.{known}")
            return redirect("bank:bank", slug)
    issuer = settings_of(request.partnership, IssuerSettings).issuer
    return render(
        request,
        "bank/read_bank_file.html",
        {
            "form": form,
            "bad": bad,
            "bad_rows": [(one.line, one.reference, one.why) for one in bad[:200]],
            "elsewhere": issuer if issuer != Issuer.PARTNERSHIP else "",
        },
    )


@require_POST
def book_bank_lines(request: Asked, slug: str) -> HttpResponse:
    """Book the lines that were ticked, each as it was shown."""
    require(may_record_payment(request.who, request.partnership.pk))
    ticked = dict(one.split(":", 1) for one in request.POST.getlist("book")[:MOST_TICKED] if ":" in one)
    lines = queries.lines_at(ticked, request.partnership, viewer=request.who)
    wanted = {key for invoices in ticked.values() for key in invoices.split("+")}
    invoices = {one.pk: one for one in invoices_at(wanted, request.partnership, viewer=request.who)}
    booked, pence, missed = 0, 0, []
    for key, chosen in ticked.items():
        line, about = lines.get(key), [invoices[one] for one in chosen.split("+") if one in invoices]
        if line is None or not about:
            continue
        try:
            actions.book_bank_line(line=line, invoices=about, by=request.who)
        except Conflict as problem:
            missed.append(f"{pounds(line.amount)}: {problem.reason}")
        else:
            booked, pence = booked + 1, pence + line.amount
    if booked:
        messages.success(request, f"{plural(booked, 'line is', 'lines are')} booked, {pounds(pence)} in all.")
    for words in missed[:5]:
        messages.warning(request, words)
    if not ticked:
        messages.info(request, "Tick the lines that you have looked at, then press the button.")
    return redirect("bank:bank", slug)


def _line(request: Asked, key: str) -> BankLine:
    require(may_record_payment(request.who, request.partnership.pk))
    found = queries.bank_line_at(key, request.partnership, viewer=request.who)
    if found is None:
        raise Http404
    return found


def bank_line(request: Asked, slug: str, key: str) -> HttpResponse:
    """One line: what it is probably about, other invoices to choose, or what else it is."""
    line = _line(request, key)
    words = request.GET.get("words", "").replace("\x00", "").strip()[:80]
    waiting = line.state == LineState.WAITING
    proposal = None
    if waiting and line.amount > 0:
        among = queries.candidates(request.partnership, viewer=request.who)
        proposal = queries.proposals([(line.pk, line.amount, line.words)], among, viewer=request.who)[line.pk]
    found = waiting and line.amount > 0
    became = queries.became_of(line, viewer=request.who) if line.state == LineState.BOOKED else []
    return render(
        request,
        "bank/bank_line.html",
        {
            "line": line,
            "waiting": waiting,
            "proposal": proposal,
            "words": words,
            "invoices": open_invoices(request.partnership, words, viewer=request.who) if found else [],
            "refunds": queries.refunds_open(line, viewer=request.who) if waiting and line.amount < 0 else [],
            "became": became,
            "became_rows": [(number or "–", school, pounds(amount), words) for number, school, amount, words in became],
            "ignore_form": IgnoreForm(),
        },
    )


@require_POST
def book_bank_line(request: Asked, slug: str, key: str) -> HttpResponse:
    """Book one line to the invoices, or for the school, that were chosen."""
    line = _line(request, key)
    if line.amount < 0:
        refund = next(
            (one for one in queries.refunds_open(line, viewer=request.who) if one.pk == request.POST.get("refund")), None
        )
        if refund is None:
            messages.warning(request, "Choose the refund that this line stands for.")
            return redirect("bank:bank_line", slug, key)
        actions.book_refund_line(line=line, refund=refund, by=request.who)
    else:
        invoices = invoices_at(request.POST.getlist("invoice")[:MOST_TICKED], request.partnership, viewer=request.who)
        urn = request.POST.get("urn", "").strip()
        known = urn.isascii() and urn.isdigit() and len(urn) < 8
        school = school_of(request.partnership, int(urn), viewer=request.who) if known else None
        try:
            actions.book_bank_line(line=line, invoices=invoices, school=school, by=request.who)
        except Invalid as problem:
            messages.warning(request, f"Nothing was booked. {problem}.")
            return redirect("bank:bank_line", slug, key)
    messages.success(request, f"Booked: {pounds(line.amount)}.")
    return redirect("bank:bank", slug)


@require_POST
def ignore_bank_line(request: Asked, slug: str, key: str) -> HttpResponse:
    """Say that a line is none of the fees' business."""
    line, form = _line(request, key), IgnoreForm(request.POST)
    if not form.is_valid():
        messages.warning(request, "Say what it is, like: bank charges.")
        return redirect("bank:bank_line", slug, key)
    actions.ignore_bank_line(line=line, **form.cleaned_data, by=request.who)
    messages.success(request, "Put aside as none of ours.")
    return redirect("bank:bank", slug)


@require_POST
def reopen_bank_line(request: Asked, slug: str, key: str) -> HttpResponse:
    """Look again at a line that was put aside."""
    actions.reopen_bank_line(line=_line(request, key), by=request.who)
    messages.success(request, "It is back among the lines to look at.")
    return redirect("bank:bank_line", slug, key)
