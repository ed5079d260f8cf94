"""A partnership with three schools, each with a safeguarding lead, and its office."""

import pytest

from alongside.ground.core.standing import Post
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.tests.make import partnership as new_partnership
from alongside.members.people.models import Role
from alongside.members.people.tests.make import admitted, person, role
from alongside.members.schools.models import School
from alongside.members.schools.tests.make import school as new_school


@pytest.fixture
def elm(db: None) -> Partnership:
    return new_partnership("Elm Valley")


@pytest.fixture
def schools(elm: Partnership) -> list[School]:
    made = [new_school(f"{name} School", urn=900_501 + at) for at, name in enumerate(("Oak", "Hill", "Brook"))]
    admitted(elm, *made)
    for one, name in zip(made, ("Ada", "Bo", "Cy"), strict=True):
        role("dsl", one, person(name, email="cy@gmail.com" if name == "Cy" else f"{name.lower()}@{one.urn}.example"))
    return made


@pytest.fixture
def office(elm: Partnership) -> Role:
    return role(Post.MANAGER, elm, person("Mo", email="mo@elm.example"))
