"""Pages of what is sent."""

from alongside.members.notices.views.mine import (
    all_read as all_read,
    mine as mine,
    mine_shown as mine_shown,
    preferences as preferences,
)
from alongside.members.notices.views.office import (
    address_works as address_works,
    again as again,
    everything as everything,
    show as show,
)
