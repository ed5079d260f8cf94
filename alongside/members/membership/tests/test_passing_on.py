"""An invitation that is for a colleague: looked at, sent, taken back until it is used, and seen by the office."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail

from alongside.ground.core import keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.verdict import Conflict
from alongside.members.membership.actions import answering, asking
from alongside.members.membership.rules.answers import AnswerState
from alongside.members.membership.tests import make
from alongside.members.partnerships.models import Partnership
from alongside.members.people.actions import invitations as people
from alongside.members.people.models import Invitation
from alongside.members.people.queries.invitations import invitation_for, passed_on_to
from alongside.members.people.rules.roles import InvitationState, Purpose
from alongside.members.schools.models import School

pytestmark = pytest.mark.usefixtures("tuesday")
SAM = {"name": "Sam Okafor", "email": "sam@elanor.example", "post": "business_manager"}


@pytest.fixture
def ash(place: Partnership) -> School:
    return make.asked(place, 1)[0]


@pytest.fixture
def link(place: Partnership, ash: School) -> str:
    token = asking.invite_schools(partnership=place, addresses={ash.pk: "head@ash.example"}, seen=UNSEEN, by=make.SYSTEM)[ash.pk]
    return f"/p/{place.slug}/answer/{token}/"


@pytest.fixture
def passed(link: str, django_capture_on_commit_callbacks: Any) -> str:
    """The colleague's own link, after the head passed theirs on."""
    with django_capture_on_commit_callbacks(execute=True):
        make.read(make.browser().post(f"{link}pass-on/", SAM | {"deed": "send"}, follow=True))
    token = mail.outbox[-1].body.split("/i/")[1].split("/")[0]
    return link.replace(link.split("/")[-2], token)


def test_the_mail_is_seen_before_it_goes_with_who_passes_it_on_the_fee_and_the_last_day(link: str) -> None:
    page = make.read(make.browser().post(f"{link}pass-on/", SAM))
    assert "The headteacher of Ash School 1 (head@ash.example) has passed the invitation of Elthorne" in page
    assert "£1,500 a year" in page and "Please answer by Friday 18 March" in page and "(a link of their own)" in page
    assert "Send it to sam@elanor.example" in page
    assert Invitation.objects.get().state == InvitationState.OPEN, "nothing is sent yet"


def test_a_named_head_is_named(place: Partnership, ash: School) -> None:
    given = {"addresses": {ash.pk: "head@ash.example"}, "names": {ash.pk: "Dr Ann Okoro"}}
    token = asking.invite_schools(partnership=place, **given, seen=UNSEEN, by=make.SYSTEM)[ash.pk]
    page = make.read(make.browser().post(f"/p/{place.slug}/answer/{token}/pass-on/", SAM))
    assert "Dr Ann Okoro of Ash School 1 (head@ash.example) has passed" in page


def test_the_colleague_gets_the_mail_that_was_seen(passed: str) -> None:
    assert mail.outbox[-1].to == ["sam@elanor.example"]
    for words in ("head@ash.example", "£1,500 a year", "Friday 18 March"):
        assert words in mail.outbox[-1].body


def test_the_office_sees_both_addresses(place: Partnership, ash: School, link: str, passed: str) -> None:
    client = make.browser(make.manager(place))
    page = make.read(client.get(f"/p/{place.slug}/membership/{ash.urn}/"))
    assert "sam@elanor.example, passed on by head@ash.example" in page
    assert "Passed on to Sam Okafor, school business manager" in page and "To sam@elanor.example, by head@ash.example" in page
    assert "Passed on to a colleague 8 March" in make.read(client.get(f"/p/{place.slug}/membership/"))
    people = make.read(client.get(f"/p/{place.slug}/people/{ash.urn}/"))
    assert "passed on by head@ash.example" in people


def test_a_mistyped_address_does_not_cost_the_head_their_link(place: Partnership, ash: School, link: str, passed: str) -> None:
    head = make.browser()
    page = make.read(head.get(link))
    assert "sam@elanor.example" in page and "Take it back" in page
    page = make.read(head.post(link, {"deed": "back"}, follow=True))
    assert "the link that went to sam@elanor.example opens nothing any more, and yours does" in page and "Sign now" in page
    assert make.answer(place, ash).email == "head@ash.example"
    assert make.browser().get(passed).status_code == 410
    make.read(head.post(f"{link}?choice=decline", {"name": "Ann", "post": "head"}, follow=True))
    assert make.state(place, ash) is AnswerState.DECLINED


@pytest.mark.slow
def test_what_was_taken_back_can_be_passed_on_anew_but_not_to_the_whole_world(ash: School, link: str) -> None:
    head = make.browser()
    for number in range(5):
        make.read(head.post(f"{link}pass-on/", SAM | {"email": f"s{number}@ash.example", "deed": "send"}, follow=True))
        make.read(head.post(link, {"deed": "back"}, follow=True))
    assert head.post(f"{link}pass-on/", SAM | {"deed": "send"}).status_code == 409
    assert "Sign now" in make.read(head.get(link)), "the head's own link stays good"


def used(place: Partnership, ash: School, passed: str) -> None:
    said = {"name": "Sam", "post": "business_manager", "question": "Why?", "key": keys.new_key()}
    make.browser().post(f"{passed}?choice=question", said)


def further(place: Partnership, ash: School, passed: str) -> None:
    make.read(make.browser().post(f"{passed}pass-on/", SAM | {"email": "bo@ash.example", "deed": "send"}, follow=True))


def reminded(place: Partnership, ash: School, passed: str) -> None:
    """As `inviting` reminds: a fresh link for the address and post that the answer has."""
    to, kind = make.answer(place, ash), {"school": ash, "partnership": place, "purpose": Purpose.MEMBERSHIP}
    people.invite(email=to.email, post=Post(to.post), **kind, by=make.SYSTEM)


@pytest.mark.parametrize(("meanwhile", "can"), [(used, False), (further, True), (reminded, True)])
def test_it_is_taken_back_until_somebody_has_used_it(
    place: Partnership, ash: School, link: str, passed: str, meanwhile: Callable[..., None], can: bool
) -> None:
    meanwhile(place, ash, passed)
    token = link.split("/")[-2]
    assert bool(passed_on_to(invitation_for(token))) is can
    if can:
        answering.take_back(token=token, by=Standing())
        assert [one.email for one in Invitation.objects.open()] == ["head@ash.example"]
    else:
        with pytest.raises(Conflict):
            answering.take_back(token=token, by=Standing())
    assert Invitation.objects.open().count() == int(can)


def test_a_reminder_after_passing_on_invites_to_no_more_than_the_colleague_was(
    place: Partnership, ash: School, passed: str
) -> None:
    reminded(place, ash, passed)
    [now] = Invitation.objects.open()
    assert (now.email, now.post) == ("sam@elanor.example", "business_manager")
