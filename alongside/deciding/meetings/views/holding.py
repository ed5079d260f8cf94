"""At the meeting: the register, interests, minutes that are typed, decisions, actions."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.deciding.meetings.actions import holding as actions
from alongside.deciding.meetings.forms import holding as forms
from alongside.deciding.meetings.models import ActionPoint, AgendaItem, Decision, Declared, Meeting
from alongside.deciding.meetings.permissions import may_answer_for, may_keep_meeting
from alongside.deciding.meetings.queries import agendas as queries, lists, planning
from alongside.deciding.meetings.queries.telling import coming_mail
from alongside.deciding.meetings.rules.kinds import NOTED, OVER, READABLE, Attendance, MeetingState
from alongside.deciding.meetings.views.agendas import item_kept
from alongside.deciding.meetings.views.planning import kept, page_of
from alongside.ground.core import clock
from alongside.ground.core.verdict import Verdict, require
from alongside.ground.core.words import plural, short_date
from alongside.ground.web.asked import Asked, find
from alongside.ground.web.forms import DoForm
from alongside.ground.web.models import Stale
from alongside.ground.web.pages import Done, form_page, on_its_way, press
from alongside.members.diary.rules import Attending
from alongside.members.schools.models import School

REPLIES = {Attending.YES: Attendance.HERE, Attending.NO: Attendance.SENT}


def register(request: Asked, slug: str, key: str) -> HttpResponse:
    """Who is here: what was entered, else what they answered from their diary; before the day, who has sent apologies."""
    one = kept(request, key)
    there = planning.roster(one.body, one.on, viewer=request.who)
    replies = planning.replies_to(one, viewer=request.who)
    if one.presence:
        known = {row.member: (row.how, row.deputy) for row in queries.attendees_of(one, viewer=request.who)}
    else:
        known = {who: (REPLIES[said.attending], "") for who, said in replies.items() if said.attending in REPLIES}
        known |= {who: (how, "") for who, how in planning.noted_before(one, replies, viewer=request.who).items()}
    words: dict[str, Any] = {"page": "meetings/register.html", "meeting": one, "replies": replies}
    if one.on > clock.today():
        known = {who: how for who, how in known.items() if how[0] in NOTED}
        return form_page(
            request, partial(forms.ApologiesForm, members=there.members, known=known),
            partial(actions.note_apologies, meeting=one), title="Apologies", caption=str(one),
            lead="What came to you, and whether it is accepted. Replies from diaries are entered already; on the day the "
            "register begins with all of it.",
            back=("The agenda", page_of(one)), done="Kept: the register begins with it on the day.", next=page_of(one), **words,
        )  # fmt: skip
    leads = there.shown.chair
    chair = one.chair or ((leads.person or leads.holder) if leads else "")
    form = partial(forms.RegisterForm, members=there.members, known=known, chair=chair)

    def taken(made: Meeting) -> str:
        words = f"{made.presence.words if made.presence else ''}. Change it as people come and go."
        if made.presence and not made.presence.is_quorate and (decided := made.decisions.count()):
            stand = plural(decided, "decision stands", "decisions stand")
            words += f" {stand} written down here: each says on its page that the register shows no quorum."
        return words

    return form_page(
        request, form, partial(actions.take_register, meeting=one), title="Who is here?", caption=str(one),
        lead="Replies from diaries are entered already, and apologies that you noted before. What else came is for you to enter.",
        back=("The minutes", page_of(one, "minutes")), button="Save", done=taken, next=page_of(one, "register"),
        quorum=there.shown.quorum, **words,
    )  # fmt: skip


def say_coming(request: Asked, slug: str, key: str) -> HttpResponse:
    """Say on its page whether one comes to a meeting, or, who keeps it, whether somebody does."""
    one = find(Meeting.objects.select_related("body", "partnership"), request, pk=key)
    how = Attendance.HERE if request.POST.get("says") == "yes" else Attendance.SENT
    said = "comes" if how is Attendance.HERE else "cannot come"
    deed = partial(actions.say_coming, meeting=one, member=request.POST.get("member", "")[:12], how=how)
    return press(request, deed, done=lambda made: f"Noted: {made.name} {said}.", next=page_of(one))


def ask_who_comes(request: Asked, slug: str, key: str) -> HttpResponse:
    """Ask those once more who have not said whether they come, having read the mail."""
    one = kept(request, key)
    mail, problem = coming_mail(one, viewer=request.who)
    return form_page(
        request, DoForm, partial(actions.ask_who_comes, meeting=one), title="Ask who has not said whether they come",
        caption=str(one), back=("The agenda", page_of(one)), button="Ask them", next=page_of(one), page="meetings/send.html",
        barred=problem, mail=mail,
        done=lambda many: f"A question to {plural(many, 'person', 'people')} is {on_its_way()}.",
    )  # fmt: skip


def minutes(request: Asked, slug: str, key: str) -> HttpResponse:
    """The minutes: typed by who keeps them, read by the members once the chair has seen them."""
    one = find(Meeting.objects.select_related("body", "partnership", "approved_by"), request, pk=key)
    keeps = may_keep_meeting(request.who, request.partnership.pk, one.body_id)
    unseen = "The draft minutes come here when the chair has seen them."
    require(Verdict(keeps.allowed or one.state in READABLE, unseen))
    agenda = queries.agenda_of(one, papers=False, viewer=request.who)
    came: dict[str, list[str]] = {}
    attendees = queries.attendees_of(one, viewer=request.who)
    for each in attendees:
        came.setdefault(each.how.label, []).append(each.said)
    context = {
        "meeting": one, "agenda": agenda, "keeps": keeps, "came": [(label, ", ".join(names)) for label, names in came.items()],
        "writes": keeps.allowed and one.state not in {MeetingState.APPROVED, MeetingState.CANCELLED},
        "approving": lists.meetings_to_approve(one, viewer=request.who) if one.state == MeetingState.CIRCULATED else [],
        "is_over": one.state in OVER, "doubts": agenda.doubts(attendees) if keeps.allowed else {},
    }  # fmt: skip
    return render(request, "meetings/minutes.html", context)


def notes(request: Asked, slug: str, key: str) -> HttpResponse:
    """Keep what the minutes say of an item: by a button, or by itself at a pause in typing."""
    one = item_kept(request, key)
    if not request.htmx:
        page = page_of(one.meeting, "minutes")
        return form_page(
            request, partial(forms.NotesForm, row=one), partial(actions.save_notes, item=one), title=one.title,
            caption=str(one.meeting), back=("The minutes", page), done=f"Kept: {one.title}.", next=f"{page}#item-{one.pk}",
        )  # fmt: skip
    form = forms.NotesForm(request.POST, row=one)
    said = ""
    try:
        if form.is_valid():
            actions.save_notes(item=one, **form.cleaned_data, by=request.who)
        else:
            said = "Not kept: this is too long. Shorten it, or use two items."
    except Stale:
        said = "Somebody else has written here meanwhile, and nothing was overwritten. Press Save to see both texts."
    sent = request.POST.get("version", "") if said else ""  # whoever has not seen the other text goes on from what they saw
    return render(request, "meetings/kept.html", {"item": one, "problem": said, "sent": sent})


def close(request: Asked, slug: str, key: str) -> HttpResponse:
    """Say that the meeting is over."""
    one = kept(request, key)
    said = "The meeting is over. Its actions go out tomorrow; the draft minutes go to the members when the chair has seen them."
    return press(request, partial(actions.close_meeting, meeting=one), done=said, next=page_of(one, "minutes"))


def declare(request: Asked, slug: str, key: str) -> HttpResponse:
    """Declare an interest in an item: one's own, or somebody's for whom one keeps the meeting."""
    one = find(AgendaItem.objects.select_related("meeting__body__partnership", "meeting__partnership"), request, pk=key)
    members = planning.roster(one.meeting.body, one.meeting.on, viewer=request.who).members
    body, home = one.meeting.body_id, request.partnership.pk
    mine = [each for each in members if may_answer_for(request.who, home, body, each.person)]
    require(Verdict(bool(mine), "Interests are declared by who sits there, and entered by who keeps the meeting."))

    def declared(made: Declared) -> Done:
        leaves = " They leave for it, and see nothing more of it where it is restricted." if made.leaves else ""
        return Done(f"{made.name} has declared an interest in “{one.title}”.{leaves}")

    keeps = may_keep_meeting(request.who, home, body)
    return form_page(
        request, partial(forms.DeclareForm, members=mine), partial(actions.declare, item=one), title="Declare an interest",
        caption=one.title, back=("The agenda", page_of(one.meeting)), button="Declare it", done=declared,
        next=page_of(one.meeting, "minutes" if keeps else "meeting"),
    )  # fmt: skip


def strike_declared(request: Asked, slug: str, key: str) -> HttpResponse:
    """Strike out an interest that was entered by mistake."""
    one = find(Declared.objects.select_related("item__meeting__partnership"), request, pk=key)
    require(may_keep_meeting(request.who, request.partnership.pk, one.item.meeting.body_id))
    done = Done("Struck out.", (("Enter it again", reverse("meetings:declare", args=[slug, one.item_id])),))
    return press(request, partial(actions.strike_declared, declared=one), done=done, next=page_of(one.item.meeting, "minutes"))


def _schools(request: Asked) -> Mapping[str, School]:
    return {one.pk: one for one in lists.schools_of(request.partnership, viewer=request.who)}


def decide(request: Asked, slug: str, key: str) -> HttpResponse:
    """Write down what was decided on an item."""
    one = item_kept(request, key)
    there, ways = queries.presence_at(one, viewer=request.who), planning.ways_for(one.meeting.body)
    before = queries.decided_before(one.meeting, viewer=request.who)
    lead = f"{there.words}." if there else "Say first who is here: the register is not taken."
    rule = "; ".join(filter(None, (ways.no_written, "" if ways.casting else "The chair has no casting vote")))

    def decided(made: Decision) -> Done:
        page = reverse("meetings:decision", args=[slug, made.pk])
        waits = made.money and not made.authority_id and made.state == "made"
        more = " Money rests on it as soon as the partnership’s manager takes it over." if waits else ""
        links = (("Follow it into the schools, or hand it on", page),) if made.state == "made" else ()
        return Done(f"{made.reference}: {made.decision_state.label.lower()}. {made.votes.words}.{more}", links)

    return form_page(
        request, partial(forms.DecideForm, before=before, schools=_schools(request)), partial(actions.decide, item=one),
        title="What was decided?", caption=one.title, lead=f"{lead} {rule}", back=("The minutes", page_of(one.meeting,
        "minutes")),
        button="Write it down", done=decided, next=f"{page_of(one.meeting, 'minutes')}#item-{one.pk}",
    )  # fmt: skip


def agree_action(request: Asked, slug: str, key: str) -> HttpResponse:
    """Write down what is to be done."""
    one = item_kept(request, key)
    members = planning.roster(one.meeting.body, one.meeting.on, viewer=request.who).members

    def agreed(made: ActionPoint) -> Done:
        page = reverse("meetings:action", args=[slug, made.pk])
        return Done(
            f"{made.owner}, by {short_date(made.due_on)}. It goes out the day after the meeting.", (("Look at it", page),)
        )

    form: Any = partial(forms.ActionForm, members=members, schools=_schools(request))
    return form_page(
        request, form, partial(actions.agree_action, item=one), title="What is to be done?", caption=one.title,
        back=("The minutes", page_of(one.meeting, "minutes")), button="Write it down", done=agreed,
        next=f"{page_of(one.meeting, 'minutes')}#item-{one.pk}",
    )  # fmt: skip
