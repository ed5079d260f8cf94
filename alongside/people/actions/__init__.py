"""Deeds on people: who they are, what they hold, and how they are invited."""

from alongside.people.actions.invitations import (
    accept_invitation as accept_invitation,
    accept_own as accept_own,
    cancel_invitation as cancel_invitation,
    invite as invite,
    invite_colleague as invite_colleague,
    open_letter as open_letter,
    pass_on as pass_on,
    renew_invitation as renew_invitation,
)
from alongside.people.actions.roles import (
    change_details as change_details,
    create_person as create_person,
    end_role as end_role,
    grant_role as grant_role,
    note_sign_in as note_sign_in,
)
