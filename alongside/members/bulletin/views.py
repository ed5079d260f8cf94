"""The bulletin: what goes next, what went, an item, what schools were asked."""

from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.academic_year import academic_year_of, read_academic_year
from alongside.ground.core.verdict import require
from alongside.ground.core.words import plural, weekday_near
from alongside.ground.web.asked import Asked, find, found
from alongside.ground.web.pages import Done, form_page, press
from alongside.ground.web.sheets import list_page
from alongside.ground.web.tables import Column
from alongside.members.bulletin import actions, queries
from alongside.members.bulletin.forms import ItemForm, NotTakenForm, ProposeForm, WhenForm
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
)
from alongside.members.partnerships.actions import change_settings
from alongside.members.partnerships.queries import phases_of, school_of, settings_of
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
    context = {
        "next_day": day,
        "open": [
            (one, how_it_stands(one.item_state, one.by_on, clock.today())) for one in queries.items_open(partnership, viewer=who)
        ],
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
    one, who = find(Item.objects.select_related("bulletin"), request, pk=key), request.who
    context = {
        "item": one,
        "asked": _asked(one),
        "answers": queries.answers_to(one, viewer=who),
        "mine": queries.asked_of_mine(one, viewer=who),
        "stands": how_it_stands(one.item_state, one.by_on, clock.today()),
        "is_over": one.by_on is not None and one.by_on < asked_since(clock.today()),
        "missed": one.item_state is ItemState.APPROVED and has_missed(one.by_on, clock.today()),
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
        request, form, partial(actions.propose_item, partnership=partnership),
        title="Send something in for the bulletin", caption="Bulletin", lead=goes, button="Send it in",
        back=("Bulletin", reverse("bulletin:bulletins", args=[slug])), done=sent_in,
        next=lambda made: reverse("bulletin:item", args=[slug, made.pk]),
    )  # fmt: skip


def for_whom(request: Asked) -> dict[str, Any]:
    """The posts and phases that an item may be for."""
    partnership, who = request.partnership, request.who
    posts = posts_to_choose(partnership, Level.SCHOOL, Level.TRUST, viewer=who)
    return {"posts": posts, "phases": phases_of(partnership, viewer=who)}


def change(request: Asked, slug: str, key: str) -> HttpResponse:
    """Put an item into other words; one that was not taken is sent in again so."""
    one = find(Item, request, pk=key)
    require(may_change_item(request.who, request.partnership.pk, one.authors, one.item_state))
    page = reverse("bulletin:item", args=[slug, key])
    title, done, lead = "Change the item", "The item is changed.", ""
    if one.item_state is ItemState.DECLINED:
        title, lead = "Change it and send it in again", f"Why it was not taken: {one.declined_because}"
        done = "It is sent in again. The office looks at it before it goes."
    return form_page(
        request, partial(ItemForm, row=one, **for_whom(request)),
        partial(actions.change_item, item=one), title=title, lead=lead, caption="Bulletin", back=(one.title, page), done=done,
        next=page,
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
    """Take an item back."""
    one = find(Item, request, pk=key)
    require(may_change_item(request.who, request.partnership.pk, one.authors, one.item_state))
    was_sent = one.item_state is ItemState.SENT
    said = "is taken back: nothing is wanted of schools any more." if was_sent else "is taken back."
    again = (("Send in another", reverse("bulletin:propose", args=[slug])),)
    return press(
        request,
        partial(actions.withdraw_item, item=one),
        done=lambda made: Done(f"“{made.title}” {said}", again),
        next=reverse("bulletin:bulletins", args=[slug]),
    )


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
