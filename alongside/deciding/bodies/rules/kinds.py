"""What kinds of bodies there are, and of what kind a seat is."""

from dataclasses import dataclass
from typing import ClassVar, Self

from alongside.ground.core.choice import Choice
from alongside.ground.core.words import plural
from alongside.members.partnerships.rules import Template


class BodyKind(Choice):
    """What a body is."""

    PARTNERSHIP_BOARD = "partnership_board", "Partnership board"
    HEADBOARD = "headboard", "Headboard"
    MEMBERS = "members", "Members of the trust"
    TRUST_BOARD = "trust_board", "Trust board"
    COMMITTEE = "committee", "Committee"
    LOCAL = "local", "Local body of a school"
    MAINTAINED = "maintained", "Governing body of a maintained school"
    WORKING_GROUP = "working_group", "Working group"


class Filling(Choice):
    """How a seat is filled."""

    EX_OFFICIO = "ex_officio", "By post (ex officio)"
    NOMINATED = "nominated", "Nominated"
    ELECTED = "elected", "Elected"
    COMPETITION = "competition", "By open competition"
    CO_OPTED = "co_opted", "Co-opted"
    CHOSEN = "chosen", "Chosen by the body from among its own"


class Duty(Choice):
    """What the holder of a seat does on the body."""

    MEMBER = "member", "Member"
    CHAIR = "chair", "Chair"
    VICE = "vice", "Vice-chair"
    CLERK = "clerk", "Clerk"


class SeatFor(Choice):
    """From among whom a seat is filled."""

    ANYONE = "", "Anyone"
    HEADS = "heads", "Heads of member schools"
    PRIMARY = "primary", "Primary heads"
    SECONDARY = "secondary", "Secondary heads"
    SPECIAL = "special", "Heads of special schools"
    AUTHORITY = "authority", "The local authority"
    INDEPENDENT = "independent", "Independent of the schools"
    PARENTS = "parents", "Parents"
    STAFF = "staff", "Staff"
    TRUST = "trust", "The trust or foundation"

    @property
    def needs_head(self) -> bool:
        """Whether only a head of a member school may hold it."""
        return self in {SeatFor.HEADS, SeatFor.PRIMARY, SeatFor.SECONDARY, SeatFor.SPECIAL}


class Deputy(Choice):
    """What somebody may do who comes in place of the holder of a seat."""

    NONE = "none", "No deputy"
    ATTENDS = "attends", "A deputy may attend"
    SPEAKS = "speaks", "A deputy may speak"
    VOTES = "votes", "A deputy may speak and vote"


class ShownTo(Choice):
    """To whom the interests of a body's people are shown."""

    BODY = "body", "The body, its clerk and the office"
    MEMBERS = "members", "Everybody in the partnership’s schools"
    PUBLIC = "public", "Everybody, on the public page"


@dataclass(frozen=True)
class BodySettings:
    """What a partnership says of its bodies: whose heads count where, how heads vote, and when somebody has many hats."""

    app: ClassVar[str] = "bodies"
    primary: tuple[str, ...] = ("primary",)
    secondary: tuple[str, ...] = ("secondary",)
    special: tuple[str, ...] = ("special",)
    executive_heads_sit: bool = True
    one_vote_a_school: bool = True
    many_hats: int = 5
    deciders: tuple[str, ...] = ("Members", "Trust board", "Committee", "Chief executive", "Local body", "Headteacher")
    skills: tuple[str, ...] = (
        "Education and how schools are run", "Finance and audit", "Law and compliance", "People and pay", "Buildings and estates",
        "Risk", "Strategy", "Safeguarding", "SEND and inclusion", "Data and technology", "Working with parents and the community",
        "Chairing",
    )  # fmt: skip

    @classmethod
    def for_template(cls, template: Template) -> Self:
        """Who decides is named as the template has it."""
        return cls() if template is Template.TRUST else cls(deciders=("Partnership board", "Chair", "Office", "Lead school"))

    def counted(self, seat_for: SeatFor) -> tuple[str, ...]:
        """The constituencies of schools whose heads may hold such a seat; nothing: those of all."""
        by_kind = {SeatFor.PRIMARY: self.primary, SeatFor.SECONDARY: self.secondary, SeatFor.SPECIAL: self.special}
        return by_kind.get(seat_for, ())


SHOWN_BY_KIND = {
    BodyKind.MEMBERS: ShownTo.PUBLIC,
    BodyKind.TRUST_BOARD: ShownTo.PUBLIC,
    BodyKind.LOCAL: ShownTo.PUBLIC,
    BodyKind.MAINTAINED: ShownTo.PUBLIC,
    BodyKind.PARTNERSHIP_BOARD: ShownTo.MEMBERS,
    BodyKind.COMMITTEE: ShownTo.MEMBERS,
}
IN_GIAS = frozenset({BodyKind.MEMBERS, BodyKind.TRUST_BOARD, BodyKind.LOCAL, BodyKind.MAINTAINED})


def shown_usually(kind: BodyKind) -> ShownTo:
    """The interests of members, trustees, local governors and governors are published; those of a partnership's board are for
    its schools; those of a working group for itself.

    Source: evidence, section 4 (register and publish for members, trustees, local governors); statutory guidance on the
    constitution of governing bodies of maintained schools; product default for the others.
    """
    return SHOWN_BY_KIND.get(kind, ShownTo.BODY)


def publishes_attendance(kind: BodyKind) -> bool:
    """How often each governor, trustee and local governor came to the meetings of the last academic year is published; of a
    trust's members it is not asked.

    Source: DfE, What maintained schools must publish online; DfE, What academies and further education colleges should publish
    online; evidence, section 4 (interests).
    """
    return kind in IN_GIAS - {BodyKind.MEMBERS}


def is_in_gias(kind: BodyKind) -> bool:
    """Whose members the department's register names: members and trustees of a trust, local governors, governors.

    Source: evidence M18; Academy Trust Handbook (notify changes within 14 days), Education Act 1996 s.538 for maintained schools.
    """
    return kind in IN_GIAS


def term_words(years: int | None) -> str:
    """'4 years', or that no term is set.

    Source: R8, seats with their term.
    """
    return plural(years, "year") if years else "No set term"
