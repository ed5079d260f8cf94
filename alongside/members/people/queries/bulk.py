"""What a sheet of invitations is held against."""

from collections import defaultdict
from collections.abc import Iterator

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.people.models import Invitation, Role
from alongside.members.people.rules.bulk import KnownPeople
from alongside.members.people.rules.roles import InvitationState


def known_for(partnership: Partnership, *, viewer: Standing) -> KnownPeople:
    """The schools of a partnership (asked ones too), who holds a post there, and who is invited: three queries."""
    today = clock.today()
    memberships = Membership.objects.visible_to(viewer).current(today).filter(partnership=partnership)
    by_urn: dict[int, tuple[str, str]] = {}
    by_name: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for school, urn, name in memberships.values_list("school_id", "school__current__urn", "school__current__name"):
        by_urn[urn] = (school, name)
        by_name[" ".join(name.lower().split())].append((school, name))
    roles = Role.objects.visible_to(viewer).filter(Role.objects.lasting(today), school__in=memberships.values("school"))
    held = roles.filter(person__email__isnull=False).values_list("school_id", "post", "person__email")
    open_now = Invitation.objects.visible_to(viewer).filter(
        partnership=partnership, state=InvitationState.OPEN, expires_at__gt=clock.now(), school__isnull=False
    )
    invited = open_now.values_list("school_id", "post", "email")
    return KnownPeople(
        by_urn, by_name, frozenset((school, post, email or "") for school, post, email in held), frozenset(invited)
    )


def template_rows(partnership: Partnership, *, viewer: Standing) -> Iterator[tuple[str, str, str, int, str]]:
    """The lines of the sheet to fill in: every school of the partnership, by name."""
    memberships = Membership.objects.visible_to(viewer).current(clock.today()).filter(partnership=partnership)
    rows = memberships.order_by("school__current__name").values_list("school__current__urn", "school__current__name")
    for urn, name in rows.iterator(chunk_size=2_000):
        yield "", "", "", urn, name
