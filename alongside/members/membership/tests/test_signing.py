"""Signing: who may, for which schools, once, and what it leaves."""

from datetime import date, timedelta

import pytest

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Post
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.members.membership.actions import prospectus, signing
from alongside.members.membership.models import RollEntry, Signature
from alongside.members.membership.rules.answers import AnswerState, SigningAuthority
from alongside.members.membership.tests import make
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.rules import Belonging

pytestmark = pytest.mark.usefixtures("tuesday")

S = AnswerState


def test_signing_makes_a_member_with_the_hash_of_the_text(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    signature = make.signed(place, one, by=make.head(one), authority=SigningAuthority.HEAD)[0]
    assert signature.text_hash == make.newest(place).text_hash
    assert (make.state(place, one), make.kinds(place), signature.is_late) == (S.SIGNED, [Belonging.MEMBER.value], False)
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
    assert (make.state(place, one), make.kinds(place)) == (S.READING, [Belonging.ASKED.value])
    make.signed(place, one, by=head)
    assert (Signature.objects.count(), Signature.objects.filter(withdrawn_at=None).count()) == (2, 1)


def test_after_the_roll_only_a_decision_ends_a_membership(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    head, manager = make.head(one), make.manager(place)
    make.signed(place, one, by=head)
    signing.freeze_roll(partnership=place, seen=UNSEEN, by=manager)
    with pytest.raises(Refused):
        signing.withdraw(partnership=place, school=one, by=head)
    with pytest.raises(Invalid):
        signing.withdraw(partnership=place, school=one, by=manager)
    signing.withdraw(partnership=place, school=one, decision="Board, 20 March", by=manager)
    assert (make.state(place, one), make.kinds(place), RollEntry.objects.count()) == (S.DECLINED, [], 1)
