"""What the rooms declare of themselves, found through the list of installed rooms when somebody first asks."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from inspect import signature
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from alongside.ground.core.declaration import Answered, App, Beside, Columns, Door, Message, OwnPage, Place, Published, RowWords
from alongside.ground.core.standing import Standing


@cache
def rooms() -> Mapping[str, App]:
    """Every room's declaration by the room's dotted name, in the order in which rooms stand on each other."""
    return {name: import_module(f"{name}.app").APP for name in settings.OUR_APPS}


def who_is(person: str) -> Standing | None:
    """Who the person of that id is today, as the room of people says (`settings.STANDING_BY_ID`): for what stands below it and
    hands something over. Nothing for nobody, and for who cannot sign in any more."""
    found: Standing | None = import_string(settings.STANDING_BY_ID)(person)
    return found


@cache
def room_of(module: str) -> App:
    """The declaration of the room in which a module stands."""
    return next(said for name, said in rooms().items() if module.startswith(f"{name}."))


def places(door: Door) -> list[Place]:
    """What stands behind a door, in order."""
    found = [place for room in rooms().values() for place in room.places if place.door is door]
    return sorted(found, key=lambda place: place.rank)


@cache
def own_pages() -> list[OwnPage]:
    """The pages that are everybody's own, in order."""
    return sorted(page for room in rooms().values() for page in room.own_pages)


@cache
def published() -> Mapping[str, Published]:
    """What public pages lead to, by the name that the condition has in their question."""
    return {f"published_{number}": one for number, one in enumerate(one for room in rooms().values() for one in room.published)}


@cache
def rows() -> Mapping[str, RowWords]:
    """The words of every kind of row that is gathered."""
    return {kind: words for room in rooms().values() for kind, words in room.rows.items()}


@cache
def tones() -> Mapping[str, str]:
    """The colour of each room's dates, by the first word of their kind."""
    return {name.rpartition(".")[2]: room.tone for name, room in rooms().items()}


@cache
def messages() -> Mapping[str, Message]:
    """Every kind of message that is sent."""
    return {kind: message for room in rooms().values() for kind, message in room.messages.items()}


def message(kind: str) -> Message:
    """One kind of message; what is kept of a kind that is sent no longer is called a message."""
    return messages().get(kind, Message("Message", ""))


def answer(kind: str, **facts: Any) -> Answered | None:
    """Do what the room that sent a kind of message does with an answer by mail, which is told of the facts what it asks for by
    name; nothing where no room does anything."""
    deed = next((room.answers[kind] for room in rooms().values() if kind in room.answers), None)
    return _told(deed, facts) if deed else None


def takes_answers(kind: str) -> bool:
    """Whether some room does something with an answer by mail to that kind of message."""
    return any(kind in room.answers for room in rooms().values())


@cache
def is_sensitive(page: str) -> bool:
    """Whether the page of that name ('fees:overview') stands in a sensitive room."""
    return any(room.sensitive for name, room in rooms().items() if name.rpartition(".")[2] == page.partition(":")[0])


@cache
def about_money() -> frozenset[str]:
    """The kinds of messages that are about money: those of the sensitive rooms, and others that tell sums."""
    return frozenset(kind for room in rooms().values() for kind, one in room.messages.items() if room.sensitive or one.tells_sums)


@cache
def settings_words() -> Mapping[str, str]:
    """What each setting of a partnership is called."""
    return {name: words for room in rooms().values() for name, words in room.settings.items()}


@cache
def acts() -> Mapping[str, str]:
    """Every deed that the log names, in words."""
    return {act: words for room in rooms().values() for act, words in room.acts.items()}


@cache
def erasure() -> Mapping[str, Columns]:
    """What erasure does to each table's columns of text."""
    return {table: columns for room in rooms().values() for table, columns in room.erasure.items()}


def beside(model: str, rows: Mapping[str, Any], *, viewer: Standing) -> dict[str, list[Beside]]:
    """What the rooms above have under way about rows of a model ("bodies.Seat"), by their ids, as far as the viewer may know."""
    found = defaultdict[str, list[Beside]](list)
    for room in rooms().values():
        if ask := room.beside.get(model):
            for row, one in ask(rows=rows, viewer=viewer).items():
                found[row].append(one)
    return found


def told(question: str, **facts: Any) -> list[str]:
    """What all rooms say of a school that is `joining` (facts are partnership, viewer) or `leaving` (its school too)."""
    return [words for room in rooms().values() for ask in getattr(room, question) for words in ask(**facts)]


def gathered(questions: str, **facts: Any) -> list[Any]:
    """What all rooms answer to their `needs` or `dates`; each is told of the facts what it asks for by name."""
    return [part for room in rooms().values() for ask in getattr(room, questions) for part in _told(ask, facts)]


def _told(ask: Callable[..., Any], facts: Mapping[str, Any]) -> Any:
    return ask(**{name: facts[name] for name in signature(ask).parameters})
