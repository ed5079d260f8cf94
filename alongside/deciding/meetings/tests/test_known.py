"""Who sat at meetings by name is the same person there once they have an account."""

from typing import Any

import pytest

from alongside.deciding.bodies.actions.addresses import give_address
from alongside.deciding.bodies.models import Holder
from alongside.deciding.meetings import tasks
from alongside.deciding.meetings.actions import holding
from alongside.deciding.meetings.actions.known import follow_account
from alongside.deciding.meetings.models import AgendaItem, Attendee, Declared, Meeting
from alongside.deciding.meetings.tests.make import SYSTEM, Meets
from alongside.ground.core import keys
from alongside.members.people.models import Person
from alongside.members.people.queries.roles import standing_of

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 21)]


def test_what_was_kept_by_name_follows_to_the_account(django_capture_on_commit_callbacks: Any) -> None:
    board = Meets()
    item = board.item("Pay", is_restricted=True)
    pat, lee = (Holder.objects.get(name=name) for name in ("Pat Burns", "Lee Adams"))
    said = {"item": item, "member": pat.pk, "words": "A cousin", "leaves": True, "key": keys.new_key()}
    holding.declare(**said, by=board.manager)
    board.all_here()
    assert {Attendee.objects.filter(member=one.pk, person="").count() for one in (pat, lee)} == {1}
    with django_capture_on_commit_callbacks(execute=True):
        for one in (pat, lee):
            give_address(holder=one, email=f"{one.name[:3].lower()}@county.example", by=board.manager)
    for one in (pat, lee):
        one.refresh_from_db()
        assert [row.person for row in Attendee.objects.filter(member=one.person)] == [one.person]
    assert Meeting.objects.get().chair == lee.person and Declared.objects.get().person == pat.person
    sees = {one.name: standing_of(Person.objects.get(pk=one.person)) for one in (pat, lee)}
    read = {name: AgendaItem.objects.visible_to(who).filter(pk=item.pk).exists() for name, who in sees.items()}
    assert read == {"Pat Burns": False, "Lee Adams": True}, (
        "who has declared to leave reads nothing of it by their account either"
    )
    assert follow_account(holder=pat, by=SYSTEM) == 0
    tasks.follow_account(board.body.pk)  # a holder who is erased meanwhile
