"""Bodies with their quorum and seats; who holds them."""

from alongside.deciding.bodies.models.bodies import Body as Body, QuorumRule as QuorumRule, Seat as Seat
from alongside.deciding.bodies.models.holding import Holder as Holder, Tenure as Tenure
from alongside.deciding.bodies.models.people import (
    Check as Check,
    Delegated as Delegated,
    HolderEntry as HolderEntry,
    SkillAnswer as SkillAnswer,
)
