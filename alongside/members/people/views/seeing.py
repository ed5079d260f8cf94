"""Who is there."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.academic_year import academic_year_of
from alongside.ground.core.verdict import require
from alongside.ground.web import sheets
from alongside.ground.web.asked import Asked, found
from alongside.ground.web.pages import form_page
from alongside.ground.web.tables import Column, Table, table
from alongside.members.notices.queries.returned import mail_that_came_back
from alongside.members.people.actions import roles
from alongside.members.people.forms.people import DetailsForm
from alongside.members.people.permissions import may_keep_office, may_keep_people, may_list_people, may_see_people
from alongside.members.people.queries import (
    invitations,
    lists,
    roles as roles_queries,
    second_factor,
    september as september_queries,
)
from alongside.members.people.rules.roles import heads_among, is_september_check_asked, without_head_from

COLUMNS = (
    Column("school", "School", ("school__current__name",)),
    Column("people", "People and posts"),
    Column("seen", "Last signed in"),
    Column("waiting", "Invited, no answer yet", numeric=True),
    Column("town", "Town", ("school__current__town", "school__current__name")),
)
PILLS = (
    ("all", "All schools"),
    ("nobody", "Nobody here yet"),
    ("no_signer", "Nobody who can sign"),
    ("invited", "Invited"),
    ("never", "Never signed in"),
    ("september", "Not confirmed this year"),
)


@dataclass(frozen=True)
class PeopleRow:
    """A school with who is there (name, post in words), when somebody last signed in, how many are invited."""

    name: str
    urn: int
    town: str
    people: list[tuple[str, str]]
    seen_at: datetime | None
    waiting: int


def everybody(request: Asked, slug: str) -> HttpResponse:
    """Everybody, school by school, for the office; for a school who runs the partnership, and its own people."""
    partnership, who = request.partnership, request.who
    office = roles_queries.office_of(partnership, viewer=who)
    if not may_list_people(who, partnership.pk):
        mine = roles_queries.my_schools(partnership, viewer=who)
        return render(request, "people/mine.html", {"office": office, "mine": mine})
    words, show = request.GET.get("q", "")[:80], request.GET.get("show", "all")
    rows = lists.schools_with_people(partnership, words=words, show=show, viewer=who)
    shown = table(
        request.GET,
        rows,
        COLUMNS,
        sort="school",
        chosen={"q": words, "show": show},
        fields=("school_id", "school__current__name", "school__current__urn", "school__current__town"),
    )
    context = {"table": with_people(shown, lists.who_is_there([row.school_id for row in shown.rows], partnership, viewer=who))}
    return render(
        request,
        "people/list.html",
        {
            **context,
            "office": office,
            "words": words,
            "show": show,
            "pills": pills(show, words),
            "september": september_queries.september_count(partnership, viewer=who),
            "asked": is_september_check_asked(clock.today()),
        },
    )


def with_people(shown: Table, people: dict[str, Any]) -> Table:
    """The page of schools with who is there beside each."""
    return replace(shown, rows=[PeopleRow(name, urn, town, *people[school]) for school, name, urn, town in shown.rows])


def pills(show: str, words: str) -> list[tuple[str, None, str, bool]]:
    """The filters over the list."""
    search = {"q": words} if words else {}
    return [(label, None, f"?{urlencode({'show': key, **search})}", key == show) for key, label in PILLS]


def contacts(request: Asked, slug: str) -> HttpResponseBase:
    """The office's list of contacts for a spreadsheet."""
    require(may_list_people(request.who, request.partnership.pk))
    rows = lists.contact_rows(request.partnership, viewer=request.who)
    head = ("School", "URN", "Name", "Post", "E-mail", "Phone")
    return sheets.sheet(request, f"{slug}-contacts-{clock.today().isoformat()}", head, rows)


def school(request: Asked, slug: str, urn: int) -> HttpResponse:
    """The people of one school: who holds which post, who is invited, who has left."""
    partnership, who = request.partnership, request.who
    place = found(roles_queries.school_of_partnership(urn, partnership=partnership, viewer=who))
    require(may_see_people(who, place.pk, partnership.pk))
    keeps = may_keep_people(who, place.pk, partnership.pk)
    september = september_queries.september_of(place, partnership=partnership, viewer=who)
    people = roles_queries.people_of_school(place, viewer=who)
    waiting = invitations.invitations_open(school=place, partnership=partnership, viewer=who) if keeps else []
    past = roles_queries.past_people_of_school(place, viewer=who)
    today = clock.today()
    heads = heads_among([(row[3], row[6], row[7]) for row in people], [(row[1], row[2]) for row in past], today)
    context = {
        "school": place,
        "people": people,
        "back": mail_that_came_back([row[4] for row in people] + [row[2] for row in waiting], viewer=who),
        "past": past,
        "waiting": waiting,
        "keeps": keeps,
        "now": clock.now(),
        "september": september.done,
        "frees": may_keep_office(who, partnership.pk),
        "without_head": without_head_from(heads, today) if keeps else None,
        "asked": september.is_asked,
        "year": academic_year_of(clock.today()),
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
        "guarded": second_factor.who_has_second_factor([row[1] for row in people], viewer=who),
        "waiting": invitations.invitations_open(partnership=partnership, viewer=who) if keeps else [],
        "keeps": keeps,
        "now": clock.now(),
    }
    return render(request, "people/office.html", context)


def account(request: Asked) -> HttpResponse:
    """One's own name, phone, address and roles."""
    person = found(roles_queries.person_of(viewer=request.who))
    return form_page(
        request, partial(DetailsForm, initial={"name": person.name, "phone": person.phone}),
        partial(roles.change_details, person=person), title="Your account", caption=person.name,
        done="Your details are saved.", next=reverse("people:account"),
        page="people/account.html", person=person, roles=roles_queries.roles_of(person, viewer=request.who),
    )  # fmt: skip
