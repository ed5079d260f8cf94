"""Every public deed of every room, and what it may be called with: made from its signature and one house of the tests' world.

A value is found by the parameter's name, then by its type: something that the house holds, a row of its own in the
database, or a plain word, number or day. A new deed is called without a line here unless it asks for something unheard of.
"""

import inspect
import pkgutil
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.db import models

from alongside.deciding.bodies.rules.templates import BY_CODE
from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN, NoPage
from alongside.ground.core.standing import Post
from alongside.members.membership.rules.answers import SigningAuthority
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.permissions import may_run_partnership
from alongside.members.partnerships.queries import settings_of
from alongside.members.partnerships.rules import Settings
from alongside.members.people.models import Person, Role, SignIn
from alongside.members.schools.models import School
from alongside.money.fees.rules.settings import FeeSettings
from alongside.money.invoices.rules.invoices import Line, Party, Ready, VatCode
from tests.happenings import HALF_TERMS, TODAY
from tests.world import House

Deed = Callable[..., Any]
Values = dict[str, Any]


class Unheard(AssertionError):
    """A deed asks for something that no house holds and no plain word is."""


@cache
def deeds() -> dict[str, Deed]:
    """Every public function of a room's actions that ends with `by=`, as 'invoices.send_invoice'."""
    found = {}
    for room in settings.OUR_APPS:
        if find_spec(f"{room}.actions"):
            package = import_module(f"{room}.actions")
            inside = pkgutil.walk_packages(getattr(package, "__path__", []), f"{package.__name__}.")
            for module in [package, *(import_module(one.name) for one in inside)]:
                label = apps.get_containing_app_config(module.__name__).label
                found |= {f"{label}.{name}": deed for name, deed in vars(module).items() if is_deed(deed, module.__name__)}
    return found


def is_deed(of: Any, module: str) -> bool:
    """Whether it is a public function of that module which says by whom it is done."""
    if not inspect.isfunction(of) or of.__module__ != module or of.__name__.startswith("_"):
        return False
    last = list(inspect.signature(of).parameters.values())[-1:]
    return bool(last) and last[0].name == "by" and last[0].kind is inspect.Parameter.KEYWORD_ONLY


GIVEN = {"amount", "key"}  # may be left out, and the forms never do
NAMED: dict[str, Callable[[House], Any]] = {  # what is found by its name: ids, and words that must have a form
    "address": lambda h: f"payer@{h.name.lower()}.example",
    "blackout_id": lambda h: h.things["blackout"].pk,
    "body": lambda h: "Partnership Board, as written down.",
    "closure_id": lambda h: h.things["closure"].pk,
    "entries": lambda h: [],
    "fields": lambda h: {"name": "A group"},
    "giver": lambda h: h.member,
    "receiver": lambda h: h.second,
    "half_terms": lambda h: HALF_TERMS,
    "key": lambda h: keys.new_key(),
    "of": lambda h: "partnership",
    "joiner_cut": lambda h: "no",
    "post": lambda h: Post.HEAD,
    "may": lambda h: may_run_partnership,
    "kind": lambda h: "waived",
    "lines": lambda h: [(one, one.title, 1) for one in BY_CODE["group"].lines],
    "parts": lambda h: {"Board": "decides"},
    "outcome": lambda h: "due",
    "row": lambda h: h.partnership.pk,
    "rows": lambda h: [["Elm", "c@c.example", "C", "Headteacher"]],
    "secret": lambda h: "ABCDEFGH" * 4,  # of an app for codes: base 32, as the server makes it
    "run_id": lambda h: h.things["invoice"].run_id,
    "seen": lambda h: "",  # nothing was written there when the page was opened
    "start": lambda h: 2021,
    "text": lambda h: "Date,Description,Amount\n08/03/2022,Words,5\n",
    "token": lambda h: h.things["tokens"][h.asked.pk],
    "invitation_token": lambda h: h.things["tokens"][h.asked.pk],
    "texts": lambda h: h.things["draft"].texts,
}
ROWS = {"giver", "receiver"}
CHOSEN = {SigningAuthority: SigningAuthority.GOVERNING_BODY}  # of several, the one that fits the schools of the houses
PLAIN: dict[type, Callable[[House], Any]] = {
    str: lambda h: "Words",
    int: lambda h: 1,
    bool: lambda h: False,
    bytes: lambda h: b"Words",
    date: lambda h: TODAY,
    datetime: lambda h: clock.now(),
    Decimal: lambda h: Decimal(1),
    Path: lambda h: Path("nowhere"),
    Mapping: lambda h: {},
    dict: lambda h: {
        "authority": SigningAuthority.GOVERNING_BODY,
        "authority_on": TODAY,
        "name": "The head",
        "key": keys.new_key(),
        "post": Post.HEAD,
    },
    Partnership: lambda h: h.partnership,
    Person: lambda h: h.people["member head"],
    Role: lambda h: Role.objects.get(person=h.people["member school_admin"]),
    SignIn: lambda h: SignIn.objects.get_or_create(
        person=h.people["member head"], defaults={"device": "A", "how": "code", "began_at": clock.now(), "seen_at": clock.now()}
    )[0],
    Authenticator: lambda h: Authenticator.objects.get_or_create(
        user=h.people["member head"], type="totp", defaults={"data": {"secret": "x"}}
    )[0],
}


def arguments(deed: Deed, house: House, school: School) -> Values:
    """What the deed is called with at that house, all but `by`; what may be left out is given where it is somebody's."""
    hints, made = get_type_hints(deed), {}
    for name, parameter in inspect.signature(deed).parameters.items():
        wanted = hints[name]
        if name != "by" and (parameter.default is parameter.empty or name in GIVEN or is_held(wanted)):
            made[name] = fresh(value(name, wanted, house, school))
    return made


def fresh(given: Any) -> Any:
    """The same as it stands in the database: what an earlier deed did to the row in hand is forgotten. What it took away is
    given as it was, as to somebody who is late."""
    if isinstance(given, list):
        return [fresh(one) for one in given]
    if not isinstance(given, models.Model) or given._state.adding:
        return given
    return type(given)._default_manager.filter(pk=given.pk).first() or given


def is_held(wanted: Any) -> bool:
    """Whether a type is that of a row that a house may hold."""
    return any(issubclass(one, models.Model) for one in kinds(wanted))


def kinds(wanted: Any) -> list[type]:
    """The types that a parameter takes, without None."""
    if get_origin(wanted) is Union or type(wanted).__name__ == "UnionType":
        return [kind for one in get_args(wanted) for kind in kinds(one)]
    plain = get_origin(wanted) or wanted
    return [plain] if isinstance(plain, type) and plain is not type(None) else []


def value(name: str, wanted: Any, house: House, school: School) -> Any:
    """One argument."""
    kind = next(iter(kinds(wanted)), object)
    owners = {"partnership": house.partnership, "school": school, "person": house.people["member head"]}
    if kind is School and name not in NAMED:
        return school
    if NoPage in kinds(wanted):
        return UNSEEN
    if kind is str and name in owners:
        return owners[name].pk
    if name == "ready":
        return [Ready(school.pk, school.name, school.urn, Party("P"), "", "", (Line("Fee", 100, VatCode.ASK_FINANCE, 0),), TODAY)]
    if name == "addresses":
        return {school.pk: "new@head.example"}
    if name in NAMED and not issubclass(kind, Enum) and (not issubclass(kind, models.Model) or name in ROWS):
        return NAMED[name](house)
    if isinstance(house.things.get(name), kind) and kind is not object:
        return house.things[name]
    if kind in PLAIN:
        return PLAIN[kind](house)
    if issubclass(kind, Enum):
        return CHOSEN.get(kind) or next(iter(kind))
    if issubclass(kind, models.Model):
        return held(kind, house)
    if name == "settings":
        return settings_of(house.partnership, FeeSettings if kind is Settings else kind)
    if get_args(wanted):  # several of one kind
        several = [value("", get_args(wanted)[0], house, school)]
        return kind(several) if kind in {set, frozenset, tuple} else several
    raise Unheard(f"{name}: {wanted}")


def held(kind: type[models.Model], house: House) -> models.Model:
    """Something of that kind that the house holds, the same in every run: keys are random, so that the first by key is not."""
    for one in house.things.values():
        if isinstance(one, kind):
            return one
    owners = {path: [house.partnership] for path in paths(kind, Partnership)}
    owners |= {path: list(house.people.values()) for path in paths(kind, Person)}
    plain = [column.name for column in kind._meta.concrete_fields if not (column.primary_key or column.is_relation)]
    for path, whose in owners.items():
        found = kind._default_manager.filter(**{f"{path}__in": whose}).order_by(*plain, "pk").first()
        if found:
            return found
    if owners:
        raise Unheard(f"a {kind.__name__} of {house.name}")
    return kind()  # nobody's


def paths(kind: type[models.Model], to: type[models.Model], deep: int = 2) -> list[str]:
    """By which columns a row is a partnership's, a school's or a person's, the nearest first: 'invoice__partnership'."""
    columns = [field for field in kind._meta.get_fields() if isinstance(field, models.ForeignKey)]
    found = [field.name for field in columns if field.related_model is to]
    for field in columns if deep else []:
        if field.related_model not in {Partnership, Person, School, kind}:
            found += [f"{field.name}__{path}" for path in paths(field.related_model, to, deep - 1)]
    return found


def mixed(deed: Deed, house: House, other: House, place: str) -> list[str]:
    """Which of its arguments could be the other house's: those that are somebody's, where there are two."""
    here, there = (arguments(deed, one, getattr(one, place)) for one in (house, other))
    whose = [name for name in here if name != "key" and is_somebodys(here[name], there[name])]
    return whose if len(whose) > 1 else []


def mixture(deed: Deed, house: House, other: House, place: str, crossed: str) -> Values:
    """The deed's arguments at one house, with that one of the other's."""
    there = arguments(deed, other, getattr(other, place))
    return {**arguments(deed, house, getattr(house, place)), crossed: there[crossed]}


def is_somebodys(here: Any, there: Any) -> bool:
    """Whether an argument is one house's: a row, rows, or the id of one."""
    if isinstance(here, list | tuple | set | frozenset):
        return any(isinstance(one, models.Model) for one in here)
    if isinstance(here, dict):
        return bool(here) and here.keys() != there.keys()
    return isinstance(here, models.Model) or (isinstance(here, str) and keys.is_key(here) and here != there)
