"""Tables of membership: `prospectus`, `answers` (with signatures, questions, contacts), `chases`, `roll`."""

from alongside.members.membership.models.answers import Answer, Contact, Question, Signature
from alongside.members.membership.models.chases import Chase, ChaseMail
from alongside.members.membership.models.prospectus import Prospectus, ProspectusDay, WorkingGroup
from alongside.members.membership.models.roll import Roll, RollEntry

__all__ = [
    "Answer",
    "Chase",
    "ChaseMail",
    "Contact",
    "Prospectus",
    "ProspectusDay",
    "Question",
    "Roll",
    "RollEntry",
    "Signature",
    "WorkingGroup",
]
