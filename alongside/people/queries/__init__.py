"""What pages and other parts ask about people."""

from alongside.people.queries.invitations import (
    invitation_for as invitation_for,
    invitation_to_change as invitation_to_change,
    invitations_open as invitations_open,
    letters_of as letters_of,
    openness_of as openness_of,
)
from alongside.people.queries.lists import (
    contact_rows as contact_rows,
    schools_with_people as schools_with_people,
    who_is_there as who_is_there,
)
from alongside.people.queries.roles import (
    contacts_of as contacts_of,
    holding_of as holding_of,
    is_only_manager as is_only_manager,
    my_schools as my_schools,
    names_of as names_of,
    office_of as office_of,
    others_beside as others_beside,
    past_people_of_school as past_people_of_school,
    people_of_school as people_of_school,
    person_of as person_of,
    role_to_end as role_to_end,
    roles_of as roles_of,
    school_of_partnership as school_of_partnership,
    standing_of as standing_of,
    warnings_before_end as warnings_before_end,
)
