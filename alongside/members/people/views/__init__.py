"""Pages about people."""

from alongside.members.people.views.arriving import code as code, invitation as invitation, pass_on as pass_on
from alongside.members.people.views.bulk import invite_many as invite_many, invite_template as invite_template
from alongside.members.people.views.keeping import (
    cancel_invitation as cancel_invitation,
    end_role as end_role,
    free as free,
    invite as invite,
    invite_office as invite_office,
    renew_invitation as renew_invitation,
)
from alongside.members.people.views.passing_on import (
    invite_successor as invite_successor,
    pass_on_mailbox as pass_on_mailbox,
    september as september,
)
from alongside.members.people.views.security import (
    add_app as add_app,
    add_passkey as add_passkey,
    address as address,
    end_other_sign_ins as end_other_sign_ins,
    end_sign_in as end_sign_in,
    make_codes as make_codes,
    prove as prove,
    prove_passkey as prove_passkey,
    remove_factor as remove_factor,
    security as security,
    send_code as send_code,
    unlink as unlink,
)
from alongside.members.people.views.seeing import (
    account as account,
    contacts as contacts,
    everybody as everybody,
    office as office,
    school as school,
)
