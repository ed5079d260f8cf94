"""Persons, the posts they hold, who acts for a head, invitations, sign-ins, and what schools confirm each September."""

from alongside.members.people.models.acting import ActsFor as ActsFor
from alongside.members.people.models.invitations import Invitation as Invitation
from alongside.members.people.models.people import (
    Person as Person,
    Role as Role,
    SeptemberCheck as SeptemberCheck,
    SignIn as SignIn,
    in_reach as in_reach,
)
