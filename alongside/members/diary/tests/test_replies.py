"""What Outlook, Google and Apple send back arrives at the date, through the door for mail."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from alongside.ground.core import clock
from alongside.ground.core.dated import Dated
from alongside.ground.core.shown import UNSEEN
from alongside.members.diary import queries
from alongside.members.diary.models import DiaryDate
from alongside.members.diary.rules import Attending
from alongside.members.diary.tests.make import REPLIES, SYSTEM, decides, door, head, mails, reply, sent
from alongside.members.mail import actions as mail
from alongside.members.mail.models import Mail
from alongside.members.mail.rules.states import MailState
from alongside.members.mail.tests.make import answer_to, mail as written
from alongside.members.membership.tests import make
from alongside.members.notices.models import Notice
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Person
from alongside.members.people.queries.roles import standing_of
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 8)]
SAYS = {"yes": Attending.YES, "perhaps": Attending.PERHAPS, "no": Attending.NO}
FILES = sorted(path.name for path in REPLIES.glob("*.eml"))
ANSWERS = [name for name in FILES if not name.startswith("office")]
LATER = "20220308T110000Z"


@pytest.fixture
def place() -> Partnership:
    return make.partnership()


@pytest.fixture
def person(place: Partnership) -> Person:
    person, _ = head(place)
    sent(person)
    return person


def invitation(person: Person) -> Notice:
    return mails(person)[0]


def take(raw: bytes, *sent_to: str) -> Mail:
    return mail.take_in(raw=raw, sent_to=sent_to, by=SYSTEM)


def row(person: Person) -> DiaryDate:
    return DiaryDate.objects.get(person=person)


def test_there_are_replies_of_each_program_of_each_sort() -> None:
    assert {
        (name.split("-")[0], program) for name in ANSWERS for program in ("outlook", "google", "apple") if program in name
    } == {(says, program) for says in SAYS for program in ("outlook", "google", "apple")}


@pytest.mark.parametrize("file", ANSWERS)
def test_the_answer_of_a_program_arrives_at_the_date(person: Person, file: str) -> None:
    kept = take(reply(file, invitation(person), STAMP="20220308T090000Z"))
    assert kept.mail_state is MailState.TAKEN, kept.why
    assert row(person).attending is SAYS[file.split("-")[0]]
    assert ("county" in row(person).comment) is ("with-" in file)
    assert "Wednesday 16 March 2022" in kept.became and kept.person == person.pk
    again = take(b"Received: by another way\r\n" + reply(file, invitation(person), STAMP="20220308T090000Z"))
    assert again.pk == kept.pk


@pytest.mark.parametrize("file", sorted(set(FILES) - set(ANSWERS)))
def test_what_is_no_answer_of_whom_it_was_sent_to_waits_for_the_office(person: Person, file: str) -> None:
    kept = take(reply(file, invitation(person)))
    assert kept.mail_state is MailState.WAITING and kept.why and not row(person).answer


def test_the_key_is_in_the_address_alone_and_a_made_up_one_opens_nothing(person: Person) -> None:
    """Google refers to no message of ours: the organiser's address says what it answers."""
    raw = reply("yes-google.eml", invitation(person))
    other = raw.replace(door(invitation(person)).encode(), b"answers+0123456789abcdefghjk@schools.example.org")
    assert take(other).mail_state is MailState.WAITING and not row(person).answer
    assert take(raw).mail_state is MailState.TAKEN and row(person).attending is Attending.YES


def test_who_it_says_it_is_from_opens_nothing(place: Partnership, person: Person) -> None:
    other, _ = head(place, 990_010)
    sent(other)
    for raw in (
        reply("no-google-with-note.eml", invitation(person), FROM=other.email),
        reply("no-outlook-with-comment.eml", invitation(other), UID=row(person).uid + "@alongside.invalid"),
        written("I decline", str(person.email)).as_bytes(),
    ):
        assert take(raw).mail_state is MailState.WAITING
    assert not row(person).answer and not row(other).answer


def test_the_later_answer_holds_however_they_arrive(person: Person) -> None:
    take(reply("no-outlook-with-comment.eml", invitation(person), STAMP="20220310T110000Z"))
    with clock.at(clock.start_of(date(2022, 3, 8), 15)):
        take(reply("yes-outlook.eml", invitation(person), STAMP="20220308T140000Z"))
    assert row(person).attending is Attending.YES, "a clock that runs ahead does not outdo"
    with clock.at(clock.start_of(date(2022, 3, 9), 9)):
        take(reply("no-apple-with-comment.eml", invitation(person), STAMP="20220309T080000Z"))
        take(reply("perhaps-google.eml", invitation(person), STAMP="20220308T130000Z"))
    assert row(person).attending is Attending.NO and row(person).comment == "At the county that day, sorry"


def test_an_answer_to_the_date_as_it_was_is_kept_and_not_taken_for_the_new_day(place: Partnership, person: Person) -> None:
    take(reply("yes-apple.eml", invitation(person)))
    decides(place, make.School.objects.get(current__urn=990_001), standing_of(person), date(2022, 3, 24))
    sent(person)
    assert row(person).answer == Attending.YES and row(person).attending is None
    late = take(reply("no-outlook-with-comment.eml", invitation(person), STAMP=LATER))
    assert late.mail_state is MailState.TAKEN and "as it was before it moved" in late.became
    assert row(person).attending is None and row(person).answer == Attending.NO
    take(reply("perhaps-google.eml", mails(person)[1], STAMP="20220308T080000Z"))
    assert row(person).attending is Attending.PERHAPS
    take(reply("yes-outlook.eml", invitation(person), STAMP=LATER))
    assert row(person).attending is Attending.PERHAPS, "what is said of the new day holds"


def test_a_number_that_we_never_sent_bars_no_later_answer(person: Person) -> None:
    take(reply("yes-apple.eml", invitation(person), SEQUENCE=999, STAMP="20220308T080000Z"))
    take(reply("no-google-with-note.eml", invitation(person), STAMP="20220308T090000Z"))
    assert row(person).attending is Attending.NO


def test_an_answer_in_words_is_for_the_office(person: Person) -> None:
    kept = take(answer_to(invitation(person), "Sorry, I cannot come."))
    assert kept.mail_state is MailState.WAITING and "in words" in kept.why


def test_a_calendar_answer_to_another_kind_of_message_begins_nothing(place: Partnership, person: Person) -> None:
    (other,) = make.asked(place, 1, 990_020)
    make.asking.invite_schools(partnership=place, addresses={other.pk: "head@other.example"}, seen=UNSEEN, by=SYSTEM)
    letter = Notice.objects.get(kind="membership.invitation")
    letter.calendar = invitation(person).calendar
    kept = take(reply("yes-outlook.eml", letter))
    assert kept.mail_state is MailState.WAITING and kept.why


def test_the_person_sees_it_on_their_page_and_in_their_calendar(person: Person) -> None:
    client = enter(Client(), person)
    assert "No answer yet" in client.get("/me/diary/").content.decode()
    take(reply("no-outlook-with-comment.eml", invitation(person)))
    page = client.get("/me/diary/").content.decode()
    assert "You declined" in page and "I am at the county’s meeting that day, sorry." in page
    assert "You declined" in client.get("/me/calendar/?month=2022-03").content.decode()


def test_the_office_is_told_who_answered_what_and_others_nothing(place: Partnership, person: Person) -> None:
    take(reply("no-google-with-note.eml", invitation(person)))
    [date_of] = [
        one
        for one in queries.dates_of(date(2022, 3, 8), date(2022, 3, 31), viewer=standing_of(person)).rows
        if one.what == "membership.subject"
    ]

    def told(viewer: Any) -> list[Any]:
        return queries.answers_to([date_of], viewer=viewer).get(date_of.uid, [])

    other, _ = head(place, 990_010)
    [said] = told(make.manager(place))
    assert (said.name, said.attending, said.comment) == (person.name, Attending.NO, "Sorry, at the county that day")
    assert told(standing_of(person)) == [said] and not told(standing_of(other))
    assert not told(make.manager(make.partnership("Birch partnership")))
    assert isinstance(date_of, Dated)


def test_whoever_cannot_sign_in_any_more_answers_nothing_and_nobody_for_them(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(is_active=False)
    kept = take(reply("yes-outlook.eml", invitation(person)))
    assert (kept.mail_state, kept.why) == (MailState.WAITING, mail.LEFT) and not row(person).answer
