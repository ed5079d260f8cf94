"""The bodies that come with the product: each is a beginning, which is changed before it is made."""

from dataclasses import dataclass, field

from alongside.deciding.bodies.rules.kinds import BodyKind, Deputy, Duty, Filling, SeatFor
from alongside.deciding.bodies.rules.quorum import Share
from alongside.members.partnerships.rules import Belonging, Template


@dataclass(frozen=True)
class SeatLine:
    """So many seats of one kind. `other_than` names lines whose holders may not hold these too; `sits_by` is the way in which a
    school belongs whose heads sit here by their post alone."""

    title: str
    filling: Filling
    seat_for: SeatFor = SeatFor.ANYONE
    number: int = 1
    by: str = ""
    duty: Duty = Duty.MEMBER
    votes: bool = True
    deputy: Deputy = Deputy.NONE
    other_than: tuple[str, ...] = ()
    why: str = ""
    sits_by: str = ""
    years: int | None = None


@dataclass(frozen=True)
class Beginning:
    """A body to begin from: its kind, what it is usually called, its quorum and its seats."""

    code: str
    name: str
    about: str
    kind: BodyKind
    for_template: Template
    share: Share = Share.HALF
    least: int = 0
    needs_chair: bool = True
    years: int | None = 4
    of_school: bool = False
    lines: tuple[SeatLine, ...] = field(default=())


EX, NOM, ELECTED, OPEN, CO, CHOSEN = Filling
HASH = "HASH, the association of secondary heads"
OTHER = "the prospectus says “other” heads"
CHAIRS = (
    SeatLine("Chair", CHOSEN, duty=Duty.CHAIR, votes=False, years=1),
    SeatLine("Vice-chair", CHOSEN, duty=Duty.VICE, votes=False, years=1),
    SeatLine("Clerk", EX, duty=Duty.CLERK, votes=False),
)
LEARNING, TRUST = Template
BEGINNINGS = (
    Beginning(
        "board", "Partnership board", "Ten seats, as a borough’s prospectus has them: change them before it is made",
        BodyKind.PARTNERSHIP_BOARD, LEARNING, years=2,
        lines=(
            SeatLine("Independent chair", OPEN, SeatFor.INDEPENDENT, duty=Duty.CHAIR),
            SeatLine("Primary Forum representative", NOM, SeatFor.PRIMARY, by="the Primary Forum", deputy=Deputy.SPEAKS),
            SeatLine("HASH representative", NOM, SeatFor.SECONDARY, by=HASH, deputy=Deputy.SPEAKS),
            SeatLine(
                "Other primary head", ELECTED, SeatFor.PRIMARY, 3, by="all schools that signed",
                other_than=("Primary Forum representative",), why=OTHER,
            ),
            SeatLine(
                "Other secondary head", ELECTED, SeatFor.SECONDARY, by="all schools that signed",
                other_than=("HASH representative",), why=OTHER,
            ),
            SeatLine("Local authority representative", NOM, SeatFor.AUTHORITY, 2, by="the local authority", deputy=Deputy.SPEAKS),
            SeatLine("Special school representative", NOM, SeatFor.SPECIAL, by="the special schools", deputy=Deputy.SPEAKS),
            SeatLine("Clerk", EX, duty=Duty.CLERK, votes=False),
        ),
    ),
    Beginning(
        "steering", "Steering board", "For a few schools: every head sits there", BodyKind.PARTNERSHIP_BOARD, LEARNING,
        years=None,
        lines=(
            SeatLine("Headteachers of member schools", EX, SeatFor.HEADS, sits_by=Belonging.MEMBER, deputy=Deputy.SPEAKS),
            SeatLine("Chair", CHOSEN, duty=Duty.CHAIR, votes=False, years=1),
            SeatLine("Clerk", EX, duty=Duty.CLERK, votes=False),
        ),
    ),
    Beginning(
        "headboard", "Headboard", "All heads of the members, and of associates, who speak and do not vote", BodyKind.HEADBOARD,
        TRUST, years=None,
        lines=(
            SeatLine("Headteachers of member schools", EX, SeatFor.HEADS, sits_by=Belonging.MEMBER, deputy=Deputy.SPEAKS),
            SeatLine("Headteachers of associate schools", EX, SeatFor.HEADS, sits_by=Belonging.ASSOCIATE, votes=False),
            SeatLine("Chair", CHOSEN, duty=Duty.CHAIR, votes=False, years=1),
            SeatLine("Clerk", EX, duty=Duty.CLERK, votes=False),
        ),
    ),
    Beginning(
        "members", "Members", "Members of the trust: at least three, five are advised", BodyKind.MEMBERS, TRUST, Share.NUMBER, 2,
        needs_chair=False, years=None, lines=(SeatLine("Member", NOM, number=5, by="the articles"),),
    ),
    Beginning(
        "trust_board", "Trust board", "Trustees, as the articles have them", BodyKind.TRUST_BOARD, TRUST, Share.THIRD, 3,
        lines=(
            SeatLine("Trustee appointed by the members", NOM, number=6, by="the members"),
            SeatLine("Co-opted trustee", CO, number=2), SeatLine("Chief executive", EX), *CHAIRS,
        ),
    ),
    Beginning(
        "audit", "Audit and risk committee", "Most of its people are trustees; who runs the trust comes and does not vote",
        BodyKind.COMMITTEE, TRUST, Share.HALF, 3, years=1,
        lines=(
            SeatLine("Trustee", NOM, number=3, by="the trust board"),
            SeatLine("Independent member", CO, SeatFor.INDEPENDENT), *CHAIRS,
        ),
    ),
    Beginning(
        "finance", "Finance committee", "Trustees who look at money before the board does", BodyKind.COMMITTEE, TRUST,
        Share.HALF, 3, years=1, lines=(SeatLine("Trustee", NOM, number=4, by="the trust board"), *CHAIRS),
    ),
    Beginning(
        "local", "Local governing body", "Of one school of a trust: call it as your trust does", BodyKind.LOCAL, TRUST,
        Share.HALF, 3, of_school=True,
        lines=(
            SeatLine("Appointed by the trust board", NOM, SeatFor.TRUST, 4, by="the trust board"),
            SeatLine("Parent", ELECTED, SeatFor.PARENTS, 2, by="the parents"),
            SeatLine("Staff", ELECTED, SeatFor.STAFF, by="the staff"),
            SeatLine("Headteacher", EX, SeatFor.HEADS), *CHAIRS,
        ),
    ),
    Beginning(
        "maintained", "Governing body", "Of one maintained school: at least seven", BodyKind.MAINTAINED, LEARNING, of_school=True,
        lines=(
            SeatLine("Parent governor", ELECTED, SeatFor.PARENTS, 2, by="the parents"),
            SeatLine("Headteacher", EX, SeatFor.HEADS), SeatLine("Staff governor", ELECTED, SeatFor.STAFF, by="the staff"),
            SeatLine("Local authority governor", NOM, SeatFor.AUTHORITY, by="the local authority"),
            SeatLine("Co-opted governor", CO, number=4), *CHAIRS,
        ),
    ),
    Beginning(
        "group", "Working group", "For a time, with papers that it hands to the board", BodyKind.WORKING_GROUP, LEARNING,
        needs_chair=False, years=None,
        lines=(
            SeatLine("Member", CO, number=6), SeatLine("Chair", CHOSEN, duty=Duty.CHAIR, votes=False),
            SeatLine("Clerk", EX, duty=Duty.CLERK, votes=False),
        ),
    ),
)  # fmt: skip
BY_CODE = {one.code: one for one in BEGINNINGS}
FEW = 10  # schools: with no more of them every head sits on the board


def beginnings_for(template: Template, schools: int) -> list[Beginning]:
    """The bodies to begin from, those of a partnership's kind first; where its schools are few, the board of every head.

    Source: issue "Governance" (the simplest board first); how many are few is a product default.
    """
    return sorted(BEGINNINGS, key=lambda one: (one.for_template != template, schools <= FEW and one.code != "steering"))


def seat_titles(title: str, number: int) -> list[str]:
    """Three seats of one kind are told apart by a number: “Other primary head 1”, “2”, “3”.

    Source: evidence H8 (ten seats, each shown filled or vacant).
    """
    return [f"{title} {at}" for at in range(1, number + 1)] if number > 1 else [title]
