"""Oak School and Elm Valley, to which it belongs, with Oak's head and Elm's manager."""

import pytest
from django.core.cache import cache

from alongside.ground.core.standing import Post
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.tests.make import partnership as new_partnership
from alongside.members.people.models import Role
from alongside.members.people.tests.make import admitted, person, role
from alongside.members.schools.models import School
from alongside.members.schools.tests.make import school as new_school


@pytest.fixture
def no_limits_used_up(db: None) -> None:
    """What other tests tried does not count against this one."""
    cache.clear()


@pytest.fixture
def oak(db: None) -> School:
    """Oak School."""
    return new_school("Oak School", urn=900_501)


@pytest.fixture
def elm(oak: School) -> Partnership:
    """Elm Valley."""
    made = new_partnership("Elm Valley", contact_email="office@elm.example")
    admitted(made, oak)
    return made


@pytest.fixture
def ada(oak: School) -> Role:
    """Oak's head."""
    return role(Post.HEAD, oak, person("Ada Osei", email="head@oak.example"))


@pytest.fixture
def mo(elm: Partnership) -> Role:
    """Elm's manager."""
    return role(Post.MANAGER, elm, person("Mo Manager", email="mo@elm.example"))
