"""What the demonstration's pages ask: `front` (the three doors), `found` (a visitor's own schools), `state`."""

from alongside.across.demo.queries.found import found_schools as found_schools
from alongside.across.demo.queries.front import front_page as front_page
from alongside.across.demo.queries.state import (
    built_from as built_from,
    elthorne_partnership as elthorne_partnership,
    is_invoiced as is_invoiced,
    own_manager as own_manager,
    persona_person as persona_person,
    register_is_missing as register_is_missing,
    state as state,
)
