"""What is asked of people on bodies, what they state, and what bodies know together."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from alongside.deciding.bodies import permissions
from alongside.deciding.bodies.actions import addresses as addressing, people as actions
from alongside.deciding.bodies.forms.people import CheckForm, ChecksForm, EndEntryForm, EntryForm, HolderAddressForm, SkillsForm
from alongside.deciding.bodies.models import Check, Holder, HolderEntry
from alongside.deciding.bodies.queries import people as queries
from alongside.deciding.bodies.queries.people import Stated
from alongside.deciding.bodies.rules.kinds import BodySettings
from alongside.deciding.bodies.rules.people import FEWEST, CheckKind, EntryKind, is_added_since
from alongside.deciding.bodies.views.bodies import CAPTION, body_named, day_asked, list_of, way_to
from alongside.ground.core import clock
from alongside.ground.core.cells import Tag, Text
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, require
from alongside.ground.core.words import plural, short_date
from alongside.ground.web.asked import Asked, find, found
from alongside.ground.web.forms import DoForm
from alongside.ground.web.pages import Done, form_page, on_its_way, press
from alongside.ground.web.sheets import list_page
from alongside.ground.web.tables import Column
from alongside.members.partnerships.queries import settings_of
from alongside.members.people.queries.roles import address_of


def _state(row: Check) -> Tag | str:
    if not row.is_needed:
        return "does not apply"
    return f"{short_date(row.done_on)}" if row.done_on else Tag("Still to do", "amber")


HINTS = {
    EntryKind.INTEREST: "A business, another post or governorship, or somebody near to you who has one, that bears on what is "
    "decided here. No one else’s name is needed.",
    EntryKind.TRAINING: "What it was about, and with whom.",
}
CHECKS = (
    Column("what", "What", cell=lambda row: row.check_kind.label),
    Column("who", "Who", cell=lambda row: Text(row.tenure.holder.name, under=row.tenure.seat.title)),
    Column("due_on", "By"),
    Column("done", "Done", cell=_state),
)


def person(request: Asked, slug: str, key: str) -> HttpResponse:
    """Somebody on bodies: their seats, what is asked of them, interests, training; for them, the clerk and the office."""
    one, who = find(Holder, request, pk=key), request.who
    bodies = queries.bodies_of_holder(one, viewer=who)
    require(permissions.may_keep_holder(who, request.partnership.pk, bodies, one.person))
    entries = queries.entries_of(one, viewer=who)
    checks = queries.checks_for(Check.objects.filter(tenure__holder=one), viewer=who)
    context = {
        "holder": one, "tenures": queries.tenures_of_holder(one, viewer=who), "checks": checks,
        "interests": [row for row in entries if row.kind == EntryKind.INTEREST],
        "training": [row for row in entries if row.kind == EntryKind.TRAINING],
        "added": _added(entries),
        "yearly": [row for row in checks if row.kind == CheckKind.INTERESTS],
        "gives": permissions.may_give_address(who, one.partnership_id, bodies).allowed
        and not queries.why_address_is_kept(one, viewer=who),
        "email": address_of(one.person, viewer=Standing.system()),
        "keeps": {row.pk for row in checks if permissions.may_keep_body(who, one.partnership_id, row.tenure.seat.body_id)},
    }  # fmt: skip
    return render(request, "bodies/person.html", context)


def _added(entries: Sequence[HolderEntry]) -> int:
    """How many interests somebody has added since they last gave their word that these are all; none before the first word."""
    words = [row for row in entries if row.kind == EntryKind.WORD]
    last = max(words, key=lambda row: row.from_on, default=None)
    stated = [row for row in entries if row.kind == EntryKind.INTEREST and last]
    return sum(is_added_since(row.from_on, row.entered_at, last.from_on, last.entered_at) for row in stated if last)


def give_address(request: Asked, slug: str, key: str) -> HttpResponse:
    """Enter the address of somebody who is here by name, or correct one that nobody has used."""
    one, who = find(Holder.objects.select_related("partnership"), request, pk=key), request.who
    require(permissions.may_give_address(who, request.partnership.pk, queries.bodies_of_holder(one, viewer=who)))
    if why := queries.why_address_is_kept(one, viewer=who):
        raise Conflict(why)
    back, before = reverse("bodies:person", args=[slug, key]), address_of(one.person, viewer=Standing.system())
    said = "The address entered before is theirs no longer." if before else "Until now they are here by name alone."
    return form_page(
        request, partial(HolderAddressForm, initial={"email": before}), partial(addressing.give_address, holder=one),
        title="Correct the address" if before else "Add an address", caption=one.name, back=(one.name, back), next=back,
        lead=f"{said} They hear by mail which seats they hold, and sign in by a code that goes to the address.",
        done=lambda made: f"Saved. A message to {made.name} that says where they sit is {on_its_way()}.",
    )  # fmt: skip


def add_entry(request: Asked, slug: str, key: str, kind: str) -> HttpResponse:
    """Write down an interest, or training."""
    one, what = find(Holder, request, pk=key), found({str(each): each for each in HINTS}.get(kind))
    back = reverse("bodies:person", args=[slug, key])
    return form_page(
        request, EntryForm, partial(actions.add_entry, holder=one, kind=what), title=what.label, caption=one.name,
        lead=HINTS[what], back=(one.name, back), done=f"{what.label} written down.", next=back,
    )  # fmt: skip


def end_entry(request: Asked, slug: str, key: str) -> HttpResponse:
    """Say until when an interest was one."""
    one = find(HolderEntry.objects.select_related("holder"), request, pk=key)
    bodies = queries.bodies_of_holder(one.holder, viewer=request.who)
    require(permissions.may_keep_holder(request.who, request.partnership.pk, bodies, one.holder.person))
    again = (("Was it a mistake? State it again", reverse("bodies:add_entry", args=[slug, one.holder_id, one.kind])),)
    back = reverse("bodies:person", args=[slug, one.holder_id])
    return form_page(
        request, partial(EndEntryForm, initial={"until_on": clock.today()}), partial(actions.end_entry, entry=one),
        title="It has ended", caption=one.words, back=(one.holder.name, back), button="It ended then", next=back,
        lead="It stays in the register of the days until then; a published register keeps it for a year more.",
        done=Done("It has ended, and stays in the register of the days until then.", again),
    )  # fmt: skip


def confirm(request: Asked, slug: str, key: str) -> HttpResponse:
    """Give one's word that what is stated is all, by one press; who enters the word of somebody else looks first."""
    one, who, back = find(Holder, request, pk=key), request.who, reverse("bodies:person", args=[slug, key])
    require(permissions.may_keep_holder(who, one.partnership_id, queries.bodies_of_holder(one, viewer=who), one.person))

    def said(many: int) -> str:
        what = f"{plural(many, 'interest')} confirmed" if many else "Nothing to declare: noted"
        return f"{what}. It is asked again in a year; state at once what changes before."

    deed = partial(actions.confirm_interests, holder=one)
    if one.person == who.person:
        return press(request, deed, done=said, next=back)
    rows = queries.entries_of(one, viewer=who)
    stated = [row.words for row in rows if row.kind == EntryKind.INTEREST and not row.until_on]
    return form_page(
        request, DoForm, deed, title="Enter their word that these are all" if stated else "Enter that they declare nothing",
        caption=one.name, back=(one.name, back), page="web/sure.html", would=stated, done=said, next=back,
        lead=f"Only what {one.name} has said to you: the register vouches for it with today’s date, as their own word. "
        + ("They say that this is all there is:" if stated else "They say that there is nothing to declare."),
        button="Yes, they said so",
    )  # fmt: skip


def check(request: Asked, slug: str, key: str) -> HttpResponse:
    """The day on which something was seen to."""
    one = find(Check.objects.select_related("tenure__seat__body", "tenure__holder"), request, pk=key)
    require(permissions.may_keep_body(request.who, request.partnership.pk, one.tenure.seat.body_id))
    back = reverse("bodies:checks", args=[slug, one.tenure.seat.body_id])
    return form_page(
        request, partial(CheckForm, initial={"done_on": one.done_on}), partial(actions.do_check, check=one),
        title=one.check_kind.label, caption=f"{one.tenure.holder.name}, {one.tenure.seat.body.name}",
        back=("Checks", back), done="Noted.", next=back,
    )  # fmt: skip


def checks(request: Asked, slug: str, key: str) -> HttpResponseBase:
    """Checks on a body, for its clerk and the office."""
    body = body_named(request, key)
    require(permissions.may_keep_body(request.who, request.partnership.pk, body.pk))
    every = queries.checks_for(Check.objects.filter(tenure__seat__body=body), viewer=request.who)
    now, later = queries.open_checks(body, viewer=request.who)
    parts = {
        "": now,
        "later": later,
        "done": [one for one in every if one.done_on or not one.is_needed],
        "all": every,
    }
    show = request.GET.get("show", "")
    rows = parts.get(show, parts[""])
    labels = (("Still to do", ""), ("Later", "later"), ("Done", "done"), ("All", "all"))
    pills = [(label, len(parts[part]), "?" + urlencode({"show": part}), part == show) for label, part in labels]
    many = sum(one.done_on is None and one.is_needed for one in every) > 1
    what = Column("what", "What", cell=lambda row: Text(row.check_kind.label, reverse("bodies:check", args=[slug, row.pk])))
    several = ("Enter one day for several", reverse("bodies:do_checks", args=[slug, key])) if many else None
    return list_page(
        request, (what, *CHECKS[1:]), rows, file=f"{slug}-{key}-checks", button=several, back=way_to(body, slug),
        page="bodies/checks.html", chosen={"show": show} if show in parts else {}, pills=pills,
        title="Checks", caption=body.name,
        lead="Days alone: no document and no number is kept here. A change of governors, trustees or members is entered in GIAS "
        "within 14 days.",
        empty=("Nothing here", "When somebody begins or ends here, what is asked of them stands here with its day."),
    )  # fmt: skip


def do_checks(request: Asked, slug: str, key: str) -> HttpResponse:
    """One day for several things that were seen to."""
    body = body_named(request, key)
    require(permissions.may_keep_body(request.who, request.partnership.pk, body.pk))
    found = queries.checks_for(Check.objects.filter(tenure__seat__body=body, done_on=None, is_needed=True), viewer=request.who)
    if not found:
        return redirect("bodies:checks", slug, key)
    form = partial(ChecksForm, open_ones=sorted(found, key=lambda one: (one.check_kind.label, one.tenure.holder.name)))
    page = reverse("bodies:checks", args=[slug, key])
    return form_page(
        request, form, actions.do_checks, title="Enter one day for several", caption=body.name,
        back=("Checks", page), button="Enter it", next=page,
        done=lambda made: f"{plural(made, 'line is', 'lines are')} done. A wrong day is put right on each line’s own page.",
    )  # fmt: skip


def _stated(row: Stated) -> str:
    return "; ".join(row.interests) or ("Nothing to declare" if row.confirmed_on else "")


def _confirmed(row: Stated) -> Tag | Text | date:
    if row.confirmed_on is None:
        return Tag("Not yet", "amber")
    return Text(short_date(row.confirmed_on), under=row.since) if row.since else row.confirmed_on


INTERESTS = (
    Column("name", "Name", cell=lambda row: Text(row.holder.name, under=", ".join(row.seats))),
    Column("interests", "Interests", classes="al-lines", cell=_stated),
    Column("confirmed_on", "Confirmed", cell=_confirmed),
)


def interests(request: Asked, slug: str, key: str) -> HttpResponseBase:
    """The register of interests of a body, on a day."""
    body = body_named(request, key)
    day = day_asked(request, body.started_on)
    require(permissions.may_see_interests(request.who, request.partnership.pk, body.pk, body.shown))
    return list_page(
        request, INTERESTS, queries.register_of(body, day, viewer=request.who), file=f"{slug}-{key}-interests",
        chosen={"on": day.isoformat()},
        back=way_to(body, slug), title="Register of interests", caption=body.name,
        lead=f"As of {short_date(day)}. Each says once a year that this is all.",
        empty=("Nobody holds a seat", "Whoever does states interests here, or that there is nothing to declare."),
    )  # fmt: skip


TRAINING = (
    Column("name", "Name", cell=lambda row: row.holder.name),
    Column("training", "Training", classes="al-lines", cell=lambda row: row.words),
    Column("on", "On", cell=lambda row: row.from_on),
)


def training(request: Asked, slug: str, key: str) -> HttpResponseBase:
    """The training of a body's people, for its clerk and the office."""
    body = body_named(request, key)
    require(permissions.may_keep_body(request.who, request.partnership.pk, body.pk))
    return list_page(
        request, TRAINING, queries.training_of(body, viewer=request.who), file=f"{slug}-{key}-training",
        back=way_to(body, slug), title="Training", caption=body.name,
        lead="Of everybody who sits here today. Each line is written down on somebody’s own page, by them or by you.",
        empty=("None written down", "Whoever took part in training writes it down on their own page."),
    )  # fmt: skip


def skills(request: Asked, slug: str, key: str) -> HttpResponse:
    """Which skills a body has, and which it lacks: sums, of five answers or more."""
    body = body_named(request, key)
    require(permissions.may_see_skills(request.who, request.partnership.pk, body.pk))
    held, given, people = queries.skills_of(body, viewer=request.who)
    rows = [(skill, many, plural(many, "person", "people")) for skill, many in held]
    context = {"body": body, "held": rows, "given": given, "people": people, "fewest": FEWEST, "back": way_to(body, slug)}
    return render(request, "bodies/skills.html", context)


def say_skills(request: Asked, slug: str) -> HttpResponse:
    """Say how well one knows each thing."""
    require(permissions.may_say_skills(request.who, request.partnership.pk))
    levels, asked = queries.own_skills(request.partnership, viewer=request.who), settings_of(request.partnership, BodySettings)
    return form_page(
        request, partial(SkillsForm, skills=asked.skills, levels=levels),
        partial(actions.say_skills, partnership=request.partnership), title="What you know well", caption=CAPTION,
        lead="Nobody reads your own answers: a body sees sums, and those only from five answers on.", back=list_of(slug),
        page="bodies/say_skills.html", done="Thank you. You can change it whenever you like.", next=list_of(slug)[1],
    )  # fmt: skip


LOAD = (
    Column("name", "Name"),
    Column("hats", "Posts and seats", numeric=True),
    Column("alone", "Nobody stands in for", cell=lambda row: "; ".join(row.alone), alone=True),
)


def load(request: Asked, slug: str) -> HttpResponseBase:
    """Who has many hats, and where nobody stands in."""
    require(permissions.may_make_body(request.who, request.partnership.pk))
    rows = queries.load_of(request.partnership, viewer=request.who)
    return list_page(
        request, LOAD, rows, file=f"{slug}-hats", back=list_of(slug), title="Many hats", caption=CAPTION,
        lead="Who has so much to do that others should take some over, and for what nobody stands in when they are away.",
        empty=("Nobody has many hats", "From how many on is one of the settings of bodies."),
    )  # fmt: skip
