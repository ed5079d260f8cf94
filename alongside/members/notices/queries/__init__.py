"""What was sent, for the office, and for each person their own."""

from alongside.members.notices.queries.gathered import needs as needs
from alongside.members.notices.queries.mine import (
    digests_of as digests_of,
    my_notice as my_notice,
    my_notices as my_notices,
    unread as unread,
)
from alongside.members.notices.queries.office import (
    kinds_sent as kinds_sent,
    returns_of as returns_of,
    see_message as see_message,
    sent_by as sent_by,
)
from alongside.members.notices.queries.returned import (
    CameBack as CameBack,
    addresses_that_came_back as addresses_that_came_back,
    mail_that_came_back as mail_that_came_back,
)
