"""Who works in two partnerships reads of one at a time: a list that forgets to ask of which would show both."""

import pytest

from alongside.ground.core.standing import Post, Standing
from alongside.members.people.actions import roles
from alongside.money.budget.models import Heading
from tests.asking import Doors
from tests.audiences import Relation
from tests.figures import Figure
from tests.visiting import Visit, text_of, visits
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def of_both(world: World) -> World:
    """Alder's manager is manager of Birch too."""
    manager, birch = world.alder.people["manager"], world.birch.partnership
    roles.grant_role(person=manager, post=Post.MANAGER, partnership=birch, by=Standing.system())
    return world


def pages_of_alder(world: World) -> list[Visit]:
    begins = f"/p/{world.alder.partnership.slug}/"
    return [one for one in visits(world, (Relation.MANAGER,)) if one.address.startswith(begins)]


def said_of_birch(world: World, pages: list[Visit]) -> list[str]:
    """Which of those pages say what only people of Birch should read."""
    doors, secrets = Doors(raising=False), set(world.birch.secrets) - set(world.alder.secrets)
    texts = {page.name: text_of(page.open(doors, world)) for page in pages}
    return [f"{name}: {words}" for name, text in texts.items() for words in secrets if words in text]


def test_a_manager_of_two_partnerships_reads_of_one_at_a_time(of_both: World, figure: Figure) -> None:
    pages = pages_of_alder(of_both)
    found = said_of_birch(of_both, pages)
    figure("promise 2", f"{len(pages)} pages of one house as a manager of two, {len(found)} words of the other")
    assert len(pages) > 100 and not found, "\n".join(found)


def test_a_list_that_mixes_two_partnerships_is_caught(of_both: World) -> None:
    Heading.objects.filter(partnership=of_both.birch.partnership).update(partnership=of_both.alder.partnership)
    assert said_of_birch(of_both, [one for one in pages_of_alder(of_both) if one.name == "budget:budget"])
