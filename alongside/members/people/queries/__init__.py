"""What pages and other parts ask about people."""

from alongside.members.people.queries.bulk import known_for as known_for, template_rows as template_rows
from alongside.members.people.queries.invitations import (
    invitation_for as invitation_for,
    invitations_open as invitations_open,
    letters_of as letters_of,
    openness_of as openness_of,
)
from alongside.members.people.queries.lists import (
    contact_rows as contact_rows,
    schools_with_people as schools_with_people,
    who_is_there as who_is_there,
)
from alongside.members.people.queries.roles import (
    contacts_of as contacts_of,
    falls_open as falls_open,
    holder_of as holder_of,
    holding_of as holding_of,
    made_way_for as made_way_for,
    my_schools as my_schools,
    office_of as office_of,
    offices_of as offices_of,
    others_beside as others_beside,
    past_people_of_school as past_people_of_school,
    people_of_school as people_of_school,
    person_of as person_of,
    places_of as places_of,
    role_to_end as role_to_end,
    roles_of as roles_of,
    school_of_partnership as school_of_partnership,
    standing_of as standing_of,
    what_stays_after as what_stays_after,
)
from alongside.members.people.queries.second_factor import (
    Factors as Factors,
    factor_at as factor_at,
    factors_of as factors_of,
    has_second_factor as has_second_factor,
    linked_accounts as linked_accounts,
    sign_ins_of as sign_ins_of,
    what_happened as what_happened,
    who_has_second_factor as who_has_second_factor,
    words_of as words_of,
)
from alongside.members.people.queries.september import (
    september_count as september_count,
    september_of as september_of,
    unconfirmed as unconfirmed,
)
