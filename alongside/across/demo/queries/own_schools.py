"""A visitor's own schools: what typed words lead to in the national register."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import QueryDict

from alongside.across.demo.rules import MOST_SCHOOLS, borough_words, is_state_funded, read_postcode, typed_names
from alongside.ground.core import words
from alongside.ground.core.standing import Standing
from alongside.ground.search.rules.nearness import nearness
from alongside.ground.search.rules.spelling import alike
from alongside.ground.web.pictures import Map, Spot, map_of
from alongside.members.schools.models import School
from alongside.members.schools.queries import schools

PER_NAME, NEAR_KM, LONGEST = 12, 3, 2_000


def as_words(name: str) -> str:
    """A trust's name as one writes it: the register has many of them in capitals."""
    small = {"Of", "The", "And", "For", "In"}
    words_of = [word.lower() if place and word in small else word for place, word in enumerate(name.title().split())]
    return " ".join(words_of).replace("’S", "’s").replace("'S", "'s") if name.isupper() else name


@dataclass(frozen=True)
class GroupFound:
    """Schools found together: under which heading, each with whether it is ticked at first; the name that may be any of them."""

    title: str
    hint: str
    schools: list[tuple[School, bool]]
    name: str = ""


@dataclass(frozen=True)
class SchoolsFound:
    """What the register holds for the words: schools to tick, places to choose between, or a kind word."""

    typed: str = ""
    groups: list[GroupFound] = field(default_factory=list)
    choices: list[tuple[str, str, str]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    closed: dict[str, list[str]] = field(default_factory=dict)
    narrow: list[tuple[str, int, str, bool]] = field(default_factory=list)
    problem: str = ""
    area: str = ""
    la_code: str = ""
    is_trust: bool = False
    phase: str = ""

    @property
    def called(self) -> str:
        """What a partnership of them is called at first: another name for a borough, one phase of it, or some of its schools."""
        if self.is_trust or not self.area:
            return self.area
        if self.la_code:
            return f"{self.area} {f'{self.phase} schools' if self.phase else 'schools'} together"
        some = [school.name for group in self.groups for school, is_on in group.schools if is_on]
        if len(some) == 1:
            return f"{some[0][:80]} and partners"
        return f"{words.in_words(len(some))} {self.area} schools together"

    @property
    def keys(self) -> list[tuple[str, str]]:
        """(id, name) of every school that may be ticked."""
        return [(one.pk, one.name) for group in self.groups for one, _ in group.schools]

    @property
    def is_sure(self) -> bool:
        """Whether the words led to one list, with nothing left to choose."""
        return (
            len(self.groups) == 1
            and not self.unknown
            and not self.closed
            and not self.choices
            and all(on for _, on in self.groups[0].schools)
        )

    @property
    def map(self) -> Map | None:
        """Where the schools of that list are, when at least three are known to be somewhere."""
        placed = [one for one, _ in self.groups[0].schools if one.easting and one.northing] if self.groups else []
        spots = [
            Spot(
                one.easting, one.northing, one.name, "green", one.constituency.label, 2 if one.constituency == "secondary" else 1
            )
            for one in placed
        ]
        return map_of(spots, 430, 340) if len(spots) > 2 else None

    def left_out(self, chosen: Iterable[str]) -> list[str]:
        """The names typed that a partnership of those schools would begin without: unknown, closed, or of several and none
        ticked."""
        ticked = set(chosen)
        unsure = [group for group in self.groups if group.name]
        shut = [name for name in self.closed if name not in {group.name for group in unsure}]
        return [*self.unknown, *shut, *(one.name for one in unsure if not ticked & {school.pk for school, _ in one.schools})]

    @property
    def ticked(self) -> list[str]:
        """The ids ticked at first."""
        return [one.pk for group in self.groups for one, is_on in group.schools if is_on]


def found_schools(asked: QueryDict, *, viewer: Standing) -> SchoolsFound:
    """What the words typed, or the borough or trust chosen, lead to."""
    typed, code, uid, phase = (asked.get(name, "").strip()[:LONGEST] for name in ("words", "la", "trust", "phase"))
    if code:
        return _in_borough(typed, code, phase, viewer)
    if uid:
        return _in_trust(typed, uid, viewer)
    if not typed:
        return SchoolsFound(problem="Type a borough, a trust, some names of schools or a postcode." if "words" in asked else "")
    if read_postcode(typed):
        return _near(typed, viewer)
    names = typed_names(typed)
    if not names:
        return SchoolsFound(
            typed, problem="There were no letters in that. Type a borough, a trust, some names of schools or a postcode."
        )
    whole = _one_phrase(" ".join(typed.split()), viewer, partly=len(names) == 1)
    return whole if whole.groups or whole.choices or len(names) == 1 else _by_name(typed, names, viewer)


def _in_borough(typed: str, code: str, phase: str, viewer: Standing) -> SchoolsFound:
    name = next((name for one, name, _ in schools.local_authorities(viewer=viewer) if one == code), "")
    if not name:
        return SchoolsFound(typed, problem="The register has no borough or county of that number. Type its name instead.")
    state = [one for one in schools.schools_in_la(code, viewer=viewer) if is_state_funded(one.type)]
    phases = Counter(one.constituency for one in state)
    chosen = [one for one in state if one.constituency == phase] if phase else state
    address = {"la": code, "words": typed}
    narrow = [("All", len(state), f"?{urlencode(address)}", not phase)] if len(state) <= MOST_SCHOOLS else []
    narrow += [
        (one.label, count, f"?{urlencode({**address, 'phase': one.value})}", phase == one.value)
        for one, count in sorted(phases.items(), key=lambda phase: phase[0].label)
    ]
    if len(chosen) > MOST_SCHOOLS:
        problem = (
            f"{name} has {len(chosen):,} open state schools; a partnership here begins with up to {MOST_SCHOOLS}. "
            "Choose a phase to begin with."
        )
        return SchoolsFound(typed, narrow=narrow, problem=problem)
    title = f"{words.plural(len(chosen), 'open state school')} in {name}"
    return SchoolsFound(
        typed,
        _groups(title, "", chosen),
        narrow=narrow if len(state) > 20 else [],
        area=name,
        la_code=code,
        phase=chosen[0].constituency.label.lower() if phase and chosen else "",
        problem="" if chosen else f"The register shows no open state schools in {name}.",
    )


def _in_trust(typed: str, uid: str, viewer: Standing) -> SchoolsFound:
    found = (
        list(schools.schools_in_trust(int(uid), viewer=viewer)[: MOST_SCHOOLS + 1])
        if uid.isascii() and uid.isdigit() and len(uid) < 9
        else []
    )
    if not found:
        return SchoolsFound(
            typed, problem="The register shows no open academies of that trust. Type the names of the schools instead."
        )
    name = as_words(found[0].trust_name)
    return SchoolsFound(
        typed,
        _groups(f"{words.plural(len(found), 'academy', 'academies')} of {name}", "", found[:MOST_SCHOOLS]),
        area=name,
        is_trust=True,
    )


def _near(typed: str, viewer: Standing) -> SchoolsFound:
    found = [one for one in schools.schools_near(typed, NEAR_KM, viewer=viewer) if is_state_funded(one.type)]
    if not found:
        problem = f"No open state school was found within {NEAR_KM} kilometres of {typed.upper()}."
        return SchoolsFound(typed, problem=f"{problem} Check the postcode, or type a borough.")
    place = f"{words.plural(len(found), 'open state school')} within {NEAR_KM} kilometres of {typed.upper()}"
    return SchoolsFound(typed, _groups(place, "Nearest first.", found[:MOST_SCHOOLS]), area=typed.upper())


def _one_phrase(phrase: str, viewer: Standing, *, partly: bool) -> SchoolsFound:
    plain = borough_words(phrase)
    boroughs = [
        (code, name, count)
        for code, name, count in schools.local_authorities(viewer=viewer)
        if plain and plain in borough_words(name)
    ]
    same = [code for code, name, _ in boroughs if borough_words(name) == plain]
    if len(same) == 1:
        return _in_borough(phrase, same[0], "", viewer)
    trusts = schools.trusts_matching(phrase, viewer=viewer)[:PER_NAME] if len(plain) > 2 else []
    whole = [uid for uid, name, count in trusts if name.casefold() == phrase.casefold() and count > 1]
    if len(whole) == 1 and not boroughs:
        return _in_trust(phrase, str(whole[0]), viewer)
    ((meant, shut, like),) = schools.schools_named([phrase], viewer=viewer, partly=partly).values()
    exact, named = [one for one in meant if schools.is_called(phrase, one)], (meant or like)[:PER_NAME]
    closed = {phrase: schools.told_not_open(shut, viewer=viewer)} if shut else {}
    if len(exact) == 1 and not boroughs:
        title = "The school of that name" if phrase != str(exact[0].urn) else "The school with that number"
        return SchoolsFound(phrase, _groups(title, "Type more names, one a line, to add others.", exact), area=exact[0].town)
    boroughs = boroughs or ([] if exact or trusts or closed else _meant(plain, viewer))
    choices = [
        (name, words.plural(count, "open school"), urlencode({"la": code, "words": phrase}))
        for code, name, count in boroughs[:PER_NAME]
    ]
    choices += [
        (as_words(name), f"trust with {words.plural(count, 'academy', 'academies')}", urlencode({"trust": uid, "words": phrase}))
        for uid, name, count in trusts
    ]
    if choices:  # what is found by its trust or authority is behind the choice
        named = [one for one in named if nearness(one.name, phrase) < 2]
    if len(choices) == 1 and not named and not closed:
        code = boroughs[0][0] if boroughs else ""
        return _in_borough(phrase, code, "", viewer) if code else _in_trust(phrase, str(trusts[0][0]), viewer)
    hint = "Tick the ones that you mean." + (" There may be more: type the town as well." if len(named) == PER_NAME else "")
    title, ticks = f"Schools called something like “{phrase}”", [(one, False) for one in named]
    groups = [GroupFound(title, hint, ticks, phrase if closed else "")] if named else []
    problem = (
        ""
        if choices or groups or closed
        else f"Nothing in the register is called “{phrase}”. Check the spelling, or try the town or a postcode."
    )
    return SchoolsFound(phrase, groups, choices, closed=closed, problem=problem)


def _meant(plain: str, viewer: Standing) -> list[tuple[str, str, int]]:
    """The boroughs whose names are a slip or two away from the words."""
    places = {borough_words(name): (code, name, count) for code, name, count in schools.local_authorities(viewer=viewer)}
    return [places[one] for one in alike(plain, list(places), most=3)] if len(plain) > 3 else []


def _named(names: list[str], viewer: Standing) -> dict[str, schools.Meant]:
    """What each name leads to; a line on which several schools stand, every one of them known, is several names."""
    named: dict[str, schools.Meant] = {}
    for name, found in schools.schools_named(names, viewer=viewer).items():
        parts = [] if any(found[:2]) else [part for part in name.split(",") if part.strip()]
        each = schools.schools_named(parts, viewer=viewer) if len(parts) > 1 else {}
        named |= each if each and all(one.meant for one in each.values()) else {name: found}
    return named


def _by_name(typed: str, names: list[str], viewer: Standing) -> SchoolsFound:
    matches = _named(names, viewer)
    sure = [found.meant[0] for found in matches.values() if len(found.meant) == 1]
    homes = {one.la_code for one in sure}
    groups, closed = [], {}
    for name, (found, shut, like) in matches.items():
        if shut:
            closed[name] = schools.told_not_open(shut, viewer=viewer)
        if like:
            title = f"No open school is called “{name}”; these names are the nearest"
            groups.append(GroupFound(title, "Tick one only if you mean it.", [(one, False) for one in like[:PER_NAME]], name))
        near = [one for one in found if one.la_code in homes]
        if len(found) > 1 and len(near) == 1:
            sure += near  # several schools in England have the name, one of them where the others are
        elif len(found) > 1:
            shown = (near + [one for one in found if one not in near])[:PER_NAME]
            more = " There are more: type the town as well." if len(found) > PER_NAME else ""
            groups.append(
                GroupFound(
                    f"{words.plural(len(found), 'school')} are called “{name}”: which?",
                    f"Tick the one that you mean.{more}",
                    [(one, False) for one in shown],
                    name,
                )
            )
    unknown = [name for name, found in matches.items() if not any(found)]
    whole = _groups(words.plural(len(_once(sure)), "school") + " found", "", _once(sure)) + groups
    problem = "" if whole or closed else "None of these names is in the register. Check the spelling, or try the borough."
    return SchoolsFound(typed, whole, unknown=unknown, closed=closed, problem=problem, area=sure[0].la_name if sure else "")


def _once(found: Iterable[School]) -> list[School]:
    return list({one.pk: one for one in found}.values())


def _groups(title: str, hint: str, found: Iterable[School]) -> list[GroupFound]:
    schools_here = [(one, True) for one in found]
    return [GroupFound(title, hint, schools_here)] if schools_here else []
