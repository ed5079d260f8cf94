"""How each kind of body may decide, and what it may not."""

from dataclasses import dataclass
from datetime import date

from alongside.deciding.bodies.rules.kinds import BodyKind
from alongside.deciding.meetings.rules.kinds import MeetingSettings, MeetingState
from alongside.ground.core.words import in_a_sentence, plural

MAINTAINED = "Governors decide at a meeting, there or by video if so agreed: nobody votes by proxy, in advance or by e-mail"
OWN = "The partnership’s own rule has no {}: the office can change the rule under “How we decide”"


@dataclass(frozen=True)
class HowDecided:
    """How a kind of body decides. `no_written`, `no_chairs_action`: why it may not do that, empty where it may;
    `chairs_action` is when it may."""

    notice_days: int
    casting: bool
    no_written: str
    no_chairs_action: str
    chairs_action: str
    by_rule: str
    money: bool = False


def ways_of(kind: BodyKind, own: MeetingSettings) -> HowDecided:
    """A maintained governing body decides at meetings, the chair with a casting vote, nobody by proxy, in advance or by e-mail,
    and the chair alone only where a delay would seriously harm; a trust's members and board may also resolve in writing when all
    agree; a local body as the trust's scheme has it; a board, a Headboard and groups of heads by their own rule.

    Source: issue "Governance" (how a body may decide is data by its kind); SI 2013/1624 regs 8, 13 and 14 (maintained); the DfE's
    model articles for academy trusts; product default for the others.
    """
    if kind is BodyKind.MAINTAINED:
        harm = "only where a delay would seriously harm the school, a pupil, a parent or somebody who works there"
        return HowDecided(7, True, MAINTAINED, "", harm, "the School Governance Regulations 2013")
    if kind in {BodyKind.TRUST_BOARD, BodyKind.MEMBERS}:
        no_action = "The articles know no chair’s action: meet, or resolve in writing"
        notice = 14 if kind is BodyKind.MEMBERS else 7
        return HowDecided(notice, True, "", no_action, "", "the trust’s articles", money=kind is BodyKind.TRUST_BOARD)
    if kind is BodyKind.LOCAL:
        by_scheme = "The trust’s scheme of delegation does not give it this"
        return HowDecided(7, True, by_scheme, "", "where it cannot wait for the next meeting", "the trust’s scheme of delegation")
    notice = own.short_notice_days if kind in {BodyKind.HEADBOARD, BodyKind.WORKING_GROUP} else own.notice_days
    written = "" if own.written_resolutions else OWN.format("written resolutions")
    action = "" if own.chairs_action else OWN.format("chair’s action")
    is_board = kind is BodyKind.PARTNERSHIP_BOARD
    return HowDecided(notice, own.casting_vote, written, action, "where it cannot wait", "the body’s own rule", money=is_board)


@dataclass(frozen=True)
class Votes:
    """How a vote went; nothing where none was taken."""

    for_it: int | None = None
    against: int | None = None
    abstained: int | None = None
    casting: bool = False

    @property
    def taken(self) -> bool:
        """Whether a vote was taken."""
        return not (self.for_it is self.against is self.abstained is None)

    @property
    def cast(self) -> int:
        """How many votes were cast, abstentions among them."""
        return (self.for_it or 0) + (self.against or 0) + (self.abstained or 0)

    @property
    def words(self) -> str:
        """'5 for, 2 against, 1 abstained, with the chair’s casting vote'."""
        if not self.taken:
            return "Agreed without a vote"
        said = f"{self.for_it or 0} for, {self.against or 0} against"
        said += f", {self.abstained} abstained" if self.abstained else ""
        return said + (", with the chair’s casting vote" if self.casting else "")


def is_carried(votes: Votes) -> bool:
    """What more voted for than against is carried, and in a tie what the chair's casting vote is for; without a vote what all
    agreed.

    Source: SI 2013/1624 reg 14 (majority of those present and voting, second or casting vote); issue "Governance".
    """
    return not votes.taken or (votes.for_it or 0) > (votes.against or 0) or votes.casting


def why_not_decided(
    ways: HowDecided, quorate: bool, may_vote: int, votes: Votes, *, money: bool, chair_stays: bool = True
) -> dict[str, str]:
    """A body decides when it is quorate, with no more votes than may vote and are there; the casting vote breaks a tie, where the
    body has one and whoever chairs has not left for the item; about the partnership's money its board decides.

    Source: evidence H13; issue "Governance" (the page refuses or explains what that body may not do). Gives what to do, by field.
    """
    problems: dict[str, str] = {}
    if not quorate:
        problems["words"] = (
            "The meeting is not quorate: note what was said, and decide at one that is. Is everybody entered who is here?"
        )
    if votes.cast > may_vote:
        problems["for_it"] = f"{plural(may_vote, 'vote')} may be cast on this: these are {votes.cast}"
    if votes.taken and (votes.for_it is None or votes.against is None):
        problems["against" if votes.against is None else "for_it"] = "Enter both how many were for it and how many against"
    if votes.casting and not ways.casting:
        problems["casting"] = f"By {ways.by_rule} the chair has no casting vote"
    elif votes.casting and not chair_stays:
        problems["casting"] = "Whoever chairs has left for this item, and has no vote on it"
    elif votes.casting and (not votes.for_it or votes.for_it != votes.against):
        problems["casting"] = "The chair’s casting vote breaks a tie: these votes are no tie"
    if money and not ways.money:
        problems["money"] = "About the partnership’s money its board decides: hand this on to the board"
    return problems


def all_agree(wanted: int, agreed: int, against: int) -> bool | None:
    """A written resolution is made when everybody who votes there has agreed, and falls when one has not; nothing while answers
    are missing.

    Source: issue "Governance" (a written resolution of all); the DfE's model articles for academy trusts.
    """
    if against:
        return False
    return True if wanted and agreed >= wanted else None


def reference_of(body: str, on: date, number: int) -> str:
    """A decision is known by its body, day and number, PB 2022-03-21/1, and in a partnership no two are known alike.

    Source: evidence H5 (minute reference), product default.
    """
    letters = "".join(word[0] for word in body.split() if word[0].isalnum()).upper()[:4]
    return f"{letters} {on.isoformat()}/{number}"


def why_not_in_writing(kind: BodyKind, ways: HowDecided) -> str:
    """What a kind of body may not decide in writing it is told, with the reason.

    Source: as `ways_of`. Empty where it may.
    """
    return f"A {in_a_sentence(kind.label)} does not resolve in writing. {ways.no_written}." if ways.no_written else ""


def why_not_struck(minutes: MeetingState | None, is_followed: bool, is_replaced: bool) -> str:
    """A decision that was written down by mistake is struck out while its minutes are still being written and nothing came of it;
    after that a later one takes its place.

    Source: R11 (minutes approved at the next meeting and then fixed). Empty when it may be struck out.
    """
    if minutes in {None, MeetingState.CIRCULATED, MeetingState.APPROVED, MeetingState.CANCELLED}:
        return "Others have read of it already: write down a decision that takes its place."
    if is_followed:
        return "Something came of it already: an action, money, what schools do, or another body’s agenda rests on it."
    return "A later decision has taken its place already." if is_replaced else ""
