"""Who has nothing to do with a partnership any more hears no more of it, whatever waited, in whatever mail."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.verdict import Conflict
from alongside.ground.web import declared
from alongside.members.membership.tests.make import person, person_also, school
from alongside.members.notices.actions import delivering, gathering, sending
from alongside.members.notices.envelopes import seal
from alongside.members.notices.models import Notice
from alongside.members.notices.rules.messages import LEFT, NoticeState, may_go
from alongside.members.notices.tests.make import unsent
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.tests.make import partnership as new_partnership
from alongside.members.people.models import Person, Role
from alongside.members.people.tests.make import admitted
from tests.signing_in import enter
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 11)]  # a Friday
SYSTEM, MONDAY = Standing.system(), date(2022, 3, 14)
WORDS = {"giver": "Yew", "receiver": "Oak", "what": "A visit", "words": "", "by": "Eve", "link": "https://elm.example/"}


class Place:
    """Two partnerships with a school each, and Ann, who holds a post in both schools."""

    def __init__(self) -> None:
        self.elm, self.fir = new_partnership("Elm"), new_partnership("Fir")
        self.oak, self.ash = school(990_001, "Oak"), school(990_002, "Ash")
        admitted(self.elm, self.oak)
        admitted(self.fir, self.ash)
        self.ann = person_also(person("Ann", Post.HEAD, school=self.oak), Post.BUSINESS_MANAGER, school=self.ash)

    def note(self, partnership: Partnership) -> Notice:
        """A message to Ann, that waits for the week's mail."""
        to = {"to": "ann@example.org", "person": str(self.ann.person), "partnership": partnership}
        return sending.send(template="contributions/noted.txt", words=WORDS, **to, by=SYSTEM)

    def leaves(self) -> None:
        """Ann's post in Oak has ended, and with it all that she had to do with Elm."""
        held = Role.objects.filter(person=self.ann.person, school=self.oak)
        held.update(until_on=date(2022, 3, 10), ended_at=datetime(2022, 3, 11, 12, tzinfo=UTC))


@pytest.fixture
def place() -> Place:
    return Place()


def state_of(*notices: Notice) -> list[NoticeState]:
    """How each stands by now."""
    return [NoticeState(Notice.objects.get(pk=one.pk).state) for one in notices]


@pytest.mark.parametrize("leaves", [False, True])
def test_what_waits_is_asked_for_again_when_it_is_gathered(place: Place, leaves: bool) -> None:
    of_elm, of_fir = place.note(place.elm), place.note(place.fir)
    assert state_of(of_elm, of_fir) == [NoticeState.GATHERED] * 2
    if leaves:
        place.leaves()
    with clock.at(clock.start_of(MONDAY, 7, 1)):
        assert gathering.send_digests(by=SYSTEM) == 1
    digest = Notice.objects.get(kind="notices.digest")
    assert ("(Elm)" in digest.body, "(Fir)" in digest.body) == (not leaves, True)
    assert state_of(of_elm, of_fir) == [NoticeState.HELD_BACK if leaves else NoticeState.GATHERED, NoticeState.GATHERED]
    with clock.at(clock.start_of(MONDAY, 7, 2)):
        assert delivering.deliver_waiting(by=SYSTEM) == 1 and gathering.send_digests(by=SYSTEM) == 0
    assert state_of(of_elm, of_fir) == [NoticeState.HELD_BACK if leaves else NoticeState.SENT, NoticeState.SENT]


def test_who_has_nothing_to_do_with_either_gets_no_mail_at_all(place: Place) -> None:
    waits = place.note(place.elm)
    Person.objects.filter(pk=place.ann.person).update(is_active=False)
    with clock.at(clock.start_of(MONDAY, 7, 1)):
        assert gathering.send_digests(by=SYSTEM) == 0
    waits.refresh_from_db()
    assert (waits.state, waits.problem, waits.due_at) == (NoticeState.HELD_BACK, LEFT, None)


def test_a_mail_that_was_written_ahead_does_not_go_and_what_it_gathered_is_asked_for_by_itself(place: Place) -> None:
    of_elm, of_fir = place.note(place.elm), place.note(place.fir)
    words = {"addressee": "Ann", "needs": [], "dates": [], "brought": "", "more": "", "heading": "", "lead": "", "page": ""}
    with clock.at(clock.start_of(MONDAY, 6, 58)):
        week = gathering.write_week(
            person=str(place.ann.person), to="ann@example.org", words=words, tells_of=place.ann.partnerships,
            at=clock.start_of(MONDAY, 7), by=SYSTEM,
        )  # fmt: skip
        place.leaves()
    with clock.at(clock.start_of(MONDAY, 7)):
        assert delivering.deliver_waiting(by=SYSTEM) == 0 and gathering.send_digests(by=SYSTEM) == 1
    assert state_of(week, of_elm, of_fir) == [NoticeState.HELD_BACK, NoticeState.HELD_BACK, NoticeState.GATHERED]
    digest = Notice.objects.get(kind="notices.digest")
    assert "(Fir)" in digest.body and "(Elm)" not in digest.body and digest.gathers_of == [place.fir.pk]


@pytest.mark.parametrize(
    ("kind", "is_personal", "goes"),
    [
        ("bulletin.bulletin", False, False),
        ("groups.asked", False, False),
        ("people.invitation", True, True),  # a personal link
        ("membership.question_asked", False, True),  # to the address of an office
        ("invoices.query_answered", False, True),
        ("diary.cancelled", False, True),  # or it would stand in their diary for ever
        ("people.security", False, None),
    ],
)
def test_what_comes_late_goes_to_who_is_still_here_and_what_is_for_an_address_always(
    place: Place, kind: str, is_personal: bool, goes: bool | None
) -> None:
    facts = {"person": place.ann.person, "is_personal": is_personal, "sealed": seal("a link") if is_personal else ""}
    at = {"written_at": clock.now(), "due_at": clock.now(), "state": NoticeState.WAITING}
    one = unsent(None if goes is None else place.elm, kind=kind, **at, **facts)
    place.leaves()
    with clock.at(clock.start_of(MONDAY, 8)):  # the mail server was down
        assert delivering.deliver_waiting(by=SYSTEM) == (goes is not False)
    assert state_of(one) == [NoticeState.HELD_BACK if goes is False else NoticeState.SENT]


def test_what_goes_at_once_was_asked_for_when_it_was_written(place: Place) -> None:
    place.leaves()
    one = unsent(place.elm, kind="bodies.appointed", person=place.ann.person, state=NoticeState.WAITING, due_at=clock.now())
    Notice.objects.update(written_at=clock.now())
    assert delivering.deliver(notice_id=one.pk, by=SYSTEM)


def test_nothing_is_tried_again_for_who_has_left(place: Place) -> None:
    stuck = unsent(place.elm, kind="bulletin.bulletin", person=place.ann.person, to="ann@example.org")
    place.leaves()
    delivering.try_again(notice=stuck, by=SYSTEM)
    assert not delivering.deliver(notice_id=stuck.pk, by=SYSTEM) and state_of(stuck) == [NoticeState.HELD_BACK]
    with pytest.raises(Conflict):
        delivering.try_again(notice=stuck, by=SYSTEM)


def test_what_waits_for_who_has_left_stands_on_no_page_of_theirs(place: Place) -> None:
    waits, theirs = place.note(place.elm), place.note(place.fir)
    ann = enter(Client(), Person.objects.get(pk=place.ann.person))
    pages = [reverse("notices:mine_shown", args=[one.pk]) for one in (waits, theirs)]
    assert [ann.get(page).status_code for page in pages] == [200, 200]
    place.leaves()
    assert [ann.get(page).status_code for page in pages] == [404, 200]
    with clock.at(clock.start_of(MONDAY, 7, 1)):
        gathering.send_digests(by=SYSTEM)
        assert [ann.get(page).status_code for page in pages] == [404, 200]


def test_nobody_is_told_of_what_they_may_not_see(place: Place) -> None:
    said = {"template": "contributions/noted.txt", "partnership": place.elm, "words": WORDS, "link": "", "by": SYSTEM}

    def told(who: str | None) -> str | None:
        made = sending.tell(person=who or "", of=place.elm, **said)
        return made.to if made else None

    assert told(place.ann.person) == "ann@example.org" and told("") is told("nobody000000") is None
    Person.objects.filter(pk=place.ann.person).update(email=None)
    assert told(place.ann.person) == "" and Notice.objects.latest("written_at").state == NoticeState.SHOWN
    place.leaves()
    assert told(place.ann.person) is None


def test_each_kind_is_written_to_who_has_to_do_with_it_or_says_that_it_goes_anyway(world: World) -> None:
    people = {**world.alder.people, **world.birch.people}
    told = Notice.objects.filter(person__in=[one.pk for key, one in people.items() if not key.endswith("ended")])
    strangers = {
        one.kind for one in told if not may_go(one.tells_of, who.partnerships if (who := declared.who_is(one.person)) else ())
    }
    assert told.count() > 20 and not strangers, f"`goes_anyway` in the room’s app.py, or to whom are these written? {strangers}"
