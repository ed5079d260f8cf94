"""Who is asking: a person with the roles they hold today."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Post(StrEnum):
    """The posts that rules name; each is one of a partnership's list, which has more (room `posts`)."""

    HEAD = "head"
    EXECUTIVE_HEAD = "executive_head"
    SCHOOL_ADMIN = "school_admin"
    BUSINESS_MANAGER = "business_manager"
    GOVERNOR_CHAIR = "governor_chair"
    TRUST_OFFICER = "trust_officer"
    MANAGER = "manager"
    FINANCE = "finance"

    @property
    def label(self) -> str:
        """The post in the words of the field."""
        return LABELS[self]


LABELS = {
    Post.HEAD: "Headteacher",
    Post.EXECUTIVE_HEAD: "Executive headteacher",
    Post.SCHOOL_ADMIN: "School administrator",
    Post.BUSINESS_MANAGER: "School business manager",
    Post.GOVERNOR_CHAIR: "Chair of governors",
    Post.TRUST_OFFICER: "Trust officer",
    Post.MANAGER: "Partnership manager",
    Post.FINANCE: "Partnership finance officer",
}


class Power(StrEnum):
    """What a post opens. Permissions ask for these and for no post by its name: which post has which may change."""

    RUN = "runs the partnership"
    OFFICE = "works in its office, and sees what is the partnership's"
    MONEY = "deals with its money"
    ANSWER = "answers and signs for the school"
    PEOPLE = "looks after the school's people"
    DAYS = "types the days of the school"
    DATES = "keeps what the school must answer by a day"
    NOTE = "notes what the school gave and received"
    SIT = "sits on a body, with or without a vote"
    CHAIR = "chairs a body, or acts as its chair"
    CLERK = "keeps what a body has: its seats, dates and papers"
    ASSESS = "reads and scores what came in to be judged"


OPENS = {  # unless a partnership says otherwise
    Post.MANAGER: frozenset({Power.RUN, Power.OFFICE, Power.MONEY}),
    Post.FINANCE: frozenset({Power.OFFICE, Power.MONEY}),
    Post.HEAD: frozenset({Power.ANSWER, Power.PEOPLE, Power.DAYS, Power.DATES, Power.NOTE}),
    Post.EXECUTIVE_HEAD: frozenset({Power.ANSWER, Power.PEOPLE, Power.DAYS, Power.DATES, Power.NOTE}),
    Post.SCHOOL_ADMIN: frozenset({Power.ANSWER, Power.PEOPLE, Power.DAYS, Power.DATES, Power.NOTE}),
    Post.GOVERNOR_CHAIR: frozenset({Power.ANSWER, Power.PEOPLE, Power.NOTE}),
    Post.TRUST_OFFICER: frozenset({Power.ANSWER, Power.PEOPLE, Power.NOTE}),
    Post.BUSINESS_MANAGER: frozenset({Power.DATES, Power.NOTE}),
}


SEATS_OPEN = {  # by the duty of a seat, in its own body (for a panel, its vacancy) alone (decision 23)
    "member": frozenset({Power.SIT}),
    "vice": frozenset({Power.SIT}),
    "chair": frozenset({Power.SIT, Power.CHAIR}),
    "clerk": frozenset({Power.CLERK}),
    "panel": frozenset({Power.ASSESS}),
}
HEADS = frozenset({Post.HEAD, Post.EXECUTIVE_HEAD})  # a school with one of them has a head
ACTING = frozenset({Power.DATES, Power.DAYS, Power.NOTE})  # of a head's post; never what votes, signs, or opens findings


@dataclass(frozen=True)
class Held:
    """One role held today: a post in one school, in one partnership's office, or a seat on one body, with what it opens there.

    `through` is the only partnership in which it counts so (decisions 8 and 21): the one whose invitation gave the post,
    or that has settled what the post opens. `acts_for` is the head (their id, and what they are called) whose post it is, where
    somebody acts for them: it opens what `ACTING` names of it, and nothing else.
    """

    post: str
    school: str | None = None
    partnership: str | None = None
    through: str | None = None
    opens: frozenset[Power] = frozenset()
    title: str = ""
    body: str | None = None
    acts_for: str = ""
    for_name: str = ""


@dataclass(frozen=True)
class Standing:
    """Who is asking: nobody (a visitor), a person with roles held today, or the system for someone.

    Called `who` in permissions, `viewer` in queries and `by` in actions.
    `memberships` holds (partnership, school) for the schools where a role is held: the partnerships
    that those schools belong to or have been asked to join; `belonging` those of them to which they belong.
    """

    person: str | None = None
    name: str = ""
    roles: frozenset[Held] = frozenset()
    memberships: frozenset[tuple[str, str]] = frozenset()
    belonging: frozenset[tuple[str, str]] = frozenset()
    is_system: bool = False
    on_behalf_of: str | None = None
    is_proven: bool = False  # a second factor was given in this browser

    def __post_init__(self) -> None:
        """Who is narrowed to some memberships belongs by no other. No id is empty: theirs would be whatever is nobody's."""
        if self.person == "":
            raise ValueError("An empty id is nobody's: a visitor has none")
        if not self.belonging <= self.memberships:
            object.__setattr__(self, "belonging", self.belonging & self.memberships)

    @classmethod
    def system(cls, on_behalf_of: str | None = None) -> "Standing":
        """The system at work by itself, or on behalf of the person with that id."""
        return cls(is_system=True, on_behalf_of=on_behalf_of, name="Alongside")

    @property
    def is_visitor(self) -> bool:
        """Whether nobody is signed in."""
        return self.person is None and not self.is_system

    def holds(self, *, school: str | None = None, partnership: str | None = None) -> bool:
        """Whether any post is held, whatever it opens: in that school, in that partnership, or anywhere when neither is named."""
        return any(school in {None, role.school} and partnership in {None, role.partnership} for role in self.roles)

    def can(self, power: Power, *, school: str | None = None, partnership: str | None = None, body: str | None = None) -> bool:
        """Whether a post is held that opens it: in that school, that partnership, on that body, or anywhere if none is named."""
        return any(
            power in role.opens
            and school in {None, role.school}
            and partnership in {None, role.partnership}
            and body in {None, role.body}
            for role in self.roles
        )

    def runs(self, partnership: str) -> bool:
        """Whether the person works in the office of that partnership, or the system asks."""
        return self.is_system or self.can(Power.OFFICE, partnership=partnership)

    def sees_money_of(self, partnership: str | None = None) -> bool:
        """Whether what is about the money of that partnership (of any, where none is named) is shown: who works in its office
        gives a second factor first, wherever it stands and whatever else they are."""
        return self.is_proven or not (partnership in self.offices if partnership else self.offices)

    @property
    def acted_for(self) -> frozenset[str]:
        """The ids of those for whom the person acts."""
        return frozenset(role.acts_for for role in self.roles if role.acts_for)

    def for_whom(self, school: str | None) -> Held | None:
        """The post of somebody else's for which the person acts in that school; whatever they do there they do for them."""
        return next((role for role in sorted(self.roles, key=_by_name) if role.acts_for and role.school == school), None)

    @property
    def leads(self) -> list[tuple[str, str]]:
        """(school, the partnership in which alone it counts, or nothing) of the posts of a head that are the person's own: to act
        for a head opens no seat, no vote and no nomination."""
        own = [role for role in self.roles if role.school and role.post in HEADS and not role.acts_for]
        return sorted((role.school or "", role.through or "") for role in own)

    def acting_in(self, partnership: str) -> Held | None:
        """The post of somebody else's for which the person acts in a school that belongs to that partnership: what they do for no
        school in particular they do for them."""
        return next((role for role in sorted(self.posts_in(partnership), key=_by_name) if role.acts_for), None)

    def named_in(self, school: str | None) -> str:
        """What stands beside a deed in that school: 'Sam Okafor', 'Sam Okafor for Amy Alder'."""
        acting = self.for_whom(school)
        return f"{self.name} for {acting.for_name}" if acting else self.name

    @property
    def schools(self) -> frozenset[str]:
        """The schools in which a role is held today."""
        return frozenset(role.school for role in self.roles if role.school)

    @property
    def schools_anywhere(self) -> frozenset[str]:
        """The schools in which a role is held that counts in every partnership."""
        return frozenset(role.school for role in self.roles if role.school and role.through is None)

    @property
    def schools_through(self) -> frozenset[tuple[str, str]]:
        """(partnership, school) of the roles that count in the partnership whose invitation gave them, and nowhere else."""
        return frozenset((role.through, role.school) for role in self.roles if role.school and role.through)

    def bodies(self, *powers: Power) -> frozenset[str]:
        """The bodies on which a seat is held today that opens one of those powers, or any seat when none is named."""
        return frozenset(role.body for role in self.roles if role.body and (not powers or role.opens & set(powers)))

    @property
    def offices(self) -> frozenset[str]:
        """The partnerships in whose office a role is held today."""
        return frozenset(role.partnership for role in self.roles if role.partnership)

    def by(self, power: Power) -> "Standing":
        """The same with those posts alone that open it, so that nothing is shown by another: what a post opens in one partnership
        it opens in no other."""
        return replace(self, roles=frozenset(role for role in self.roles if power in role.opens))

    def within(self, partnership: str) -> "Standing":
        """The same with nothing but what they are in one partnership: its office, its schools, its bodies."""
        schools = self.schools_in(partnership)
        here = frozenset(
            role
            for role in self.roles
            if role.partnership == partnership or role.school in schools or (role.body and role.through == partnership)
        )
        return replace(
            self,
            roles=here,
            memberships=frozenset(pair for pair in self.memberships if pair[0] == partnership),
        )

    def counting_in(self, partnership: str) -> "Standing":
        """The same without the posts that another partnership's invitation gave: they count there, and not in this one."""
        return replace(self, roles=frozenset(role for role in self.roles if role.through in {None, partnership}))

    @property
    def seated(self) -> frozenset[str]:
        """The partnerships on one of whose bodies the person sits, or is its clerk."""
        there = {Power.SIT, Power.CLERK}
        return frozenset(role.through for role in self.roles if role.body and role.through and role.opens & there)

    @property
    def partnerships(self) -> frozenset[str]:
        """Every partnership that the person has to do with: by office, through a school, by a seat on a body or a panel."""
        above = {role.through for role in self.roles if role.body and role.through}
        return self.offices | above | {partnership for partnership, _ in self.memberships}

    @property
    def homes(self) -> frozenset[str]:
        """The partnerships to which one of the person's schools belongs, and is not only asked to join."""
        return frozenset(home for home, _ in self.belonging)

    def belongs_to(self, partnership: str) -> bool:
        """Whether one of the person's schools belongs to that partnership, and is not only asked to join it."""
        return partnership in self.homes

    def posts_in(self, partnership: str) -> frozenset[Held]:
        """The posts held in schools that belong to that partnership, as far as they count there."""
        return frozenset(
            role for role in self.counting_in(partnership).roles if role.school and (partnership, role.school) in self.belonging
        )

    def own_posts_in(self, partnership: str) -> frozenset[Held]:
        """The person's own of them: whoever acts for somebody neither nominates, votes nor watches for them."""
        return frozenset(role for role in self.posts_in(partnership) if not role.acts_for)

    def schools_in(self, partnership: str) -> frozenset[str]:
        """The person's schools that belong to that partnership or are asked to join it."""
        return frozenset(school for home, school in self.memberships if home == partnership)


def _by_name(role: Held) -> tuple[str, str]:
    return role.for_name, role.acts_for


VISITOR = Standing()
