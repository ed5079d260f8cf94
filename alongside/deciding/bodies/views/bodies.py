"""The bodies of a partnership, one of them on any day, and making, changing and ending them."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from alongside.deciding.bodies.actions import bodies as actions, scheme as delegating
from alongside.deciding.bodies.forms import bodies as forms
from alongside.deciding.bodies.models import Body, Delegated
from alongside.deciding.bodies.permissions import may_keep_body, may_make_body, may_see_bodies, may_see_interests, may_see_skills
from alongside.deciding.bodies.queries import composition as compositions, lists, people as queries
from alongside.deciding.bodies.rules.kinds import BodySettings, ShownTo
from alongside.deciding.bodies.rules.scheme import Say, who_decides
from alongside.deciding.bodies.rules.templates import BY_CODE, beginnings_for
from alongside.ground.core import clock
from alongside.ground.core.cells import Tag, Text
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import require
from alongside.ground.core.words import plural, short_date
from alongside.ground.web import declared
from alongside.ground.web.asked import Asked, find, found
from alongside.ground.web.pages import Done, form_page
from alongside.ground.web.sheets import list_page
from alongside.ground.web.tables import Column, Where
from alongside.members.partnerships.actions import change_settings
from alongside.members.partnerships.queries import school_of, schools_to_choose, settings_of

CAPTION = "Boards and committees"


def day_asked(request: Asked, first_on: date = date.min) -> date:
    """The day that the address names, or today; before something has begun its first day."""
    usual = max(clock.today(), first_on)
    try:
        asked = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return usual
    return asked if 1950 <= asked.year <= usual.year + 50 else usual


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
    rows, today = lists.bodies_of(partnership, viewer=who), clock.today()
    context = {
        "rows": rows,
        "standing": sum(row.body.ended_on is None or row.body.ended_on >= today for row in rows),
        "makes": may_make_body(who, partnership.pk),
        "me": queries.own_holder(partnership, viewer=who),
        "today": today,
    }
    return render(request, "bodies/bodies.html", context)


def published(request: Asked, slug: str) -> HttpResponse:
    """The bodies that the office shows to everybody."""
    rows = found(lists.all_shown(request.partnership, viewer=request.who) or None)
    return render(request, "bodies/published.html", {"rows": rows})


def public(request: Asked, slug: str, key: str) -> HttpResponse:
    """A body that the office shows to everybody: who sits there until when, and interests where its kind has it."""
    body = found(lists.body_shown(request.partnership, key, viewer=request.who))
    day = max(clock.today(), body.started_on)
    served = queries.served_lately(body, day, viewer=request.who)
    shown = compositions.composition(body, day, tenures=served, viewer=Standing.system())
    stated, left = queries.register_and_left(body, day, tenures=served, viewer=request.who)
    is_published = shown.body.shown == ShownTo.PUBLIC
    stated = stated if is_published else []
    columns = ("Name", "Seat", "From", "Until", *(["Interests"] if is_published else []))
    nothing = {True: "Nothing to declare", False: "Not stated yet"}
    said = [
        (one.holder.name, "; ".join(one.interests) or nothing[one.confirmed_on is not None], _word_given(one)) for one in stated
    ]
    context = {
        "body": shown.body,
        "shown": shown,
        "stated": said if any(one.interests or one.confirmed_on for one in stated) else [],
        "left": [(*one[:4], "; ".join(one.interests) or "None")[: len(columns)] for one in left],
        "left_columns": columns,
        "under_way": declared.beside("bodies.Seat", {row.seat.pk: row.seat for row in shown.seats}, viewer=Standing()),
        "beside": declared.beside("bodies.Body", {shown.body.pk: shown.body}, viewer=request.who)[shown.body.pk],
    }
    return render(request, "bodies/public.html", context)


def _word_given(one: queries.Stated) -> str:
    """When somebody gave their word on their interests, and what they have added since."""
    return "; ".join(filter(None, (short_date(one.confirmed_on), one.since))) if one.confirmed_on else "Not yet"


SEATS = (
    Column("seat", "Seat", cell=lambda row: Text(row.seat.title, under=row.seat.how)),
    Column("who", "Who", cell=lambda row: ", ".join(one.name + (" (acting)" if one.is_acting else "") for one in row.sitting)),
    Column("until", "Until", cell=lambda row: row.tenure and row.tenure.until_on),
    Column("votes", "Votes", cell=lambda row: "yes" if row.seat.votes else "no"),
    Column("do", "Change", cell=lambda row: "", where=Where.PAGE),
)


def body(request: Asked, slug: str, key: str) -> HttpResponseBase:
    """One body on a day: who sits there, what is vacant, how many make a quorum; as a file too."""
    one, who, home = body_named(request, key), request.who, request.partnership.pk
    day = day_asked(request, one.started_on)
    shown = compositions.composition(one, day, viewer=who)
    keeps = may_keep_body(who, home, one.pk)
    under_way = declared.beside("bodies.Seat", {row.seat.pk: row.seat for row in shown.seats}, viewer=who)
    return list_page(
        request, SEATS if keeps else SEATS[:-1], shown.seats, file=f"{slug}-{key}", page="bodies/body.html", body=one,
        under_way=under_way, shown=shown, by_post=lists.come_by_post(shown, viewer=who), day=day, today=clock.today(),
        is_today=day == clock.today(), keeps=keeps, makes=may_make_body(who, home),
        sees_interests=may_see_interests(who, home, one.pk, one.shown), sees_skills=may_see_skills(who, home, one.pk),
    )  # fmt: skip


def make(request: Asked, slug: str) -> HttpResponse:
    """From which template a body begins."""
    require(may_make_body(request.who, request.partnership.pk))
    schools = request.partnership.memberships.filter(until_on=None).count()
    return render(request, "bodies/make.html", {"beginnings": beginnings_for(request.partnership.template_kind, schools)})


def make_from(request: Asked, slug: str, code: str) -> HttpResponse:
    """A body from a template, changed before it is made."""
    partnership, who, start = request.partnership, request.who, found(BY_CODE.get(code))
    require(may_make_body(who, partnership.pk))
    schools = schools_to_choose(partnership, viewer=who) if start.of_school else []

    def deed(*, school: str = "", **said: Any) -> Body:
        its = school_of(partnership, int(school), viewer=who) if school else None
        return actions.make_body(partnership=partnership, school=its, **said)

    def made(one: Body) -> Done:
        shown = compositions.composition(one, max(clock.today(), one.started_on), viewer=who)
        by_post = lists.come_by_post(shown, viewer=who).values()
        if not by_post:
            return Done(f"{one.name} is there, and nobody sits there yet. Fill its seats.")
        if shown.sitting:
            heads = plural(len(shown.sitting), "head sits", "heads sit")
            return Done(f"{one.name} is there, and {heads} there by their post. Fill its other seats.")
        links = dict.fromkeys(lead for each in by_post for lead in each.leads)
        return Done(f"{one.name} is there. {'. '.join(each.words for each in by_post)}.", tuple(links))

    return form_page(
        request, partial(forms.MakeBodyForm, start=start, schools=schools), deed, title=start.name, caption="Make a body",
        lead=f"{start.about}. Change what is otherwise with you; each seat can be changed afterwards too.",
        back=("Templates", reverse("bodies:make", args=[slug])), button="Make it", done=made, page="bodies/make_from.html",
        next=lambda one: reverse("bodies:body", args=[slug, one.pk]),
    )  # fmt: skip


def about_body(request: Asked, key: str, form: Callable[[Body], Any], deed: Callable[..., Any], **page: Any) -> HttpResponse:
    """A page on which the office changes something of a body, and goes back to it."""
    require(may_make_body(request.who, request.partnership.pk))
    one = body_named(request, key)
    back = way_to(one, request.partnership.slug)
    return form_page(request, form(one), partial(deed, body=one), caption=one.name, back=back, next=back[1], **page)


def change(request: Asked, slug: str, key: str) -> HttpResponse:
    """Call a body otherwise, or show it otherwise."""
    return about_body(
        request, key, lambda one: partial(forms.BodyForm, row=one), actions.change_body, title="Name, and who sees what",
        done=lambda made: f"{made.name} is changed.",
    )  # fmt: skip


def end(request: Asked, slug: str, key: str) -> HttpResponse:
    """End a body."""
    return about_body(
        request, key, lambda _: forms.EndsForm, actions.end_body, title="End it", button="End it",
        lead="Whoever sits there sits until that day. What it was stays to be read.",
        done=lambda made: f"{made.name} ends on {short_date(made.ended_on)}.",
    )  # fmt: skip


def quorum(request: Asked, slug: str, key: str) -> HttpResponse:
    """Another quorum from a day on."""

    def form(one: Body) -> Any:
        now = compositions.composition(one, viewer=request.who).quorum
        known = {name: getattr(now, name) for name in ("share", "least", "needs_chair")}
        return partial(forms.QuorumForm, initial={**known, "from_on": clock.today()})

    return about_body(
        request, key, form, actions.set_quorum, title="Quorum",
        done=lambda rule: f"This quorum holds from {short_date(rule.from_on)}.",
    )  # fmt: skip


def settings(request: Asked, slug: str) -> HttpResponse:
    """Whose heads count where, how heads vote, and what is asked."""
    partnership = request.partnership
    require(may_make_body(request.who, partnership.pk))
    deed: Any = partial(change_settings, partnership=partnership, may=may_make_body)
    return form_page(
        request, partial(forms.BodySettingsForm, now=settings_of(partnership, BodySettings)), deed, title="Settings of bodies",
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
        chosen={"on": day.isoformat()},
        decided=[(one, who_decides(one.parts)) for one in lines],
    )  # fmt: skip


def add_line(request: Asked, slug: str) -> HttpResponse:
    """Add a line to the scheme of delegation."""
    return _line(request, forms.AddDelegationForm, partial(delegating.delegate, partnership=request.partnership))


def change_line(request: Asked, slug: str, key: str) -> HttpResponse:
    """Let somebody else decide, from a day on."""
    line = find(Delegated, request, pk=key)
    ends = ("What rests on it stays.", reverse("bodies:end_line", args=[slug, key]))
    said = {"page": "bodies/change_and_end.html", "ends": ends}
    return _line(request, partial(forms.DelegationForm, row=line), partial(delegating.change_delegation, line=line), **said)


def _line(request: Asked, form: Any, deed: Any, **page: Any) -> HttpResponse:
    require(may_make_body(request.who, request.partnership.pk))
    back = reverse("bodies:scheme", args=[request.partnership.slug])
    deciders = settings_of(request.partnership, BodySettings).deciders
    return form_page(
        request, partial(form, deciders=deciders), deed, title="Who decides?", caption="Scheme of delegation", **page,
        lead="From its day on approvals rest on this line; what rested on the line before stays.",
        back=("Scheme of delegation", back),
        done=lambda one: f"{who_decides(one.parts)}: {one.decision}, from {short_date(one.from_on)}.", next=back,
    )  # fmt: skip


def end_line(request: Asked, slug: str, key: str) -> HttpResponse:
    """End a line of the scheme."""
    require(may_make_body(request.who, request.partnership.pk))
    line, back = find(Delegated, request, pk=key), reverse("bodies:scheme", args=[slug])
    return form_page(
        request, forms.EndsForm, partial(delegating.end_delegation, line=line), title=f"End “{line.decision}”",
        caption="Scheme of delegation", back=("Scheme of delegation", back), button="End it",
        done="This line ends on that day. What rests on it stays.", next=back,
    )  # fmt: skip
