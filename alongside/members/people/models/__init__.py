"""Persons and the posts they hold, invitations, where people are signed in, and what schools confirm each September."""

from alongside.members.people.models.invitations import Invitation as Invitation
from alongside.members.people.models.people import (
    Person as Person,
    Role as Role,
    SeptemberCheck as SeptemberCheck,
    SignIn as SignIn,
    in_reach as in_reach,
)
