"""Pages: `public` (the prospectus), `answering` (a school's answer), `office`, `choosing`, `texts`, `reminding`, `rolls`."""

from alongside.members.membership.views.answering import (
    answer as answer,
    invited as invited,
    pass_on as pass_on,
    read_prospectus as read_prospectus,
    release as release,
    reopen as reopen,
    withdraw as withdraw,
)
from alongside.members.membership.views.choosing import (
    associate as associate,
    associates as associates,
    invite as invite,
    letters as letters,
    schools as schools,
)
from alongside.members.membership.views.office import (
    contact as contact,
    overview as overview,
    paper as paper,
    phone_list as phone_list,
    question as question,
    questions as questions,
    school as school,
)
from alongside.members.membership.views.public import older as older, prospectus as prospectus
from alongside.members.membership.views.reminding import chase as chase
from alongside.members.membership.views.rolls import roll as roll, roll_csv as roll_csv
from alongside.members.membership.views.texts import (
    dates as dates,
    edit_prospectus as edit_prospectus,
    preview_prospectus as preview_prospectus,
    working_group as working_group,
)
