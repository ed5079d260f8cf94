"""The bulletin: what goes next, what went, an item, what schools were asked."""

from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.academic_year import academic_year_of, read_academic_year
from alongside.ground.core.cells import Tag
from alongside.ground.core.verdict import require
from alongside.ground.core.words import day_of, plural, weekday_near
from alongside.ground.web.asked import Asked, find, found
from alongside.ground.web.forms import DoForm
from alongside.ground.web.models import marked
from alongside.ground.web.pages import Done, form_page, on_its_way, press
from alongside.ground.web.sheets import list_page
from alongside.ground.web.tables import Column
from alongside.members.bulletin import actions, queries
from alongside.members.bulletin.forms import AnswerRequestForm, ItemForm, NotTakenForm, ProposeForm, RemindForm, WhenForm
from alongside.members.bulletin.models import AskedOfSchool, Bulletin, Item
from alongside.members.bulletin.permissions import (
    may_answer_request,
    may_change_item,
    may_propose_item,
    may_read_bulletins,
    may_run_bulletin,
    may_settle_bulletin,
)
from alongside.members.bulletin.rules import (
    BulletinSettings,
    ItemState,
    asked_since,
    asked_words,
    burden_words,
    has_missed,
    how_it_stands,
    is_still_asked,
    request_problems,
    taking_back_words,
    waiting_words,
)
from alongside.members.calendar.queries.days import school_days_of
from alongside.members.calendar.rules.teaching import closed_words
from alongside.members.partnerships.actions import change_settings
from alongside.members.partnerships.queries import school_of, settings_of
from alongside.members.posts.queries import posts_to_choose
from alongside.members.posts.rules import Level

BURDEN = (
    Column("school", "School"),
    Column("requests", "Requests", numeric=True),
    Column("minutes", "Time asked", cell=lambda row: burden_words(row.minutes)),
    Column("done", "Done", numeric=True),
)


def bulletins(request: Asked, slug: str) -> HttpResponse:
    """What goes next and when, what is wanted of one's schools, and the bulletins that went."""
    partnership, who = request.partnership, request.who
    require(may_read_bulletins(who, partnership.pk))
    gone = list(queries.bulletins_of(partnership, viewer=who)[:60])
    day, is_on = queries.day_after(gone[0].on if gone else None, partnership, viewer=who)
    unsent = queries.items_open(partnership, viewer=who)
    goes = sum(one.item_state is ItemState.APPROVED and not has_missed(one.by_on, day or clock.today()) for one in unsent)
    context = {
        "next_day": day,
        "open": [(one, how_it_stands(one.item_state, one.by_on, clock.today(), day)) for one in unsent],
        "stands": waiting_words(goes, sum(one.item_state is ItemState.PROPOSED for one in unsent)),
        "wanted": [
            (one, asked_words(one.by_on, one.minutes, clock.today())) for one in queries.wanted_of(partnership, viewer=who)
        ],
        "gone": gone,
        "proposes": may_propose_item(who, partnership.pk),
        "runs": may_run_bulletin(who, partnership.pk),
        "settles": may_settle_bulletin(who, partnership.pk),
        "is_on": is_on,
    }
    return render(request, "bulletin/bulletins.html", context)


def bulletin(request: Asked, slug: str, key: str) -> HttpResponse:
    """One bulletin, as far as it is for the reader."""
    one = find(Bulletin, request, pk=key)
    items = [(item, _asked(item)) for item in queries.items_for(one, viewer=request.who)]
    return render(request, "bulletin/bulletin.html", {"bulletin": one, "items": items})


def _asked(item: Item) -> str:
    return asked_words(item.by_on, item.minutes, clock.today()) if item.by_on and item.minutes else ""


def next_one(request: Asked, slug: str) -> HttpResponse:
    """The next bulletin before it goes: to how many, each item to how many, and the mail as one of them reads it."""
    partnership, who = request.partnership, request.who
    require(may_run_bulletin(who, partnership.pk))
    day = queries.next_day(partnership, viewer=who)
    context = {"day": day, "next": queries.next_one(partnership, day or clock.today(), viewer=who)}
    return render(request, "bulletin/next.html", context)


def item(request: Asked, slug: str, key: str) -> HttpResponse:
    """An item: its words, for whom it is, how it stands, and which schools have done what it asks."""
    one, who = find(Item.objects.select_related("bulletin", "cluster"), request, pk=key), request.who
    day = queries.next_day(request.partnership, viewer=who) if one.item_state is ItemState.APPROVED else None
    context = {
        "item": one,
        "asked": "" if one.item_state is ItemState.WITHDRAWN else _asked(one),
        "answers": queries.answers_to(one, viewer=who),
        "mine": queries.asked_of_mine(one, viewer=who),
        "stands": how_it_stands(one.item_state, one.by_on, clock.today(), day),
        "is_over": one.by_on is not None and one.by_on < asked_since(clock.today()),
        "reminds": is_still_asked(one.item_state, one.by_on, clock.today()),
        "missed": one.item_state is ItemState.APPROVED and has_missed(one.by_on, day or clock.today()),
        "runs": may_run_bulletin(who, request.partnership.pk),
        "changes": may_change_item(who, request.partnership.pk, one.authors, one.item_state),
    }
    return render(request, "bulletin/item.html", context)


def propose(request: Asked, slug: str) -> HttpResponse:
    """Send something in for the bulletin."""
    partnership, who = request.partnership, request.who
    require(may_propose_item(who, partnership.pk))
    day = queries.next_day(partnership, viewer=who)
    goes = f"The next bulletin goes on {weekday_near(day, clock.today())}." if day else ""

    def sent_in(made: Item) -> Done:
        again = (("Send in another", reverse("bulletin:propose", args=[slug])),)
        if made.item_state is ItemState.APPROVED:
            return Done(f"“{made.title}” is in the next bulletin. {goes}".strip(), again)
        return Done(f"“{made.title}” is sent in. The office looks at it before it goes. {goes}".strip(), again)

    form = partial(ProposeForm, **for_whom(request))
    return form_page(
        request, form, partial(actions.propose_item, partnership=partnership), look=partial(_look, request, day),
        title="Send something in for the bulletin", caption="Bulletin", lead=goes, button="Send it in",
        back=("Bulletin", reverse("bulletin:bulletins", args=[slug])), done=sent_in,
        next=lambda made: reverse("bulletin:item", args=[slug, made.pk]),
    )  # fmt: skip


def _look(request: Asked, goes: date | None, said: dict[str, Any]) -> list[str]:
    """What to look at before a request is wanted by that day; nothing where the day is refused anyway."""
    if not said["by_on"] or request_problems(said["is_request"], said["by_on"], said["minutes"], clock.today(), goes):
        return []
    return closed_words(said["by_on"], school_days_of(request.partnership))


def for_whom(request: Asked, of: Item | None = None) -> dict[str, Any]:
    """The posts, phases and clusters that an item may be for, that of the item itself among them where it was taken away."""
    partnership, who = request.partnership, request.who
    posts = posts_to_choose(partnership, Level.SCHOOL, Level.TRUST, viewer=who)
    phases, named = queries.for_which_schools(partnership, viewer=who)
    clusters = [
        (key, f"{name} (taken away: for nobody)" if ended_on else name)
        for key, name, ended_on in named
        if not ended_on or (of and of.cluster_id == key)
    ]
    return {"posts": posts, "phases": phases, "clusters": clusters}


def change(request: Asked, slug: str, key: str) -> HttpResponse:
    """Put an item into other words; one that was not taken is sent in again so."""
    one = find(Item, request, pk=key)
    require(may_change_item(request.who, request.partnership.pk, one.authors, one.item_state))
    page = reverse("bulletin:item", args=[slug, key])
    title, done, lead = "Change the item", "The item is changed.", ""
    if one.item_state is ItemState.DECLINED:
        title, lead = "Change it and send it in again", f"Why it was not taken: {one.declined_because}"
        done = "It is sent in again. The office looks at it before it goes."

    def look(said: dict[str, Any]) -> list[str]:
        goes = queries.next_day(request.partnership, viewer=request.who)
        return _look(request, goes, said) if said["by_on"] != one.by_on else []

    return form_page(
        request, partial(ItemForm, row=one, **for_whom(request, one)),
        partial(actions.change_item, item=one), title=title, lead=lead, caption="Bulletin", back=(one.title, page), done=done,
        next=page, look=look,
    )  # fmt: skip


def approve(request: Asked, slug: str, key: str) -> HttpResponse:
    """Take an item into the next bulletin."""
    require(may_run_bulletin(request.who, request.partnership.pk))
    day = queries.next_day(request.partnership, viewer=request.who)
    when = f" It goes on {weekday_near(day, clock.today())}." if day else ""
    look = (("Look at it", reverse("bulletin:item", args=[slug, key])),)
    return press(
        request,
        partial(actions.approve_item, item=find(Item, request, pk=key)),
        done=lambda one: Done(f"“{one.title}” is in the next bulletin.{when}", look),
        next=reverse("bulletin:bulletins", args=[slug]),
    )


def decline(request: Asked, slug: str, key: str) -> HttpResponse:
    """Do not take an item, and say why."""
    require(may_run_bulletin(request.who, request.partnership.pk))
    one = find(Item.objects.select_related("partnership"), request, pk=key)

    def said(made: actions.Declined) -> Done:
        if made.told is None:
            return Done("Not taken. Nobody is told: whoever sent it in is not here any more.")
        look = (("See the message", reverse("notices:show", args=[slug, made.told.pk])),)
        return Done(f"Not taken. {made.item.author_name} is told why, and can change it and send it in again.", look)

    return form_page(
        request, NotTakenForm, partial(actions.decline_item, item=one), title=f"Do not take “{one.title}”", caption="Bulletin",
        back=(one.title, reverse("bulletin:item", args=[slug, key])), button="Do not take it", done=said,
        next=reverse("bulletin:bulletins", args=[slug]),
    )  # fmt: skip


def withdraw(request: Asked, slug: str, key: str) -> HttpResponse:
    """Take an item back, having seen what that ends."""
    one, page = find(Item, request, pk=key), reverse("bulletin:item", args=[slug, key])
    require(may_change_item(request.who, request.partnership.pk, one.authors, one.item_state))
    was_sent, found = one.item_state is ItemState.SENT, queries.answers_to(one, viewer=request.who)
    said = "is taken back: nothing is wanted of schools any more." if was_sent and one.is_request else "is taken back."
    again = (("Send in another", reverse("bulletin:propose", args=[slug])),)
    return form_page(
        request, DoForm, partial(actions.withdraw_item, item=one), title=f"Take “{one.title}” back?", caption="Bulletin",
        lead=taking_back_words(was_sent, len(found.done), len(found.open)), back=(one.title, page), button="Take it back",
        done=lambda made: Done(f"“{made.title}” {said}", again),
        next=page if was_sent else reverse("bulletin:bulletins", args=[slug]),
    )  # fmt: skip


def done(request: Asked, slug: str, key: str, urn: int) -> HttpResponse:
    """Say that a school has done what was asked, or that it has not after all."""
    one = find(Item.objects.select_related("partnership"), request, pk=key)
    school = found(school_of(request.partnership, urn, viewer=request.who))
    require(may_answer_request(request.who, request.partnership.pk, school.pk))
    is_done, page = request.POST.get("not_done") != "yes", reverse("bulletin:item", args=[slug, key])

    def noted(row: AskedOfSchool) -> str:
        if not is_done:
            return f"Noted: {row.school} has still to do it."
        return f"Noted: {row.school} has done it. Was it a mistake? “Undo” stands beside it."

    deed: Any = partial(actions.answer_request, item=one, school=school, is_done=is_done)
    return press(request, deed, done=noted, next=page)


def _unanswered(state: ItemState) -> str:
    return "No answer" if state is ItemState.WITHDRAWN else "No answer yet"


ANSWERS = (
    Column("school", "School", cell=lambda row: row.school.name),
    Column("answer", "Answer", cell=lambda row: (row.words or "Done") if row.done_at else Tag(_unanswered(row.item.item_state))),
    Column("on", "On", cell=lambda row: row.done_at and day_of(row.done_at), classes="al-nowrap"),
    Column("by", "By", cell=lambda row: row.done_by_name),
)


def answers(request: Asked, slug: str, key: str) -> HttpResponseBase:
    """What all schools answered to a request, and which have not."""
    require(may_run_bulletin(request.who, request.partnership.pk))
    one, show = find(Item, request, pk=key), request.GET.get("show", "")
    every = queries.asked_schools(one, viewer=request.who)
    parts = {"": every, "answered": every.exclude(done_at=None), "open": every.filter(done_at=None)}
    labels = (("All schools", ""), ("Answered", "answered"), (_unanswered(one.item_state), "open"))
    pills = [(label, parts[part].count(), "?" + urlencode({"show": part}), part == show) for label, part in labels]
    return list_page(
        request, ANSWERS, list(parts.get(show, every)), file=f"{slug}-answers", page="bulletin/answers.html",
        chosen={"show": show} if show in parts else {}, title=f"Answers: {one.title}", caption="Bulletin",
        lead="Taken back: it is not asked any more." if one.item_state is ItemState.WITHDRAWN else _asked(one),
        back=(one.title, reverse("bulletin:item", args=[slug, key])), pills=pills, empty=("No school", "None is among these."),
        item=one, show=show, reminds=is_still_asked(one.item_state, one.by_on, clock.today()) and parts["open"].exists(),
    )  # fmt: skip


def remind(request: Asked, slug: str, key: str) -> HttpResponse:
    """Remind the heads of the schools that have not answered a request, having read the mail."""
    require(may_run_bulletin(request.who, request.partnership.pk))
    one = find(Item.objects.select_related("partnership"), request, pk=key)
    found, page = queries.to_remind(one, viewer=request.who), reverse("bulletin:answers", args=[slug, key]) + "?show=open"
    lead = f"It goes to {plural(len(found.people), 'head')} at once, and to nobody whose school has answered."
    if found.is_told or not found.people:
        lead = actions.TOLD_TODAY if found.is_told else "There is nobody to remind."
    return form_page(
        request, partial(RemindForm, initial={"seen": found.shown}), partial(actions.remind_schools, item=one),
        title="Remind who has not answered", caption=one.title, lead=lead, back=("Answers", page), next=page,
        button=f"Send it to {plural(len(found.people), 'head')}", page="bulletin/remind.html", remind=found,
        done=lambda many: f"A reminder to {plural(many, 'head')} is {on_its_way()}.",
    )  # fmt: skip


def answer(request: Asked, slug: str, key: str, urn: int) -> HttpResponse:
    """Answer a request in a few words, or put the school's answer right."""
    one = find(Item.objects.select_related("partnership"), request, pk=key)
    school = found(school_of(request.partnership, urn, viewer=request.who))
    require(may_answer_request(request.who, request.partnership.pk, school.pk))
    row = found(queries.asked_schools(one, viewer=request.who).filter(school=school).first())
    page = reverse("bulletin:item", args=[slug, key])
    return form_page(
        request, partial(AnswerRequestForm, initial={"words": row.words, "version": marked(row, "words")}),
        partial(actions.answer_in_words, item=one, school=school), title=f"Answer for {school}", caption="Bulletin",
        lead=one.title, back=(one.title, page), button="Answer", next=page,
        done=lambda made: f"This is the answer of {made.school} now. The office reads it; your school can correct it here.",
    )  # fmt: skip


def minutes(request: Asked, slug: str) -> HttpResponseBase:
    """What was asked of each school in an academic year, in minutes."""
    require(may_run_bulletin(request.who, request.partnership.pk))
    year = read_academic_year(request.GET.get("year", "")) or academic_year_of(clock.today())
    rows = queries.burden(request.partnership, year, viewer=request.who)
    return list_page(
        request, BURDEN, rows, file=f"{slug}-asked-{year.slug}", chosen={"year": year.slug}, title="What was asked of schools",
        caption=f"Bulletin, {year}", lead=f"Requests with a day, {plural(len(rows), 'school')}. Nothing here is a score.",
        empty=("Nothing was asked in this year", "Requests in the bulletin are counted here, with the minutes that they take."),
    )  # fmt: skip


def settings(request: Asked, slug: str) -> HttpResponse:
    """Whether there is a bulletin, and on which day it goes."""
    require(may_settle_bulletin(request.who, request.partnership.pk))
    now, page = settings_of(request.partnership, BulletinSettings), reverse("bulletin:bulletins", args=[slug])
    return form_page(
        request, partial(WhenForm, now=now), partial(change_settings, partnership=request.partnership, may=may_settle_bulletin),
        title="When the bulletin goes", caption="Bulletin", back=("Bulletin", page), done="Saved.", next=page,
    )  # fmt: skip
