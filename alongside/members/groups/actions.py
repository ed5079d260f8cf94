"""Making groups, asking them, answering, thanking."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.declaration import Answered
from alongside.ground.core.shown import WasSeen
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import plural
from alongside.ground.files import actions as files_kept
from alongside.ground.files.rules import format_and_size
from alongside.ground.web.later import later
from alongside.ground.web.models import lock, move, require_unchanged, save_if_unchanged, unless_taken
from alongside.members.bulletin.rules import written
from alongside.members.contributions import actions as contributions
from alongside.members.contributions.rules import GiftKind
from alongside.members.groups.models import Enclosed, Enquiry, PostGroup, Reply
from alongside.members.groups.permissions import (
    may_ask_group,
    may_close,
    may_correct_reply,
    may_reply,
    may_run_groups,
    may_take_back_reply,
    may_tell_group,
    may_thank,
    may_write_by_mail,
)
from alongside.members.groups.queries import others_in, people_of, school_asking, school_within
from alongside.members.groups.rules import MOST_ASKED, MOST_REPLIED, THANKED, EnquiryState, nobody_else, speaks_for_self
from alongside.members.mail.models import Mail
from alongside.members.mail.rules.files import MOST_FILES, key_of_file
from alongside.members.mail.rules.reading import read
from alongside.members.notices.actions import sending as notices
from alongside.members.notices.models import Notice
from alongside.members.partnerships.models import Partnership
from alongside.members.people.queries.roles import address_of
from alongside.members.schools.models import School

TAKEN = "There is a group of this name already"
GONE = "This group is not there any more. Look at the groups for another one."
THANKS = "groups.thank"
ASKED, ANSWERED = "groups.asked", "groups.answered"
MOST_SHOWN = 3_000  # letters of what was too long


@transaction.atomic
def add_group(*, partnership: Partnership, name: str, about: str, posts: Collection[str], key: str, by: Standing) -> PostGroup:
    """Make a group, once. Raises Invalid when its name is taken."""
    require(may_run_groups(by, partnership.pk))
    group = PostGroup(pk=key, partnership=partnership, name=" ".join(name.split()), about=about.strip(), posts=written(posts))
    with unless_taken(name=TAKEN):
        return audit.keep_once("groups.add", group, by=by)


@transaction.atomic
def change_group(*, group: PostGroup, name: str, about: str, posts: Collection[str], version: int, by: Standing) -> PostGroup:
    """Let a group have another name, or other people. Raises Stale when somebody has changed it meanwhile, Invalid when the name
    is taken."""
    require(may_run_groups(by, group.partnership_id))
    group.name, group.about, group.posts = " ".join(name.split()), about.strip(), written(posts)
    with unless_taken(name=TAKEN):
        save_if_unchanged(group, version, "name", "about", "posts")
    audit.record("groups.change", row=group.pk, partnership=group.partnership_id, by=by)
    return group


@transaction.atomic
def end_group(*, group: PostGroup, by: Standing) -> PostGroup:
    """End a group: nobody asks it any more, what was asked and answered stays. Raises Conflict when it has ended."""
    require(may_run_groups(by, group.partnership_id))
    if not PostGroup.objects.filter(pk=group.pk, ended_on=None).update(ended_on=clock.today()):
        raise Conflict(GONE)
    audit.record("groups.end", row=group.pk, partnership=group.partnership_id, by=by)
    return group


@transaction.atomic
def ask(*, group: PostGroup, words: str, key: str, by: Standing) -> Enquiry:
    """Ask a group, once; each of its people hears of it in their week's mail, or as they chose.

    Raises Invalid when it says nothing or is too long, or nobody would hear of it; Conflict when the group has ended.
    """
    require(may_ask_group(by, group.partnership_id))
    if group.ended_on:
        raise Conflict(GONE)
    if not others_in(group, viewer=by) and not Enquiry.objects.filter(pk=key).exists():
        raise Invalid(words=nobody_else(group.name, group.for_whom))
    school = school_asking(group, viewer=by)
    enquiry = Enquiry(
        pk=key, partnership=group.partnership, group=group, school=school, asked_at=clock.now(),
        words=_fitting(" ".join(words.split()), MOST_ASKED), **_said_by(group, by, school, "asker", "asker_name"),
    )  # fmt: skip
    if school and not speaks_for_self(by, group.partnership_id, group.posts) and (acting := by.for_whom(school.pk)):
        enquiry.asked_for = acting.acts_for
    if (stored := audit.keep_once("groups.ask", enquiry, by=by)) is not enquiry:
        return stored
    later("groups.tell", enquiry.pk)
    return enquiry


@transaction.atomic
def tell_group(*, enquiry: Enquiry, by: Standing) -> int:
    """Let everybody in the group hear of a question, but whose it is: each once, however often it is begun. Gives how many."""
    require(may_tell_group(by))
    lock(enquiry)
    if enquiry.state == EnquiryState.GONE:
        return 0
    partnership, group = enquiry.partnership, enquiry.group
    page = reverse("groups:enquiry", args=[partnership.slug, enquiry.pk])
    heard = Notice.objects.filter(kind=ASKED, partnership=partnership, about=enquiry.pk)
    told = set(heard.values_list("person", flat=True))
    people = [one for one in people_of(group, viewer=by) if one.person not in {*told, *enquiry.askers}]
    words = {
        "asker": enquiry.asker_name, "place": enquiry.school or partnership.name, "group": group.name, "words": enquiry.words,
        "by_mail": bool(settings.ANSWERS_TO), "link": settings.ADDRESS + page,
    }  # fmt: skip
    for one in people:
        notices.send(
            template="groups/asked.txt", to=one.email, person=one.person, words=words, link=page, about=enquiry.pk,
            partnership=partnership, by=by,
        )  # fmt: skip
    return len(people)


def _said_by(group: PostGroup, by: Standing, school: School | None, who: str, name: str) -> dict[str, str]:
    is_own = speaks_for_self(by, group.partnership_id, group.posts)
    said = by.name if is_own else by.named_in(school.pk if school else None)
    return {who: by.person or by.on_behalf_of or "", name: said[:120]}


def _fitting(words: str, most: int) -> str:
    if not words:
        raise Invalid(words="Write a few words")
    if len(words) > most:
        raise Invalid(words=f"Use at most {most:,} letters: it has {len(words):,}")
    return words


@transaction.atomic
def send_address(*, group: PostGroup, by: Standing) -> Notice:
    """Send somebody the message whose answers are their questions to a group: its address is theirs alone.

    Raises Conflict where no mail is taken in.
    """
    require(may_ask_group(by, group.partnership_id))
    if not settings.ANSWERS_TO:
        raise Conflict("No mail is taken in here. Ask on the page instead.")
    page = reverse("groups:group", args=[group.partnership.slug, group.pk])
    words = {"group": group.name, "whom": group.for_whom, "most": MOST_ASKED, "link": settings.ADDRESS + page}
    return notices.send(
        template="groups/address.txt", to=address_of(by.person or "", viewer=by), person=by.person or "", words=words, link=page,
        about=group.pk, partnership=group.partnership, by=by,
    )  # fmt: skip


@transaction.atomic
def ask_by_mail(*, notice: Notice, words: str, is_addressed: bool, files: int = 0, key: str, by: Standing) -> Answered:
    """What somebody writes to their address of a group is asked of it; where it cannot be, they hear why."""
    require(may_write_by_mail(by, notice.partnership_id or "", is_addressed))
    group = PostGroup.objects.visible_to(by).select_related("partnership").filter(pk=notice.about).first()
    if group is None:
        raise Conflict(GONE)
    try:
        with transaction.atomic():
            enquiry = ask(group=group, words=words, key=key, by=by)
    except (Invalid, Conflict) as refusal:
        return _not_taken(notice, group, f"Your question to {group.name} was not asked", words, refusal, by)
    _enclose(enquiry, files)
    return Answered(f"Asked the group {group.name}", reverse("groups:enquiry", args=[group.partnership.slug, enquiry.pk]))


def _not_taken(notice: Notice, about: PostGroup | Enquiry, what: str, words: str, why: Exception, by: Standing) -> Answered:
    """Tell whoever wrote that what they wrote went to nobody, and what to do; an answer to that is taken as the first one was."""
    said = {"what": what, "why": str(why), "words": words[:MOST_SHOWN], "link": settings.ADDRESS + notice.link}
    notices.send(
        template="groups/not_taken.txt", to=address_of(by.person or "", viewer=by), person=by.person or "", words=said,
        link=notice.link, about=about.pk, partnership=about.partnership, by=by,
    )  # fmt: skip
    return Answered(f"{what}: whoever wrote was told why", notice.link)


@transaction.atomic
def again_by_mail(*, notice: Notice, words: str, is_addressed: bool, files: int = 0, key: str, by: Standing) -> Answered:
    """Whoever heard that what they wrote was not taken writes it once more: the question, or the answer."""
    said: dict[str, Any] = {"words": words, "is_addressed": is_addressed, "files": files, "key": key}
    if Enquiry.objects.filter(pk=notice.about).exists():
        return reply_by_mail(notice=notice, **said, by=by)
    return ask_by_mail(notice=notice, **said, by=by)


def _enclose(of: Enquiry | Reply, files: int) -> None:
    if files:
        later("groups.keep_files", of.pk)


def keep_files(*, mail: Mail, by: Standing) -> int:
    """Put what came with a question or an answer by mail beside it, checked and cleaned, each once: whoever reads the one opens
    the other. Gives how many; of what is not taken stands why."""
    require(may_tell_group(by))
    reply = Reply.objects.select_related("enquiry").filter(pk=mail.pk).first()
    enquiry = reply.enquiry if reply else Enquiry.objects.filter(pk=mail.pk).first()
    if enquiry is None:
        return 0
    rows = []
    for at, came in enumerate(read(mail.raw).attached[:MOST_FILES]):
        key, about = key_of_file(f"group {mail.pk}", at), {"enquiry": enquiry, "reply": reply, "title": came.name[:120]}
        row = Enclosed(pk=key, partnership_id=enquiry.partnership_id, **about)
        try:
            kept = files_kept.keep_file(
                key=key, name=came.name, data=came.data, kind=Enclosed._meta.label_lower,
                partnership=enquiry.partnership_id, sure=True, by=by,
            )  # fmt: skip
            row.file, row.title, row.what = kept.pk, kept.title, format_and_size(kept.format, kept.size)
        except (Invalid, Conflict) as refusal:
            row.refused = str(refusal)[:300]
        rows.append(row)
    with transaction.atomic():
        Enclosed.objects.bulk_create(rows, ignore_conflicts=True)
    return sum(bool(one.file) for one in rows)


@transaction.atomic
def change_words(*, enquiry: Enquiry, words: str, version: WasSeen, by: Standing) -> Enquiry:
    """Let a question have other words, while no mail of it has gone. Raises Stale when somebody has changed it meanwhile,
    Invalid as `ask` does, Conflict when a mail of it has gone."""
    require(may_close(by, enquiry.partnership_id, enquiry.askers))
    said = _fitting(" ".join(words.split()), MOST_ASKED)
    require_unchanged(enquiry, version, {"words": "Question"}, words=said)
    if enquiry.state != EnquiryState.OPEN:
        raise Conflict("This question is not open any more.")
    if notices.withdraw(kind=ASKED, of=enquiry, by=by):
        raise Conflict("Mail with this question has gone already, so its words stay. Take it back and ask anew.")
    Enquiry.objects.filter(pk=enquiry.pk).update(words=said)
    enquiry.words = said
    audit.record("groups.change_words", row=enquiry.pk, partnership=enquiry.partnership_id, by=by)
    later("groups.tell", enquiry.pk)
    return enquiry


@transaction.atomic
def take_back(*, enquiry: Enquiry, by: Standing) -> int:
    """Take a question back: nothing more of it is sent, and nobody but who asked and the office sees it any more. Gives how many
    have mail of it all the same. Raises Conflict when it is taken back."""
    require(may_close(by, enquiry.partnership_id, enquiry.askers))
    move(enquiry, EnquiryState.GONE)
    audit.record("groups.take_back", row=enquiry.pk, partnership=enquiry.partnership_id, by=by)
    return notices.withdraw(kind=ASKED, of=enquiry, by=by)


@transaction.atomic
def reply(*, enquiry: Enquiry, words: str, files: int = 0, key: str, by: Standing) -> Reply:
    """Answer a question, once; whoever asked hears of it while they may see it. Raises Invalid when it says nothing or is too
    long, Conflict when no more answers are needed."""
    require(may_reply(by, enquiry.partnership_id, enquiry.group.posts))
    if not Enquiry.objects.filter(pk=enquiry.pk, state=EnquiryState.OPEN).exists():
        raise Conflict("Whoever asked needs no more answers. Thank you for yours.")
    school = school_within(enquiry.group, viewer=by)
    made = Reply(
        pk=key, partnership=enquiry.partnership, enquiry=enquiry, school=school, at=clock.now(),
        words=_fitting(words.strip(), MOST_REPLIED), **_said_by(enquiry.group, by, school, "person", "name"),
    )  # fmt: skip
    if (stored := audit.keep_once("groups.reply", made, by=by)) is not made:
        return stored
    _enclose(made, files)
    _tell_asker(made, files, by)
    return made


def _tell_asker(reply: Reply, files: int, by: Standing) -> None:
    """Whoever asked hears of an answer, or that it was put right; for whom it was asked, where they may not see it any more."""
    enquiry = reply.enquiry
    page = reverse("groups:enquiry", args=[enquiry.partnership.slug, enquiry.pk])
    words = {
        "name": reply.name, "place": reply.school or enquiry.partnership.name, "asked": enquiry.words, "words": reply.words,
        "files": plural(files, "file") if files else "", "has_changed": bool(reply.changed_at), "link": settings.ADDRESS + page,
    }  # fmt: skip
    for person in enquiry.askers if by.person not in enquiry.askers else ():
        about: dict[str, Any] = {"of": reply, "words": words, "link": page, "partnership": enquiry.partnership}
        if notices.tell(person=person, template="groups/answered.txt", **about, by=by):
            break


@transaction.atomic
def correct_reply(*, reply: Reply, words: str, version: WasSeen, by: Standing) -> Reply:
    """Put an answer of one's own into other words; whoever asked hears of these, and of the first ones not at all where no mail
    of them has gone. A thank-you stands. Raises Stale when it was changed meanwhile, Invalid as `reply` does, Conflict when it
    was taken back."""
    require(may_correct_reply(by, reply.person))
    said = _fitting(words.strip(), MOST_REPLIED)
    require_unchanged(reply, version, {"words": "Answer"}, words=said)
    if reply.taken_back_at:
        raise Conflict("This answer was taken back. Answer anew.")
    if reply.words == said:
        return reply
    has_gone = notices.withdraw(kind=ANSWERED, of=reply, by=by)
    reply.words, reply.changed_at = said, clock.now() if has_gone else reply.changed_at
    reply.save(update_fields=["words", "changed_at"])
    audit.record("groups.correct_reply", row=reply.pk, partnership=reply.partnership_id, by=by)
    _tell_asker(reply, reply.enclosed.count(), by)
    return reply


@transaction.atomic
def take_back_reply(*, reply: Reply, by: Standing) -> int:
    """Take an answer back: nobody but who wrote it and the office sees it any more, and what a thank-you noted is taken back with
    it. Gives how many have mail of it all the same. Raises Conflict when it is taken back."""
    require(may_take_back_reply(by, reply.partnership_id, reply.person))
    if not Reply.objects.filter(pk=reply.pk, taken_back_at=None).update(taken_back_at=clock.now(), thanked_at=None):
        raise Conflict("This answer was taken back already.")
    audit.record("groups.take_back_reply", row=reply.pk, partnership=reply.partnership_id, by=by)
    contributions.take_back(source=THANKS, source_row=reply.pk, by=by)
    return notices.withdraw(kind=ANSWERED, of=reply, by=by)


@transaction.atomic
def reply_by_mail(*, notice: Notice, words: str, is_addressed: bool, files: int = 0, key: str, by: Standing) -> Answered:
    """What somebody of the group writes back is their answer; where it cannot be, they hear why."""
    require(may_write_by_mail(by, notice.partnership_id or "", is_addressed))
    found = Enquiry.objects.visible_to(by).select_related("partnership", "group").filter(pk=notice.about)
    if not (enquiry := found.first()):
        raise Conflict("The question that it answers is not there any more, or you are not in its group any more.")
    try:
        with transaction.atomic():
            reply(enquiry=enquiry, words=words, files=files, key=key, by=by)
    except (Invalid, Conflict) as refusal:
        return _not_taken(notice, enquiry, f"Your answer to {enquiry.asker_name} went to nobody", words, refusal, by)
    return Answered(f"Answered {enquiry.asker_name}", notice.link)


@transaction.atomic
def thank(*, reply: Reply, is_thanked: bool = True, by: Standing) -> Reply:
    """Say thank you for an answer, or (not `is_thanked`) take that back; its school gave the asker's a quarter of an hour of
    advice. Raises Conflict when it is so already."""
    enquiry = reply.enquiry
    require(may_thank(by, enquiry.askers))
    rows = Reply.objects.filter(pk=reply.pk, thanked_at__isnull=is_thanked, taken_back_at=None)
    if not rows.update(thanked_at=clock.now() if is_thanked else None):
        raise Conflict("This is said already, or the answer was taken back. Load the page again to see how it stands.")
    audit.record("groups.thank" if is_thanked else "groups.thank_not", row=reply.pk, partnership=reply.partnership_id, by=by)
    giver, receiver = reply.school, enquiry.school
    if not is_thanked:
        contributions.take_back(source=THANKS, source_row=reply.pk, by=by)
    elif giver and receiver and giver != receiver:
        contributions.give(
            partnership=enquiry.partnership, giver=giver, receiver=receiver, kind=GiftKind.ADVICE, on=clock.today(),
            amount=THANKED, source=THANKS, source_row=reply.pk, words=f"Answered a question to {enquiry.group.name}"[:160], by=by,
        )  # fmt: skip
    return reply


@transaction.atomic
def close(*, enquiry: Enquiry, state: EnquiryState, by: Standing) -> Enquiry:
    """Say that no more answers are needed, or open the question again. Raises Conflict when it is so already."""
    require(may_close(by, enquiry.partnership_id, enquiry.askers))
    move(enquiry, state)
    audit.record(
        "groups.close" if state is EnquiryState.CLOSED else "groups.open",
        row=enquiry.pk,
        partnership=enquiry.partnership_id,
        by=by,
    )
    return enquiry
