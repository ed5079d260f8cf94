"""Pages about people."""

from alongside.people.views.arriving import code as code, invitation as invitation, pass_on as pass_on
from alongside.people.views.keeping import (
    cancel_invitation as cancel_invitation,
    end_role as end_role,
    invite as invite,
    invite_office as invite_office,
    renew_invitation as renew_invitation,
)
from alongside.people.views.seeing import (
    account as account,
    contacts as contacts,
    everybody as everybody,
    office as office,
    school as school,
)
