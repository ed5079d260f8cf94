"""How a message stands, when it is tried again, and what may wait for a digest."""

from alongside.members.notices.rules.bounces import Came as Came, Return as Return, read_return as read_return
from alongside.members.notices.rules.messages import (
    LEASE as LEASE,
    NoticeState as NoticeState,
    is_for_good as is_for_good,
    next_try as next_try,
    secret_kept_until as secret_kept_until,
)
from alongside.members.notices.rules.waiting import (
    DIGEST_AT as DIGEST_AT,
    Category as Category,
    digest_at as digest_at,
)
