"""What is asked about invitations. Nothing here uses one up."""

from typing import Any

from django.db.models import Q

from alongside.ground.core import clock
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.verdict import Verdict
from alongside.members.partnerships.models import Partnership
from alongside.members.people import tokens
from alongside.members.people.models import Invitation
from alongside.members.people.rules.roles import InvitationState, openness
from alongside.members.schools.models import School

WITH_PLACES = ("school__current", "partnership", "invited_by")


def invitation_for(token: str) -> Invitation | None:
    """The invitation that a link (or a ticket got for a letter's code) is for, open or not; it is not used up."""
    found = Invitation.objects.select_related(*WITH_PLACES)
    if "." in token:
        return found.filter(pk=tokens.invitation_of_ticket(token) or "-").first()
    return found.filter(token_hash=tokens.hash_of_token(token)).first()


def openness_of(invitation: Invitation) -> Verdict:
    """Whether it can still be taken up now, and why not."""
    return openness(invitation.state, invitation.expires_at, clock.now())


def letters_of(words: str, *, viewer: Standing) -> list[Invitation]:
    """The open invitations that a letter's code may open, of the school (or schools) with that URN or name.

    Anybody may ask: without the code nothing of them is shown.
    """
    text = " ".join(words.split())
    is_urn = text.isascii() and text.isdigit() and len(text) < 8
    where = Q(school__establishments__urn=int(text)) if is_urn else Q(school__current__name__iexact=text)
    return list(
        Invitation.objects.open().filter(where, school__isnull=False).select_related(*WITH_PLACES).order_by("-made_at")[:20]
    )


def invitations_open(*, school: School | None = None, partnership: Partnership, viewer: Standing) -> list[tuple[Any, ...]]:
    """(id, name, e-mail, post, made, expires, invited by, begins) still waiting: to one school, or to the office."""
    waiting = Invitation.objects.visible_to(viewer).filter(state=InvitationState.OPEN, school=school)
    if school is None:
        waiting = waiting.filter(partnership=partnership)
    fields = ("id", "name", "email", "post", "made_at", "expires_at", "invited_by__name", "from_on")
    rows = waiting.order_by("made_at").values_list(*fields)
    return [(key, name, email, Post(post), *rest) for key, name, email, post, *rest in rows]
