"""Something with a date, in words: what pages, calendar links and invitations tell of it."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Dated:
    """Something with a date, in words: whole days, the first and the last included, or from a moment to another.

    `id` is the same for the life of the thing, `what` is its kind, `slug` its partnership's address, `href` its page's;
    `place` is where people meet, `video` the link by which they join from elsewhere.
    """

    id: str
    what: str
    words: str
    href: str
    tone: str
    slug: str
    partnership: str
    first_on: date
    last_on: date
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    is_cancelled: bool = False
    off: str = "Cancelled"
    place: str = ""
    video: str = ""

    @property
    def uid(self) -> str:
        """What calendars know it by: the same for the life of the thing, and telling nothing of it."""
        return hashlib.sha256(self.id.encode()).hexdigest()[:32]

    @property
    def times(self) -> str:
        """Changes when its days or its hours change."""
        return repr((self.first_on, self.last_on, self.starts_at, self.ends_at))

    @property
    def digest(self) -> str:
        """Changes when anything that a calendar program shows changes."""
        days = self.first_on, self.last_on, self.starts_at, self.ends_at, self.is_cancelled
        where = (self.place, self.video) if self.place or self.video else ()  # whatever meets nowhere stays as it was sent
        shown = self.id, self.slug, self.words, *days, self.partnership, self.href, *where
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:32]
