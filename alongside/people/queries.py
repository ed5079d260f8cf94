"""What pages and other parts ask about people."""

from alongside.core import clock
from alongside.core.standing import Held, Post, Standing
from alongside.partnerships import queries as partnerships
from alongside.people.models import Person, Role


def standing_of(person: Person) -> Standing:
    """Who a person is today: two queries."""
    today = clock.today()
    roles = frozenset(
        Held(Post(post), school, partnership)
        for post, school, partnership in Role.objects.held(today).filter(person=person).values_list("post", "school_id", "partnership_id")
    )
    schools = {role.school for role in roles if role.school}
    return Standing(person.pk, person.name, roles, partnerships.standing_memberships(schools, today))
