"""Who is there: school by school, in one school, in the office, and oneself."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.academic_year import academic_year_of
from alongside.ground.core.cells import Text
from alongside.ground.core.standing import HEADS
from alongside.ground.core.verdict import require
from alongside.ground.core.words import day_of
from alongside.ground.web import sheets
from alongside.ground.web.asked import Asked, found
from alongside.ground.web.pages import form_page
from alongside.ground.web.tables import Column, Where, listed, table
from alongside.members.notices.queries.returned import mail_that_came_back
from alongside.members.people.actions import roles
from alongside.members.people.forms.people import DetailsForm
from alongside.members.people.permissions import may_keep_office, may_keep_people, may_list_people, may_see_people
from alongside.members.people.queries import invitations, roles as roles_queries, schools, second_factor
from alongside.members.people.queries.roles import HeldRow
from alongside.members.people.rules.roles import is_september_check_asked, without_head_from


def _names(people: Iterable[HeldRow]) -> str:
    return "; ".join(f"{one.name}, {one.said}" for one in people)


def _page_of(row: Any) -> str:
    """Where an invitation stands, with what can be done about it."""
    slug, urn = row.partnership__slug, row.school__current__urn
    return reverse("people:school", args=[slug, urn]) if urn else reverse("people:office", args=[slug])


COLUMNS = (
    Column("urn", "URN", cell=lambda row: str(row.urn), where=Where.FILE),
    Column("school", "School", ("school__current__name",), cell=lambda row: row.name),
    Column("people", "People and posts", cell=lambda row: _names(row.there.people), alone=True),
    Column("seen", "Last signed in", cell=lambda row: row.there.seen_at and day_of(row.there.seen_at)),
    Column("waiting", "Invited, no answer yet", numeric=True, cell=lambda row: row.there.waiting or None),
    Column("town", "Town", ("school__current__town", "school__current__name"), alone=True),
)
CONTACTS = (
    Column("school__current__name", "School"),
    Column("school__current__urn", "URN"),
    Column("person__name", "Name"),
    Column("title", "Post"),
    Column("person__email", "E-mail"),
    Column("person__phone", "Phone"),
)
UNANSWERED = (
    Column(
        "name", "Name", ("name", "made_at"), cell=lambda row: Text(row.name or row.email or "A letter with a code", _page_of(row))
    ),
    Column("post", "Post", cell=lambda row: row.title),
    Column("school", "School", ("school__current__name", "made_at"), cell=lambda row: row.school__current__name or "The office"),
    Column("made", "Invited", ("made_at",), cell=lambda row: row.made_at and day_of(row.made_at)),
)
PAST = (
    Column("name", "Name"),
    Column("title", "Post"),
    Column("from_on", "From"),
    Column("until_on", "Until"),
)
PILLS = (
    ("all", "All schools"),
    ("nobody", "Nobody here yet"),
    ("no_signer", "Nobody who can sign"),
    ("invited", "Invited"),
    ("never", "Never signed in"),
    ("september", "Not confirmed this year"),
    ("unanswered", "No answer for two weeks"),
)


@dataclass(frozen=True)
class PeopleRow:
    """A school in the office's list, with who is there."""

    name: str
    urn: int
    town: str
    there: schools.There


def everybody(request: Asked, slug: str) -> HttpResponseBase:
    """Everybody, school by school, for the office (as a file too); for a school who runs the partnership, and its own."""
    partnership, who = request.partnership, request.who
    office = roles_queries.office_of(partnership, viewer=who)
    if not may_list_people(who, partnership.pk):
        mine = roles_queries.my_schools(partnership, viewer=who)
        return render(request, "people/mine.html", {"office": office, "mine": mine})
    chosen = {"q": request.GET.get("q", "")[:80], "show": request.GET.get("show", "all")}
    if chosen["show"] == "unanswered":
        return _unanswered(request, slug)
    rows = schools.schools_with_people(partnership, words=chosen["q"], show=chosen["show"], viewer=who)
    fields = ("school_id", "school__current__name", "school__current__urn", "school__current__town")
    shown = table(request.GET, rows, COLUMNS, sort="school", chosen=chosen, fields=fields)
    found = rows.order_by("school__current__name", "pk").values_list(*fields) if "as" in request.GET else shown.rows
    there = schools.who_is_there([key for key, *_ in found], partnership, viewer=who)
    filled = [PeopleRow(name, urn, town, there[key]) for key, name, urn, town in found]
    if "as" in request.GET:
        return sheets.list_sheet(request, f"{slug}-people", COLUMNS, filled)
    context = {
        "table": replace(shown, rows=filled),
        "office": office,
        "chosen": chosen,
        "pills": _pills(chosen),
        "september": schools.september_count(partnership, viewer=who),
        "asked": is_september_check_asked(clock.today()),
    }
    return render(request, "people/list.html", context)


def _pills(chosen: dict[str, str]) -> list[tuple[str, None, str, bool]]:
    words = {"q": chosen["q"]} if chosen["q"] else {}
    return [(label, None, "?" + urlencode({"show": key} | words), key == chosen["show"]) for key, label in PILLS]


def _unanswered(request: Asked, slug: str) -> HttpResponseBase:
    """The invitations without an answer for two weeks, the oldest first; as a file too."""
    rows = invitations.unanswered_in(request.partnership, viewer=request.who)
    fields = ("name", "email", "title", "made_at", "school__current__name", "school__current__urn", "partnership__slug")
    chosen = {"show": "unanswered"}
    return sheets.list_page(
        request, UNANSWERED, rows, file=f"{slug}-unanswered", fields=fields, sort="made",
        chosen=chosen, page="people/unanswered.html", title="No answer for two weeks", caption="People",
        empty=("Nobody", "Whoever has an invitation for two weeks and has not answered it stands here."),
        pills=_pills({**chosen, "q": ""}),
    )  # fmt: skip


def contacts(request: Asked, slug: str) -> HttpResponseBase:
    """The office's list of contacts for a spreadsheet."""
    require(may_list_people(request.who, request.partnership.pk))
    rows = schools.contact_rows(request.partnership, viewer=request.who)
    return sheets.list_sheet(request, f"{slug}-contacts-{clock.today().isoformat()}", CONTACTS, rows)


def school(request: Asked, slug: str, urn: int) -> HttpResponse:
    """The people of one school: who holds which post, who is invited, who has left."""
    partnership, who, today = request.partnership, request.who, clock.today()
    place = found(roles_queries.school_of_partnership(urn, partnership=partnership, viewer=who))
    require(may_see_people(who, place.pk, partnership.pk))
    keeps = may_keep_people(who, place.pk, partnership.pk)
    people = roles_queries.people_of_school(place, viewer=who)
    waiting = invitations.invitations_open(school=place, partnership=partnership, viewer=who) if keeps else []
    past = roles_queries.past_people_of_school(place, viewer=who)
    heads = [(row.from_on, row.until_on) for row in people if row.post in HEADS]
    had_one = any(row.post in HEADS for row in past)
    context = {
        "school": place,
        "people": people,
        "back": mail_that_came_back([*(row.email for row in people), *(row.email for row in waiting)], viewer=who),
        "past": listed(PAST, past),
        "waiting": waiting,
        "keeps": keeps,
        "now": clock.now(),
        "september": schools.september_of(place, partnership=partnership, viewer=who),
        "frees": may_keep_office(who, partnership.pk),
        "without_head": without_head_from(heads, had_one, today) if keeps else None,
        "year": academic_year_of(today),
    }
    return render(request, "people/school.html", context)


def office(request: Asked, slug: str) -> HttpResponse:
    """Who works in the partnership's office."""
    partnership, who = request.partnership, request.who
    require(may_list_people(who, partnership.pk))
    keeps = may_keep_office(who, partnership.pk)
    people = roles_queries.office_of(partnership, viewer=who)
    context = {
        "people": people,
        "guarded": second_factor.who_has_second_factor([row.person for row in people], viewer=who),
        "waiting": invitations.invitations_open(partnership=partnership, viewer=who) if keeps else [],
        "keeps": keeps,
        "now": clock.now(),
    }
    return render(request, "people/office.html", context)


def account(request: Asked) -> HttpResponse:
    """One's own name, phone, address and roles."""
    person = found(roles_queries.person_of(viewer=request.who))
    return form_page(
        request, partial(DetailsForm, initial={name: getattr(person, name) for name in DetailsForm.base_fields}),
        partial(roles.change_details, person=person), title="Your account", caption=person.name,
        done="Your details are saved.", next=reverse("people:account"),
        page="people/account.html", person=person, roles=roles_queries.roles_of(person, viewer=request.who),
    )  # fmt: skip
