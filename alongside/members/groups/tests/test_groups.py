"""A question to colleagues: asked, heard of in the week's mail, answered by mail and on the page, thanked for, closed."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.members.contributions.models import Contribution
from alongside.members.groups import actions, queries, tasks
from alongside.members.groups.models import Enquiry, PostGroup, Reply
from alongside.members.groups.rules import EnquiryState
from alongside.members.mail.actions import take_in
from alongside.members.mail.rules.states import MailState
from alongside.members.membership.tests.make import partnership as new_partnership, person, person_also, school
from alongside.members.notices.actions.gathering import send_digests
from alongside.members.notices.models import Notice
from alongside.members.notices.rules.messages import NoticeState
from alongside.members.notices.rules.tags import tagged
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.models import Partnership
from alongside.members.people.actions.acting import let_act
from alongside.members.people.models import Person, Role
from alongside.members.people.queries.acting import my_headships
from alongside.members.people.queries.roles import standing_of
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 11)]  # a Friday
SYSTEM = Standing.system()


class Place:
    """A partnership with two member schools and one that is only asked, a group of heads, and who works there."""

    def __init__(self) -> None:
        self.partnership: Partnership = new_partnership()
        self.oak, self.elm, self.ash = (school(990_000 + at, name) for at, name in enumerate(("Oak", "Elm", "Ash")))
        for one in (self.oak, self.elm):
            partnerships.admit_school(partnership=self.partnership, school=one, from_on=date(2022, 1, 1), by=SYSTEM)
        self.manager = person("Mo", Post.MANAGER, partnership=self.partnership)
        self.ann, self.eve = person("Ann", Post.HEAD, school=self.oak), person("Eve", Post.HEAD, school=self.elm)
        self.bursar, self.zed = person("Bo", Post.BUSINESS_MANAGER, school=self.elm), person("Zed", Post.HEAD, school=self.ash)
        self.heads = self.group("Heads", [Post.HEAD])

    def group(self, name: str, posts: list[str]) -> PostGroup:
        """A group of the partnership."""
        said = {"name": name, "about": "", "posts": posts, "key": keys.new_key()}
        return actions.add_group(partnership=self.partnership, **said, by=self.manager)

    def asked(self, words: str = "Who has a spare kiln?", key: str = "") -> Enquiry:
        """A question of Ann's to the heads, of which they have heard."""
        enquiry = actions.ask(group=self.heads, words=words, key=key or keys.new_key(), by=self.ann)
        tasks.tell(enquiry.pk)
        return enquiry


@pytest.fixture
def place() -> Place:
    return Place()


def test_a_question_is_asked_once_and_each_of_the_group_hears_of_it_when_they_chose(place: Place) -> None:
    key = keys.new_key()
    assert place.asked(key=key) == place.asked(key=key) and Enquiry.objects.get().school == place.oak
    assert actions.tell_group(enquiry=Enquiry.objects.get(), by=SYSTEM) == 0  # begun again, nobody hears twice
    with pytest.raises(Refused):
        actions.tell_group(enquiry=Enquiry.objects.get(), by=place.ann)
    heard = Notice.objects.get(kind="groups.asked")
    assert (heard.person, heard.state) == (place.eve.person, NoticeState.GATHERED)
    with clock.at(heard.due_at):
        assert send_digests(by=SYSTEM) == 1
    assert "Ann asks Heads: Who has a spare kiln?" in Notice.objects.get(kind="notices.digest").body


def test_nobody_outside_asks_answers_or_reads(place: Place) -> None:
    asked = place.asked()
    for who in (place.zed, place.bursar, Standing()):
        with pytest.raises(Refused):
            actions.reply(enquiry=asked, words="I", key=keys.new_key(), by=who)
        assert asked not in Enquiry.objects.visible_to(who)
    with pytest.raises(Refused):
        actions.ask(group=place.heads, words="I?", key=keys.new_key(), by=place.zed)
    assert place.heads not in PostGroup.objects.visible_to(place.zed) and place.heads in PostGroup.objects.visible_to(
        place.bursar
    )
    assert [asked in Enquiry.objects.visible_to(one) for one in (place.ann, place.eve, place.manager)] == [True] * 3


@pytest.mark.parametrize(("words", "why"), [(" ", "Write a few words"), ("x" * 401, "Use at most 400 letters: it has 401")])
def test_a_question_says_something_in_two_lines(place: Place, words: str, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        place.asked(words)


def answer_to(notice: Notice, words: str, sender: str, settings) -> bytes:
    to = tagged(settings.ANSWERS_TO, notice.pk, settings.SECRET_KEY)
    head = f"From: {sender}\nTo: {to}\nSubject: Re: {notice.subject}\nMessage-ID: <{keys.new_key()}@example.org>\n\n"
    return (head + words).encode()


def test_it_is_answered_from_the_mail_that_gathers_it_and_who_asked_hears_of_it(place: Place, settings) -> None:
    settings.ANSWERS_TO = "answers@alongside.example"
    asked = place.asked()
    heard = Notice.objects.get(kind="groups.asked")
    with clock.at(heard.due_at):
        send_digests(by=SYSTEM)
    assert "Answer by mail: answers+" in Notice.objects.get(kind="notices.digest").body
    mail = take_in(raw=answer_to(heard, "We have one, come and fetch it.", "eve@example.org", settings), by=SYSTEM)
    assert (mail.state, mail.became) == (MailState.TAKEN, "Answered Ann")
    given = Reply.objects.get(enquiry=asked)
    assert (given.words, given.name, given.school) == ("We have one, come and fetch it.", "Eve", place.elm)
    assert Notice.objects.get(kind="groups.answered").person == place.ann.person
    stranger = take_in(raw=answer_to(heard, "I too", "someone@else.example", settings), by=SYSTEM)
    assert stranger.state == MailState.WAITING and Reply.objects.count() == 1


def test_a_group_is_asked_from_the_mail_by_an_address_of_ones_own(place: Place, settings) -> None:
    settings.ANSWERS_TO = ""
    with pytest.raises(Conflict, match="No mail is taken in"):
        actions.send_address(group=place.heads, by=place.ann)
    settings.ANSWERS_TO = "answers@alongside.example"
    sent = actions.send_address(group=place.heads, by=place.ann)
    assert sent.to == "ann@example.org"
    mail = take_in(raw=answer_to(sent, "Who has a spare kiln?", "ann@example.org", settings), by=SYSTEM)
    assert mail.became == "Asked the group Heads" and Enquiry.objects.get().asker == place.ann.person


def test_thanks_are_noted_as_given_once_and_taken_back(place: Place) -> None:
    reply = actions.reply(enquiry=place.asked(), words="We have.", key=keys.new_key(), by=place.eve)
    with pytest.raises(Refused):
        actions.thank(reply=reply, by=place.eve)
    actions.thank(reply=reply, by=place.ann)
    given = Contribution.objects.standing().get()
    assert (given.giver, given.receiver, given.kind, str(given.amount)) == (place.elm, place.oak, "advice", "0.25")
    with pytest.raises(Conflict):
        actions.thank(reply=reply, by=place.ann)
    actions.thank(reply=reply, is_thanked=False, by=place.ann)
    assert not Contribution.objects.standing().exists()
    ours = actions.reply(enquiry=reply.enquiry, words="The council has.", key=keys.new_key(), by=place.manager)
    actions.thank(reply=ours, by=place.ann)  # the office is no school: thanked, and nothing is counted
    assert not Contribution.objects.standing().exists()


def test_who_has_left_hears_of_no_answer(place: Place) -> None:
    asked = place.asked()
    Role.objects.filter(person=place.ann.person).update(until_on=date(2022, 3, 10))
    actions.reply(enquiry=asked, words="We have.", key=keys.new_key(), by=place.eve)
    assert not Notice.objects.filter(kind="groups.answered").exists()
    assert not Enquiry.objects.visible_to(standing_of(Person.objects.get(pk=place.ann.person))).exists()


def test_one_asks_and_answers_for_the_school_by_which_one_is_in_the_group(place: Place) -> None:
    both = person_also(place.ann, Post.BUSINESS_MANAGER, school=place.elm)  # which comes before Oak
    bursars = place.group("Bursars", [Post.BUSINESS_MANAGER])
    asked = {
        group.name: actions.ask(group=group, words="Who?", key=keys.new_key(), by=both)
        for group in (place.heads, bursars, place.group("All", []))
    }
    assert [one.school for one in asked.values()] == [place.oak, place.elm, place.elm]
    for by, group, place_of in ((both, place.heads, place.oak), (both, bursars, place.elm), (place.manager, bursars, None)):
        assert actions.reply(enquiry=asked[group.name], words="I", key=keys.new_key(), by=by).school == place_of
    office = person_also(place.manager, Post.GOVERNOR_CHAIR, school=place.oak)
    assert actions.reply(enquiry=asked["Heads"], words="We", key=keys.new_key(), by=office).school is None


@pytest.fixture
def lee(place: Place) -> Standing:
    """The deputy of Oak, who acts for Ann, and chairs the governors of Elm."""
    deputy = person_also(person("Lee", "deputy", school=place.oak), Post.GOVERNOR_CHAIR, school=place.elm)
    (head,) = my_headships(viewer=place.ann)
    let_act(role=head, own=Role.objects.get(person=deputy.person, post="deputy"), key=keys.new_key(), by=place.ann)
    return standing_of(Person.objects.get(pk=deputy.person))


def test_what_was_asked_for_a_head_is_theirs_too(place: Place, lee: Standing) -> None:
    asked = actions.ask(group=place.heads, words="Who has a kiln?", key=keys.new_key(), by=lee)
    assert (asked.asker_name, asked.school, asked.askers) == ("Lee for Ann", place.oak, [lee.person, place.ann.person])
    assert actions.tell_group(enquiry=asked, by=SYSTEM) == 1  # Eve alone: whose question it is hears of no question
    reply = actions.reply(enquiry=asked, words="We have.", key=keys.new_key(), by=place.eve)
    assert [one.person for one in Notice.objects.filter(kind="groups.answered")] == [lee.person]
    actions.thank(reply=reply, by=place.ann)
    actions.close(enquiry=asked, state=EnquiryState.CLOSED, by=place.ann)
    assert actions.ask(group=place.heads, words="And a wheel?", key=keys.new_key(), by=place.ann).asked_for == ""
    actions.close(enquiry=asked, state=EnquiryState.OPEN, by=lee)
    Role.objects.filter(person=lee.person).update(until_on=date(2022, 3, 10))
    actions.reply(enquiry=asked, words="We too.", key=keys.new_key(), by=place.eve)
    assert [one.person for one in Notice.objects.filter(kind="groups.answered").order_by("written_at")] == [
        lee.person, place.ann.person,
    ]  # fmt: skip


def test_who_acts_answers_for_the_head_where_they_act(place: Place, lee: Standing) -> None:
    asked = actions.ask(group=place.heads, words="Who?", key=keys.new_key(), by=place.eve)
    made = actions.reply(enquiry=asked, words="We", key=keys.new_key(), by=lee)
    assert (made.name, made.school, made.person) == ("Lee for Ann", place.oak, lee.person)
    chairs = actions.ask(group=place.group("Chairs", [Post.GOVERNOR_CHAIR]), words="Who?", key=keys.new_key(), by=place.eve)
    made = actions.reply(enquiry=chairs, words="I", key=keys.new_key(), by=lee)
    assert (made.name, made.school) == ("Lee", place.elm)


def test_what_was_asked_for_a_head_is_seen_by_them_in_a_group_of_others(place: Place, lee: Standing) -> None:
    Role.objects.filter(person=lee.person, post=Post.GOVERNOR_CHAIR).delete()
    lee = standing_of(Person.objects.get(pk=lee.person))
    bursars = place.group("Bursars", ["business_manager"])
    person("Di", Post.BUSINESS_MANAGER, school=place.elm)
    person("Dy", "deputy", school=place.elm)
    asked = actions.ask(group=bursars, words="Who covers?", key=keys.new_key(), by=lee)
    assert asked.asker_name == "Lee for Ann" and asked in Enquiry.objects.visible_to(place.ann)
    assert asked not in Enquiry.objects.visible_to(place.eve)
    assert asked not in Enquiry.objects.visible_to(Standing(person=place.ann.person))
    own = actions.ask(group=place.group("Deputies", ["deputy"]), words="Who trains?", key=keys.new_key(), by=lee)
    assert (own.asker_name, own.asked_for) == ("Lee", ""), "in a group of one's own post one speaks for oneself"
    leaders = place.group("Leaders", ["deputy", Post.HEAD])
    assert place.ann.person in {one.person for one in queries.others_in(leaders, viewer=lee)}, "whose head hears of it too"


def test_a_closed_question_is_not_answered_until_it_is_open_again(place: Place) -> None:
    asked = place.asked()
    with pytest.raises(Refused):
        actions.close(enquiry=asked, state=EnquiryState.CLOSED, by=place.eve)
    actions.close(enquiry=asked, state=EnquiryState.CLOSED, by=place.ann)
    with pytest.raises(Conflict, match="no more answers"):
        actions.reply(enquiry=asked, words="Late", key=keys.new_key(), by=place.eve)
    actions.close(enquiry=asked, state=EnquiryState.OPEN, by=place.manager)
    assert actions.reply(enquiry=asked, words="In time", key=keys.new_key(), by=place.eve).school == place.elm


def test_the_office_makes_renames_and_ends_groups(place: Place) -> None:
    with pytest.raises(Refused):
        actions.add_group(partnership=place.partnership, name="Mine", about="", posts=[], key=keys.new_key(), by=place.ann)
    with pytest.raises(Invalid, match="name already"):
        place.group("heads", [])
    other = place.group("Bursars", [Post.BUSINESS_MANAGER])
    with pytest.raises(Invalid, match="name already"):
        actions.change_group(group=other, name="HEADS", about="", posts=[], version=other.version, by=place.manager)
    other.refresh_from_db()
    actions.change_group(group=other, name="Money", about="", posts=[Post.HEAD], version=other.version, by=place.manager)
    assert [row.people for row in queries.groups_of(place.partnership, viewer=place.ann)] == [2, 2]
    actions.end_group(group=place.heads, by=place.manager)
    with pytest.raises(Conflict, match="not there any more"):
        actions.end_group(group=place.heads, by=place.manager)
    place.heads.refresh_from_db()
    with pytest.raises(Conflict, match="not there any more"):
        place.asked()
    assert place.group("Heads", []).name == "Heads"  # the name is free again


def test_who_is_in_a_group_is_named_without_addresses(place: Place) -> None:
    rows = queries.names_of(place.heads, viewer=place.bursar)
    assert [(row.name, row.title, row.school) for row in rows] == [("Ann", "Headteacher", "Oak"), ("Eve", "Headteacher", "Elm")]


def test_the_pages_lead_from_a_question_to_its_answers(place: Place, client: Client) -> None:
    enter(client, Person.objects.get(pk=place.ann.person))
    at = {"slug": place.partnership.slug, "key": place.heads.pk}
    assert "2 people, you among them" in client.get(reverse("groups:groups", args=[at["slug"]])).content.decode()
    said = client.post(
        reverse("groups:ask", kwargs=at), {"words": "A kiln?", "key": keys.new_key()}, follow=True
    ).content.decode()
    assert "Asked. 1 person hears of it" in said and "No answer yet" in said
    asked = Enquiry.objects.get()
    actions.reply(enquiry=asked, words="We have.", key=keys.new_key(), by=place.eve)
    page = client.get(reverse("groups:enquiry", args=[at["slug"], asked.pk])).content.decode()
    assert "1 answer from 1 school" in page and "Thank you" in page
    thanked = client.post(reverse("groups:thank", args=[at["slug"], Reply.objects.get().pk]), follow=True).content.decode()
    assert "Thank you said to Eve. It is noted as a quarter of an hour that Elm gave." in thanked
    assert "1 answer from 1 school" in client.get(reverse("groups:group", kwargs=at)).content.decode()


def test_a_group_that_has_nobody_else_is_not_asked_and_says_so_before_anything_is_typed(place: Place) -> None:
    Role.objects.filter(person=place.eve.person).update(ended_at=clock.now(), until_on=clock.today())
    address = reverse("groups:ask", args=[place.partnership.slug, place.heads.pk])
    for who, words in ((place.ann, "office can invite them"), (place.manager, None)):
        shown = enter(Client(), Person.objects.get(pk=who.person)).get(address).content.decode()
        is_alone = words is not None
        assert ("Nobody else is in Heads yet" in shown, 'name="words"' in shown) == (is_alone, not is_alone)
        assert not words or words in shown
    page = enter(Client(), Person.objects.get(pk=place.ann.person))
    group = page.get(reverse("groups:group", args=[place.partnership.slug, place.heads.pk])).content.decode()
    assert "nobody would hear of a question" in group and "Ask Heads" not in group
    with pytest.raises(Invalid, match="Nobody else is in Heads yet"):
        actions.ask(group=place.heads, words="Who has a kiln?", key=keys.new_key(), by=place.ann)
    assert not Enquiry.objects.exists()
    sendcos = place.group("SENDCos", ["sendco"])
    shown = enter(Client(), Person.objects.get(pk=place.manager.person)).get(
        reverse("groups:ask", args=[place.partnership.slug, sendcos.pk])
    )
    assert reverse("people:list", args=[place.partnership.slug]) in shown.content.decode()
