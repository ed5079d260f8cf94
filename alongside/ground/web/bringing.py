"""Bringing a sheet along, in four steps of one page: choose the file; say which column is which, where that is not plain; see
line by line what would be done; do all of it, once, or nothing."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.ground.core.columns import LookedAt, Meaning, ReadSheet, letter_of, read_sheet
from alongside.ground.core.sheets import MOST_LINES, rows_of, unread_in
from alongside.ground.core.shown import OnPage
from alongside.ground.core.verdict import Invalid
from alongside.ground.web.asked import Asked
from alongside.ground.web.forms import DoForm, NewForm, SeenField
from alongside.ground.web.pages import Link, Next, Say, say_and_go
from alongside.ground.web.tables import Column, listed

SHOWN, WRONG_SHOWN = 200, 500  # lines on a page
MOST_TEXT = 1_000_000
TOO_MUCH = "This file holds too much text. Take out the columns that are not needed, and choose it again"
REMARKS = (
    Column("number", "Where", cell=lambda row: f"Line {row.number}", classes="al-nowrap"),
    Column("said", "What it says", cell=lambda row: row.said or "Nothing", classes="al-lines"),
    Column("remedy", "What to do"),
)


@dataclass(frozen=True)
class Bringing:
    """What a room brings along: the words of its page, what columns may mean, the rule that looks the lines through, how a right
    line is shown, and what is said of all of them above the button."""

    title: str
    lead: str
    caption: str
    back: Link
    meanings: Sequence[Meaning]
    look: Callable[[ReadSheet], LookedAt[Any]]
    shown: Callable[[LookedAt[Any]], OnPage]
    columns: Sequence[Column]
    notes: Callable[[LookedAt[Any]], Sequence[str]]


class BroughtSheetForm(DoForm):
    """The file, before anything is done with it."""

    file = forms.FileField(label="The sheet", help_text="CSV or Excel workbook (.xlsx), up to 2,000 lines.")


class RowsField(forms.CharField):
    """The rows of a sheet that was read, carried along unseen."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(max_length=MOST_TEXT, strip=False)

    def prepare_value(self, value: Any) -> Any:
        """Rows as text."""
        return value if isinstance(value, str) or value is None else json.dumps(value, ensure_ascii=False)

    def to_python(self, value: Any) -> Any:
        """Text as rows; what is none is lost."""
        text = super().to_python(value)
        try:
            rows = json.loads(text) if text else []
        except (ValueError, RecursionError):
            rows = []
        is_sheet = isinstance(rows, list) and all(isinstance(row, list) and all(map(_is_text, row)) for row in rows)
        return rows[: MOST_LINES + 2] if is_sheet else []

    def run_validators(self, value: Any) -> None:
        """Their length is that of what was sent, and was looked at before."""


class ColumnsForm(DoForm):
    """Which column is which."""

    rows = RowsField()

    def __init__(self, *args: Any, meanings: Sequence[Meaning], sheet: ReadSheet | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.meanings = meanings
        names, at = (sheet.names, sheet.at) if sheet else ((), {})
        choices = [("", "In none"), *((str(one), f"{letter_of(one)}: {name[:60]}") for one, name in enumerate(names))]
        for one in meanings:
            choose = forms.ChoiceField(label=one.title, required=False, initial=str(at.get(one.key, "")), choices=choices)
            self.fields[f"column_{one.key}"] = choose
        self.sometimes = tuple(self.fields)

    @property
    def chosen(self) -> dict[str, int]:
        """The columns, by what they mean."""
        said = {one.key: self.cleaned_data.get(f"column_{one.key}", "") for one in self.meanings}
        return {key: int(column) for key, column in said.items() if column}

    def clean(self) -> dict[str, Any]:
        """No column means two things, and what is needed has one."""
        given: dict[str, Any] = super().clean() or {}
        taken = dict[int, str]()
        for one in self.meanings:
            column = self.chosen.get(one.key)
            if column is not None and taken.setdefault(column, one.title) != one.title:
                self.add_error(f"column_{one.key}", f"Column {letter_of(column)} is chosen for “{taken[column]}” already")
            elif one.needed and column is None and not (one.instead and set(one.instead) <= set(self.chosen)):
                self.add_error(f"column_{one.key}", f"Choose the column that holds: {one.title}")
        return given


class BroughtForm(NewForm):
    """The sheet once it was looked through; it is looked through again when it is brought."""

    rows = RowsField()
    columns = forms.CharField(widget=forms.HiddenInput, max_length=2000)
    seen = SeenField()

    def clean_columns(self) -> dict[str, int]:
        """The columns, by what they mean; what is none is left out."""
        try:
            said = json.loads(self.cleaned_data["columns"])
        except (ValueError, RecursionError):
            said = {}
        pairs = said.items() if isinstance(said, dict) else ()
        return {key: at for key, at in pairs if isinstance(at, int) and 0 <= at < 100}


def _is_text(cell: Any) -> bool:
    return isinstance(cell, str)


def bring_page(request: Asked, of: Bringing, deed: Callable[..., Any], *, done: Say, next: Next) -> HttpResponse:
    """Look a sheet through, then do what it says: the deed is given `rows`, `columns`, `key`, what was `seen`, and `by`."""
    if request.method == "POST" and "key" in request.POST:
        return _brought(request, of, deed, done, next)
    if request.method == "POST" and "rows" in request.POST:
        return _chosen(request, of)
    sent = request.method == "POST"
    form = BroughtSheetForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        try:
            data = form.cleaned_data["file"].read()
            rows = rows_of(data)
            if len(json.dumps(rows, ensure_ascii=False)) > MOST_TEXT:
                raise Invalid(file=TOO_MUCH)
            return _looked(request, of, rows, None, unread=unread_in(data))
        except Invalid as problem:
            form.refuse(problem)
    return render(request, "web/bringing.html", {"of": of, "form": form})


def _chosen(request: Asked, of: Bringing) -> HttpResponse:
    """The columns were chosen: what is not right about them stands beside them, else the lines are looked through."""
    carried = ColumnsForm(request.POST, meanings=())
    if not carried.is_valid() or not carried.cleaned_data["rows"]:
        return redirect(request.path)
    rows = carried.cleaned_data["rows"]
    sheet = read_sheet(rows, of.meanings)
    form = ColumnsForm(request.POST, meanings=of.meanings, sheet=sheet)
    if form.is_valid():
        return _looked(request, of, rows, form.chosen)
    return render(request, "web/bringing.html", {"of": of, "choose": form, "sheet": sheet})


def _looked(
    request: Asked,
    of: Bringing,
    rows: Sequence[Sequence[str]],
    chosen: dict[str, int] | None,
    *,
    unread: Sequence[str] = (),
    problem: str = "",
) -> HttpResponse:
    """What a sheet would do; or, where a heading is not known, the question which column it is."""
    sheet = read_sheet(rows, of.meanings, chosen)
    context = {
        "of": of, "sheet": sheet, "unread": unread, "problem": problem,
        "choose": ColumnsForm(initial={"rows": rows}, meanings=of.meanings, sheet=sheet),
    }  # fmt: skip
    if not sheet.unsure:
        looked = of.look(sheet)
        seen = of.shown(looked)
        words = {"rows": rows, "columns": json.dumps(dict(sheet.at)), "seen": str(seen)}
        context |= {
            "looked": looked, "words": seen.words, "notes": of.notes(looked), "bring": BroughtForm(initial=words),
            "wrong": listed(REMARKS, looked.wrong[:WRONG_SHOWN]), "right": listed(of.columns, looked.ready[:SHOWN]),
            "read": [(one.title, sheet.names[sheet.at[one.key]]) for one in of.meanings if one.key in sheet.at],
        }  # fmt: skip
    return render(request, "web/bringing.html", context)


def _brought(request: Asked, of: Bringing, deed: Callable[..., Any], done: Say, next: Next) -> HttpResponse:
    """The button was pressed: all is done, or what stops it stands above the lines."""
    form = BroughtForm(request.POST)
    if not form.is_valid() or not form.cleaned_data["rows"]:
        return redirect(request.path)
    said = form.cleaned_data
    try:
        made = deed(**said, by=request.who)
    except Invalid as problem:
        return _looked(request, of, said["rows"], said["columns"], problem=". ".join(problem.problems.values()))
    return say_and_go(request, made, done, next)
