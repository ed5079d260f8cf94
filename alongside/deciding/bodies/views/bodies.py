"""The bodies of a partnership, one of them on any day, and making, changing and ending them."""

from datetime import date
from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from alongside.deciding.bodies.actions import bodies as actions, scheme as delegating
from alongside.deciding.bodies.forms.bodies import (
    AddDelegationForm,
    BodyForm,
    BodySettingsForm,
    DelegationForm,
    EndBodyForm,
    EndsForm,
    MakeBodyForm,
    QuorumForm,
)
from alongside.deciding.bodies.models import Body, Delegated
from alongside.deciding.bodies.permissions import (
    may_keep_body,
    may_make_body,
    may_see_bodies,
    may_see_interests,
    may_see_skills,
)
from alongside.deciding.bodies.queries import composition as compositions, lists, people as queries
from alongside.deciding.bodies.rules.kinds import BodySettings, ShownTo
from alongside.deciding.bodies.rules.scheme import Say, who_decides
from alongside.deciding.bodies.rules.templates import BEGINNINGS, BY_CODE
from alongside.ground.core import clock
from alongside.ground.core.cells import Tag, Text
from alongside.ground.core.verdict import require
from alongside.ground.core.words import short_date
from alongside.ground.web.asked import Asked, find, found
from alongside.ground.web.pages import Done, form_page
from alongside.ground.web.sheets import list_page
from alongside.ground.web.tables import Column, listed
from alongside.members.partnerships.actions import change_settings
from alongside.members.partnerships.queries import school_of, schools_to_choose, settings_of

CAPTION = "Boards and committees"


def day_asked(request: Asked) -> date:
    """The day that the address names, or today."""
    try:
        asked = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return clock.today()
    return asked if 1950 <= asked.year <= clock.today().year + 50 else clock.today()


def list_of(slug: str) -> tuple[str, str]:
    """The way back to the list of bodies."""
    return CAPTION, reverse("bodies:bodies", args=[slug])


def way_to(body: Body, slug: str) -> tuple[str, str]:
    """The way back to a body."""
    return body.name, reverse("bodies:body", args=[slug, body.pk])


def body_named(request: Asked, key: str) -> Body:
    """The body that the address names; 404 where the viewer may not see it."""
    return find(Body.objects.select_related("partnership", "school__current"), request, pk=key)


def bodies(request: Asked, slug: str) -> HttpResponse:
    """The bodies of the partnership."""
    partnership, who = request.partnership, request.who
    require(may_see_bodies(who, partnership.pk))
    context = {
        "rows": lists.bodies_of(partnership, viewer=who),
        "makes": may_make_body(who, partnership.pk),
        "me": queries.own_holder(partnership, viewer=who),
    }
    return render(request, "bodies/bodies.html", context)


def public(request: Asked, slug: str, key: str) -> HttpResponse:
    """A body that the office shows to everybody: who sits there until when, and interests where its kind has it."""
    shown = found(lists.shown_to_all(request.partnership, key, viewer=request.who))
    stated = queries.register_of(shown.body, shown.on, viewer=request.who) if shown.body.shown == ShownTo.PUBLIC else []
    said = [(one.holder.name, "; ".join(one.interests) or "Nothing to declare", one.confirmed_on) for one in stated]
    context = {"body": shown.body, "shown": shown, "stated": [row for row in said if row[-1]]}
    return render(request, "bodies/public.html", context)


SEATS = (
    Column("seat", "Seat", cell=lambda row: Text(row.seat.title, under=row.seat.how)),
    Column("who", "Who", cell=lambda row: ", ".join(one.name for one in row.sitting)),
    Column("until", "Until", cell=lambda row: row.sitting[0].tenure.until_on if row.sitting and row.sitting[0].tenure else None),
    Column("votes", "Votes", cell=lambda row: "yes" if row.seat.votes else "no"),
    Column("do", "", alone=True, cell=lambda row: ""),
)


def body(request: Asked, slug: str, key: str) -> HttpResponse:
    """One body on a day: who sits there, what is vacant, how many make a quorum."""
    one, who, home = body_named(request, key), request.who, request.partnership.pk
    day = day_asked(request)
    shown = compositions.composition(one, day, viewer=who)
    keeps = may_keep_body(who, home, one.pk)
    context = {
        "body": one, "shown": shown, "day": day, "is_today": day == clock.today(), "keeps": keeps,
        "table": listed(SEATS if keeps else SEATS[:-1], shown.seats), "makes": may_make_body(who, home),
        "sees_interests": may_see_interests(who, home, one.pk, one.shown), "sees_skills": may_see_skills(who, home, one.pk),
    }  # fmt: skip
    return render(request, "bodies/body.html", context)


def make(request: Asked, slug: str) -> HttpResponse:
    """From which template a body begins: those of the partnership's kind first."""
    require(may_make_body(request.who, request.partnership.pk))
    ours = sorted(BEGINNINGS, key=lambda one: one.for_template != request.partnership.template)
    return render(request, "bodies/make.html", {"beginnings": ours})


def make_from(request: Asked, slug: str, code: str) -> HttpResponse:
    """A body from a template, changed before it is made."""
    partnership, who, start = request.partnership, request.who, found(BY_CODE.get(code))
    require(may_make_body(who, partnership.pk))
    schools = schools_to_choose(partnership, viewer=who) if start.of_school else []

    def deed(*, school: str = "", **said: Any) -> Body:
        its = school_of(partnership, int(school), viewer=who) if school else None
        return actions.make_body(partnership=partnership, school=its, **said)

    def made(one: Body) -> Done:
        return Done(f"{one.name} is there, and nobody sits there yet. Fill its seats.")

    return form_page(
        request, partial(MakeBodyForm, start=start, schools=schools), deed, title=start.name, caption="Make a body",
        lead=f"{start.about}. Change what is otherwise with you; each seat can be changed afterwards too.",
        back=("Templates", reverse("bodies:make", args=[slug])), button="Make it", done=made,
        next=lambda one: reverse("bodies:body", args=[slug, one.pk]),
    )  # fmt: skip


def change(request: Asked, slug: str, key: str) -> HttpResponse:
    """Call a body otherwise, or show it otherwise."""
    require(may_make_body(request.who, request.partnership.pk))
    one = body_named(request, key)
    back = way_to(one, slug)
    return form_page(
        request, partial(BodyForm, row=one), partial(actions.change_body, body=one), title=f"Change {one.name}", caption=CAPTION,
        back=back, done=lambda made: f"{made.name} is changed.", next=back[1],
    )  # fmt: skip


def end(request: Asked, slug: str, key: str) -> HttpResponse:
    """End a body."""
    require(may_make_body(request.who, request.partnership.pk))
    one = body_named(request, key)
    back = way_to(one, slug)
    return form_page(
        request, partial(EndBodyForm, row=one), partial(actions.end_body, body=one), title=f"End {one.name}", caption=CAPTION,
        back=back, button="End it", done=lambda made: f"{made.name} ends on {short_date(made.ended_on)}.", next=back[1],
    )  # fmt: skip


def quorum(request: Asked, slug: str, key: str) -> HttpResponse:
    """Another quorum from a day on."""
    require(may_make_body(request.who, request.partnership.pk))
    one = body_named(request, key)
    back, now = way_to(one, slug), compositions.composition(one, viewer=request.who).quorum
    known = {"share": now.share, "least": now.least, "needs_chair": now.needs_chair, "from_on": clock.today()}
    return form_page(
        request, partial(QuorumForm, initial=known), partial(actions.set_quorum, body=one), title="Quorum", caption=one.name,
        back=back, done=lambda rule: f"This quorum holds from {short_date(rule.from_on)}.", next=back[1],
    )  # fmt: skip


def settings(request: Asked, slug: str) -> HttpResponse:
    """Whose heads count where, how heads vote, and what is asked."""
    partnership = request.partnership
    require(may_make_body(request.who, partnership.pk))
    deed: Any = partial(change_settings, partnership=partnership, may=may_make_body)
    return form_page(
        request, partial(BodySettingsForm, now=settings_of(partnership, BodySettings)), deed, title="Settings of bodies",
        caption=CAPTION, back=list_of(slug), done="Saved. They hold from today.", next=list_of(slug)[1],
    )  # fmt: skip


def scheme(request: Asked, slug: str) -> HttpResponseBase:
    """The scheme of delegation on a day, as one table."""
    partnership, day = request.partnership, day_asked(request)
    require(may_see_bodies(request.who, partnership.pk))
    lines = queries.scheme_of(partnership, day, viewer=request.who)
    deciders = dict.fromkeys(who for one in lines for who in one.parts)
    makes = may_make_body(request.who, partnership.pk)

    def decision(row: Delegated) -> Text:
        return Text(row.decision, reverse("bodies:change_line", args=[slug, row.pk]) if makes else "")

    def cell(who: str, row: Delegated) -> Tag | str:
        return Tag.of(Say(row.parts[who])) if who in row.parts else ""

    columns = [Column("decision", "Decision", cell=decision)]
    columns += [Column(f"who-{at}", who, cell=partial(cell, who)) for at, who in enumerate(deciders)]
    return list_page(
        request, columns, lines, file=f"{slug}-scheme", page="bodies/scheme.html", day=day, makes=makes,
        decided=[(one, who_decides(one.parts)) for one in lines],
    )  # fmt: skip


def add_line(request: Asked, slug: str) -> HttpResponse:
    """Add a line to the scheme of delegation."""
    return _line(request, AddDelegationForm, delegating.delegate, partnership=request.partnership)


def change_line(request: Asked, slug: str, key: str) -> HttpResponse:
    """Let somebody else decide, from a day on."""
    line = find(Delegated, request, pk=key)
    return _line(request, partial(DelegationForm, row=line), delegating.change_delegation, line=line)


def _line(request: Asked, form: Any, deed: Any, **about: Any) -> HttpResponse:
    require(may_make_body(request.who, request.partnership.pk))
    back = reverse("bodies:scheme", args=[request.partnership.slug])
    deciders = settings_of(request.partnership, BodySettings).deciders
    return form_page(
        request, partial(form, deciders=deciders), partial(deed, **about), title="Who decides?", caption="Scheme of delegation",
        lead="From its day on approvals rest on this line; what rested on the line before stays.",
        back=("Scheme of delegation", back),
        done=lambda one: f"{who_decides(one.parts)}: {one.decision}, from {short_date(one.from_on)}.", next=back,
    )  # fmt: skip


def end_line(request: Asked, slug: str, key: str) -> HttpResponse:
    """End a line of the scheme."""
    require(may_make_body(request.who, request.partnership.pk))
    line, back = find(Delegated, request, pk=key), reverse("bodies:scheme", args=[slug])
    return form_page(
        request, EndsForm, partial(delegating.end_delegation, line=line), title=f"End “{line.decision}”",
        caption="Scheme of delegation", back=("Scheme of delegation", back), button="End it",
        done="This line ends on that day. What rests on it stays.", next=back,
    )  # fmt: skip
