"""What R4 says, as plain functions: `answers` (states), `dates`, `chase`, `outlook`, `roll`, `text` (the prospectus)."""

from alongside.members.membership.rules.answers import (
    TRANSITIONS as TRANSITIONS,
    AnswerState as AnswerState,
    Authority as Authority,
    SubjectTo as SubjectTo,
)
from alongside.members.membership.rules.dates import (
    Dates as Dates,
    MembershipSettings as MembershipSettings,
    dates_of as dates_of,
)
from alongside.members.membership.rules.outlook import Counts as Counts
