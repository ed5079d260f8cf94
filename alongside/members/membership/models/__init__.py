"""Tables of membership: `prospectus`, and `answers` (with signatures, questions, contacts, reminders and the roll)."""

from alongside.members.membership.models.answers import (
    Answer as Answer,
    Chase as Chase,
    ChaseMail as ChaseMail,
    Contact as Contact,
    Question as Question,
    Roll as Roll,
    RollEntry as RollEntry,
    Signature as Signature,
)
from alongside.members.membership.models.prospectus import (
    Prospectus as Prospectus,
    ProspectusDay as ProspectusDay,
    WorkingGroup as WorkingGroup,
)
