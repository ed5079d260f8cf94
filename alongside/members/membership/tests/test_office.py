from datetime import date
from typing import Any

import pytest
from django.core import mail

from alongside.ground.core import clock, keys
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.ground.web.models import Stale
from alongside.members.calendar.queries.days import school_days_of
from alongside.members.membership.actions import (
    answering,
    asking,
    office,
    prospectus,
    signing,
)
from alongside.members.membership.models import Chase, ChaseMail, Prospectus, Roll, RollEntry
from alongside.members.membership.queries import answers, texts as texts_queries
from alongside.members.membership.queries.schools import chase_list
from alongside.members.membership.queries.texts import settings_now
from alongside.members.membership.rules.answers import AnswerState
from alongside.members.membership.rules.text import hash_of, roll_text
from alongside.members.membership.tests import make
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.rules import Belonging, Template
from alongside.members.people.models import Invitation

pytestmark = pytest.mark.usefixtures("tuesday")

S = AnswerState


def kinds(place: Partnership) -> list[str]:
    return list(
        Membership.objects.filter(partnership=place, until_on=None)
        .order_by("school__current__urn")
        .values_list("kind", flat=True)
    )


def invited(place: Partnership, count: int = 3) -> list[Any]:
    """So many schools that were invited a week ago."""
    with clock.at(clock.start_of(date(2022, 3, 1), 9)):
        schools = make.asked(place, count)
        asking.invite_schools(partnership=place, addresses={one.pk: f"head@{one.urn}.example" for one in schools}, by=make.SYSTEM)
    return schools


def chased(place: Partnership, **words: object) -> Chase:
    given = {
        "subject": "Shall we count you in?",
        "body": "Please answer by {sign_by}, whatever the answer.",
        "key": keys.new_key(),
    }
    return asking.chase(partnership=place, **(given | words), by=make.SYSTEM)


def test_a_chase_reaches_just_those_that_have_not_answered(place: Partnership) -> None:
    silent, asker, signed, declined = invited(place, 4)
    make.question(place, asker)
    make.signed(place, signed)
    answering.decline(partnership=place, school=declined, by=make.SYSTEM)
    assert chased(place).count == 1
    assert list(ChaseMail.objects.values_list("school_id", flat=True)) == [silent.pk]


def test_nobody_is_reminded_who_has_just_heard_from_us(place: Partnership) -> None:
    silent, asker = invited(place, 2)
    question = make.question(place, asker)
    answering.answer_question(question=question, reply="Because.", by=make.SYSTEM)
    fresh = make.asked(place, 1, first_urn=991_001)
    asking.invite_schools(partnership=place, addresses={fresh[0].pk: "new@ash.example"}, by=make.SYSTEM)
    limits, days = settings_now(place, viewer=make.SYSTEM), school_days_of(place)
    chasing_now = chase_list(place, limits, days, viewer=make.SYSTEM)
    assert [one.name for one in chasing_now if one.verdict] == [silent.name]
    why = {one.verdict.reason for one in chasing_now if not one.verdict}
    assert why == {"heard from us on 8 March: give it time to answer"}
    assert chased(place).count == 1


def test_a_double_press_sends_one_reminder_to_each(place: Partnership) -> None:
    invited(place, 2)
    key = keys.new_key()
    assert chased(place, key=key).pk == chased(place, key=key).pk
    assert ChaseMail.objects.count() == 2


def test_two_reminders_at_most_and_none_within_three_school_days(place: Partnership) -> None:
    invited(place, 1)
    chased(place)
    for day, comes in [(9, False), (10, False), (11, True), (16, False), (17, False)]:
        with clock.at(clock.start_of(date(2022, 3, day), 10)):
            if comes:
                assert chased(place).count == 1
            else:
                with pytest.raises(Conflict):
                    chased(place)
    assert sorted(ChaseMail.objects.values_list("number", flat=True)) == [1, 2]


def test_reminders_go_out_on_school_days_only(place: Partnership) -> None:
    invited(place, 1)
    with clock.at(clock.start_of(date(2022, 3, 12), 10)), pytest.raises(Refused, match="Monday 14 March"):
        chased(place)


def test_a_reminder_carries_a_fresh_link_and_the_words_of_the_office(
    place: Partnership, django_capture_on_commit_callbacks: Any
) -> None:
    one = invited(place, 1)[0]
    with django_capture_on_commit_callbacks(execute=True):
        chased(place, subject="{school}?")
    message = mail.outbox[-1]
    assert (message.subject, "Friday 18 March" in message.body) == (f"{one.name}?", True)
    assert f"/p/{place.slug}/answer/" in message.body
    assert Invitation.objects.filter(school=one, state="open").count() == 1


def test_the_roll_has_a_hash_that_anybody_can_work_out(place: Partnership) -> None:
    one, two, three = make.asked(place, 3)
    make.signed(place, one, two)
    roll = signing.freeze_roll(partnership=place, by=make.SYSTEM)
    entries = texts_queries.roll_entries(roll, place, viewer=make.SYSTEM)
    assert hash_of(roll_text(roll.name, roll.frozen_at, entries)) == roll.text_hash
    make.signed(place, three)
    assert [one.school_id for one in texts_queries.late_signers(place, roll, viewer=make.SYSTEM)] == [three.pk]
    assert Roll.objects.get().count == RollEntry.objects.count() == 2
    with pytest.raises(Conflict):
        signing.freeze_roll(partnership=place, by=make.SYSTEM)


def test_a_published_version_never_changes_and_a_stale_save_is_refused(place: Partnership) -> None:
    published = make.newest(place)
    with pytest.raises(Conflict):
        prospectus.edit_prospectus(draft=published, version=published.version, texts=published.texts, by=make.SYSTEM)
    draft = prospectus.start_draft(partnership=place, by=make.SYSTEM)
    assert (draft.number, prospectus.start_draft(partnership=place, by=make.SYSTEM).pk) == (2, draft.pk)
    mine = Prospectus.objects.get(pk=draft.pk)
    prospectus.edit_prospectus(draft=draft, version=1, texts={**draft.texts, "why": "Theirs."}, by=make.SYSTEM)
    with pytest.raises(Stale):
        prospectus.edit_prospectus(draft=mine, version=1, texts={**mine.texts, "why": "Mine."}, by=make.SYSTEM)
    with pytest.raises(Conflict):
        prospectus.publish_prospectus(partnership=place, version=1, by=make.SYSTEM)


def test_an_empty_agreement_is_not_published(place: Partnership) -> None:
    draft = prospectus.start_draft(partnership=place, by=make.SYSTEM)
    prospectus.edit_prospectus(draft=draft, version=1, texts={**draft.texts, "agreement": " "}, by=make.SYSTEM)
    with pytest.raises(Invalid) as caught:
        prospectus.publish_prospectus(partnership=place, version=draft.version, by=make.SYSTEM)
    assert list(caught.value.problems) == ["agreement"]


def test_an_associate_is_no_longer_asked_and_not_on_the_roll(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    asking.add_associate(partnership=place, school=one, by=make.SYSTEM)
    assert kinds(place) == [Belonging.ASSOCIATE.value]
    assert answers.standing_of_answers(place, viewer=make.SYSTEM).asked == 0
    assert signing.freeze_roll(partnership=place, by=make.SYSTEM).count == 0


def test_a_trusts_academies_are_its_members_without_a_prospectus(db: None) -> None:
    trust = make.partnership("Central Trust", template=Template.TRUST)
    schools = [make.school(990_700 + n) for n in range(3)]
    assert asking.add_members(partnership=trust, schools=schools, by=make.SYSTEM) == 3
    assert asking.add_members(partnership=trust, schools=schools, by=make.SYSTEM) == 0


def test_where_schools_sign_nobody_is_written_down_as_a_member(place: Partnership) -> None:
    with pytest.raises(Refused):
        asking.add_members(partnership=place, schools=make.asked(place, 1), by=make.SYSTEM)


def test_a_note_and_a_next_day_stand_in_the_managers_list(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    said = {"how": "phone", "words": "Head new in January", "next_on": date(2022, 3, 10), "key": keys.new_key()}
    office.note_contact(partnership=place, school=one, **said, by=make.manager(place))
    answer = make.answer(place, one)
    assert (answer.note, answer.next_on) == ("Head new in January", date(2022, 3, 10))


def test_letters_have_a_code_each_and_signed_schools_get_none(place: Partnership) -> None:
    one, two = make.asked(place, 2)
    make.signed(place, two)
    letters = asking.make_letters(partnership=place, schools=[one, two], by=make.SYSTEM)
    assert [(school.pk, len(code)) for school, code in letters] == [(one.pk, 9)]
