"""Meetings and their rhythm; agendas with papers; who came, what was decided, and what is to be done."""

from alongside.deciding.meetings.models.agendas import (
    AgendaItem as AgendaItem,
    AgendaProposal as AgendaProposal,
    Declared as Declared,
    ItemPaper as ItemPaper,
)
from alongside.deciding.meetings.models.decisions import (
    ActionPoint as ActionPoint,
    Assent as Assent,
    Attendee as Attendee,
    Decision as Decision,
)
from alongside.deciding.meetings.models.planning import Business as Business, Meeting as Meeting, MeetingSeries as MeetingSeries
