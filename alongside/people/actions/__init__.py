"""Deeds on people: who they are, what they hold, and how they are invited."""

from alongside.people.actions.invitations import accept_invitation as accept_invitation
from alongside.people.actions.invitations import cancel_invitation as cancel_invitation
from alongside.people.actions.invitations import invite as invite
from alongside.people.actions.invitations import invite_colleague as invite_colleague
from alongside.people.actions.invitations import open_letter as open_letter
from alongside.people.actions.invitations import pass_on as pass_on
from alongside.people.actions.invitations import renew_invitation as renew_invitation
from alongside.people.actions.roles import change_details as change_details
from alongside.people.actions.roles import create_person as create_person
from alongside.people.actions.roles import end_role as end_role
from alongside.people.actions.roles import grant_role as grant_role
from alongside.people.actions.roles import note_sign_in as note_sign_in
