"""Builders of rows and of sheets for tests."""

import io
import itertools
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from openpyxl import Workbook

from alongside.ground.core import clock
from alongside.ground.core.standing import Post, Standing
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Person, Role
from alongside.members.people.queries.roles import standing_of
from alongside.members.schools.models import School

SYSTEM = Standing.system()
BEGAN = date(2021, 9, 1)
_numbers = itertools.count(1)


def person(name: str = "", **facts: Any) -> Person:
    """Somebody with an address of their own, who has no password."""
    number = next(_numbers)
    made = Person(name=name or f"Person {number}", email=facts.pop("email", f"person{number}@school.example"), **facts)
    made.set_unusable_password()
    made.save()
    return made


def role(
    post: Post, place: School | Partnership, who: Person | None = None, *, from_on: date = BEGAN, until_on: date | None = None
) -> Role:
    """A post held in a school or in a partnership's office, by somebody new unless named."""
    where = {"school": place} if isinstance(place, School) else {"partnership": place}
    return Role.objects.create(person=who or person(), post=post, from_on=from_on, until_on=until_on, **where)


def holder(post: Post, place: School | Partnership) -> tuple[Person, Standing]:
    """Somebody new with that post there, and who they are today."""
    held = role(post, place)
    return held.person, standing_of(held.person)


def asked(partnership: Partnership, *schools: School) -> None:
    """Put the schools on the list of those asked to join."""
    partnerships.ask_schools(partnership=partnership, schools=list(schools), by=SYSTEM)


def admitted(partnership: Partnership, *schools: School) -> None:
    """Admit the schools to the partnership from today."""
    for school in schools:
        partnerships.admit_school(partnership=partnership, school=school, from_on=clock.today(), by=SYSTEM)


def ends_with_the_browser(client: Client) -> bool:
    """Whether closing the browser ends what somebody has just signed in to."""
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    return not cookie["max-age"] and not cookie["expires"]


def workbook(*rows: list[Any]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def case(name: str) -> bytes:
    """A sheet that was once read wrongly."""
    return (Path(__file__).parent / "cases" / name).read_bytes()
