"""What R4 says, as plain functions: `answers` (states), `dates`, `chase`, `outlook`, `roll`, `text` (the prospectus)."""

from alongside.membership.rules.answers import (
    TRANSITIONS as TRANSITIONS,
    AnswerState as AnswerState,
    Authority as Authority,
    SubjectTo as SubjectTo,
)
from alongside.membership.rules.dates import (
    Dates as Dates,
    MembershipSettings as MembershipSettings,
    dates_of as dates_of,
)
from alongside.membership.rules.outlook import Counts as Counts
