"""In whose name an answer to a group is taken from the mail, and what of a mail a group reads."""

from datetime import date
from typing import Any

import pytest

from alongside.ground.core import keys
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.verdict import Refused
from alongside.ground.web.mail import message_id
from alongside.members.groups import actions as groups, tasks
from alongside.members.groups.models import Reply
from alongside.members.mail import actions
from alongside.members.mail.models import Mail
from alongside.members.mail.rules.states import MailState
from alongside.members.mail.tests.make import PROGRAMS, QUOTED, answer_to, mail, quoted_by
from alongside.members.membership.tests import make
from alongside.members.notices.models import Notice, Returned
from alongside.members.notices.rules.messages import address_removed
from alongside.members.notices.rules.tags import tagged
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.on(2022, 3, 11)]
SYSTEM = Standing.system()


class Place:
    """A partnership with two members, whose heads are a group; Ann has asked it."""

    def __init__(self) -> None:
        self.partnership: Partnership = make.partnership()
        self.schools = [make.school(990_000 + at, name) for at, name in enumerate(("Oak", "Elm"))]
        for one in self.schools:
            partnerships.admit_school(partnership=self.partnership, school=one, from_on=date(2022, 1, 1), by=SYSTEM)
        self.manager = make.person("Mo", Post.MANAGER, partnership=self.partnership)
        self.ann, self.eve = (
            make.person(name, Post.HEAD, school=one) for name, one in zip(("Ann", "Eve"), self.schools, strict=True)
        )
        said = {"name": "Heads", "about": "", "posts": [Post.HEAD], "key": keys.new_key()}
        self.group = groups.add_group(partnership=self.partnership, **said, by=self.manager)

    def asked(self, words: str = "Who has a spare kiln?") -> Notice:
        """Ann has asked; what Eve got of it."""
        one = groups.ask(group=self.group, words=words, key=keys.new_key(), by=self.ann)
        tasks.tell(one.pk)
        return Notice.objects.get(kind="groups.asked", about=one.pk, person=self.eve.person)


@pytest.fixture
def place() -> Place:
    return Place()


def take(raw: bytes, *sent_to: str) -> Mail:
    return actions.take_in(raw=raw, sent_to=sent_to, by=SYSTEM)


def door(key: str, settings: Any) -> str:
    return tagged(settings.ANSWERS_TO, key, settings.SECRET_KEY)


EVE = "eve@example.org"


def test_what_a_message_is_about_is_known_although_its_page_has_moved(place: Place, settings: Any) -> None:
    sent = place.asked()
    Notice.objects.filter(pk=sent.pk).update(link="/gone/for/good/")
    assert take(mail("We have.", EVE).as_bytes(), door(sent.pk, settings)).mail_state is MailState.TAKEN
    assert Reply.objects.get().name == "Eve"


def test_whoever_has_left_answers_nothing_and_nobody_acts_in_their_place(place: Place, settings: Any) -> None:
    sent = place.asked()
    Person.objects.filter(pk=place.eve.person).update(is_active=False)
    kept = take(mail("We have.", EVE).as_bytes(), door(sent.pk, settings))
    assert (kept.mail_state, kept.why) == (MailState.WAITING, actions.LEFT) and not Reply.objects.exists()
    with pytest.raises(Refused):  # the fault that was: the system answers instead
        groups.reply_by_mail(notice=sent, words="We have.", is_addressed=True, key=keys.new_key(), by=SYSTEM)


def test_a_message_whose_address_was_removed_equals_no_sender(place: Place, settings: Any) -> None:
    sent = place.asked()
    Notice.objects.filter(pk=sent.pk).update(to=address_removed(date(2022, 3, 8)))
    for sender in ("", "removed-2022-03-08@erased.invalid"):
        kept = take(f"From: {sender}\n\nWe have.".encode(), door(sent.pk, settings))
        assert kept.mail_state is MailState.WAITING and kept.why.startswith("It came from")
    Notice.objects.filter(pk=sent.pk).update(to="")
    assert take(b"From:\n\nWe had.", door(sent.pk, settings)).mail_state is MailState.WAITING
    assert not Reply.objects.exists()


def test_an_absence_note_that_a_rule_hands_on_is_no_answer(place: Place, settings: Any) -> None:
    sent = place.asked()
    inside = f"From: Eve <{EVE}>\nSent: 11 March 2022\nSubject: Automatic reply: {sent.subject}\n\nI am away."
    raw = mail(inside, EVE, Subject=f"FW: Automatic reply: {sent.subject}").as_bytes()
    assert take(raw, door(sent.pk, settings)).mail_state is MailState.AUTOMATIC and not Reply.objects.exists()


def test_a_group_reads_what_was_sent_to_its_question_and_nothing_that_only_refers_to_it(place: Place, settings: Any) -> None:
    sent = place.asked()
    private = take(answer_to(sent, "Between us: they have none.", EVE), door(place.partnership.pk, settings))
    assert private.mail_state is MailState.WAITING and private.answers == sent and not Reply.objects.exists()
    assert take(answer_to(sent, "We have.", EVE), door(sent.pk, settings)).mail_state is MailState.TAKEN
    assert Reply.objects.get().words == "We have."


def test_each_question_to_whose_address_it_was_sent_is_answered_once(place: Place, settings: Any) -> None:
    kiln, clay = place.asked(), place.asked("Who has clay?")
    first, second = (take(mail("We have.", EVE).as_bytes(), door(one.pk, settings)) for one in (kiln, clay))
    assert first != second and {one.enquiry.words for one in Reply.objects.all()} == {"Who has a spare kiln?", "Who has clay?"}
    glaze, wheel = place.asked("Who has glaze?"), place.asked("Who has a wheel?")
    both = [door(one.pk, settings) for one in (glaze, wheel)]
    for sent_to in (both, both[1:], both):  # however the mail server hands it over
        take(mail("Come and see.", EVE, To=", ".join(both)).as_bytes(), *sent_to)
    assert Mail.objects.count() == Reply.objects.count() == 4


@pytest.mark.parametrize("program", PROGRAMS)
def test_what_an_answer_quotes_is_published_nowhere(place: Place, settings: Any, program: str) -> None:
    take(mail(f"We have.\n\n{quoted_by(program)}\n", EVE).as_bytes(), door(place.asked().pk, settings))
    assert Reply.objects.get().words == "We have."


@pytest.mark.parametrize(
    "words",
    [
        f"See below.\n\n> {QUOTED}\nWe have.\n> Mo",
        "We have.\n\nQuoth Alongside <alongside@localhost>\n\nDear head,",
        "We have.\n\nAnswer by mail: answers+0123456789ab",
        "We have.\n\nhttp://127.0.0.1:8000/p/elm/",
        f"On Mon, 7 Mar 2022, Elthorne wrote:\n\n{QUOTED}\n\nWe have.",
    ],
)
def test_what_may_still_quote_waits_for_a_person(place: Place, settings: Any, words: str) -> None:
    kept = take(mail(words, EVE).as_bytes(), door(place.asked().pk, settings))
    assert kept.mail_state is MailState.WAITING and kept.why in {actions.HOLDS_MORE, actions.EMPTY}
    assert not Reply.objects.exists() and kept.raw


CHECKED = "mx.schools.example.org"
TRUE = f"{CHECKED} 1; dmarc=pass (p=none) header.from=example.org; spf=fail smtp.mailfrom=forwards.example"


@pytest.mark.parametrize(
    ("results", "state"),
    [
        ((), MailState.TAKEN),
        ((TRUE,), MailState.TAKEN),
        ((f"{CHECKED}; dmarc=fail (p=none dis=none) header.from=example.org",), MailState.WAITING),
        ((f"{CHECKED.upper()}; spf=pass; DMARC = fail",), MailState.WAITING),
        ((f"{CHECKED}; spf=fail smtp.mailfrom=thief.example; dmarc=none",), MailState.WAITING),
        ((f"{CHECKED}; spf=softfail; dkim=fail",), MailState.TAKEN),
        (("mx.elsewhere.example; dmarc=fail", TRUE), MailState.TAKEN),
        ((f"mx.elsewhere.example; {CHECKED}; dmarc=fail",), MailState.TAKEN),
        ((TRUE, f"{CHECKED}; dmarc=fail"), MailState.WAITING),
    ],
)
def test_who_the_mail_server_doubts_acts_for_nobody(
    place: Place, settings: Any, results: tuple[str, ...], state: MailState
) -> None:
    settings.MAIL_CHECKED_BY = CHECKED
    heads = "".join(f"Authentication-Results: {one}\n" for one in results)
    kept = take(heads.encode() + mail("We have.", EVE).as_bytes(), door(place.asked().pk, settings))
    assert kept.mail_state is state and (kept.why == actions.DOUBTED) is (state is MailState.WAITING)
    assert Reply.objects.count() == (state is MailState.TAKEN)


def test_nobody_is_doubted_where_no_mail_server_is_trusted(place: Place, settings: Any) -> None:
    raw = f"Authentication-Results: {CHECKED}; dmarc=fail\n".encode() + mail("We have.", EVE).as_bytes()
    assert take(raw, door(place.asked().pk, settings)).mail_state is MailState.TAKEN


@pytest.mark.parametrize(
    ("by", "state"),
    [("office@elthorne.example", MailState.TAKEN), (EVE, MailState.TAKEN), ("thief@else.example", MailState.WAITING)],
)
def test_only_the_office_and_whoever_got_it_hand_an_answer_on(place: Place, settings: Any, by: str, state: MailState) -> None:
    Partnership.objects.update(contact_email="office@elthorne.example")
    raw = mail(f"From: Eve <{EVE}>\nSent: 11 March 2022\n\nWe have.", by, Subject="FW: Who has a kiln?").as_bytes()
    kept = take(raw, door(place.asked().pk, settings))
    assert kept.mail_state is state and kept.sender == EVE and Reply.objects.count() == (state is MailState.TAKEN)


def test_what_a_person_writes_about_a_report_is_kept_and_their_address_lives(place: Place, settings: Any) -> None:
    sent = place.asked()
    report = f"From: MAILER-DAEMON@mx.example\nSubject: failure notice\n\n<{EVE}>:\n550 no mailbox here by that name\n\n"
    asks = mail(f"What is this?\n\n{report}Message-ID: {message_id(sent.pk)}\n", EVE).as_bytes()
    kept = take(asks, door(place.partnership.pk, settings))
    assert kept.mail_state is MailState.WAITING and kept.raw == asks and not Returned.objects.exists()
