"""The words to choose from, and what may follow what."""

from dataclasses import dataclass
from typing import ClassVar, Self

from alongside.ground.core.choice import Choice
from alongside.members.partnerships.rules import Template


class MeetingKind(Choice):
    """What kind of meeting it is."""

    ORDINARY = "ordinary", "Ordinary meeting"
    EXTRAORDINARY = "extraordinary", "Extraordinary meeting", "amber"
    STRATEGY = "strategy", "Strategy", "purple"
    BUSINESS = "business", "Business", "blue"
    WORKING = "working", "Working meeting"


class MeetingState(Choice):
    """Where a meeting is."""

    PLANNED = "planned", "Planned"
    SENT = "sent", "Agenda sent", "blue"
    HELD = "held", "Held, minutes in draft", "amber"
    CIRCULATED = "circulated", "Draft minutes sent", "amber"
    APPROVED = "approved", "Minutes approved", "green"
    CANCELLED = "cancelled", "Cancelled"


MEETING_MOVES = {
    MeetingState.PLANNED: {
        MeetingState.SENT: "its agenda goes to everybody who sits there",
        MeetingState.HELD: "it is over",
        MeetingState.CANCELLED: "it does not take place",
    },
    MeetingState.SENT: {MeetingState.HELD: "it is over", MeetingState.CANCELLED: "it does not take place"},
    MeetingState.HELD: {MeetingState.CIRCULATED: "the chair has seen the draft minutes"},
    MeetingState.CIRCULATED: {MeetingState.APPROVED: "a later meeting approves its minutes"},
}
AHEAD = (MeetingState.PLANNED, MeetingState.SENT)
OVER = (MeetingState.HELD, MeetingState.CIRCULATED, MeetingState.APPROVED)
READABLE = (MeetingState.CIRCULATED, MeetingState.APPROVED)  # its minutes, by those who sit there


class HowOften(Choice):
    """How often a body meets."""

    ALTERNATING = "alternating", "In turn, one week the one kind, the next week the other"
    WEEKLY = "weekly", "Every teaching week"
    MONTHLY = "monthly", "Once a month"
    TYPED = "typed", "On the dates that I enter"


class ItemKind(Choice):
    """What a meeting is asked to do about an item."""

    DECISION = "decision", "For decision", "purple"
    DISCUSSION = "discussion", "For discussion", "blue"
    INFORMATION = "information", "For information"
    STANDING = "standing", "Standing item"
    PRACTICE = "practice", "Practice slot", "green"


class PaperState(Choice):
    """When a paper came, or that it is the clerk's own minutes."""

    WITH_AGENDA = "with", "With the agenda"
    LATE = "late", "Late: sent as a supplement", "amber"
    TABLED = "tabled", "Tabled at the meeting", "amber"
    MINUTES = "minutes", "The minutes, as a file", "green"


class Attendance(Choice):
    """How somebody who sits there was at a meeting."""

    HERE = "here", "Here"
    VIDEO = "video", "Here by video"
    DEPUTY = "deputy", "A deputy is here"
    EXCUSED = "excused", "Apologies, accepted"
    APOLOGIES = "apologies", "Apologies, not accepted"
    SENT = "sent", "Apologies"  # whether they are accepted is for the meeting to say
    ABSENT = "absent", "Not here"
    UNTAKEN = "untaken", "Not taken yet"


CAME = (Attendance.HERE, Attendance.VIDEO)  # themselves: a deputy is somebody else
NOTED = (Attendance.SENT, Attendance.EXCUSED, Attendance.APOLOGIES)  # what can be entered before the day


class ProposalState(Choice):
    """What became of something that was brought to a meeting."""

    WAITING = "waiting", "No answer yet", "amber"
    PLACED = "placed", "On the agenda", "green"
    DECLINED = "declined", "Not this time"


PROPOSAL_MOVES = {
    ProposalState.WAITING: {
        ProposalState.PLACED: "it is put on an agenda",
        ProposalState.DECLINED: "it is answered without a place on an agenda",
    }
}


class ActionState(Choice):
    """How an action stands."""

    OPEN = "open", "To do", "amber"
    DONE = "done", "Done", "green"
    NOT_FOR_US = "not for us", "Does not apply"
    DROPPED = "dropped", "No longer wanted"


ACTION_MOVES = {
    ActionState.OPEN: {
        ActionState.DONE: "whose it is, or the clerk, says so",
        ActionState.NOT_FOR_US: "a school says that it does not apply there",
        ActionState.DROPPED: "the clerk or the chair takes it back",
    },
    **{
        end: {ActionState.OPEN: "it is to be done after all"}
        for end in (ActionState.DONE, ActionState.NOT_FOR_US, ActionState.DROPPED)
    },
}


class DecidedBy(Choice):
    """How something was decided."""

    MEETING = "meeting", "At a meeting"
    CHAIR = "chair", "Chair’s action between meetings"
    WRITTEN = "written", "Written resolution"


class DecisionState(Choice):
    """Whether something is decided."""

    MADE = "made", "Decided", "green"
    LOST = "lost", "Not carried"
    ASKED = "asked", "Being answered", "amber"


@dataclass(frozen=True)
class MeetingSettings:
    """How the bodies decide whose rules are the partnership's own: its board, its committees and groups, the Headboard."""

    app: ClassVar[str] = "meetings"
    notice_days: int = 7
    short_notice_days: int = 2
    casting_vote: bool = True
    written_resolutions: bool = True
    chairs_action: bool = True

    @classmethod
    def for_template(cls, template: Template) -> Self:
        """The same for every template."""
        return cls()
