"""What is kept how long, whose words stand where, and what is left of somebody who is erased."""

from alongside.across.keeping.rules.erasure import (
    LEFT as LEFT,
    Because as Because,
    Identity as Identity,
    changed_anywhere as changed_anywhere,
    emptied as emptied,
    without as without,
)
from alongside.across.keeping.rules.periods import (
    PERIODS as PERIODS,
    Period as Period,
    Subject as Subject,
    in_force as in_force,
    reason_problem as reason_problem,
)
