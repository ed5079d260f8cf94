from datetime import date

import pytest

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.ground.web.models import Stale
from alongside.members.membership.actions import (
    asking,
    office,
    prospectus,
    signing,
)
from alongside.members.membership.models import Prospectus, Roll, RollEntry
from alongside.members.membership.queries import answers, story, texts as texts_queries
from alongside.members.membership.rules.answers import AnswerState
from alongside.members.membership.rules.text import hash_of, roll_text
from alongside.members.membership.tests import make
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.rules import Belonging, Template

pytestmark = pytest.mark.usefixtures("tuesday")

S = AnswerState


def test_the_roll_has_a_hash_that_anybody_can_work_out(place: Partnership) -> None:
    one, two, three = make.asked(place, 3)
    make.signed(place, one, two)
    roll = signing.freeze_roll(partnership=place, seen=UNSEEN, by=make.SYSTEM)
    entries = texts_queries.roll_entries(roll, place, viewer=make.SYSTEM)
    assert hash_of(roll_text(roll.name, roll.frozen_at, entries)) == roll.text_hash
    make.signed(place, three)
    assert [one.school_id for one in texts_queries.late_signers(place, roll, viewer=make.SYSTEM)] == [three.pk]
    assert Roll.objects.get().count == RollEntry.objects.count() == 2
    with pytest.raises(Conflict):
        signing.freeze_roll(partnership=place, seen=UNSEEN, by=make.SYSTEM)


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
    assert make.kinds(place) == [Belonging.ASSOCIATE.value]
    assert answers.standing_of_answers(place, viewer=make.SYSTEM).asked == 0
    assert signing.freeze_roll(partnership=place, seen=UNSEEN, by=make.SYSTEM).count == 0


def test_a_trusts_academies_are_its_members_without_a_prospectus(db: None) -> None:
    trust = make.partnership("Central Trust", template=Template.TRUST)
    schools = [make.school(990_700 + n) for n in range(3)]
    assert asking.add_members(partnership=trust, schools=schools, by=make.SYSTEM) == 3
    assert asking.add_members(partnership=trust, schools=schools, by=make.SYSTEM) == 0


def test_where_schools_sign_nobody_is_written_down_as_a_member(place: Partnership) -> None:
    with pytest.raises(Refused):
        asking.add_members(partnership=place, schools=make.asked(place, 1), by=make.SYSTEM)


def test_a_note_and_a_next_day_stand_in_the_managers_list(place: Partnership) -> None:
    one, manager = make.asked(place, 1)[0], make.manager(place)
    said = {"how": "phone", "words": "Head new in January", "next_on": date(2022, 3, 10), "key": keys.new_key()}
    office.note_contact(partnership=place, school=one, **said, by=manager)
    answer = make.answer(place, one)
    assert (answer.note, answer.next_on) == ("Head new in January", date(2022, 3, 10))
    said |= {"words": "Rang again", "next_on": None}
    office.note_contact(partnership=place, school=one, **(said | {"key": keys.new_key()}), by=manager)
    assert make.answer(place, one).next_on == date(2022, 3, 10), "a day that was agreed is not wiped by an empty box"
    with clock.at(clock.start_of(date(2022, 3, 10), 10)):
        office.note_contact(partnership=place, school=one, **(said | {"key": keys.new_key()}), by=manager)
    assert make.answer(place, one).next_on is None, "the talk of that day was had"


def test_a_note_sent_again_with_another_next_day_is_refused(place: Partnership) -> None:
    one, manager = make.asked(place, 1)[0], make.manager(place)
    said = {"partnership": place, "school": one, "how": "phone", "words": "Rang", "key": keys.new_key(), "by": manager}
    for _ in range(2):
        office.note_contact(**said, next_on=date(2022, 3, 10))
    with pytest.raises(Conflict, match="another next contact"):
        office.note_contact(**said, next_on=date(2022, 3, 11))
    assert make.answer(place, one).next_on == date(2022, 3, 10)


def test_a_note_at_the_wrong_school_is_taken_off_and_the_one_before_stands(place: Partnership) -> None:
    one, manager = make.asked(place, 1)[0], make.manager(place)
    for day, words in ((8, "Head new in January"), (9, "Rang the wrong school")):
        with clock.at(clock.start_of(date(2022, 3, day), 10)):
            said = {"how": "phone", "words": words, "key": keys.new_key()}
            note = office.note_contact(partnership=place, school=one, **said, by=manager)
    office.take_note_off(contact=note, by=manager)
    assert make.answer(place, one).note == "Head new in January"
    assert "wrong" not in str(story.story_of(make.answer(place, one), viewer=manager))
    with pytest.raises(Conflict, match="off already"):
        office.take_note_off(contact=note, by=manager)


def test_letters_have_a_code_each_and_signed_schools_get_none(place: Partnership) -> None:
    one, two = make.asked(place, 2)
    make.signed(place, two)
    letters = asking.make_letters(partnership=place, schools=[one, two], by=make.SYSTEM)
    assert [(school.pk, len(code)) for school, code in letters] == [(one.pk, 9)]
