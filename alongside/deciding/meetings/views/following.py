"""After the meeting: minutes that are seen and approved, decisions, actions, what is decided between meetings."""

from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from alongside.deciding.bodies.queries import lists as body_queries
from alongside.deciding.bodies.rules.kinds import BodyKind
from alongside.deciding.meetings.actions import agendas, between, following as deeds, holding
from alongside.deciding.meetings.forms import holding as forms
from alongside.deciding.meetings.models import ActionPoint, AgendaProposal, Assent, Decision, Meeting
from alongside.deciding.meetings.permissions import (
    may_act_as_chair,
    may_answer_resolution,
    may_keep_meeting,
    may_report,
    may_see_meetings,
)
from alongside.deciding.meetings.queries import agendas as agenda_queries, lists, planning
from alongside.deciding.meetings.queries.telling import hearing_of, voters_of
from alongside.deciding.meetings.rules.deciding import why_not_in_writing, why_not_struck
from alongside.deciding.meetings.rules.kinds import DecisionState
from alongside.deciding.meetings.rules.minutes import attendance_year, blank_words, doubt_words, fixed_words
from alongside.deciding.meetings.views.agendas import item_kept
from alongside.deciding.meetings.views.planning import body_kept, kept, page_of
from alongside.ground.core import clock
from alongside.ground.core.cells import Tag, Text
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, require
from alongside.ground.core.words import long_date, plural
from alongside.ground.web.asked import Asked, find, found
from alongside.ground.web.downloads import pdf_page
from alongside.ground.web.forms import DoForm
from alongside.ground.web.pages import Done, form_page, press
from alongside.ground.web.sheets import list_page
from alongside.ground.web.tables import Column
from alongside.members.authority.permissions import may_record_decision

NONE_APPROVES = (
    "No meeting of {} after {} can approve these minutes yet: take the register of the next one first. It can once it is quorate."
)


def circulate(request: Asked, slug: str, key: str) -> HttpResponse:
    """Send the draft minutes to the members."""
    one = kept(request, key)
    is_chair = may_act_as_chair(request.who, one.body_id).allowed

    def sent(made: Meeting) -> str:
        told = hearing_of(made, viewer=request.who).words
        return f"The draft minutes are sent. {told} The next meeting approves them; until then they can still be put right."

    def look(_: dict[str, Any]) -> list[str]:
        return blank_words(agenda_queries.lines_of(one, viewer=request.who))

    return form_page(
        request, partial(forms.CirculateForm, is_chair=is_chair), partial(deeds.circulate, meeting=one), look=look,
        title="Send the draft minutes", caption=str(one),
        lead="They go to whoever sits there and has an account, each with what is for them.",
        back=("The minutes", page_of(one, "minutes")), button="Send them", next=page_of(one, "minutes"), done=sent,
    )  # fmt: skip


def approve(request: Asked, slug: str, key: str) -> HttpResponse:
    """Say that a later meeting has approved the minutes."""
    one = kept(request, key)
    after = lists.meetings_to_approve(one, viewer=request.who)
    if not after:
        raise Conflict(NONE_APPROVES.format(one.body.name, long_date(one.on)))

    def look(_: dict[str, Any]) -> list[str]:
        lines = agenda_queries.lines_of(one, viewer=request.who)
        return [*blank_words(lines), fixed_words(lines)]

    return form_page(
        request, partial(forms.ApproveForm, after=after), partial(deeds.approve_minutes, meeting=one),
        title="Approve the minutes", look=look,
        caption=str(one),
        lead="From then on they stay as they are, and stand here as a PDF. A mistake is noted beside them.",
        back=("The minutes", page_of(one, "minutes")), button="They are approved", next=page_of(one, "minutes"),
        done="The minutes are approved and fixed.",
    )  # fmt: skip


def minutes_pdf(request: Asked, slug: str, key: str) -> HttpResponse:
    """The fixed minutes as they were approved; the restricted part for who sees every item of it."""
    one = find(Meeting, request, pk=key)
    pdf = found(agenda_queries.minutes_paper(one, restricted="restricted" in request.GET, viewer=request.who))
    return pdf_page(pdf, f"minutes-{one.on}")


def publish(request: Asked, slug: str, key: str) -> HttpResponse:
    """Show approved minutes on the public page, or take them from there."""
    one, is_public = kept(request, key), request.POST.get("public") == "yes"
    said = "On the public page from now on, without their restricted part." if is_public else "Taken from the public page."
    deed = partial(deeds.publish_minutes, meeting=one, is_public=is_public)
    return press(request, deed, done=said, next=page_of(one, "minutes"))


def published(request: Asked, slug: str) -> HttpResponse:
    """The minutes that everybody may read."""
    rows = found(lists.minutes_shown(request.partnership, viewer=request.who) or None)
    return render(request, "meetings/published.html", {"rows": rows})


def public(request: Asked, slug: str, key: str) -> HttpResponse:
    """Minutes that everybody may read, as a PDF."""
    shown = {row.pk: row for row in lists.minutes_shown(request.partnership, viewer=request.who)}
    pdf = agenda_queries.minutes_paper(found(shown.get(key)), restricted=False, viewer=Standing.system())
    return pdf_page(found(pdf), f"minutes-{slug}")


ATTENDED = (
    Column("name", "Name", cell=lambda row: Text(row.name, under=row.seat)),
    Column("came", "Came to", numeric=True),
    Column("of", "Meetings held", numeric=True),
)


def attendance(request: Asked, slug: str, key: str) -> HttpResponseBase:
    """How often those on a body came to its meetings of the last academic year, for everybody to read."""
    shown = found(body_queries.shown_to_all(request.partnership, key, viewer=request.who))
    found(lists.attendance_shown(rows={key: shown.body}, viewer=request.who) or None)
    return list_page(
        request, ATTENDED, lists.attendance_of(shown.body, viewer=request.who), file=f"{slug}-{key}-attendance",
        title=f"Attendance, {attendance_year(clock.today())}", caption=shown.body.name,
        back=(shown.body.name, reverse("bodies:public", args=[slug, key])),
        lead="Of everybody who served here in the last twelve months: the meetings of the last academic year to which they came, "
        "in the room or by video, of those held while they sat here.",
        empty=("No meeting was held", "Whoever served here in the last twelve months stands here with that year’s meetings."),
    )  # fmt: skip


def note_later(request: Asked, slug: str, key: str) -> HttpResponse:
    """Note a mistake in approved minutes."""
    one = item_kept(request, key)
    page, after = page_of(one.meeting, "minutes"), lists.meetings_after(one.meeting, viewer=request.who)
    return form_page(
        request, partial(forms.LaterNoteForm, row=one, after=after), partial(deeds.note_later, item=one), title="Note a mistake",
        caption=one.title, back=("The minutes", page), button="Note it", next=page,
        done="Noted beside them. The approved minutes stay as they are.",
    )  # fmt: skip


DECISIONS = (
    Column("reference", "Decision", cell=lambda row: Text(row.headline, reverse("meetings:decision", args=[row.partnership.slug,
    row.pk]), row.reference)),
    Column("body", "By", cell=lambda row: row.body.name),
    Column("on", "On", cell=lambda row: row.decided_on),
    Column("state", "Status", cell=lambda row: Tag.of(row.decision_state)),
    Column("schools", "In schools", cell=lambda row: f"{row.done} of {row.schools}" if row.schools else None),
)  # fmt: skip


def decisions(request: Asked, slug: str) -> HttpResponseBase:
    """What was decided, newest first, and how far it is in the schools."""
    require(may_see_meetings(request.who, request.partnership.pk))
    rows = lists.decisions_of(request.partnership, viewer=request.who)
    return list_page(
        request, DECISIONS, list(rows), file=f"{slug}-decisions", title="Decisions", caption="Meetings",
        lead="What bodies decided, each to be followed to what came of it.",
        empty=("Nothing is decided yet",
        "What a body on which you sit decides stands here, and what your school is to do about it."),
    )  # fmt: skip


def decision(request: Asked, slug: str, key: str) -> HttpResponse:
    """A decision: where it came from, how it was made, what came of it in each school, and what took its place."""
    rows = Decision.objects.select_related(
        "body", "meeting", "item__proposal", "item__meeting", "authority", "supersedes", "superseded_by", "partnership"
    )
    one, home = find(rows, request, pk=key), request.partnership.pk
    thread, keeps = lists.thread_of(one, viewer=request.who), may_keep_meeting(request.who, home, one.body_id)
    open_ones = [each for each in thread.assents if each.at is None]
    there = agenda_queries.presence_at(one.item, viewer=request.who) if one.item else None
    context = {
        "decision": one, "thread": thread, "keeps": keeps, "may_strike": keeps.allowed and not _why_not_struck(one, thread),
        "doubt": doubt_words(there, one.votes.cast),
        "answers": [each for each in open_ones if may_answer_resolution(request.who, home, one.body_id, each.person)]
        if one.state == DecisionState.ASKED else [],
        "takes": bool(one.money) and not one.authority_id and one.state == "made" and may_record_decision(request.who,
        home).allowed,
    }  # fmt: skip
    return render(request, "meetings/decision.html", context)


def _why_not_struck(one: Decision, thread: lists.Thread) -> str:
    came = bool(one.authority_id or thread.actions or thread.schools or thread.handed_on or thread.waiting)
    return why_not_struck(one.meeting.meeting_state if one.meeting else None, came, hasattr(one, "superseded_by"))


def _decision_kept(request: Asked, key: str) -> Decision:
    one = find(Decision.objects.select_related("body", "partnership"), request, pk=key)
    require(may_keep_meeting(request.who, request.partnership.pk, one.body_id))
    return one


def follow(request: Asked, slug: str, key: str) -> HttpResponse:
    """Follow a decision into the member schools."""
    one, page = _decision_kept(request, key), reverse("meetings:decision", args=[slug, key])
    return form_page(
        request, forms.FollowForm, partial(deeds.follow, decision=one), title="Follow it into the schools", caption=one.reference,
        lead=one.words, back=("The decision", page), button="Ask the schools", next=page,
        done=lambda made: f"{plural(len(made), 'school has', 'schools have')} an action of their own, which goes out tomorrow.",
    )  # fmt: skip


def remind(request: Asked, slug: str, key: str) -> HttpResponse:
    """Ask the schools again that have not said how far they are."""
    one = _decision_kept(request, key)

    def said(made: int) -> str:
        return f"{plural(made, 'school is', 'schools are')} asked again: one mail each tomorrow morning, with all that is theirs."

    page = reverse("meetings:decision", args=[slug, key])
    return press(request, partial(deeds.remind_schools, decision=one), done=said, next=page)


def strike(request: Asked, slug: str, key: str) -> HttpResponse:
    """Strike out a decision that was written down by mistake."""
    one = _decision_kept(request, key)
    page, rest = ("minutes", [one.meeting_id]) if one.meeting_id else ("decisions", [])
    return form_page(
        request, DoForm, partial(holding.strike_decision, decision=one), title="Strike out this decision?",
        caption=one.reference, lead=f"{one.words} ({one.votes.words}). It goes as if it had never been written down.", would=(),
        back=("The decision", reverse("meetings:decision", args=[slug, key])), button="Yes, strike it out", is_grave=True,
        page="web/sure.html",
        next=reverse(f"meetings:{page}", args=[slug, *rest]),
        done="Struck out. Write down what was really decided.",
    )  # fmt: skip


def hand_on(request: Asked, slug: str, key: str) -> HttpResponse:
    """Hand a decision on to another body."""
    one, page = _decision_kept(request, key), reverse("meetings:decision", args=[slug, key])
    bodies = lists.bodies_to_ask(request.partnership, viewer=request.who).exclude(pk=one.body_id)

    def handed(made: AgendaProposal) -> str:
        return f"Handed to {made.body.name}: who keeps its meetings puts it on an agenda, with the papers of its item."

    return form_page(
        request, partial(forms.HandOnForm, bodies=bodies), partial(agendas.hand_on, decision=one), title="Hand it on",
        caption=one.reference, lead=one.words, back=("The decision", page), button="Hand it on", done=handed, next=page,
    )  # fmt: skip


def authorise(request: Asked, slug: str, key: str) -> HttpResponse:
    """Let money rest on a decision."""
    one, page = (
        find(Decision.objects.select_related("body", "partnership", "supersedes__authority", "school"), request, pk=key),
        "meetings:decision",
    )
    require(may_record_decision(request.who, request.partnership.pk))
    look = (("See it there", reverse("authority:decisions", args=[slug])),)
    done = Done("It stands among the board’s decisions about money, where fees and credits ask for it.", look)
    return press(request, partial(holding.authorise, decision=one), done=done, next=reverse(page, args=[slug, key]))


def resolution(request: Asked, slug: str, key: str) -> HttpResponse:
    """Ask everybody who votes to resolve something in writing."""
    body = body_kept(request, key)
    voters = voters_of(body, viewer=request.who)
    problem = why_not_in_writing(BodyKind(body.kind), planning.ways_for(body))
    return form_page(
        request, forms.ResolutionForm, partial(between.propose_resolution, body=body), title="Ask everybody for a yes or no",
        caption=f"{body.name}: written resolution",
        lead="Whoever votes answers by one press. It is decided when all have agreed, and falls with the first no.",
        back=("Meetings", reverse("meetings:meetings", args=[slug])), button="Ask them", look=lambda said: [voters.asked],
        barred=problem or ("" if voters.told or voters.untold else between.NOBODY_VOTES),
        done=f"{voters.asked} Whoever is asked by mail hears how it went.",
        next=lambda made: reverse("meetings:decision", args=[slug, made.pk]),
    )  # fmt: skip


def answer_resolution(request: Asked, slug: str, key: str) -> HttpResponse:
    """Agree to a written resolution, or not."""
    one = find(Assent.objects.select_related("decision"), request, pk=key)
    require(may_answer_resolution(request.who, request.partnership.pk, one.decision.body_id, one.person))
    deed = partial(between.answer_resolution, assent=one, agrees=request.POST.get("agrees") == "yes")
    page = reverse("meetings:decision", args=[slug, one.decision_id])
    return press(request, deed, done=lambda made: f"Answered. {made.reference}: {made.decision_state.label.lower()}.", next=page)


def chairs_action(request: Asked, slug: str, key: str) -> HttpResponse:
    """Decide as chair between meetings."""
    body = body_kept(request, key)
    require(may_act_as_chair(request.who, body.pk))
    ways = planning.ways_for(body)
    return form_page(
        request, forms.BetweenForm, partial(between.take_chairs_action, body=body), title="Chair’s action", caption=body.name,
        lead=ways.no_chairs_action or f"By {ways.by_rule} {ways.chairs_action}. The next meeting hears of it by itself.",
        back=("The year", reverse("meetings:year", args=[slug, key])), button="Decide it",
        done=lambda made: f"{made.reference}: decided. The next meeting hears of it.",
        next=lambda made: reverse("meetings:decision", args=[slug, made.pk]),
    )  # fmt: skip


ACTIONS = (
    Column("words", "What", cell=lambda row: Text(row.words, reverse("meetings:action", args=[row.partnership.slug, row.pk]))),
    Column("owner", "Who"),
    Column("due", "By", cell=lambda row: row.due_on),
    Column("body", "Agreed by", cell=lambda row: row.body.name),
    Column("state", "Status", cell=lambda row: row.tag),
    Column("said", "Said", cell=lambda row: Text(row.said, under=row.told)),
)


def actions(request: Asked, slug: str) -> HttpResponseBase:
    """The actions that are the viewer's to do, or to look after."""
    require(may_see_meetings(request.who, request.partnership.pk))
    rows = lists.actions_of(request.partnership, viewer=request.who)
    return list_page(
        request, ACTIONS, rows, file=f"{slug}-actions", title="Actions", caption="Meetings",
        lead="What was agreed at meetings: yours, your school’s, and those of the bodies on which you sit.",
        empty=("Nothing to do", "What a meeting agrees that you or your school do stands here."),
    )  # fmt: skip


def action(request: Asked, slug: str, key: str) -> HttpResponse:
    """An action: from which meeting and decision it comes, and how it stands."""
    rows = ActionPoint.objects.select_related("body", "meeting__partnership", "school__current", "decision", "partnership")
    one, home = find(rows, request, pk=key), request.partnership.pk
    says = may_report(request.who, home, one.body_id, one.person, one.school_id or "")
    form = partial(
        forms.ReportForm, now=one.action_state, of_school=bool(one.school_id),
        keeps=may_keep_meeting(request.who, home, one.body_id).allowed,
    )  # fmt: skip
    seen = Decision.objects.visible_to(request.who).filter(pk=one.decision_id).exists() if one.decision_id else False

    def said(made: ActionPoint) -> Done:
        back = reverse("meetings:action", args=[slug, made.pk])
        return Done(f"{made.action_state.label}. The meeting sees it by itself.", (("Not right? Say it otherwise", back),))

    return form_page(
        request, form, partial(deeds.report, action=one), title=one.words, caption=f"{one.body.name}: action",
        back=("Actions", reverse("meetings:actions", args=[slug])), done=said, next=reverse("meetings:actions", args=[slug]),
        page="meetings/action.html", action=one, says=says, sees_decision=seen,
    )  # fmt: skip
