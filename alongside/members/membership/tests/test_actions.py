from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from alongside.ground.core import clock, keys
from alongside.ground.core.standing import VISITOR, Post
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.members.membership.actions import answering, asking, prospectus, signing
from alongside.members.membership.models import Answer, ProspectusDay, Question, RollEntry, Signature
from alongside.members.membership.queries import answers, texts
from alongside.members.membership.rules.answers import AnswerKind, AnswerState, SigningAuthority, SubjectTo
from alongside.members.membership.tests import make
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.rules import Belonging
from alongside.members.people.actions import invitations
from alongside.members.people.models import Invitation, Role
from alongside.members.people.queries.invitations import letters_of
from alongside.members.people.rules.roles import InvitationState, Purpose

pytestmark = pytest.mark.usefixtures("tuesday")

S = AnswerState


def kinds(place: Partnership) -> list[str]:
    return list(
        Membership.objects.filter(partnership=place, until_on=None)
        .order_by("school__current__urn")
        .values_list("kind", flat=True)
    )


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
    token = asking.invite_schools(partnership=place, addresses={school.pk: "head@ash.example"}, by=make.SYSTEM)[school.pk]
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
        tokens = asking.invite_schools(partnership=place, addresses={one.pk: "Head@Ash.example", two.pk: ""}, by=make.SYSTEM)
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


def test_signing_makes_a_member_with_the_hash_of_the_text(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    signature = make.signed(place, one, by=make.head(one), authority=SigningAuthority.HEAD)[0]
    assert signature.text_hash == make.newest(place).text_hash
    assert (make.state(place, one), kinds(place), signature.is_late) == (S.SIGNED, [Belonging.MEMBER.value], False)
    assert list(Signature.objects.filter(withdrawn_at=None).values_list("school", flat=True)) == [one.pk]


def test_a_trust_signs_for_three_schools_in_one_act_with_one_record_each(place: Partnership) -> None:
    schools = make.asked(place, 3, type="Academy converter")
    officer = make.head(schools[0], Post.TRUST_OFFICER)
    for one in schools[1:]:
        officer = make.person_also(officer, Post.TRUST_OFFICER, school=one)
    signatures = make.signed(place, *schools, by=officer, authority=SigningAuthority.TRUST)
    assert {one.school_id for one in signatures} == {one.pk for one in schools}
    assert len({one.text_hash for one in signatures}) == len({one.batch for one in signatures}) == 1
    assert [one.batch_size for one in signatures] == [3, 3, 3]


def test_a_trust_that_may_not_sign_for_one_of_three_signs_for_none(place: Partnership) -> None:
    schools = make.asked(place, 3, type="Academy converter")
    officer = make.head(schools[0], Post.TRUST_OFFICER)
    with pytest.raises(Refused):
        make.signed(place, *schools, by=officer, authority=SigningAuthority.TRUST)
    assert not Signature.objects.exists()


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"authority": SigningAuthority.TRUST}, "authority"),
        ({"authority_on": date(2022, 3, 9)}, "authority_on"),
        ({"name": " "}, "name"),
    ],
)
def test_signing_says_what_is_wrong(place: Partnership, words: dict[str, object], field: str) -> None:
    one = make.asked(place, 1)[0]
    with pytest.raises(Invalid) as caught:
        make.signed(place, one, by=make.head(one), **words)
    assert list(caught.value.problems) == [field]
    assert make.state(place, one) is S.NO_REPLY


def test_only_the_head_signs_within_the_heads_limit(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    with pytest.raises(Invalid):
        make.signed(place, one, by=make.head(one, Post.GOVERNOR_CHAIR), authority=SigningAuthority.HEAD)


def test_the_head_of_one_school_does_not_sign_within_the_limit_of_anothers_head(place: Partnership) -> None:
    one, two = make.asked(place, 2)
    who = make.person_also(make.head(one), Post.SCHOOL_ADMIN, school=two)
    with pytest.raises(Invalid) as caught:
        make.signed(place, two, by=who, authority=SigningAuthority.HEAD)
    assert list(caught.value.problems) == ["authority"]
    with pytest.raises(Invalid, match="Choose at least one school"):
        make.signed(place, by=who)
    make.signed(place, one, by=who, authority=SigningAuthority.HEAD)
    make.signed(
        place, two, by=make.SYSTEM, authority=SigningAuthority.HEAD
    )  # what the installation takes over was signed already


def test_a_business_manager_may_not_sign_but_may_ask(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    keeper = make.head(one, Post.BUSINESS_MANAGER)
    with pytest.raises(Refused):
        make.signed(place, one, by=keeper)
    make.question(place, one, "Does the fee include SEND?", by=keeper)
    assert make.state(place, one) is S.QUESTION


def test_of_two_people_of_one_school_the_second_is_told_kindly(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    make.signed(place, one, by=make.head(one))
    with pytest.raises(Conflict, match="signed for already by A"):
        make.signed(place, one, by=make.person("Chair", Post.GOVERNOR_CHAIR, school=one))
    assert Signature.objects.count() == 1


def test_a_double_press_signs_once(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    head, key = make.head(one), keys.new_key()
    first, second = make.signed(place, one, by=head, key=key), make.signed(place, one, by=head, key=key)
    assert [s.pk for s in first] == [s.pk for s in second]
    assert Signature.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "both"),
    [
        ({"name": "Somebody Else"}, True),
        ({"authority": SigningAuthority.HEAD}, True),
        ({"authority_on": date(2022, 3, 7)}, True),
        ({"text_hash": "f" * 64}, True),
        ({}, False),
    ],
)
def test_the_same_press_with_something_else_in_it_signs_nothing_and_says_so(
    place: Partnership, words: dict[str, object], both: bool
) -> None:
    one, two = make.asked(place, 2)
    key = keys.new_key()
    make.signed(place, one, two, key=key)
    with pytest.raises(Conflict, match="sent before with something else"):
        make.signed(place, one, *[two] * both, key=key, **words)
    assert Signature.objects.count() == 2


def test_a_page_sent_again_after_its_signature_was_withdrawn_signs_nothing(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    head, key = make.head(one), keys.new_key()
    make.signed(place, one, by=head, key=key)
    signing.withdraw(partnership=place, school=one, by=head)
    with pytest.raises(Conflict):
        make.signed(place, one, by=head, key=key)
    assert make.state(place, one) is S.READING


def test_a_text_that_changed_while_reading_is_not_signed(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    read = make.newest(place).text_hash
    draft = prospectus.start_draft(partnership=place, by=make.SYSTEM)
    prospectus.edit_prospectus(draft=draft, version=draft.version, texts={**draft.texts, "why": "Because."}, by=make.SYSTEM)
    prospectus.publish_prospectus(partnership=place, version=draft.version, by=make.SYSTEM)
    with pytest.raises(Conflict, match="version 2"):
        make.signed(place, one, text_hash=read)


def test_signing_before_midnight_of_the_last_day_is_in_time_and_after_it_late(place: Partnership) -> None:
    one, two = make.asked(place, 2)
    last = clock.end_of(date(2022, 3, 18))
    with clock.at(last - timedelta(seconds=30)):
        assert make.signed(place, one)[0].is_late is False
    with clock.at(last + timedelta(seconds=1)):
        assert make.signed(place, two)[0].is_late is True


def test_a_school_that_is_not_asked_cannot_sign(place: Partnership) -> None:
    other = make.school(990_500)
    with pytest.raises(Conflict):
        make.signed(place, other)
    assert not Signature.objects.exists()


def test_the_office_records_a_paper_with_who_told_it(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    signature = make.signed(
        place, one, by=make.manager(place), authority=SigningAuthority.HEAD, told_by="Form in the post of 7 March"
    )[0]
    assert (signature.person, signature.told_by) == ("", "Form in the post of 7 March")


def test_the_office_does_not_sign_without_saying_who_told_it(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    with pytest.raises(Refused):
        make.signed(place, one, by=make.manager(place))


def test_withdrawing_before_the_roll_asks_the_school_again_and_it_may_sign_again(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    head = make.head(one)
    make.signed(place, one, by=head)
    signing.withdraw(partnership=place, school=one, by=head)
    assert (make.state(place, one), kinds(place)) == (S.READING, [Belonging.ASKED.value])
    make.signed(place, one, by=head)
    assert (Signature.objects.count(), Signature.objects.filter(withdrawn_at=None).count()) == (2, 1)


def test_after_the_roll_only_a_decision_ends_a_membership(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    head, manager = make.head(one), make.manager(place)
    make.signed(place, one, by=head)
    signing.freeze_roll(partnership=place, by=manager)
    with pytest.raises(Refused):
        signing.withdraw(partnership=place, school=one, by=head)
    with pytest.raises(Invalid):
        signing.withdraw(partnership=place, school=one, by=manager)
    signing.withdraw(partnership=place, school=one, decision="Board, 20 March", by=manager)
    assert (make.state(place, one), kinds(place), RollEntry.objects.count()) == (S.DECLINED, [], 1)


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
    token = asking.invite_schools(partnership=place, addresses={one.pk: "head@ash.example"}, by=make.SYSTEM)[one.pk]
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
        asking.invite_schools(partnership=place, addresses={one.pk: "head@ash.example"}, by=make.SYSTEM)
        with pytest.raises(Conflict, match="a moment ago"):
            asking.invite_schools(partnership=place, addresses={one.pk: " Head@ash.example"}, by=make.SYSTEM)
        both = {one.pk: "head@ash.example", two.pk: "head@elm.example"}
        assert asking.invite_schools(partnership=place, addresses=both, by=make.SYSTEM).keys() == {two.pk}
    assert sorted(one.to[0] for one in mail.outbox) == ["head@ash.example", "head@elm.example"]
    with clock.at(clock.now() + timedelta(minutes=6)):
        assert asking.invite_schools(partnership=place, addresses={one.pk: "head@ash.example"}, by=make.SYSTEM)
