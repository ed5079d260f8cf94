"""Who may open what, said once: sixteen ways to stand to a school and its partnership, and the audiences of pages.

Each address names its audience (`page()` in `urls.py`); who that is stands in the table here, which no product code
reads. A room's `tests/access.py` says what stands in an address and what its form holds, where that is more than nothing;
`tests/test_access.py` tries all of them as all sixteen.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from alongside.ground.core import keys

if TYPE_CHECKING:
    from tests.world import World


class Relation(StrEnum):
    """How somebody stands to the school in question and to its partnership."""

    VISITOR = "a visitor"
    HEAD = "head of the school in question"
    SCHOOL_ADMIN = "administrator of the school in question"
    BUSINESS_MANAGER = "business manager of the school in question"
    GOVERNOR_CHAIR = "chair of governors of the school in question"
    TRUST_OFFICER = "trust officer of the school in question"
    HEAD_OF_MEMBER = "head of another member school"
    HEAD_OF_ASKED = "head of another school that is asked to join"
    HEAD_ELSEWHERE = "head of a school in another partnership"
    MANAGER = "manager of the partnership"
    FINANCE = "finance officer of the partnership"
    MANAGER_ELSEWHERE = "manager of another partnership"
    FINANCE_ELSEWHERE = "finance officer of another partnership"
    ENDED = "head of the school in question until yesterday"
    COMING = "head of the school in question from tomorrow"
    WITHOUT_ROLE = "somebody signed in without any role"


R = Relation
OFFICE = frozenset({R.MANAGER, R.FINANCE})
SIGNERS = frozenset({R.HEAD, R.SCHOOL_ADMIN, R.GOVERNOR_CHAIR, R.TRUST_OFFICER})
STAFF = SIGNERS | {R.BUSINESS_MANAGER}


class Audience(StrEnum):
    """Whom a page is for."""

    EVERYONE = "everyone, without signing in"
    DEMO = "everyone, in a demonstration only"
    SIGNED_IN = "everyone who is signed in"
    ASKED = "people of the schools that are asked or belong, and the office"
    MEMBERS = "people of the schools that belong, and the office"
    SCHOOL = "people of the school in question, and the office"
    SIGNER = "those who may sign for the school in question"
    OFFICE = "the partnership's office"
    FINANCE = "those in the office who may act on money"
    MANAGER = "the partnership's manager"
    KEEPERS = "who looks after the people of the school, and the office"
    DAYS = "head or school administrator of the school in question, and the office"
    DATES = "head, school administrator or business manager of the school in question, and the office"
    NOBODY = "nobody"

    @property
    def relations(self) -> frozenset[Relation]:
        """Everybody who may open the page."""
        return TABLE[self]

    @property
    def edge(self) -> frozenset[Relation]:
        """Those at whom a wrong guard shows: the least who may, the most who may not, outsiders, and so many more that
        no audience could stand in place of another unseen."""
        may = [one for one in MOST_TO_LEAST if one in self.relations]
        may_not = [one for one in MOST_TO_LEAST if one not in self.relations]
        found = {*may[-1:], *may_not[:1], R.ENDED, R.MANAGER_ELSEWHERE, R.VISITOR}
        for other in Audience:
            if not found & (wrong := self.relations ^ other.relations):
                found.update([one for one in MOST_TO_LEAST if one in wrong][:1])
        return frozenset(found)


MOST_TO_LEAST = (
    R.MANAGER, R.FINANCE, R.HEAD, R.SCHOOL_ADMIN, R.GOVERNOR_CHAIR, R.TRUST_OFFICER, R.BUSINESS_MANAGER, R.HEAD_OF_MEMBER,
    R.HEAD_OF_ASKED, R.ENDED, R.COMING, R.MANAGER_ELSEWHERE, R.FINANCE_ELSEWHERE, R.HEAD_ELSEWHERE, R.WITHOUT_ROLE, R.VISITOR,
)  # fmt: skip
TABLE: dict[Audience, frozenset[Relation]] = {
    Audience.EVERYONE: frozenset(R),
    Audience.DEMO: frozenset(R),
    Audience.SIGNED_IN: frozenset(R) - {R.VISITOR},
    Audience.ASKED: STAFF | OFFICE | {R.HEAD_OF_MEMBER, R.HEAD_OF_ASKED},
    Audience.MEMBERS: STAFF | OFFICE | {R.HEAD_OF_MEMBER},
    Audience.SCHOOL: STAFF | OFFICE,
    Audience.SIGNER: SIGNERS,
    Audience.OFFICE: OFFICE,
    Audience.FINANCE: OFFICE,
    Audience.MANAGER: frozenset({R.MANAGER}),
    Audience.KEEPERS: SIGNERS | OFFICE,
    Audience.DAYS: OFFICE | {R.HEAD, R.SCHOOL_ADMIN},
    Audience.DATES: OFFICE | {R.HEAD, R.SCHOOL_ADMIN, R.BUSINESS_MANAGER},
    Audience.NOBODY: frozenset(),
}


@dataclass(frozen=True)
class Line:
    """One URL: what stands in its address, and what a valid form there holds. Whom it is for says the address itself.

    `school` says which school is in question: "member", or "asked" for pages about a school that has not signed.
    `to_post` is who may send its form, where that is not who may open the page; `methods` are those it answers. Both are
    the address's own (`page()`), but for pages that are not ours.
    """

    kwargs: "Callable[[World], Mapping[str, Any]] | None" = None
    post: "Mapping[str, Any] | Callable[[World], Mapping[str, Any]] | None" = None
    methods: tuple[str, ...] = ("GET",)
    school: str = "member"
    query: str = ""
    audience: Audience | None = None
    to_post: Audience | None = None

    def address_words(self, world: "World") -> dict[str, Any]:
        """What stands in the address."""
        return dict(self.kwargs(world)) if self.kwargs else {}

    def form(self, world: "World") -> dict[str, Any]:
        """What a valid form holds; nothing where the app says nothing."""
        return dict(self.post(world) if callable(self.post) else self.post or {})


def room(world: "World") -> dict[str, object]:
    """The words of a partnership's address."""
    return {"slug": world.partnership.slug}


def of_school(world: "World") -> dict[str, object]:
    """The words of an address about the school in question."""
    return {"slug": world.partnership.slug, "urn": world.school.urn}


def thing(what: str) -> Callable[["World"], dict[str, object]]:
    """The words of an address about one of the partnership's things."""
    return lambda world: {**room(world), "key": world.things[what].pk}


def day(name: str, year: int = 2022) -> dict[str, str]:
    """A day in three boxes."""
    return {f"{name}_day": "8", f"{name}_month": "3", f"{name}_year": str(year)}


def pressed(**typed: object) -> Callable[["World"], dict[str, object]]:
    """A form that is pressed once: its key is new each time."""
    return lambda _: {"key": keys.new_key(), **typed}
