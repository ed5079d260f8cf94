"""The bank's statement: read it, look at each line, book it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from alongside.ground.core import clock
from alongside.ground.core.cells import Text
from alongside.ground.core.money import pounds
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import near_date, plural, short_date
from alongside.ground.web.asked import Asked, find
from alongside.ground.web.pages import Done, form_page, press, say
from alongside.ground.web.sheets import list_sheet
from alongside.ground.web.tables import Column, listed, pounds as amounts, table
from alongside.members.partnerships.queries import school_of, schools_to_choose, settings_of
from alongside.money.bank import actions, queries
from alongside.money.bank.forms import BankFileForm, HoldLineForm, IgnoreForm
from alongside.money.bank.models import BankFile, BankLine
from alongside.money.bank.rules.matching import seen_in
from alongside.money.bank.rules.reading import LineState
from alongside.money.invoices.permissions import may_record_payment
from alongside.money.invoices.queries.invoices import invoices_at, open_invoices
from alongside.money.invoices.rules.settings import Issuer, IssuerSettings

MOST_TICKED = 60


def _parts(slug: str) -> tuple[Column, ...]:
    """The columns of what a line was booked to: each invoice leads to its page, what is held to the school’s statement."""

    def place(row: Any) -> Text:
        if row.number:
            return Text(row.number, reverse("invoices:invoice", args=[slug, row.number]))
        return Text("Held for the school", reverse("invoices:statement", args=[slug, row.urn]))

    return (Column("number", "Booked to", cell=place), Column("school", "School"), amounts("amount", "Amount"))


def _columns(slug: str, state: str) -> list[Column]:
    """The columns of the lines in one state."""

    def words(row: Any) -> Text:
        return Text(row.words or "No words", reverse("bank:bank_line", args=[slug, row.pk]))

    about = {LineState.WAITING: "Probably", LineState.BOOKED: "Status", LineState.IGNORED: "What it is"}[LineState(state)]
    return [
        Column("on", "Day", ("on", "position"), cell=lambda row: near_date(row.on, clock.today()), classes="fees-number"),
        Column("words", "What the bank says", cell=words, classes="fees-bank-words", alone=True),
        amounts("amount", "Amount", ("amount", "on")),
        Column("about", about, cell=lambda row: row.why_ignored or LineState(state).label, alone=state == LineState.WAITING),
    ]


def _file(state: str) -> tuple[Column, ...]:
    """The columns of the lines in one state, as a file."""
    why = (Column("why_ignored", "What it is"),) if state == LineState.IGNORED else ()
    return (Column("on", "Day"), Column("words", "What the bank says"), amounts("amount", "Amount"), *why)


def lines_csv(request: Asked, slug: str) -> HttpResponseBase:
    """The lines of the bank in one state for a spreadsheet."""
    require(may_record_payment(request.who, request.partnership.pk))
    state = LineState(show) if (show := request.GET.get("show", "waiting")) in set(LineState) else LineState.WAITING
    rows = queries.bank_lines(request.partnership, state, viewer=request.who).order_by("on", "position")
    fields = ("on", "words", "amount", "why_ignored")
    return list_sheet(request, f"{slug}-bank-{state}", _file(state), rows.values_list(*fields, named=True))


def bank(request: Asked, slug: str) -> HttpResponse:
    """The lines of the bank: those that wait each with what they are probably about."""
    require(may_record_payment(request.who, request.partnership.pk))
    counts = queries.counts_of_lines(request.partnership, viewer=request.who)
    show = request.GET.get("show", "waiting")
    show = show if show in counts else "waiting"
    rows = table(
        request.GET, queries.bank_lines(request.partnership, show, viewer=request.who), _columns(slug, show),
        fields=("pk", "on", "words", "amount", "why_ignored"), sort="on" if show == LineState.WAITING else "-on",
        chosen={"show": show}, count=counts[show],
    )  # fmt: skip
    about = {}
    if show == LineState.WAITING and rows.rows:
        about = queries.proposals(rows.rows, request.partnership, viewer=request.who)
    context = {
        "table": rows,
        "pills": [(one.label, counts[one], rows.address(show=one, page=None, sort=None), one == show) for one in LineState],
        "counts": counts,
        "proposals": about,
        "ready": sum(bool(one.invoices) for one in about.values()),
        "all_ticked": request.GET.get("ticked") == "all",
        "files": queries.bank_files(request.partnership, viewer=request.who),
    }
    return render(request, "bank/bank.html", context)


def read_bank_file(request: Asked, slug: str) -> HttpResponse:
    """Take a statement file in: all of it, or nothing with every bad line named."""
    require(may_record_payment(request.who, request.partnership.pk))
    issuer, back = settings_of(request.partnership, IssuerSettings).issuer, reverse("bank:bank", args=[slug])

    def read(*, file: str, **said: Any) -> BankFile:
        return actions.read_bank_file(partnership=request.partnership, text=file, **said)

    def told(file: BankFile) -> Done:
        known = file.lines_in_it - file.lines_new
        besides = f" {plural(known, 'line was', 'lines were')} here already." if known else ""
        besides += f" Left out: {file.left_out}." if file.left_out else ""
        if not file.lines_new:
            return Done(f"Nothing new.{besides}", (("See what waits", back),))
        took = queries.came_of(file, viewer=request.who)
        went = f", {pounds(took.went)} went out" if took.went else ""
        fits = f"{took.fit:,} probably {'fits' if took.fit == 1 else 'fit'}" if took.fit else "None fits"
        look = f"{took.look:,} {'needs' if took.look == 1 else 'need'} a closer look" if took.look else "none needs a closer look"
        new = f"{plural(file.lines_new, 'new line', 'new lines')} to look at: {pounds(took.came)} came in{went}."
        words = f"{new} {fits} an invoice; {look}.{besides}"
        return Done(words, (("Look at them, and book what fits", back), ("Read another statement", request.path)))

    return form_page(
        request, BankFileForm, read, title="Read a bank statement", caption="Fees",
        lead="The lines are added to the list to look at. Nothing is booked by reading.", back=("Bank", back),
        button="Read it", done=told, next=back, page="bank/read_bank_file.html",
        elsewhere=issuer if issuer != Issuer.PARTNERSHIP else "",
    )  # fmt: skip


@require_POST
def book_bank_lines(request: Asked, slug: str) -> HttpResponse:
    """Book the lines that were ticked, each as it was shown."""
    require(may_record_payment(request.who, request.partnership.pk))
    parts = (one.split(":", 1) for one in request.POST.getlist("book")[:MOST_TICKED] if ":" in one)
    ticked = {key: seen_in(chosen.split("+")) for key, chosen in parts}
    lines = queries.lines_at(ticked, request.partnership, viewer=request.who)
    wanted = {key for chosen in ticked.values() for key in chosen}
    invoices = {one.pk: one for one in invoices_at(wanted, request.partnership, viewer=request.who)}
    booked, pence, missed = 0, 0, []
    for key, chosen in ticked.items():
        line, about = lines.get(key), [invoices[one] for one in chosen if one in invoices]
        if line is None or not about:
            continue
        try:
            actions.book_bank_line(line=line, invoices=about, seen=chosen, by=request.who)
        except Conflict as problem:
            missed.append(problem.reason if str(line) in problem.reason else f"{line}: {problem.reason}")
        else:
            booked, pence = booked + 1, pence + line.amount
    if booked:
        words = f"{plural(booked, 'line is', 'lines are')} booked, {pounds(pence)} in all."
        links = (("See what was booked, and undo it", f"{reverse('bank:bank', args=[slug])}?show=booked"),)
        say(request, Done(words, links))
    for words in missed[:5]:
        messages.warning(request, words)
    if not ticked:
        messages.info(request, "Tick the lines that you have looked at, then press the button.")
    return redirect("bank:bank", slug)


def _line(request: Asked, key: str) -> BankLine:
    require(may_record_payment(request.who, request.partnership.pk))
    return find(BankLine.objects.select_related("partnership", "refund__account__school__current"), request, pk=key)


def _one(line: BankLine) -> str:
    return reverse("bank:bank_line", args=[line.partnership.slug, line.pk])


def bank_line(request: Asked, slug: str, key: str) -> HttpResponse:
    """One line: what it is probably about, other invoices to choose, or what else it is."""
    line = _line(request, key)
    words = request.GET.get("words", "").replace("\x00", "").strip()[:80]
    context: dict[str, Any] = {"line": line, "waiting": line.state == LineState.WAITING, "words": words}
    if line.state == LineState.BOOKED:
        parts = queries.became_of(line, viewer=request.who)
        context["became"], context["undo"] = listed(_parts(slug), parts), [one.number for one in parts if one.number]
    if line.state != LineState.WAITING:
        context["looked"] = queries.looked_at([line.pk], viewer=request.who).get(line.pk, "")
    else:
        context["ignore_form"] = IgnoreForm(amount=line.amount)
        context["hold_form"] = HoldLineForm(places=schools_to_choose(request.partnership, viewer=request.who))
        if line.amount > 0:
            context["proposal"] = queries.proposals([line], request.partnership, viewer=request.who)[line.pk]
            context["invoices"] = open_invoices(request.partnership, words, viewer=request.who)
        else:
            context["refunds"] = queries.refunds_open(line, viewer=request.who)
    return render(request, "bank/bank_line.html", context)


def book_bank_line(request: Asked, slug: str, key: str) -> HttpResponse:
    """Book one line to the invoices, for the school, or as the refund, that was chosen."""
    line, chosen = _line(request, key), request.POST

    def book(*, by: Standing) -> BankLine:
        if line.amount < 0:
            refund = next((one for one in queries.refunds_open(line, viewer=by) if one.pk == chosen.get("refund")), None)
            if refund is None:
                raise Invalid(refund="Choose the refund that this line stands for")
            return actions.book_refund_line(line=line, refund=refund, by=by)
        seen = seen_in(chosen.getlist("invoice")[:MOST_TICKED])
        invoices = invoices_at(seen, request.partnership, viewer=by)
        urn = chosen.get("urn", "").strip()
        known = urn.isascii() and urn.isdigit() and len(urn) < 8
        school = school_of(request.partnership, int(urn), viewer=by) if known else None
        return actions.book_bank_line(line=line, invoices=invoices, school=school, seen=seen, by=by)

    def booked(line: BankLine) -> Done:
        links = [("See what it was booked to", _one(line))]
        if place := queries.held_by(line, viewer=request.who):
            to = [slug, place.urn]
            links += [("Use the money held", reverse("invoices:use_held_money", args=to))]
            links += [("Pay it back", reverse("invoices:refund_money", args=to))]
        return Done(f"Booked: {pounds(line.amount)}.", tuple(links))

    try:
        return press(request, book, done=booked, next=reverse("bank:bank", args=[slug]))
    except Invalid as problem:
        messages.warning(request, f"Nothing was booked. {problem}.")
        return redirect(_one(line))


def ignore_bank_line(request: Asked, slug: str, key: str) -> HttpResponse:
    """Say that a line is none of the fees' business."""
    line = _line(request, key)

    def aside(line: BankLine) -> Done:
        return Done(f"{pounds(line.amount)} is put aside: {line.why_ignored}.", (("Look at it again", _one(line)),))

    return form_page(
        request, partial(IgnoreForm, amount=line.amount), partial(actions.ignore_bank_line, line=line),
        title="Not ours?", caption="Bank",
        lead=f"{pounds(line.amount)} on {short_date(line.on)}. {line.words}", back=("The line", _one(line)),
        button="Put it aside", done=aside, next=reverse("bank:bank", args=[slug]),
    )  # fmt: skip


def reopen_bank_line(request: Asked, slug: str, key: str) -> HttpResponse:
    """Look again at a line that was put aside."""
    deed = partial(actions.reopen_bank_line, line=_line(request, key))
    return press(request, deed, done=lambda line: f"{pounds(line.amount)} waits again to be looked at.", next=_one)
