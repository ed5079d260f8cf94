"""A school signs, then withdraws: who hears of it, and what every page says of it then."""

from datetime import date
from typing import Any

import pytest
from django.core import mail

from alongside.ground.core import clock
from alongside.ground.core.shown import UNSEEN
from alongside.ground.web import declared
from alongside.members.membership.actions import answering, asking, signing
from alongside.members.membership.models import Answer
from alongside.members.membership.queries import answers, needs
from alongside.members.membership.rules.answers import AnswerState
from alongside.members.membership.rules.outlook import Case, next_contact, stands_in_the_way
from alongside.members.membership.tests import make
from alongside.members.partnerships.models import Partnership
from alongside.members.schools.models import School

pytestmark = pytest.mark.usefixtures("tuesday")

S = AnswerState
TUESDAY, BACK = date(2022, 3, 8), "Signed, then withdrew"


@pytest.fixture
def back(place: Partnership) -> School:
    """A school that was invited, has signed and then withdrawn; beside it one that is silent."""
    one, two = make.asked(place, 2)
    asking.invite_schools(
        partnership=place, addresses={one.pk: "a@x.example", two.pk: "b@x.example"}, seen=UNSEEN, by=make.SYSTEM
    )
    make.signed(place, one)
    signing.withdraw(partnership=place, school=one, by=make.SYSTEM)
    return one


@pytest.mark.parametrize(
    ("case", "label", "tone", "way", "following"),
    [
        (Case(S.READING, withdrew_on=TUESDAY), BACK, "amber", f"{BACK} on 8 March", "call"),
        (Case(S.NO_REPLY, opened=4, phone="01632 960000", withdrew_on=TUESDAY), BACK, "amber", f"{BACK} on 8 March",
         "call, 01632 960000"),
        (Case(S.READING, note="Rang them.", withdrew_on=TUESDAY), BACK, "amber", f"{BACK} on 8 March. Rang them.", "call"),
        (Case(S.DECLINED, withdrew_on=TUESDAY), "Not this time", "", "No reason given, and none needed", "when they ask"),
        (Case(S.SIGNED, signed_by="the head", withdrew_on=TUESDAY), "Signed", "green", "Signed by the head", "–"),
        (Case(S.READING, opened=1, invited_on=date(2022, 3, 1)), "Opened", "", "Opened the prospectus once", "reminder"),
    ],
)  # fmt: skip
def test_how_a_school_stands_that_has_withdrawn(case: Case, label: str, tone: str, way: str, following: str) -> None:
    assert (case.label, case.tone, stands_in_the_way(case, date(2022, 3, 18), make.TODAY)) == (
        label,
        tone or case.state.tone,
        way,
    )
    assert next_contact(case, make.TODAY) == following


def test_the_list_its_counts_and_the_story_say_that_it_signed_then_withdrew(place: Partnership, back: School) -> None:
    client = make.browser(make.manager(place))
    page = client.get(f"/p/{place.slug}/membership/").content.decode()
    assert (
        "1 no reply yet, 1 signed then withdrew" in page and "Signed, then withdrew on 8 March" in page and ">Opened<" not in page
    )
    assert back.name in client.get(f"/p/{place.slug}/membership/?state=withdrew").content.decode()
    assert back.name not in client.get(f"/p/{place.slug}/membership/?state=silent").content.decode()
    theirs = client.get(f"/p/{place.slug}/membership/{back.urn}/").content.decode()
    assert "Withdrew the signature of 8 March 2022" in theirs and "Signed, then withdrew on 8 March" in theirs


def test_the_office_is_told_to_talk_to_it(place: Partnership, back: School) -> None:
    manager = make.manager(place)
    running = needs.signups(viewer=manager, on=make.TODAY)
    open_now, ripe = needs.open_and_ripe(running, viewer=manager, on=make.TODAY)
    rows = [row for part in needs.needs(viewer=manager, on=make.TODAY, open_now=open_now, ripe=ripe) for row in part]
    assert {(row[0], row[4], row[5]) for row in rows} == {
        ("membership.no_reply", "Beech School 2", 1), ("membership.withdrew", back.name, 1)
    }  # fmt: skip
    opened = f"/p/{place.slug}/membership/{declared.rows()['membership.withdrew'].query}"
    page = make.browser(manager).get(opened).content.decode()
    assert [name in page for name in ("Beech School 2", back.name)] == [False, True]
    head = make.head(back)
    assert not [row for part in needs.needs(viewer=head, on=make.TODAY, open_now=[], ripe=[]) for row in part]


def test_the_office_gets_a_message_and_whoever_withdrew_hears_what_comes_next(
    place: Partnership, django_capture_on_commit_callbacks: Any
) -> None:
    one = make.asked(place, 1)[0]
    make.signed(place, one)
    client = make.browser(make.head(one))
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(f"/p/{place.slug}/membership/answer/{one.urn}/withdraw/", follow=True).content.decode()
    assert "The partnership’s office is told. Nobody is reminded, and the school can sign again" in page
    assert "Signed, then withdrew on 8 March 2022" in page and "Sign again" in page
    assert [(message.to, message.subject) for message in mail.outbox] == [
        (["office@example.org"], f"{one.name} has withdrawn its signature")
    ]
    assert f"/p/{place.slug}/membership/{one.urn}/" in mail.outbox[0].body and "of 8 March 2022" in mail.outbox[0].body


def test_what_it_says_next_is_what_it_says(place: Partnership, back: School) -> None:
    answering.decline(partnership=place, school=back, by=make.SYSTEM)
    assert answers.standing_of_answers(place, viewer=make.SYSTEM).words() == "1 no reply yet, 1 not this time"
    answering.reopen(partnership=place, school=back, by=make.SYSTEM)
    make.signed(place, back)
    assert answers.standing_of_answers(place, viewer=make.SYSTEM).words() == "1 signed, 1 no reply yet"


def test_whom_to_chase_is_counted_as_its_list_shows_it(place: Partnership) -> None:
    """Silent are four: one was never invited, one has just been reminded, one has withdrawn; one is left."""
    just, back, left, _ = schools = make.asked(place, 4)
    addresses = {one.pk: f"{one.pk}@x.example" for one in schools[:3]}
    long_ago = clock.start_of(date(2022, 2, 14), 9)
    asking.invite_schools(partnership=place, addresses=addresses, seen=UNSEEN, by=make.SYSTEM)
    Answer.objects.filter(school__in=schools[:3]).update(invited_at=long_ago)
    make.signed(place, back)
    signing.withdraw(partnership=place, school=back, by=make.SYSTEM)
    Answer.objects.filter(school=just).update(reminded_on=make.TODAY)
    client, chase = make.browser(make.manager(place)), "?state=chase"
    page = client.get(f"/p/{place.slug}/membership/{chase}").content.decode()
    assert declared.rows()["membership.no_reply"].query == chase
    assert [one.name in page for one in (left, just, back)] == [True, False, False]
    assert "To chase or call" in client.get(f"/p/{place.slug}/membership/").content.decode()
