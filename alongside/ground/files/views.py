"""A partnership's papers, and giving out a file."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.ground.core.verdict import Invalid, require
from alongside.ground.files import actions, queries
from alongside.ground.files.forms import PaperForm, ReplaceForm
from alongside.ground.files.models import StoredFile
from alongside.ground.files.permissions import may_keep_paper, may_see_papers
from alongside.ground.files.rules import Audience, Format, Paper
from alongside.ground.web.asked import Asked
from alongside.ground.web.downloads import attachment


def papers(request: Asked, slug: str) -> HttpResponse:
    """The papers of a partnership."""
    partnership = request.partnership.pk
    require(may_see_papers(request.who, partnership))
    table = queries.papers(partnership, request.GET, viewer=request.who)
    return render(request, "files/papers.html", {"table": table, "may_keep": may_keep_paper(request.who, partnership)})


def add_paper(request: Asked, slug: str) -> HttpResponse:
    """Add a paper."""
    partnership = request.partnership.pk
    require(may_keep_paper(request.who, partnership))
    form = PaperForm(request.POST, request.FILES) if request.method == "POST" else PaperForm()
    if request.method == "POST" and form.is_valid():
        sent, words = form.cleaned_data["file"], form.cleaned_data
        try:
            paper = actions.keep_paper(
                partnership=partnership,
                name=sent.name,
                data=sent.read(),
                title=words["title"],
                kind=Paper(words["kind"]),
                audience=Audience(words["audience"]),
                sure="sure" in request.POST,
                by=request.who,
            )
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, f"“{paper.title}” is among the papers.")
            return redirect("files:papers", slug=slug)
    return render(request, "files/add_paper.html", {"form": form})


def replace_paper(request: Asked, slug: str, file: str) -> HttpResponse:
    """Put a newer file in the place of a paper, or take it out."""
    require(may_keep_paper(request.who, request.partnership.pk))
    paper = _paper(request, file)
    form = ReplaceForm(request.POST, request.FILES) if request.method == "POST" else ReplaceForm()
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            actions.replace_paper(file=paper, name=sent.name, data=sent.read(), sure="sure" in request.POST, by=request.who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, f"“{paper.title}” is replaced. The older one is no longer shown.")
            return redirect("files:papers", slug=slug)
    return render(request, "files/replace_paper.html", {"form": form, "paper": paper, "format": Format(paper.format).words})


@require_POST
def take_out_paper(request: Asked, slug: str, file: str) -> HttpResponse:
    """Take a paper out."""
    require(may_keep_paper(request.who, request.partnership.pk))
    paper = _paper(request, file)
    actions.take_out_file(file=paper, by=request.who)
    messages.success(request, f"“{paper.title}” is taken out.")
    return redirect("files:papers", slug=slug)


def download(request: Asked, file: str) -> HttpResponse:
    """Give a file out to whoever may see it, always as an attachment."""
    found = queries.opened(file, viewer=request.who)
    if found is None:
        raise Http404
    kept, data = found
    return attachment(data, name=kept.name, media_type=Format(kept.format).media_type)


def _paper(request: Any, file: str) -> StoredFile:
    found = queries.file_at(file, viewer=request.who)
    if found is None or found.partnership != request.partnership.pk:
        raise Http404
    return found
