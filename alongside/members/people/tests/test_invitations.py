"""Invitations: taken up once, passed on, withdrawn, by link and by letter."""

from datetime import date, timedelta

import pytest

from alongside.ground.audit.models import Event
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Post, Power, Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.members.notices.models import Notice
from alongside.members.partnerships.models import Partnership
from alongside.members.people.actions import invitations
from alongside.members.people.actions.sign_ins import begin_sign_in
from alongside.members.people.models import Invitation, Person, Role
from alongside.members.people.queries import invitations as invitations_queries, roles
from alongside.members.people.rules.roles import InvitationState, Purpose
from alongside.members.people.tests.make import admitted, holder, person, role
from alongside.members.schools.models import School
from alongside.members.schools.tests.make import school as new_school

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 8)]
VISITOR = Standing()


@pytest.fixture
def manager(elm: Partnership) -> Standing:
    return holder(Post.MANAGER, elm)[1]


def invited(oak: School, elm: Partnership, by: Standing, **facts: object) -> tuple[Invitation, str, str]:
    return invitations.invite(
        **{"email": "head@oak.example", "post": Post.HEAD, "school": oak, "partnership": elm, **facts}, by=by
    )


def test_an_invitation_is_taken_up_once_and_gives_the_post(oak: School, elm: Partnership, manager: Standing) -> None:
    invitation, token, _ = invited(oak, elm, manager, email=" Head@Oak.example ")
    taker = invitations.accept_invitation(token=token, name="Ada Osei", by=VISITOR)
    assert (taker.email, taker.name, taker.has_usable_password()) == ("head@oak.example", "Ada Osei", False)
    assert roles.standing_of(taker).can(Power.ANSWER, school=oak.pk)
    invitation.refresh_from_db()
    assert (invitation.state, invitation.accepted_by) == (InvitationState.ACCEPTED, taker)
    with pytest.raises(Conflict, match="used already"):
        invitations.accept_invitation(token=token, name="Mallory", by=VISITOR)
    assert Role.objects.count() == 2


def test_looking_at_an_invitation_uses_nothing_up(oak: School, elm: Partnership, manager: Standing) -> None:
    invitation, token, _ = invited(oak, elm, manager)
    for _ in range(3):
        assert invitations_queries.invitation_for(token) == invitation
    assert invitations_queries.invitation_for("nothing") is None and invitations_queries.invitation_for("a.b.c") is None
    assert invitations.accept_invitation(token=token, name="Ada", by=VISITOR)


def test_neither_token_nor_code_is_kept(oak: School, elm: Partnership, manager: Standing) -> None:
    invitation, token, code = invited(oak, elm, manager)
    row = Invitation.objects.filter(pk=invitation.pk).values().get()
    assert len(token) == 32 and len(code) == 8
    assert not [value for value in row.values() if token in str(value) or code in str(value)]
    assert not Event.objects.filter(facts__icontains=token).exists() and not Event.objects.filter(facts__icontains=code).exists()


def test_an_invitation_expires_after_sixty_days(oak: School, elm: Partnership, manager: Standing, time_is) -> None:
    _, token, _ = invited(oak, elm, manager)
    time_is(date(2022, 5, 8))
    with pytest.raises(Conflict, match="expired"):
        invitations.accept_invitation(token=token, name="Ada", by=VISITOR)
    assert not Person.objects.filter(email="head@oak.example").exists()


def test_a_second_invitation_to_the_same_address_replaces_the_first(oak: School, elm: Partnership, manager: Standing) -> None:
    _, first, _ = invited(oak, elm, manager)
    _, second, _ = invited(oak, elm, manager)
    with pytest.raises(Conflict, match="replaced by a newer one"):
        invitations.accept_invitation(token=first, by=VISITOR)
    assert invitations.accept_invitation(token=second, by=VISITOR).name == "Headteacher"


def test_somebody_known_keeps_their_account_and_gets_the_post(oak: School, elm: Partnership, manager: Standing) -> None:
    ada = person("Ada Osei", email="head@oak.example")
    _, token, _ = invited(oak, elm, manager)
    assert invitations.accept_invitation(token=token, name="Other name", by=VISITOR) == ada
    ada.refresh_from_db()
    assert ada.name == "Ada Osei"


def test_an_invitation_is_not_for_whoever_is_signed_in(oak: School, elm: Partnership, manager: Standing) -> None:
    _, token, _ = invited(oak, elm, manager)
    with pytest.raises(Refused, match="somebody else"):
        invitations.accept_invitation(token=token, by=manager)
    assert invitations_queries.invitation_for(token).state == InvitationState.OPEN


def test_a_closed_account_is_not_opened_by_a_link(oak: School, elm: Partnership, manager: Standing) -> None:
    person(email="head@oak.example", is_active=False)
    _, token, _ = invited(oak, elm, manager)
    with pytest.raises(Refused, match="closed"):
        invitations.accept_invitation(token=token, by=VISITOR)


@pytest.mark.parametrize("post", [Post.MANAGER, Post.HEAD])
def test_a_stranger_invites_nobody(oak: School, elm: Partnership, post: Post) -> None:
    for who in (VISITOR, holder(Post.HEAD, new_school())[1], holder(Post.BUSINESS_MANAGER, oak)[1]):
        with pytest.raises(Refused):
            invitations.invite(email="x@x.example", post=post, school=oak if post is Post.HEAD else None, partnership=elm, by=who)
    assert not Invitation.objects.exists()


def test_an_office_invites_only_to_its_own_schools(elm: Partnership, manager: Standing) -> None:
    with pytest.raises(Refused, match="does not belong"):
        invited(new_school(), elm, manager)


@pytest.mark.slow
def test_passing_on_ends_one_link_and_sends_another(
    oak: School, elm: Partnership, manager: Standing, mailoutbox: list, django_capture_on_commit_callbacks
) -> None:
    old, token, _ = invited(oak, elm, manager, purpose=Purpose.MEMBERSHIP)
    with django_capture_on_commit_callbacks(execute=True):
        passed = invitations.pass_on(
            invitation_token=token, email="Sam@Oak.example", name="Sam Okafor", post=Post.BUSINESS_MANAGER, by=VISITOR
        )
    old.refresh_from_db()
    assert (old.state, passed.follows, passed.purpose, passed.email) == (
        InvitationState.PASSED_ON,
        old,
        Purpose.MEMBERSHIP,
        "sam@oak.example",
    )
    assert Event.objects.filter(act="people.pass_on", row=old.pk, facts__to=passed.pk).count() == 1
    with pytest.raises(Conflict, match="passed on"):
        invitations.accept_invitation(token=token, by=VISITOR)
    [mail] = mailoutbox
    new_token = mail.body.split("/i/")[1].split("/")[0]
    assert invitations_queries.invitation_for(new_token) == passed and new_token != token
    assert new_token in mail.alternatives[0][0]
    notice = Notice.objects.get()
    assert new_token not in notice.body and "••••••••" in notice.body and notice.sent_at


def test_passing_on_has_its_limits(oak: School, elm: Partnership, manager: Standing) -> None:
    _, token, _ = invited(oak, elm, manager, post=Post.BUSINESS_MANAGER)
    with pytest.raises(Refused, match="cannot be passed on to a headteacher"):
        invitations.pass_on(invitation_token=token, email="x@oak.example", name="X", post=Post.HEAD, by=VISITOR)
    with pytest.raises(Invalid):
        invitations.pass_on(invitation_token=token, email="HEAD@oak.example", name="X", post=Post.BUSINESS_MANAGER, by=VISITOR)
    Invitation.objects.update(hands=3)
    with pytest.raises(Conflict, match="often enough"):
        invitations.pass_on(invitation_token=token, email="x@oak.example", name="X", post=Post.BUSINESS_MANAGER, by=VISITOR)
    office, office_token, _ = invitations.invite(email="f@elm.example", post=Post.FINANCE, partnership=elm, by=manager)
    with pytest.raises(Refused, match="Only an invitation to a school"):
        invitations.pass_on(
            invitation_token=office_token, email="x@oak.example", name="X", post=Post.BUSINESS_MANAGER, by=VISITOR
        )
    assert invitations_queries.invitation_for(token).state == office.state == InvitationState.OPEN


def test_a_withdrawn_or_renewed_invitation_no_longer_opens(oak: School, elm: Partnership, manager: Standing) -> None:
    invitation, token, code = invited(oak, elm, manager)
    renewed, newer, newer_code = invitations.renew_invitation(invitation=invitation, by=manager)
    with pytest.raises(Conflict):
        invitations.accept_invitation(token=token, by=VISITOR)
    assert invitations.open_letter(letters=[renewed], code=code, by=VISITOR) is None
    assert invitations.open_letter(letters=[renewed], code=newer_code.lower(), by=VISITOR)
    invitations.cancel_invitation(invitation=renewed, by=manager)
    with pytest.raises(Conflict, match="withdrawn"):
        invitations.accept_invitation(token=newer, by=VISITOR)
    with pytest.raises(Conflict):
        invitations.cancel_invitation(invitation=renewed, by=manager)


def test_an_expired_invitation_can_be_renewed(oak: School, elm: Partnership, manager: Standing, time_is) -> None:
    invitation, _, _ = invited(oak, elm, manager)
    time_is(date(2022, 8, 1))
    _, token, _ = invitations.renew_invitation(invitation=invitation, by=manager)
    assert invitations.accept_invitation(token=token, by=VISITOR)


def test_a_letter_opens_what_its_link_would_have(oak: School, elm: Partnership, manager: Standing) -> None:
    invitation, _, code = invited(oak, elm, manager, email="")
    for words in (str(oak.urn), f"URN: {oak.urn}", " oak  SCHOOL "):
        assert invitations_queries.letters_of(words, viewer=VISITOR) == [invitation]
    assert (
        invitations_queries.letters_of("Elm School", viewer=VISITOR)
        == invitations_queries.letters_of("9" * 30, viewer=VISITOR)
        == []
    )
    ticket = invitations.open_letter(letters=[invitation], code=f"{code[:4]}-{code[4:]}".lower(), by=VISITOR)
    assert ticket and invitations_queries.invitation_for(ticket) == invitation
    assert invitations_queries.invitation_for(ticket[:-1] + ("a" if ticket[-1] != "a" else "b")) is None
    with pytest.raises(Invalid, match="Enter the e-mail address"):
        invitations.accept_invitation(token=ticket, name="Ada", by=VISITOR)
    taker = invitations.accept_invitation(token=ticket, name="Ada", email="Ada@oak.example", by=VISITOR)
    assert taker.email == "ada@oak.example" and roles.standing_of(taker).can(Power.ANSWER, school=oak.pk)
    with pytest.raises(Conflict):
        invitations.accept_invitation(token=ticket, name="Ada", email="b@oak.example", by=VISITOR)


def test_an_address_that_was_only_typed_is_not_ones_own_until_it_is_proven(
    oak: School, elm: Partnership, manager: Standing
) -> None:
    invitation, _, code = invited(oak, elm, manager, email="")
    ticket = invitations.open_letter(letters=[invitation], code=code, by=VISITOR) or ""
    typed = invitations.accept_invitation(token=ticket, name="Ada", email="finance@other.example", by=VISITOR)
    _, token, _ = invited(oak, elm, manager, email="ben@oak.example", post=Post.BUSINESS_MANAGER)
    mailed = invitations.accept_invitation(token=token, name="Ben", by=VISITOR)
    whose = Person.objects.whose_address
    assert (whose("finance@other.example"), whose(" Ben@Oak.example"), whose("nobody@x.example")) == ("", mailed.pk, "")
    for how, owner in (("link", ""), ("password", ""), ("code", typed.pk)):
        begin_sign_in(person=typed, session_key="", device="A phone", how=how, by=VISITOR)
        assert whose("finance@other.example") == owner, how
    letter, _, code = invited(oak, elm, manager, email="", post=Post.BUSINESS_MANAGER)
    ticket = invitations.open_letter(letters=[letter], code=code, by=VISITOR) or ""
    invitations.accept_invitation(token=ticket, by=roles.standing_of(mailed))
    assert whose("ben@oak.example") == mailed.pk, "what was proven before stays so"


def test_a_letters_reader_cannot_take_over_an_account(oak: School, elm: Partnership, manager: Standing) -> None:
    victim = person(email="victim@elm.example")
    invitation, token, _ = invited(oak, elm, manager, email="")
    with pytest.raises(Invalid, match="Sign in first"):
        invitations.accept_invitation(token=token, name="M", email="Victim@elm.example", by=VISITOR)
    assert invitations.accept_invitation(token=token, by=roles.standing_of(victim)) == victim
    assert Invitation.objects.get(pk=invitation.pk).accepted_by == victim


def test_a_code_is_bound_to_its_school(oak: School, elm: Partnership, manager: Standing) -> None:
    ash = new_school("Ash School")
    admitted(elm, ash)
    to_oak, _, oak_code = invited(oak, elm, manager, email="")
    to_ash, _, _ = invited(ash, elm, manager, email="")
    assert invitations.open_letter(letters=[to_ash], code=oak_code, by=VISITOR) is None
    assert invitations.open_letter(letters=[to_oak], code=oak_code, by=VISITOR)


def test_a_code_may_be_tried_ten_times_in_a_day(oak: School, elm: Partnership, manager: Standing, time_is) -> None:
    invitation, _, code = invited(oak, elm, manager, email="")
    for _ in range(10):
        assert invitations.open_letter(letters=[invitation], code="22222222", by=VISITOR) is None
    for tried in ("22222222", code):
        with pytest.raises(Conflict, match="too often"):
            invitations.open_letter(letters=[invitation], code=tried, by=VISITOR)
    Invitation.objects.update(tries_from=clock.now() - clock.moved.get() - timedelta(days=1, seconds=1))
    assert invitations.open_letter(letters=[invitation], code=code, by=VISITOR)


def test_somebody_who_holds_the_post_is_not_invited_to_it_again(oak: School, elm: Partnership, manager: Standing) -> None:
    role(Post.HEAD, oak, person(email="head@oak.example"))
    with pytest.raises(Invalid, match="headteacher here already"):
        invitations.invite_colleague(
            email="Head@oak.example", name="Ada", post=Post.HEAD, school=oak, partnership=elm, key=keys.new_key(), by=manager
        )
