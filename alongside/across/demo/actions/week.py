"""What happens in Elthorne week by week: the bulletin, dates for diaries, mail that comes in. Each calls what programs would."""

from email.message import EmailMessage
from typing import Any

from alongside.across.demo import elthorne
from alongside.across.demo.elthorne import EMAILS, STORY
from alongside.across.demo.queries.state import persona_person
from alongside.across.demo.rules import Persona
from alongside.across.monday.actions import write_mail
from alongside.across.monday.queries import whose_mail_goes
from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.verdict import Conflict
from alongside.ground.web.mail import message_id
from alongside.members.bulletin import actions as bulletin
from alongside.members.bulletin.models import AskedOfSchool
from alongside.members.diary import actions as diary
from alongside.members.diary.models import DiaryDate
from alongside.members.diary.queries import to_look_at
from alongside.members.diary.rules import DiaryWay
from alongside.members.groups import actions as groups
from alongside.members.groups.models import Enquiry, PostGroup
from alongside.members.mail.actions import take_in
from alongside.members.mail.queries import address_of
from alongside.members.notices.actions.delivering import deliver_waiting
from alongside.members.notices.actions.returning import take_return
from alongside.members.notices.models import Notice
from alongside.members.notices.rules.bounces import Came, Return
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.rules import Belonging
from alongside.members.people.actions import acting
from alongside.members.people.models import Person, Role
from alongside.members.people.queries.acting import my_headships, who_could_act
from alongside.members.people.queries.roles import standing_of
from alongside.members.schools.models import School
from alongside.members.whoswho import actions as whoswho
from alongside.members.whoswho.rules import Chosen, Goes

MOST = 500
SYSTEM = Standing.system()


def send_in(partnership: Partnership, title: str, by: Standing) -> None:
    """Send in what the story has of that heading."""
    told = next(one for one in STORY["bulletin"] if one["title"] == title)
    said = {name: value for name, value in told.items() if name not in {"sent_in", "answers"}}
    bulletin.propose_item(partnership=partnership, key=keys.new_key(), by=by, **said)


def do_what_was_asked(partnership: Partnership, schools: int) -> None:
    """So many schools do what was asked of them first, in words where the story has any; not that of the business manager whom
    the visitor may be."""
    answers = {one["title"]: one["answers"] for one in STORY["bulletin"] if "answers" in one}
    open_now = AskedOfSchool.objects.filter(partnership=partnership, done_at=None, item__state="sent")
    open_now = open_now.exclude(school__current__urn=elthorne.named(elthorne.INVOICED_SCHOOL).urn)
    soonest = open_now.select_related("item__partnership", "school__current").order_by("by_on", "school__current__urn")
    heads = Role.objects.held(clock.today()).filter(post=Post.HEAD).select_related("person")
    speaks = {role.school_id: role.person for role in heads.filter(school__in=open_now.values("school"))}
    for one in list(soonest[:schools]):
        by = standing_of(speaks[one.school_id]) if one.school_id in speaks else SYSTEM
        if words := answers.get(one.item.title):
            said = words[one.school.urn % len(words)]
            bulletin.answer_in_words(item=one.item, school=one.school, words=said, version=UNSEEN, by=by)
        else:
            bulletin.answer_request(item=one.item, school=one.school, by=by)


def answer_by_mail(partnership: Partnership, school: School, words: str) -> None:
    """A head answers the invitation in their own mail program. Raises Conflict where none was sent."""
    invited = Notice.objects.filter(kind="membership.invitation", partnership=partnership, school=school)
    sent = invited.order_by("-written_at").first()
    if sent is None:
        raise Conflict("The school was not invited by mail.")
    quoted = f"On {sent.written_at:%a, %d %b %Y}, {partnership} wrote:\n> {sent.subject}"
    mail = _mail(sent.to, f"Re: {sent.subject}", f"{words}\n\n{quoted}\n")
    mail["In-Reply-To"] = mail["References"] = message_id(sent.pk)
    take_in(raw=mail.as_bytes(), by=SYSTEM)


def write_to_the_office(partnership: Partnership, words: str) -> None:
    """Somebody writes who answers no message of ours: it waits for the office."""
    mail = _mail("clerk@governors.example", "Prospectus on paper", words)
    take_in(raw=mail.as_bytes(), sent_to=[address_of(partnership, viewer=SYSTEM)], by=SYSTEM)


def write_to_list(told: dict[str, Any], partnership: Partnership, by: Standing) -> None:
    """The office writes what the story tells to everybody in a post."""
    said = {"subject": told["subject"], "words": told["words"], "goes": Goes(told["goes"]), "chosen": Chosen(post=told["post"])}
    made = whoswho.write_circular(partnership=partnership, **said, seen=UNSEEN, key=keys.new_key(), by=by)
    while whoswho.tell_readers(circular=made, by=SYSTEM):  # as the worker does, who comes later and finds it done
        pass


def come_back(told: dict[str, Any], partnership: Partnership) -> None:
    """One of its messages comes back. Raises Conflict where it was not written."""
    sent = Notice.objects.filter(partnership=partnership, subject=told["subject"]).order_by("to").first()
    if sent is None:
        raise Conflict("It was not written.")
    words = "550 5.1.1 The email account that you tried to reach does not exist"
    about = frozenset({sent.to.lower()})
    if take_return(came=Return(Came.PERMANENT, sent.pk, "5.1.1", words, is_final=True, about=about), by=SYSTEM) is None:
        raise Conflict("It did not come back.")


def make_groups(partnership: Partnership, by: Standing) -> None:
    """The office makes the groups of the story."""
    for told in STORY["groups"]:
        groups.add_group(partnership=partnership, key=keys.new_key(), **told, by=by)


def ask(told: dict[str, Any], partnership: Partnership) -> None:
    """A head asks what the story tells."""
    group = PostGroup.objects.get(partnership=partnership, name=told["group"], ended_on=None)
    groups.ask(group=group, words=told["words"], key=keys.new_key(), by=_heads(partnership)[len(told["words"]) % 7])


def answer(told: dict[str, Any], partnership: Partnership) -> None:
    """Other heads answer, and are thanked. Raises Conflict where nobody has asked."""
    asked = Enquiry.objects.filter(partnership=partnership, words=told["words"]).select_related("group", "partnership").first()
    if asked is None:
        raise Conflict("Nobody has asked this.")
    asker = next((one for one in _heads(partnership) if one.person == asked.asker), SYSTEM)
    others = [one for one in _heads(partnership) if one.person != asked.asker]
    for number, words in enumerate(told["answers"]):
        reply = groups.reply(enquiry=asked, words=words, key=keys.new_key(), by=others[number + len(words) % 11])
        if number < told["thanked"]:
            groups.thank(reply=reply, by=asker)


def _heads(partnership: Partnership) -> list[Standing]:
    """The heads of the first member schools."""
    members = Membership.objects.current(clock.today()).filter(partnership=partnership, kind=Belonging.MEMBER)
    held = Role.objects.held(clock.today()).filter(post=Post.HEAD, school__in=members.values("school"))
    return [standing_of(one.person) for one in held.select_related("person").order_by("school__current__urn")[:20]]


def write_weeks() -> None:
    """The mail of the week to those whose eyes a visitor may borrow, where this is its day."""
    whose = set(whose_mail_goes(clock.today(), viewer=SYSTEM))
    for persona in Persona:
        person = persona_person(persona, viewer=SYSTEM)
        if person and person.pk in whose:
            write_mail(person=person.pk, by=SYSTEM)
    deliver_waiting(by=SYSTEM)  # as the worker does: it goes on that morning, and not when a visitor comes


def send_dates() -> None:
    """What is dated goes to the diaries: of heads, and of the business manager whom the visitor may be, who wants it so."""
    manager = Person.objects.get(email=EMAILS[Persona.BUSINESS_MANAGER])
    if not DiaryDate.objects.filter(person=manager).exists():
        diary.choose_way(way=DiaryWay.MAIL, by=standing_of(manager))
    for person in to_look_at(MOST, viewer=SYSTEM):
        diary.send_dates(person=person, by=SYSTEM)


def answer_a_date(person: str, says: str) -> None:
    """Somebody presses Accept or Decline in their calendar program. Raises Conflict where they were sent nothing."""
    sent = Notice.objects.filter(kind="diary.invitation", person=person).order_by("written_at").first()
    if sent is None:
        raise Conflict("They were sent no date.")
    lines = {name: value for name, _, value in (line.partition(":") for line in sent.calendar.replace("\r\n ", "").splitlines())}
    words = f"COMMENT:{STORY['comment']}" if says == "DECLINED" else "X-NO-COMMENT:1"
    about = [f"UID:{lines['UID']}", f"SEQUENCE:{lines['SEQUENCE']}", f"DTSTAMP:{clock.now():%Y%m%dT%H%M%SZ}", words]
    event = ["BEGIN:VEVENT", *about, f"ATTENDEE;PARTSTAT={says}:mailto:{sent.to}", "END:VEVENT"]
    calendar = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Elthorne//EN", "METHOD:REPLY", *event, "END:VCALENDAR", ""]
    mail = _mail(sent.to, f"{says.capitalize()}: {sent.subject}", "")
    mail["References"] = message_id(sent.pk)
    mail.add_alternative("\r\n".join(calendar), subtype="calendar", params={"method": "REPLY"})
    take_in(raw=mail.as_bytes(), by=SYSTEM)


def let_act(head: Standing, email: str) -> None:
    """A head lets a colleague of that address act for them."""
    could = who_could_act(my_headships(viewer=head), viewer=head)
    chosen = next(one for one in could if one.own.person.email == email)
    acting.let_act(role=chosen.role, own=chosen.own, key=keys.new_key(), by=head)


def _mail(sender: str, subject: str, words: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["Subject"], made["Message-ID"] = sender, subject, f"<{keys.new_key()}@{sender.partition('@')[2]}>"
    made.set_content(words)
    return made
