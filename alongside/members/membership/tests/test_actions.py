from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import VISITOR, Post
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.members.membership.actions import answering, asking
from alongside.members.membership.models import Answer, ProspectusDay, Question, Signature
from alongside.members.membership.queries import answers, texts
from alongside.members.membership.rules.answers import AnswerKind, AnswerState, SubjectTo
from alongside.members.membership.tests import make
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.people.actions import invitations
from alongside.members.people.models import Invitation, Role
from alongside.members.people.queries.invitations import letters_of
from alongside.members.people.rules.roles import InvitationState, Purpose

pytestmark = pytest.mark.usefixtures("tuesday")

S = AnswerState


def test_asking_schools_twice_changes_nothing(place: Partnership) -> None:
    schools = make.asked(place, 3)
    assert asking.ask_schools(partnership=place, schools=schools, by=make.SYSTEM) == []
    assert Answer.objects.filter(partnership=place).count() == 3


def test_stopping_to_ask_leaves_members_alone_and_asking_again_takes_the_answer_up(place: Partnership) -> None:
    one, two = make.asked(place, 2)
    make.signed(place, one)
    assert asking.stop_asking(partnership=place, schools=[one, two], by=make.SYSTEM) == 1
    assert answers.standing_of_answers(place, viewer=make.SYSTEM).asked == 1
    asking.ask_schools(partnership=place, schools=[two], by=make.SYSTEM)
    assert make.answer(place, two).ended_on is None


@pytest.mark.parametrize("over", ["stopped", "stopped by hand", "left", "asked again"])
def test_the_link_of_a_school_that_is_not_asked_any_more_says_so_and_opens_nothing(
    place: Partnership, client: Client, over: str
) -> None:
    school = make.asked(place, 1)[0]
    token = asking.invite_schools(partnership=place, addresses={school.pk: "head@ash.example"}, seen=UNSEEN, by=make.SYSTEM)[
        school.pk
    ]
    post = {"post": Post.HEAD, "school": school, "partnership": place}
    _, to_post, _ = invitations.invite(email="x@evil.example", **post, by=make.SYSTEM)
    letter, _, code = invitations.invite(email="", **post, purpose=Purpose.MEMBERSHIP, by=make.SYSTEM)
    ticket = invitations.open_letter(letters=[letter], code=code, by=VISITOR) or ""
    if over == "left":
        partnerships.admit_school(partnership=place, school=school, by=make.SYSTEM)
        Membership.objects.filter(school=school).update(until_on=make.TODAY - timedelta(days=1), from_on=date(2021, 9, 1))
    elif over == "stopped by hand":
        Membership.objects.filter(school=school).delete()
    else:
        asking.stop_asking(partnership=place, schools=[school], by=make.SYSTEM)
        assert not Invitation.objects.filter(school=school, state=InvitationState.OPEN).exists()
    if over == "asked again":
        asking.ask_schools(partnership=place, schools=[school], by=make.SYSTEM)
    words = "was withdrawn" if over == "asked again" else "does not ask this school"
    for address in (reverse("membership:invited", args=[place.slug, token]), reverse("people:invitation", args=[to_post])):
        for choice in ("", "?choice=sign", "?choice=question", "?choice=decline"):
            for answer in (client.get(address + choice), client.post(address + choice, {"name": "Jo Head", "post": "head"})):
                assert answer.status_code == 410 and words in answer.content.decode()
    assert over in {"left", "stopped by hand"} or not letters_of(str(school.urn), viewer=VISITOR)
    with pytest.raises(Conflict):
        invitations.accept_invitation(token=ticket, name="Jo", email="jo@x.example", by=VISITOR)
    assert not Role.objects.filter(school=school).exists()


def test_a_head_may_not_ask_schools(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    with pytest.raises(Refused):
        asking.ask_schools(partnership=place, schools=[one], by=make.head(one))


def test_an_invitation_goes_to_the_address_and_the_school_is_named(
    place: Partnership, django_capture_on_commit_callbacks: Any
) -> None:
    one, two = make.asked(place, 2)
    with django_capture_on_commit_callbacks(execute=True):
        tokens = asking.invite_schools(
            partnership=place, addresses={one.pk: "Head@Ash.example", two.pk: ""}, seen=UNSEEN, by=make.SYSTEM
        )
    assert list(tokens) == [one.pk]
    assert [(m.to, m.subject) for m in mail.outbox] == [(["head@ash.example"], f"{place.name}: would {one.name} like to join?")]
    assert tokens[one.pk] in mail.outbox[0].body
    assert "&#" not in mail.outbox[0].body


def test_opening_counts_the_day_and_the_school_and_makes_it_reading(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    answering.open_prospectus(partnership=place, by=make.SYSTEM)
    answering.open_prospectus(partnership=place, school=one, by=make.SYSTEM)
    assert ProspectusDay.objects.get(partnership=place).visits == 2
    assert (make.state(place, one), make.answer(place, one).opened) == (S.READING, 1)


def test_opening_after_signing_changes_no_answer(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    make.signed(place, one)
    answering.open_prospectus(partnership=place, school=one, by=make.SYSTEM)
    assert make.state(place, one) is S.SIGNED


def test_subject_to_governors_needs_a_coming_date(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    head = make.head(one)
    with pytest.raises(Invalid):
        answering.say_subject(partnership=place, school=one, to=SubjectTo.GOVERNORS, on=date(2022, 3, 7), by=head)
    answering.say_subject(partnership=place, school=one, to=SubjectTo.GOVERNORS, on=date(2022, 3, 15), by=head)
    answering.say_subject(partnership=place, school=one, to=SubjectTo.TRUST, on=date(2022, 3, 16), by=head)
    answer = make.answer(place, one)
    assert (answer.answer_state, answer.subject_to, answer.subject_on) == (S.SUBJECT, "trust", date(2022, 3, 16))


def test_an_answered_question_leads_back_to_where_the_school_stood(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    head, manager = make.head(one), make.manager(place)
    answering.say_subject(partnership=place, school=one, to=SubjectTo.GOVERNORS, on=date(2022, 3, 15), by=head)
    first = make.question(place, one, "First?", by=head)
    second = make.question(place, one, "Second?", by=head)
    answering.answer_question(question=first, reply="Yes.", by=manager)
    assert (make.state(place, one), make.answer(place, one).question_id) == (S.QUESTION, second.pk)
    answering.answer_question(question=second, reply="No.", by=manager)
    assert (make.state(place, one), make.answer(place, one).question_id) == (S.SUBJECT, None)
    with pytest.raises(Conflict):
        answering.answer_question(question=second, reply="Maybe.", by=manager)


def test_a_published_answer_does_not_name_the_school(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    question = make.question(place, one, f"Is {one.name} too small?", by=make.head(one))
    with pytest.raises(Invalid):
        answering.answer_question(question=question, reply="No.", publish=True, by=make.SYSTEM)
    answering.answer_question(
        question=question, reply="No.", publish=True, public_words="Can a school be too small?", by=make.SYSTEM
    )
    published = [(one.public_words, one.reply) for one in texts.published_questions(place, viewer=make.visitor())]
    assert published == [("Can a school be too small?", "No.")]


def test_the_database_holds_that_only_answered_questions_are_public(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    question = make.question(place, one)
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(pk=question.pk).update(is_public=True)


def test_a_school_declines_without_a_reason_and_comes_back(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    head = make.head(one)
    answering.decline(partnership=place, school=one, by=head)
    assert make.state(place, one) is S.DECLINED
    answering.reopen(partnership=place, school=one, by=head)
    assert make.state(place, one) is S.READING
    with pytest.raises(Conflict):
        answering.reopen(partnership=place, school=one, by=head)


def test_a_signed_school_does_not_decline_but_withdraws(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    head = make.head(one)
    make.signed(place, one, by=head)
    with pytest.raises(Conflict, match="withdraw"):
        answering.decline(partnership=place, school=one, by=head)


def test_answering_by_link_does_all_or_nothing(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    token = asking.invite_schools(partnership=place, addresses={one.pk: "head@ash.example"}, seen=UNSEEN, by=make.SYSTEM)[one.pk]
    words = {"name": "A. Head", "authority": "trust", "authority_on": make.TODAY, "key": keys.new_key()}
    with pytest.raises(Invalid), transaction.atomic():
        answering.answer_by_link(
            partnership=place, school=one, token=token, post=Post.HEAD, choice=AnswerKind.SIGN, words=dict(words), by=VISITOR
        )
    assert Invitation.objects.filter(school=one, state="open").count() == 1
    person, _ = answering.answer_by_link(
        partnership=place,
        school=one,
        token=token,
        post=Post.HEAD,
        choice=AnswerKind.SIGN,
        words={**words, "authority": "head"},
        by=VISITOR,
    )
    assert (make.state(place, one), Signature.objects.get().person) == (S.SIGNED, person.pk)


def test_what_went_to_an_address_a_moment_ago_does_not_go_again(
    place: Partnership, django_capture_on_commit_callbacks: Any
) -> None:
    one, two = make.asked(place, 2)
    with django_capture_on_commit_callbacks(execute=True):
        asking.invite_schools(partnership=place, addresses={one.pk: "head@ash.example"}, seen=UNSEEN, by=make.SYSTEM)
        with pytest.raises(Conflict, match="a moment ago"):
            asking.invite_schools(partnership=place, addresses={one.pk: " Head@ash.example"}, seen=UNSEEN, by=make.SYSTEM)
        with pytest.raises(Refused):  # nobody else hears what went where
            asking.invite_schools(partnership=place, addresses={one.pk: "head@ash.example"}, seen=UNSEEN, by=VISITOR)
        both = {one.pk: "head@ash.example", two.pk: "head@elm.example"}
        assert asking.invite_schools(partnership=place, addresses=both, seen=UNSEEN, by=make.SYSTEM).keys() == {two.pk}
    assert sorted(one.to[0] for one in mail.outbox) == ["head@ash.example", "head@elm.example"]
    with clock.at(clock.now() + timedelta(minutes=6)):
        assert asking.invite_schools(partnership=place, addresses={one.pk: "head@ash.example"}, seen=UNSEEN, by=make.SYSTEM)
