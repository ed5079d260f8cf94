"""Which posts there are, and what each opens in a partnership."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Self

from alongside.ground.core.choice import Choice
from alongside.ground.core.standing import LABELS, OPENS, Held, Post, Power
from alongside.ground.core.words import in_a_sentence
from alongside.members.partnerships.rules import Template


class Level(Choice):
    """Where a post is held."""

    SCHOOL = "school", "In a school"
    TRUST = "trust", "In a trust, for its schools"
    OFFICE = "office", "In the partnership’s office"


class PostHere(NamedTuple):
    """A post of a partnership's list: whether it is its own, whether it is asked for, and what it opens there today."""

    code: str
    name: str
    level: Level
    is_own: bool
    is_used: bool
    opens: frozenset[Power]

    @property
    def said(self) -> str:
        """What it is called, within a sentence."""
        return in_a_sentence(self.name)


class Seeded(NamedTuple):
    """A post that comes with the product: its code, what it is called, where it is held, what else sheets call it."""

    code: str
    name: str
    level: Level
    also: tuple[str, ...] = ()


SCHOOL, TRUST, OFFICE = Level
SEEDED = (
    Seeded(Post.HEAD, LABELS[Post.HEAD], SCHOOL, ("head", "head teacher", "principal", "head of school")),
    Seeded(Post.EXECUTIVE_HEAD, LABELS[Post.EXECUTIVE_HEAD], SCHOOL, ("executive head", "executive principal")),
    Seeded("deputy", "Deputy headteacher", SCHOOL, ("deputy head", "deputy", "vice principal", "assistant head")),
    Seeded("dsl", "Designated safeguarding lead", SCHOOL, ("dsl", "safeguarding lead")),
    Seeded("deputy_dsl", "Deputy safeguarding lead", SCHOOL, ("deputy dsl", "ddsl")),
    Seeded("sendco", "SENDCo", SCHOOL, ("senco", "special educational needs co-ordinator")),
    Seeded("attendance_lead", "Attendance lead", SCHOOL, ("attendance", "senior attendance champion")),
    Seeded("ect_lead", "ECT lead", SCHOOL, ("ect induction lead", "induction tutor")),
    Seeded("english_lead", "English lead", SCHOOL, ("head of english", "literacy lead")),
    Seeded("maths_lead", "Mathematics lead", SCHOOL, ("maths lead", "head of maths", "head of mathematics")),
    Seeded("science_lead", "Science lead", SCHOOL, ("head of science",)),
    Seeded(Post.SCHOOL_ADMIN, LABELS[Post.SCHOOL_ADMIN], SCHOOL, ("admin", "administrator", "office")),
    Seeded("heads_assistant", "Head’s assistant", SCHOOL, ("pa to the head", "head's pa", "headteacher's pa", "pa")),
    Seeded(Post.BUSINESS_MANAGER, LABELS[Post.BUSINESS_MANAGER], SCHOOL, ("business manager", "sbm", "bursar")),
    Seeded("premises", "Premises manager", SCHOOL, ("site manager", "caretaker")),
    Seeded("clerk", "Clerk to the governors", SCHOOL, ("clerk", "governance professional")),
    Seeded(
        Post.GOVERNOR_CHAIR, LABELS[Post.GOVERNOR_CHAIR], SCHOOL, ("chair", "chair of governing body", "chair of the governors")
    ),
    Seeded("vice_chair", "Vice-chair of governors", SCHOOL, ("vice chair",)),
    Seeded(Post.TRUST_OFFICER, LABELS[Post.TRUST_OFFICER], TRUST, ("trust",)),
    Seeded("trust_leader", "Chief executive of the trust", TRUST, ("ceo", "chief executive", "trust leader")),
    Seeded("trust_finance", "Finance director of the trust", TRUST, ("cfo", "chief financial officer", "trust finance")),
    Seeded("improvement_lead", "School improvement lead", TRUST, ("director of school improvement",)),
    Seeded(Post.MANAGER, LABELS[Post.MANAGER], OFFICE),
    Seeded(Post.FINANCE, LABELS[Post.FINANCE], OFFICE),
    Seeded("office_admin", "Partnership administrator", OFFICE),
)
USUALLY: dict[str, frozenset[Power]] = {
    **{post.value: opens for post, opens in OPENS.items()},
    "trust_leader": OPENS[Post.TRUST_OFFICER],
    "office_admin": frozenset({Power.OFFICE}),
}
CALLED = frozenset(words for one in SEEDED for words in (one.code, one.name.lower(), *one.also))
ALSO = {word: one.code for one in SEEDED for word in one.also}  # what sheets and people call them
OF_SCHOOLS = (Power.ANSWER, Power.PEOPLE, Power.DAYS, Power.DATES, Power.NOTE)
OF_OFFICES = (Power.MONEY,)  # beside working there, which every post in it opens; whoever runs the partnership is its manager
KEEPS: dict[str, frozenset[Power]] = {
    post: OPENS[post] for post in (Post.HEAD, Post.MANAGER)
}  # or a school, or an office, would be locked out
NAMES = {one.code: one.name for one in SEEDED}
Settled = Mapping[str, frozenset[Power]]  # by the code of a post what it opens, where a partnership has settled that


@dataclass(frozen=True)
class PostSettings:
    """What a partnership has settled about posts: which it does not ask for, and what some open other than usually."""

    app: ClassVar[str] = "posts"
    opens: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unused: tuple[str, ...] = ()

    @classmethod
    def for_template(cls, template: Template) -> Self:
        """The same for every template."""
        return cls()

    @property
    def settled(self) -> Settled:
        """What was settled, as the rules take it."""
        return {code: frozenset(map(Power, powers)) for code, powers in self.opens}


def may_open(level: str) -> tuple[Power, ...]:
    """A post in a school or a trust opens things of schools, one in the office the partnership's money: only its manager runs it.

    Source: R2, access comes only from roles held today; decision 21 (nobody can be locked out).
    """
    return OF_OFFICES if level == OFFICE else OF_SCHOOLS


def opened_by(code: str, chosen: Collection[str], level: str) -> frozenset[Power]:
    """What a post opens when a partnership has chosen: the head and the manager keep what they have, and whoever holds a post
    in the office works in it.

    Source: R2; decision 21.
    """
    opens = {power for power in may_open(level) if power in chosen} | KEEPS.get(code, frozenset())
    return frozenset(opens | ({Power.OFFICE} if level == OFFICE else set()))


def counting(held: Held, usually: frozenset[Power], settled: Mapping[str, Settled]) -> list[Held]:
    """A post counts everywhere as far as it opens the same everywhere; what it opens only in one partnership it opens there.

    `settled` holds, for each partnership in which the post counts, what it has settled. Source: R2; decisions 8 and 21.
    """
    of = {home: said.get(held.post, usually) for home, said in settled.items()}
    if held.through or held.partnership:
        return [_opening(held, of.get(held.through or held.partnership or "", usually))]
    everywhere = frozenset.intersection(usually, *of.values()) if of else usually
    more = [_opening(held, opens, home) for home, opens in of.items() if opens != everywhere]
    return [_opening(held, everywhere), *more]


def _opening(held: Held, opens: frozenset[Power], through: str | None = None) -> Held:
    return Held(held.post, held.school, held.partnership, through or held.through, opens, held.title)


def named(words: str, names: Iterable[tuple[str, str]]) -> str:
    """The code of the post that is called so, in whatever letters, or by a word that sheets use; nothing where none is.

    `names` are (code, name) of the posts to choose from. Source: R2; sheets of people as schools keep them.
    """
    said = " ".join(words.lower().replace("’", "'").split())
    known = {code: name.lower().replace("’", "'") for code, name in names}
    found = next((code for code, name in known.items() if said in {name, code}), ALSO.get(said, ""))
    return found if found in known else ""
