"""What people type: `answering` (schools), `office` (the manager), `texts` (the prospectus)."""

from alongside.members.membership.forms.answering import (
    FORMS as FORMS,
    DeclineForm as DeclineForm,
    PassOnForm as PassOnForm,
    QuestionForm as QuestionForm,
    SignForm as SignForm,
    SubjectForm as SubjectForm,
)
from alongside.members.membership.forms.office import (
    ChaseForm as ChaseForm,
    ContactForm as ContactForm,
    DatesForm as DatesForm,
    FindForm as FindForm,
    InviteForm as InviteForm,
    ReplyForm as ReplyForm,
    WithdrawForm as WithdrawForm,
)
from alongside.members.membership.forms.texts import ProspectusForm as ProspectusForm, WorkingGroupForm as WorkingGroupForm
