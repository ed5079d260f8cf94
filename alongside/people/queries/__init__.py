"""What pages and other parts ask about people."""

from alongside.people.queries.invitations import invitation_for as invitation_for
from alongside.people.queries.invitations import invitation_to_change as invitation_to_change
from alongside.people.queries.invitations import invitations_open as invitations_open
from alongside.people.queries.invitations import letters_of as letters_of
from alongside.people.queries.invitations import openness_of as openness_of
from alongside.people.queries.lists import contact_rows as contact_rows
from alongside.people.queries.lists import schools_with_people as schools_with_people
from alongside.people.queries.lists import who_is_there as who_is_there
from alongside.people.queries.roles import contacts_of as contacts_of
from alongside.people.queries.roles import holding_of as holding_of
from alongside.people.queries.roles import is_only_manager as is_only_manager
from alongside.people.queries.roles import my_schools as my_schools
from alongside.people.queries.roles import names_of as names_of
from alongside.people.queries.roles import office_of as office_of
from alongside.people.queries.roles import others_beside as others_beside
from alongside.people.queries.roles import past_people_of_school as past_people_of_school
from alongside.people.queries.roles import people_of_school as people_of_school
from alongside.people.queries.roles import person_of as person_of
from alongside.people.queries.roles import role_to_end as role_to_end
from alongside.people.queries.roles import roles_of as roles_of
from alongside.people.queries.roles import school_of_partnership as school_of_partnership
from alongside.people.queries.roles import standing_of as standing_of
from alongside.people.queries.roles import warnings_before_end as warnings_before_end
