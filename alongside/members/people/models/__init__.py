"""Persons and the posts they hold, invitations, where people are signed in, and what schools confirm each September."""

from alongside.members.people.models.invitations import Invitation as Invitation, Invitations as Invitations
from alongside.members.people.models.keeping import SeptemberCheck as SeptemberCheck, SignIn as SignIn
from alongside.members.people.models.people import (
    Accounts as Accounts,
    People as People,
    Person as Person,
    Role as Role,
    Roles as Roles,
    in_reach as in_reach,
)
