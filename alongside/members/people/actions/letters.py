"""The mails with personal links, and the count of tries at a letter's code."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.words import day_of, short_date
from alongside.members.notices.actions import sending as notices
from alongside.members.people.models import Invitation
from alongside.members.people.rules.roles import TRIES_IN_A_DAY


@transaction.atomic
def send_link(*, template: str, invitation: Invitation, token: str, words: dict[str, str] | None = None, by: Standing) -> None:
    """Send the link of an invitation to its address; the copy that is kept shows dots in its place."""
    notices.send(
        template=template,
        to=invitation.email,
        words={
            "name": invitation.name,
            "post": Post(invitation.post).label,
            "place": invitation.place,
            "partnership": str(invitation.partnership or invitation.place),
            "inviter": by.name,
            "begins": short_date(invitation.from_on) if invitation.from_on else "",
            "until": short_date(day_of(invitation.expires_at)),
            **(words or {}),
        },
        secret={"link": settings.ADDRESS + reverse("people:invitation", args=[token])},
        partnership=invitation.partnership,
        school=invitation.school,
        by=by,
    )


@transaction.atomic
def count_try(*, invitation: str, by: Standing) -> bool:
    """Count one try at a letter's code, if one is left today; of many at once no more than the limit succeed.

    Tries live by real time, not by a demonstration's clock.
    """
    now = clock.now() - clock.moved.get()
    day_over = Q(tries_from=None) | Q(tries_from__lte=now - timedelta(days=1))
    letter = Invitation.objects.filter(pk=invitation)
    if letter.filter(day_over).update(tries=1, tries_from=now):
        return True
    return bool(letter.filter(~day_over, tries__lt=TRIES_IN_A_DAY).update(tries=F("tries") + 1))
