"""Who is shown a deed of the log: the office, the school's people, and whoever did it."""

import pytest

from alongside.ground.audit.models import Event, Reason
from alongside.ground.audit.tests.make import BY, deeds
from alongside.ground.core.standing import VISITOR, Post, Standing
from alongside.ground.core.tests.make import usual

pytestmark = pytest.mark.django_db
HERE, SCHOOL = "elm000000000", "school000000"


def holding(post: Post, **where: str) -> Standing:
    return Standing(person="somebody0000", name="Somebody", roles=frozenset({usual(post, **where)}))


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        (BY, True),
        (holding(Post.MANAGER, partnership=HERE), True),
        (holding(Post.MANAGER, partnership="ash000000000"), False),
        (holding(Post.HEAD, school=SCHOOL), True),
        (holding(Post.HEAD, school="other0000000"), False),
        (holding(Post.HEAD, school=SCHOOL, through=HERE), True),
        (holding(Post.HEAD, school=SCHOOL, through="ash000000000"), False),
        (VISITOR, False),
    ],
)
def test_a_deed_is_shown_to_the_office_the_school_and_whoever_did_it(who: Standing, sees: bool) -> None:
    deeds(1, school=SCHOOL)
    assert (Event.objects.visible_to(who).count(), Reason.objects.visible_to(who).count()) == (sees, sees)
