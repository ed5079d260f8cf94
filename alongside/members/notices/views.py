"""Pages of what was sent: for the office, and a person's own."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from alongside.ground.core.cells import Address, Tag, Text
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import ProofNeeded, require
from alongside.ground.core.words import plural, short_date
from alongside.ground.web import declared
from alongside.ground.web.asked import Asked, find, found
from alongside.ground.web.pages import form_page, press
from alongside.ground.web.sheets import list_page
from alongside.ground.web.tables import Column, table
from alongside.members.notices.actions import delivering, reading, returning
from alongside.members.notices.forms import RhythmForm
from alongside.members.notices.models import Notice, Rhythm
from alongside.members.notices.permissions import may_read_notices
from alongside.members.notices.queries import mine as queries, office
from alongside.members.notices.rules.messages import GATHERING, NEW, NoticeState, greeted, in_words, removed_on
from alongside.members.notices.rules.waiting import News, WeekDay


def _subject(row: Any, who: Standing) -> Text:
    if on := removed_on(row.to):
        return Text(f"The words were removed on {short_date(on)}", under=kept_of(row.school__current__name))
    if row.kind in GATHERING:
        return Text(declared.message(row.kind).name, under="For its reader alone; each message that it gathers stands here")
    withheld = office.is_withheld(row.kind, row.partnership, viewer=who)
    return Text(
        declared.message(row.kind).name if withheld else row.subject,
        reverse("notices:show", args=[row.partnership__slug, row.id]),
    )


def _state(row: Any) -> tuple[str, str]:
    return in_words(NoticeState(row.state), leaves=not settings.DEMO)


def kept_of(school: str | None) -> str:
    """What is kept of a message without its words."""
    return f"Kept: the day, the kind and the school, {school}" if school else "Kept: the day and the kind"


SUBJECT = Column("subject", "Subject", ("subject", "written_at"), alone=True)
SENT = (
    Column("when", "When", ("written_at",), cell=lambda row: row.written_at, classes="al-nowrap"),
    Column("to", "To", ("to", "written_at"), cell=lambda row: "" if removed_on(row.to) else Address(row.to), classes="al-break"),
    SUBJECT,
    Column("kind", "Kind", ("kind", "written_at"), cell=lambda row: declared.message(row.kind).name, alone=True),
    Column("state", "State", cell=lambda row: Tag(*_state(row)), classes="al-nowrap", alone=True),
)
MINE = (
    Column("when", "When", ("written_at",), cell=lambda row: row.written_at, classes="al-nowrap"),
    Column("subject", "What", ("subject", "written_at"), alone=True),
)


def everything(request: Asked, slug: str) -> HttpResponseBase:
    """Every e-mail of the partnership, newest first; what is chosen as a file too."""
    partnership, who = request.partnership, request.who
    require(may_read_notices(who, partnership.pk))
    chosen = {key: request.GET.get(key, "")[:80] for key in ("kind", "state", "q")}
    rows = office.sent_by(partnership, kind=chosen["kind"], state=chosen["state"], words=chosen["q"].strip(), viewer=who)
    fields = ("id", "written_at", "to", "subject", "kind", "state", "partnership", "partnership__slug", "school__current__name")
    columns = [replace(one, cell=partial(_subject, who=who)) if one is SUBJECT else one for one in SENT]
    not_chosen = {NoticeState.SHOWN, *([NoticeState.WAITING] if settings.DEMO else [])}
    none = (
        "No e-mail matches this." if any(chosen.values()) else "Invitations, reminders and invoices appear here when they go out."
    )
    return list_page(
        request, columns, rows, file=f"{slug}-sent", fields=fields, sort="-when", chosen=chosen, page="notices/list.html",
        title="What was sent", caption=partnership.name, empty=("Nothing here", none),
        kinds=office.kinds_sent(partnership, viewer=who), is_demo=settings.DEMO,
        without_words=rows.filter(office.WITHOUT_WORDS).count(),
        states=[
            (office.TO_CHECK, "Address to be checked"),
            *((one.value, in_words(one, leaves=not settings.DEMO)[0]) for one in NoticeState if one not in not_chosen),
        ],
    )  # fmt: skip


def show(request: Asked, slug: str, key: str) -> HttpResponse:
    """One e-mail with its words, and what became of it."""
    partnership, who = request.partnership, request.who
    require(may_read_notices(who, partnership.pk))
    notice = find(Notice.objects.select_related("school__current"), request, pk=key)
    _show_money(notice, who)
    context = {
        "notice": notice,
        "state": NoticeState(notice.state),
        "stands": _state(notice),
        "returns": (returns := office.returns_of(notice, viewer=who)),
        "ask": office.schools_to_ask(notice, viewer=who) if returns else [],
        "goes_to": office.address_today(notice, viewer=who) if returns else notice.to,
        "is_demo": settings.DEMO,
        "opens": greeted(notice.body, notice.to) if f"{settings.ADDRESS}/" in notice.body else "",
        "kind": declared.message(notice.kind).name,
        "kept": kept_of(notice.school and notice.school.name),
    }
    return render(request, "notices/show.html", context)


def _show_money(notice: Notice, who: Standing) -> None:
    """Go on where its words may be shown. Raises ProofNeeded."""
    if office.is_withheld(notice.kind, notice.partnership_id, viewer=who):
        raise ProofNeeded


def again(request: Asked, slug: str, key: str) -> HttpResponse:
    """Try once more to send an e-mail, or send one that came back to the address of today."""
    require(may_read_notices(request.who, request.partnership.pk))
    notice = find(Notice, request, pk=key)
    deed = partial(delivering.try_again, notice=notice, to=request.POST.get("to", "")[:254])
    next = reverse("notices:show", args=[slug, key])
    return press(request, deed, done=lambda notice: f"The e-mail to {notice.to} is being sent again.", next=next)


def address_works(request: Asked, slug: str) -> HttpResponse:
    """The office has found out that an address works again."""
    deed = partial(returning.clear_address, partnership=request.partnership, address=request.POST.get("address", "")[:254])

    def noted(settled: int) -> str:
        return f"Noted: the address works again. Settled by that: {plural(settled, 'e-mail')} that came back."

    return press(request, deed, done=noted, next=reverse("notices:list", args=[slug]))


def mine(request: Asked) -> HttpResponse:
    """What came to the person, newest first; what is unread is marked."""
    chosen = {"show": "new" if request.GET.get("show") == "new" else ""}
    rows = queries.my_unread(viewer=request.who) if chosen["show"] else queries.my_notices(viewer=request.who)
    fields = ("id", "to", "subject", "kind", "partnership", "partnership__name", "written_at", "read_at", "state")
    shown = table(request.GET, rows, MINE, fields=fields, sort="-when", chosen=chosen)
    context = {
        "table": shown,
        "unread": shown.count if chosen["show"] else queries.my_unread(viewer=request.who).count(),
        "chosen": chosen,
        "new": NEW,
        "message": declared.message,
        "removed_on": removed_on,
        "withheld": partial(office.is_withheld, viewer=request.who),
    }
    return render(request, "notices/mine.html", context)


def mine_shown(request: Asked, key: str) -> HttpResponse:
    """One message with its words; to open it is to have read it."""
    notice = found(queries.my_notice(key, viewer=request.who))
    _show_money(notice, request.who)
    if notice.read_at is None:
        reading.read_notice(key=notice.pk, by=request.who)
    kind = declared.message(notice.kind).name
    heading = kind if notice.removed_on else notice.subject
    unsaid = [one for one in (kind, str(notice.partnership or "")) if one.lower() not in heading.lower()]
    page = {"notice": notice, "heading": heading, "caption": ", ".join(unsaid) or "Your messages", "is_demo": settings.DEMO}
    page["answers_to"] = queries.answers_by_mail(notice, viewer=request.who)
    return render(request, "notices/mine_shown.html", page)


def all_read(request: Asked) -> HttpResponse:
    """Everything is read."""
    deed, next = reading.read_everything, reverse("notices:mine")
    return press(request, deed, done=lambda count: f"{plural(count, 'message')} marked as read.", next=next)


def preferences(request: Asked) -> HttpResponse:
    """When messages come that can wait, and on which day the week's mail."""
    form = partial(RhythmForm, now=queries.rhythm_of(request.who.person, viewer=request.who))

    def saved(now: Rhythm) -> str:
        day, news = WeekDay(now.day), News(now.news)
        week = "no weekly mail comes" if day is WeekDay.NONE else f"the week’s mail comes on {day.label}s"
        return f"Saved: {week}. Messages that can wait: {news.label[0].lower()}{news.label[1:]}."

    return form_page(
        request, form, reading.choose_rhythm, title="How messages come to you", caption="Your page",
        lead="What concerns you at once comes at once. The rest can wait for one e-mail.", done=saved,
        next=reverse("notices:preferences"), page="notices/preferences.html",
    )  # fmt: skip
