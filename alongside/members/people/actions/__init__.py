"""Deeds on people: who they are, what they hold, and how they are invited."""

from alongside.members.people.actions.addresses import change_address as change_address, mail_address_code as mail_address_code
from alongside.members.people.actions.bulk import invite_many as invite_many
from alongside.members.people.actions.invitations import (
    accept_invitation as accept_invitation,
    accept_own as accept_own,
    cancel_invitation as cancel_invitation,
    invite as invite,
    invite_colleague as invite_colleague,
    open_letter as open_letter,
    pass_on as pass_on,
    renew_invitation as renew_invitation,
)
from alongside.members.people.actions.roles import (
    change_details as change_details,
    create_person as create_person,
    end_role as end_role,
    grant_role as grant_role,
    note_sign_in as note_sign_in,
)
from alongside.members.people.actions.second_factor import (
    add_app as add_app,
    add_passkey as add_passkey,
    check_code as check_code,
    check_passkey as check_passkey,
    free_person as free_person,
    mail_code_to as mail_code_to,
    make_codes as make_codes,
    remove_factor as remove_factor,
)
from alongside.members.people.actions.september import confirm_people as confirm_people
from alongside.members.people.actions.sign_ins import (
    HOW as HOW,
    begin_sign_in as begin_sign_in,
    close_sign_in as close_sign_in,
    end_other_sign_ins as end_other_sign_ins,
    end_sign_in as end_sign_in,
    keep_sign_in as keep_sign_in,
    note_link as note_link,
    note_password as note_password,
    unlink as unlink,
)
from alongside.members.people.actions.succession import invite_successor as invite_successor, pass_on_mailbox as pass_on_mailbox
