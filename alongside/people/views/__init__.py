"""Pages about people."""

from alongside.people.views.arriving import code as code
from alongside.people.views.arriving import invitation as invitation
from alongside.people.views.arriving import pass_on as pass_on
from alongside.people.views.keeping import cancel_invitation as cancel_invitation
from alongside.people.views.keeping import end_role as end_role
from alongside.people.views.keeping import invite as invite
from alongside.people.views.keeping import invite_office as invite_office
from alongside.people.views.keeping import renew_invitation as renew_invitation
from alongside.people.views.seeing import account as account
from alongside.people.views.seeing import contacts as contacts
from alongside.people.views.seeing import everybody as everybody
from alongside.people.views.seeing import office as office
from alongside.people.views.seeing import school as school
