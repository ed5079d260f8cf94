"""A partnership's papers, and giving out a file."""

from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse

from alongside.ground.core.cells import Text
from alongside.ground.core.verdict import Conflict, require
from alongside.ground.core.words import day_of, short_date
from alongside.ground.files import actions, queries
from alongside.ground.files.forms import EvidenceForm, PaperForm, ReplaceForm
from alongside.ground.files.models import StoredFile
from alongside.ground.files.permissions import may_keep_paper, may_see_papers
from alongside.ground.files.rules import EVIDENCE, FileState, Format, Paper, Readers, format_and_size
from alongside.ground.web.asked import Asked, find, found
from alongside.ground.web.downloads import attachment
from alongside.ground.web.pages import Done, form_page, press
from alongside.ground.web.sheets import list_page
from alongside.ground.web.tables import Column

FIELDS = ("id", "title", "kind", "audience", "uploaded_at", "format", "size")


def _paper(row: Any) -> Text:
    return Text(row.title, reverse("files:download", args=[row.id]), format_and_size(row.format, row.size))


COLUMNS = (
    Column("title", "Paper", ("title",), cell=_paper),
    Column("kind", "Kind", ("kind", "title"), cell=lambda row: Paper(row.kind)),
    Column("audience", "For", ("audience", "title"), cell=lambda row: Readers(row.audience)),
    Column("since", "Added", ("uploaded_at",), cell=lambda row: day_of(row.uploaded_at)),
)


KEEPS = (
    "The agreement, the constitution, a bank letter or a VAT certificate can stand here, for the office or for everybody in its "
    "schools."
)


def papers(request: Asked, slug: str) -> HttpResponseBase:
    """The papers of a partnership; the list of them as a file too."""
    partnership = request.partnership.pk
    require(may_see_papers(request.who, partnership))
    rows = queries.papers_of(partnership, viewer=request.who)
    may_keep = may_keep_paper(request.who, partnership)
    return list_page(
        request, COLUMNS, rows, file=f"{slug}-papers", fields=FIELDS, sort="title", page="files/papers.html", evidence=EVIDENCE,
        title="Papers", caption=request.partnership.name,
        lead="What the partnership rests on, in one place: the agreement, policies, and what accounts staff ask for.",
        button=("Add a paper", reverse("files:add_paper", args=[slug])) if may_keep else None,
        empty=("No papers yet", KEEPS if may_keep else "What the office wants every school to have will stand here."),
    )  # fmt: skip


def add_paper(request: Asked, slug: str) -> HttpResponse:
    """Add a paper."""
    return _add(request, PaperForm, "Add a paper", evidence=reverse("files:add_evidence", args=[slug]))


def add_evidence(request: Asked, slug: str) -> HttpResponse:
    """Add a paper that money rests on."""
    return _add(request, EvidenceForm, "Add a bank letter or a VAT certificate", kind=Paper.SUPPLIER_EVIDENCE)


def _add(request: Asked, form: type[EvidenceForm], title: str, evidence: str = "", **kind: Any) -> HttpResponse:
    partnership = request.partnership
    back = reverse("files:papers", args=[partnership.slug])
    require(may_keep_paper(request.who, partnership.pk))

    def added(paper: StoredFile) -> Done:
        change = reverse(f"files:replace_{_page(paper)}", args=[partnership.slug, paper.pk])
        return Done(f"“{paper.title}” is among the papers. {paper.left_out}".strip(), (("Replace it or take it out", change),))

    return form_page(
        request, form, partial(actions.keep_file, partnership=partnership.pk, **kind), title=title,
        caption=partnership.name, back=("Papers", back), button="Add the paper", done=added, next=back,
        page="files/add_paper.html", evidence=evidence,
    )  # fmt: skip


def replace_paper(request: Asked, slug: str, file: str, is_evidence: bool = False) -> HttpResponse:
    """Put a newer file in the place of a paper, or take it out."""
    require(may_keep_paper(request.who, request.partnership.pk))
    paper, back = _paper_at(request, file, is_evidence), reverse("files:papers", args=[slug])
    return form_page(
        request, ReplaceForm, partial(actions.replace_paper, file=paper), title=paper.title, caption="Papers",
        lead=f"{Format(paper.format).label}, added on {short_date(day_of(paper.uploaded_at))}.", back=("Papers", back),
        button="Replace", done=_replaced, next=back,
        page="files/replace_paper.html", take_out=reverse(f"files:take_out_{_page(paper)}", args=[slug, paper.pk]),
    )  # fmt: skip


def _replaced(newer: StoredFile) -> str:
    return f"“{newer.title}” is replaced. The older one is no longer shown. {newer.left_out}".strip()


def replace_evidence(request: Asked, slug: str, file: str) -> HttpResponse:
    """The same for a paper that money rests on."""
    return replace_paper(request, slug, file, is_evidence=True)


def take_out_paper(request: Asked, slug: str, file: str, is_evidence: bool = False) -> HttpResponse:
    """Take a paper out."""
    require(may_keep_paper(request.who, request.partnership.pk))
    deed = partial(actions.take_out_file, file=_paper_at(request, file, is_evidence))
    next = reverse("files:papers", args=[slug])

    def taken_out(paper: StoredFile) -> Done:
        return Done(f"“{paper.title}” is taken out.", (("Add a paper", reverse(f"files:add_{_page(paper)}", args=[slug])),))

    return press(request, deed, done=taken_out, next=next)


def take_out_evidence(request: Asked, slug: str, file: str) -> HttpResponse:
    """Take a paper out that money rests on."""
    return take_out_paper(request, slug, file, is_evidence=True)


def _paper_at(request: Asked, file: str, is_evidence: bool) -> StoredFile:
    """The paper that the address names, of the kinds that it is for: those that money rests on ask for more proof.

    Raises Conflict for a form of one that somebody else has taken out or replaced meanwhile.
    """
    papers = StoredFile.objects.filter(partnership=request.partnership.pk)
    papers = papers.filter(kind__in=EVIDENCE) if is_evidence else papers.exclude(kind__in=EVIDENCE)
    if request.method == "POST" and papers.filter(pk=file, state=FileState.TAKEN_OUT).exists():
        raise Conflict("This is taken out or replaced already.")
    return find(papers, request, pk=file)


def _page(paper: StoredFile) -> str:
    return "evidence" if paper.kind in EVIDENCE else "paper"


def download(request: Asked, file: str) -> HttpResponse:
    """Give a file out to whoever may see it, always as an attachment."""
    kept, data = found(queries.opened(file, viewer=request.who))
    return attachment(data, name=kept.name, media_type=Format(kept.format).media_type)
