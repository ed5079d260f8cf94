"""What is asked about invitations, and what a sheet of them is held against. Nothing here uses one up."""

from collections import defaultdict
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Case, F, Q, QuerySet, When

from alongside.ground.core import clock
from alongside.ground.core.standing import Power, Standing
from alongside.ground.core.verdict import Verdict
from alongside.ground.search.rules.writing import fold
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.queries import belongs
from alongside.members.people import tokens
from alongside.members.people.models import Invitation, Role
from alongside.members.people.rules.bulk import KnownPeople
from alongside.members.people.rules.roles import UNANSWERED_AFTER, InvitationState, Purpose, can_go_to, openness
from alongside.members.posts.queries import codes_with, of_post, posts_of, posts_to_choose
from alongside.members.posts.rules import Level, PostHere
from alongside.members.schools.models import School
from alongside.members.schools.rules import search_words

WITH_PLACES = ("school__current", "partnership", "invited_by")


def invitation_for(token: str) -> Invitation | None:
    """The invitation that a link (or a ticket got for a letter's code) is for, open or not; it is not used up."""
    found = Invitation.objects.select_related(*WITH_PLACES)
    if "." in token:
        return found.filter(pk=tokens.invitation_of_ticket(token) or "-").first()
    return found.filter(token_hash=tokens.hash_of_token(token)).first()


def openness_of(invitation: Invitation) -> Verdict:
    """Whether it can still be taken up now, and why not: asked when it is used, whatever was so when it was sent."""
    here, school = invitation.partnership, invitation.school
    is_asked = here is None or school is None or bool(belongs(here, school, now=True))
    return openness(
        invitation.state, invitation.expires_at, clock.now(), bool(school) or _may_still_send(invitation), is_asked, str(here)
    )


def _may_still_send(invitation: Invitation) -> bool:
    """Whether who invited to the office may do so today, or named who follows on their own post, and left it on its day."""
    theirs = Role.objects.filter(person=invitation.invited_by_id, partnership=invitation.partnership_id, ended_at=None)
    running = codes_with(Power.RUN, invitation.partnership, viewer=Standing.system())
    today = Role.objects.held(clock.today()).filter(post__in=running)
    return not invitation.invited_by_id or theirs.filter(Q(pk__in=today.values("pk")) | Q(pk=invitation.succeeds_id)).exists()


def posts_to_pass_on(invitation: Invitation) -> list[PostHere]:
    """The posts to which whoever holds the link may pass it on: a link alone tells nobody of the partnership's own."""
    listed = posts_of(invitation.partnership, viewer=Standing.system())
    invited = next((one for one in listed if one.code == invitation.post), None)
    return [one for one in listed if one.is_used and not one.is_own and can_go_to(invited, one)]


def passed_on_to(invitation: Invitation) -> Invitation | None:
    """To whom an invitation has gone that was passed on: the last in the row, while nobody has used it and it is open."""
    if invitation.state != InvitationState.PASSED_ON:
        return None
    last = invitation
    while last.state in (InvitationState.PASSED_ON, InvitationState.REPLACED):
        following = Invitation.objects.filter(follows=last).first()
        if following is None and last.state == InvitationState.REPLACED:  # reminded meanwhile: a newer one to the same address
            kind = {name: getattr(last, name) for name in ("school_id", "partnership_id", "purpose", "email", "post")}
            ended = [InvitationState.REPLACED, InvitationState.CANCELLED]
            newer = Invitation.objects.filter(**kind, made_at__gte=last.made_at, follows=None).exclude(state__in=ended)
            following = newer.order_by("made_at").last()
            if following:
                following.follows = last
        if following is None:
            return None
        last = following
    return last if last.state == InvitationState.OPEN else None


def letters_of(words: str, *, viewer: Standing) -> list[Invitation]:
    """The open invitations that a letter's code may open, of the school (or schools) with that URN or name.

    Anybody may ask: without the code nothing of them is shown.
    """
    text = " ".join(words.split())
    number = search_words(text)
    is_urn = number.isascii() and number.isdigit() and len(number) < 8
    where = Q(school__establishments__urn=int(number)) if is_urn else Q(school__current__name__iexact=text)
    found = Invitation.objects.open().filter(where, school__isnull=False)
    return list(found.select_related(*WITH_PLACES).order_by("-made_at")[:20])


def unanswered(on: date, *, viewer: Standing) -> QuerySet[Invitation]:
    """Invitations to a post that nobody has answered for two weeks, of schools and offices."""
    waiting = Invitation.objects.visible_to(viewer).filter(state=InvitationState.OPEN, purpose=Purpose.ROLE)
    return waiting.filter(made_at__lt=clock.end_of(on) - UNANSWERED_AFTER)


def unanswered_in(partnership: Partnership, *, viewer: Standing) -> QuerySet[Invitation]:
    """Those of one partnership today, with the `title` of the post."""
    return unanswered(clock.today(), viewer=viewer).filter(partnership=partnership).annotate(title=of_post("name"))


class WaitingRow(NamedTuple):
    """An invitation that nobody has taken up yet."""

    key: str
    name: str
    email: str
    title: str
    made_at: datetime
    expires_at: datetime
    inviter: str | None
    begins_on: date | None
    passed_on_by: str | None  # the address from which it was passed on


def invitations_open(*, school: School | None = None, partnership: Partnership, viewer: Standing) -> list[WaitingRow]:
    """Those that still wait: to one school, or to the office."""
    waiting = Invitation.objects.visible_to(viewer).filter(state=InvitationState.OPEN, school=school).order_by("made_at")
    if school is None:
        waiting = waiting.filter(partnership=partnership)
    passed = Case(When(follows__state=InvitationState.PASSED_ON, then=F("follows__email")))
    fields = ("id", "name", "email", "title", "made_at", "expires_at", "invited_by__name", "from_on", passed)
    return [WaitingRow(*row) for row in waiting.annotate(title=of_post("name")).values_list(*fields)]


def known_for(partnership: Partnership, *, viewer: Standing) -> KnownPeople:
    """The schools of a partnership (asked ones too), its posts, who holds one there, and who is invited: five queries."""
    today = clock.today()
    memberships = Membership.objects.visible_to(viewer).current(today).filter(partnership=partnership)
    by_urn: dict[int, tuple[str, str]] = {}
    by_name: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for school, urn, name in memberships.values_list("school_id", "school__current__urn", "school__current__name"):
        by_urn[urn] = (school, name)
        by_name[fold(name)].append((school, name))
    roles = Role.objects.visible_to(viewer).filter(Role.objects.lasting(today), school__in=memberships.values("school"))
    held = roles.filter(person__email__isnull=False).values_list("school_id", "post", "person__email")
    invited = Invitation.objects.visible_to(viewer).open().filter(partnership=partnership, school__isnull=False)
    there = frozenset((school, post, email or "") for school, post, email in held)
    posts = {one.code: one.name for one in posts_to_choose(partnership, Level.SCHOOL, Level.TRUST, viewer=viewer)}
    return KnownPeople(posts, by_urn, by_name, there, frozenset(invited.values_list("school_id", "post", "email")))
