from datetime import date

import pytest

from alongside.members.partnerships.models import Membership
from alongside.members.partnerships.tests.make import member, partnership
from alongside.members.schools.tests import make

FIRST, LAST = date(2022, 4, 1), date(2025, 3, 31)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("on", "until", "holds"),
    [
        (FIRST, None, True),
        (date(2022, 3, 31), None, False),
        (LAST, LAST, True),
        (date(2025, 4, 1), LAST, False),
        (date(2030, 1, 1), None, True),
    ],
)
def test_a_membership_holds_from_its_first_day_to_its_last(on: date, until: date | None, holds: bool) -> None:
    member(partnership(), make.school(), from_on=FIRST)
    Membership.objects.update(until_on=until)
    assert Membership.objects.current(on).exists() is holds
