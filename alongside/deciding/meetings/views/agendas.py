"""An agenda with its papers, and what people bring to it."""

from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from alongside.deciding.meetings import packs
from alongside.deciding.meetings.actions import agendas as actions
from alongside.deciding.meetings.actions.planning import fill_agenda
from alongside.deciding.meetings.forms import planning as forms
from alongside.deciding.meetings.models import AgendaItem, AgendaProposal, ItemPaper, Meeting
from alongside.deciding.meetings.permissions import may_bring, may_keep_meeting
from alongside.deciding.meetings.queries import agendas as queries, lists, planning
from alongside.deciding.meetings.queries.telling import agenda_mail, hearing_of
from alongside.deciding.meetings.rules.agenda import is_overdue, length_words, why_short
from alongside.deciding.meetings.rules.kinds import AHEAD, READABLE, MeetingState
from alongside.deciding.meetings.views.planning import kept, page_of, version_of
from alongside.deciding.meetings.word import word_of
from alongside.ground.core import clock
from alongside.ground.core.cells import Tag, Text
from alongside.ground.core.verdict import require
from alongside.ground.core.words import day_of, long_date, short_date
from alongside.ground.files.rules import Format, in_megabytes
from alongside.ground.web.asked import Asked, find
from alongside.ground.web.downloads import attachment, pdf_page
from alongside.ground.web.pages import Done, form_page, press
from alongside.ground.web.sheets import list_page
from alongside.ground.web.tables import Column


def meeting(request: Asked, slug: str, key: str) -> HttpResponse:
    """A meeting's agenda, with its papers by item."""
    one = find(Meeting.objects.select_related("body", "partnership"), request, pk=key)
    agenda = queries.agenda_of(one, viewer=request.who)
    keeps = may_keep_meeting(request.who, request.partnership.pk, one.body_id)
    context = {
        "meeting": one, "agenda": agenda, "keeps": keeps, "is_ahead": one.state in AHEAD,
        "coming": planning.coming(one, viewer=request.who),
        "last_year": planning.like_last_year(one, viewer=request.who) if keeps.allowed and not agenda.items else None,
        "length": length_words(agenda.minutes, one.lasts), "megabytes": in_megabytes,
        "formats": {each.value: each.label for each in Format}, "readable": keeps.allowed or one.state in READABLE,
    }  # fmt: skip
    return render(request, "meetings/meeting.html", context)


def fill(request: Asked, slug: str, key: str) -> HttpResponse:
    """Fill an empty agenda: from standing items and the year, or from last year's meeting."""
    one = kept(request, key)
    like = planning.like_last_year(one, viewer=request.who) if request.POST.get("like") == "yes" else None
    said = "The agenda is begun: change it as you like, then send it."
    return press(request, partial(fill_agenda, meeting=one, like=like), done=said, next=page_of(one))


def add_item(request: Asked, slug: str, key: str) -> HttpResponse:
    """Add an item."""
    one = kept(request, key)
    return form_page(
        request, forms.AddItemForm, partial(actions.add_item, meeting=one), title="Add an item", caption=str(one),
        back=("The agenda", page_of(one)), button="Add it", next=page_of(one),
        look=lambda said: _late(request, one, said["is_restricted"]),
        done=lambda made: f"“{made.title}” is on the agenda. A paper for it is added beside it.",
    )  # fmt: skip


def _late(request: Asked, meeting: Meeting, is_restricted: bool) -> list[str]:
    """Whoever puts something on an agenda that has gone is told first who hears of it."""
    if meeting.state != MeetingState.SENT:
        return []
    everybody = "" if is_restricted else hearing_of(meeting, viewer=request.who).words
    return [f"The agenda has gone out already. {everybody or 'Those hear of it by mail for whom a restricted item is.'}"]


def item_kept(request: Asked, key: str) -> AgendaItem:
    """The item of the address, for who keeps its meeting."""
    one = find(AgendaItem.objects.select_related("meeting__body__partnership", "meeting__partnership"), request, pk=key)
    require(may_keep_meeting(request.who, request.partnership.pk, one.meeting.body_id))
    return one


def change_item(request: Asked, slug: str, key: str) -> HttpResponse:
    """Change an item, or take it off."""
    one = item_kept(request, key)
    page = page_of(one.meeting)
    return form_page(
        request, partial(forms.AgendaItemForm, row=one), partial(actions.change_item, item=one), title=one.title,
        caption=str(one.meeting), back=("The agenda", page), done=lambda made: f"“{made.title}” is changed.", next=page,
        page="meetings/change_item.html", item=one, papers=one.papers.filter(is_out=False),
    )  # fmt: skip


def raise_item(request: Asked, slug: str, key: str) -> HttpResponse:
    """Let an item come earlier."""
    one = item_kept(request, key)
    deed = partial(actions.raise_item, item=one, version=version_of(request))
    return press(request, deed, done=lambda made: f"“{made.title}” comes earlier now.", next=page_of(one.meeting))


def remove_item(request: Asked, slug: str, key: str) -> HttpResponse:
    """Take an item off."""
    one = item_kept(request, key)
    again = (("Add it again", page_of(one.meeting, "add_item")),)
    done = Done(f"“{one.title}” is off the agenda.", again)
    return press(request, partial(actions.remove_item, item=one), done=done, next=page_of(one.meeting))


def add_paper(request: Asked, slug: str, key: str) -> HttpResponse:
    """Add a paper to an item."""
    one = item_kept(request, key)
    is_late = one.meeting.state != "planned"
    lead = (
        "The agenda has gone: this paper is marked as late and goes to everybody whose it is, unless it is tabled."
        if is_late
        else ""
    )

    def added(made: ItemPaper) -> Done:
        sent = " It was sent as a supplement." if made.state == "late" else ""
        out = (("Take it out again", page_of(one.meeting)),)
        return Done(f"“{made.title}” is with “{one.title}”.{sent}", out)

    return form_page(
        request, forms.AddPaperForm, partial(actions.add_paper, item=one), title="Add a paper", caption=one.title, lead=lead,
        back=("The agenda", page_of(one.meeting)), button="Add it", done=added, next=page_of(one.meeting),
    )  # fmt: skip


def take_out_paper(request: Asked, slug: str, key: str) -> HttpResponse:
    """Take a paper out."""
    one = find(ItemPaper.objects.select_related("item__meeting__partnership"), request, pk=key)
    require(may_keep_meeting(request.who, request.partnership.pk, one.item.meeting.body_id))
    done = Done(f"“{one.title}” is taken out.", (("Add another", reverse("meetings:add_paper", args=[slug, one.item_id])),))
    return press(request, partial(actions.take_out_paper, paper=one), done=done, next=page_of(one.item.meeting))


def pack(request: Asked, slug: str, key: str) -> HttpResponse:
    """Everything as one PDF."""
    one = find(Meeting.objects.select_related("body", "partnership"), request, pk=key)
    return pdf_page(packs.pack_of(queries.items_of(one, viewer=request.who)), f"{slug}-{one.on}")


def word(request: Asked, slug: str, key: str) -> HttpResponse:
    """The agenda as a Word document."""
    one = find(Meeting.objects.select_related("body", "partnership"), request, pk=key)
    data = word_of(queries.items_of(one, viewer=request.who))
    return attachment(data, name=f"{slug}-{one.on}.docx", media_type=Format.DOCX.media_type)


def send(request: Asked, slug: str, key: str) -> HttpResponse:
    """Send the agenda."""
    one = kept(request, key)
    ways = planning.ways_for(one.body)
    short = why_short(clock.today(), one.on, ways.notice_days, ways.by_rule)
    lead = (
        short or f"In time: by {ways.by_rule} it needs {ways.notice_days} clear days, and is to go by {short_date(one.send_by)}."
    )
    written = reverse("notices:list", args=[slug])
    see = (("See the messages", f"{written}?kind=meetings.agenda"),) if request.who.runs(request.partnership.pk) else ()

    def look(_: dict[str, Any]) -> list[str]:
        return [] if one.items.exists() else ["Nothing stands on this agenda yet: begin it, or add an item, before it goes."]

    return form_page(
        request, partial(forms.SendAgendaForm, short=short), partial(actions.send_agenda, meeting=one), title="Send the agenda",
        look=look,
        caption=str(one), lead=lead, back=("The agenda", page_of(one)), button="Send it", next=page_of(one),
        page="meetings/send.html", is_agenda=True, mail=agenda_mail(one, viewer=request.who),
        done=lambda made: Done(f"Sent. {hearing_of(made, viewer=request.who).words} Papers that come now are late.", see),
    )  # fmt: skip


def bring(request: Asked, slug: str) -> HttpResponse:
    """Bring something to a meeting."""
    require(may_bring(request.who, request.partnership.pk))
    bodies = lists.bodies_to_ask(request.partnership, viewer=request.who)
    form = partial(forms.BringForm, bodies=bodies, meets_next=lists.next_days(bodies, viewer=request.who))
    return form_page(
        request, form, actions.bring, title="Bring something to a meeting", caption="Meetings",
        lead="Its clerk and its chair read it. You get an answer: on which agenda it comes, or why not.",
        back=("Meetings", reverse("meetings:meetings", args=[slug])), button="Bring it", done=_brought,
        next=reverse("meetings:proposals", args=[slug]),
    )  # fmt: skip


def _brought(made: AgendaProposal) -> str:
    return f"Brought to {made.body.name}. Its clerk and its chair have it among what needs them, and you hear what becomes of it."


BROUGHT = (
    Column("title", "What", cell=lambda row: Text(row.title, reverse("meetings:proposal", args=[row.partnership.slug, row.pk]))),
    Column("body", "To", cell=lambda row: row.body.name),
    Column("name", "By", cell=lambda row: f"{row.name}, {row.school.name}" if row.school else row.name),
    Column("on", "On", cell=lambda row: day_of(row.made_at)),
    Column(
        "state", "Answer",
        cell=lambda row: Tag("Overdue: two meetings went by",
        "red") if is_overdue(row.missed) and row.state == "waiting" else row.proposal_state,
    ),
)  # fmt: skip


def proposals(request: Asked, slug: str) -> HttpResponseBase:
    """What was brought to meetings: one's own, and what one is to answer."""
    require(may_bring(request.who, request.partnership.pk))
    rows = lists.proposals_of(request.partnership, viewer=request.who)
    return list_page(
        request, BROUGHT, rows, file=f"{slug}-brought", title="Brought to meetings", caption="Meetings",
        lead="What you brought, and what waits for your answer where you keep a body’s meetings.",
        empty=("Nothing was brought yet",
        "What somebody of a member school wants a body to talk about stands here with its answer."),
        button=("Bring something", reverse("meetings:bring", args=[slug])),
    )  # fmt: skip


def proposal(request: Asked, slug: str, key: str) -> HttpResponse:
    """What was brought, its answer, and what came of it."""
    one = find(AgendaProposal.objects.select_related("body", "school__current", "came_from"), request, pk=key)
    context = {
        "proposal": one, "keeps": may_keep_meeting(request.who, request.partnership.pk, one.body_id),
        "placed": lists.items_from(one, viewer=request.who), "is_overdue": is_overdue(one.missed) and one.state == "waiting",
    }  # fmt: skip
    return render(request, "meetings/proposal.html", context)


def _to_answer(request: Asked, key: str) -> AgendaProposal:
    one = find(AgendaProposal.objects.select_related("body__partnership", "partnership", "came_from"), request, pk=key)
    require(may_keep_meeting(request.who, request.partnership.pk, one.body_id))
    return one


def place(request: Asked, slug: str, key: str) -> HttpResponse:
    """Put on an agenda what was brought."""
    one = _to_answer(request, key)
    ahead = lists.meetings_ahead(one.body, viewer=request.who)
    return form_page(
        request, partial(forms.PlaceForm, ahead=ahead), partial(actions.place_proposal, proposal=one),
        title="Put it on an agenda",
        caption=one.title, back=("What was brought", reverse("meetings:proposal", args=[slug, key])), button="Put it there",
        look=lambda said: _late(request, said["meeting"], said["is_restricted"]),
        done=lambda made: f"It is on the agenda of {long_date(made.meeting.on)}, and {one.name} hears of it.",
        next=lambda made: page_of(made.meeting),
    )  # fmt: skip


def decline(request: Asked, slug: str, key: str) -> HttpResponse:
    """Answer what was brought, without a place on an agenda."""
    one, page = _to_answer(request, key), reverse("meetings:proposal", args=[slug, key])
    return form_page(
        request, forms.NotThisTimeForm, partial(actions.decline_proposal, proposal=one), title="Not this time", caption=one.title,
        back=("What was brought", page), button="Answer", done=f"Answered. {one.name} hears of it.", next=page,
    )  # fmt: skip
