"""What is held, and what the retention rules would take."""

from alongside.across.keeping.queries.due import Due as Due, due as due, strays as strays
from alongside.across.keeping.queries.holding import Held as Held, held as held, held_since as held_since, holds as holds
from alongside.across.keeping.queries.subjects import (
    address_mark as address_mark,
    identity_of as identity_of,
    only_manager_of as only_manager_of,
    shares_name as shares_name,
)
