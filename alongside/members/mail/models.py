"""Mail that came in."""

from django.db import models

from alongside.ground.web.models import Row, Scope, Seen, Visible
from alongside.members.mail.rules.states import MOVES, MailState
from alongside.members.mail.rules.whole import came, kept
from alongside.members.notices.models import Notice
from alongside.members.partnerships.models import Partnership


class Mail(Row):
    """One message that came in, kept `whole` (each byte as a letter, so that erasure finds names) with what was read in it.

    `mark` is what the same message has in common however it came. `person` is a plain id: who has an account is known above.
    `became` says in words what was done with it, and `link` leads there; `why` why no room took it. `not_kept` are the lines of
    why some of its files were not taken.
    """

    scope = Scope.PARTNERSHIP
    visible = Visible(office="partnership")
    MOVES = MOVES
    mark = models.CharField(max_length=64, unique=True)
    whole = models.TextField(blank=True)
    partnership = models.ForeignKey(Partnership, models.CASCADE, null=True, related_name="mails")
    answers = models.ForeignKey(Notice, models.SET_NULL, null=True, related_name="answers")
    sender = models.EmailField(blank=True)
    name = models.CharField(max_length=120, blank=True)
    handed_on_by = models.EmailField(blank=True)
    person = models.CharField(max_length=12, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True)
    quoted = models.TextField(blank=True)
    files = models.PositiveSmallIntegerField(default=0)
    came_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=MailState.choices())
    became = models.CharField(max_length=200, blank=True)
    link = models.CharField(max_length=300, blank=True)
    why = models.CharField(max_length=300, blank=True)
    not_kept = models.TextField(blank=True)

    objects = Seen.as_manager()

    class Meta:
        indexes = [models.Index(fields=["partnership", "-came_at"])]

    @property
    def raw(self) -> bytes:
        """The message as it came."""
        return came(self.whole)

    def keep(self, raw: bytes) -> None:
        """Keep the message as it came."""
        self.whole = kept(raw)

    @property
    def mail_state(self) -> MailState:
        """Where it is."""
        return MailState(self.state)
