"""Sending items in, letting them through, sending the bulletin, and saying that something is done."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.declaration import Answered
from alongside.ground.core.shown import UNSEEN, WasSeen
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import listed, short_date
from alongside.ground.web.models import lock, move, require_unchanged, save_if_unchanged
from alongside.members.bulletin.models import AskedOfSchool, Bulletin, Item
from alongside.members.bulletin.permissions import (
    may_answer_by_mail,
    may_answer_request,
    may_change_item,
    may_propose_item,
    may_run_bulletin,
)
from alongside.members.bulletin.queries import asked_by, mail_words, next_day, reminder_words, to_remind, who_gets
from alongside.members.bulletin.rules import (
    CHANGED,
    MOST_ANSWERED,
    REMINDER,
    BulletinSettings,
    ItemState,
    answers_within,
    has_missed,
    is_for,
    is_still_asked,
    request_problems,
    written,
)
from alongside.members.calendar.queries.days import school_days_of
from alongside.members.calendar.rules.days import goes_on
from alongside.members.notices.actions import sending as notices
from alongside.members.notices.models import Notice
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.queries import belongs, settings_of
from alongside.members.partnerships.rules import Belonging
from alongside.members.schools.models import School
from alongside.members.whoswho.models import Cluster

EDITED = ("title", "words", "link", "posts", "phases", "cluster", "by_on", "minutes")
TOLD_TODAY = "They were reminded today already: once a day is enough."


@transaction.atomic
def propose_item(
    *,
    partnership: Partnership,
    title: str,
    words: str,
    link: str = "",
    posts: Collection[str] = (),
    phases: Collection[str] = (),
    cluster: str = "",
    is_request: bool = False,
    by_on: date | None = None,
    minutes: int | None = None,
    key: str,
    by: Standing,
) -> Item:
    """Send something in for the bulletin, once; what the office itself sends in goes next without being looked at again.

    Whoever acts for a head sends it in for them. Raises Invalid by field where a request does not say its day and its minutes.
    """
    require(may_propose_item(by, partnership.pk))
    if problems := request_problems(is_request, by_on, minutes, clock.today(), next_day(partnership, viewer=by)):
        raise Invalid(**problems)
    runs = by.runs(partnership.pk)
    acting = None if runs else by.acting_in(partnership.pk)
    item = Item(
        pk=key,
        partnership=partnership,
        author=by.person or by.on_behalf_of or "",
        author_name=by.named_in(acting.school if acting else None)[:120],
        author_for=acting.acts_for if acting else "",
        sent_in_at=clock.now(),
        state=ItemState.APPROVED if runs else ItemState.PROPOSED,
        **_said(title, words, link, posts, phases, by_on, minutes),
        cluster=_cluster(partnership, cluster, by),
    )
    return audit.keep_once("bulletin.propose", item, by=by)


def _said(
    title: str, words: str, link: str, posts: Collection[str], phases: Collection[str], by_on: Any, minutes: Any
) -> dict[str, Any]:
    return {
        "title": " ".join(title.split()), "words": words.strip(), "link": link.strip(), "posts": written(posts),
        "phases": written(phases), "by_on": by_on, "minutes": minutes,
    }  # fmt: skip


def _cluster(partnership: Partnership, key: str, by: Standing) -> Cluster | None:
    """The cluster of that id; none where none is asked for. Raises Invalid where the partnership has none such."""
    found = Cluster.objects.visible_to(by).filter(partnership=partnership, pk=key).first() if key else None
    if key and found is None:
        raise Invalid(cluster="Choose a cluster of the list, or all schools")
    return found


@transaction.atomic
def change_item(
    *,
    item: Item,
    title: str,
    words: str,
    link: str = "",
    posts: Collection[str] = (),
    phases: Collection[str] = (),
    cluster: str = "",
    is_request: bool = False,
    by_on: date | None = None,
    minutes: int | None = None,
    version: int,
    by: Standing,
) -> Item:
    """Put an item into other words, or let it be for others; one that was not taken is sent in again so. Raises Stale when
    somebody has changed it meanwhile, Conflict once it has gone."""
    was = item.item_state
    require(may_change_item(by, item.partnership_id, item.authors, was))
    if was not in CHANGED:
        raise Conflict(f"This item is not changed any more: {was.label.lower()}.")
    if problems := request_problems(is_request, by_on, minutes, clock.today(), next_day(item.partnership, viewer=by)):
        raise Invalid(**problems)
    for name, value in _said(title, words, link, posts, phases, by_on, minutes).items():
        setattr(item, name, value)
    item.cluster = _cluster(item.partnership, cluster, by)
    save_if_unchanged(item, version, *EDITED)
    if was is ItemState.DECLINED:
        move(item, ItemState.PROPOSED, declined_because="", sent_in_at=clock.now())
    act = "bulletin.change" if item.item_state is was else "bulletin.again"
    audit.record(act, row=item.pk, partnership=item.partnership_id, by=by)
    return item


@transaction.atomic
def approve_item(*, item: Item, by: Standing) -> Item:
    """Take an item into the next bulletin. Raises Conflict when it is not waiting any more."""
    require(may_run_bulletin(by, item.partnership_id))
    if item.by_on and item.by_on <= clock.today():
        raise Conflict("The day by which this is wanted has come. Change it first, or do not take it.")
    if has_missed(item.by_on, goes := next_day(item.partnership, viewer=by) or clock.today()):
        raise Conflict(f"The next bulletin goes on {short_date(goes)}, after the day by which this is wanted. Change it first.")
    move(item, ItemState.APPROVED)
    audit.record("bulletin.approve", row=item.pk, partnership=item.partnership_id, by=by)
    return item


class Declined(NamedTuple):
    """An item that was not taken, and the message that says so; none where nobody is left to hear it."""

    item: Item
    told: Notice | None


@transaction.atomic
def decline_item(*, item: Item, reason: str, by: Standing) -> Declined:
    """Do not take an item; whoever sent it in is told why, while they may see it. Raises Conflict when it is not waiting any
    more."""
    require(may_run_bulletin(by, item.partnership_id))
    move(item, ItemState.DECLINED, declined_because=reason.strip()[:300])
    audit.record("bulletin.decline", row=item.pk, partnership=item.partnership_id, by=by)
    page = reverse("bulletin:item", args=[item.partnership.slug, item.pk])
    words = {
        "item": item.title,
        "reason": reason.strip(),
        "partnership": item.partnership.name,
        "link": settings.ADDRESS + page,
    }
    about: dict[str, Any] = {"of": item, "words": words, "link": page, "partnership": item.partnership}
    told = (notices.tell(person=one, template="bulletin/declined.txt", **about, by=by) for one in item.authors)
    return Declined(item, next(filter(None, told), None))


@transaction.atomic
def withdraw_item(*, item: Item, by: Standing) -> Item:
    """Take an item back, also one that was sent: nothing is wanted of anybody any more. Raises Conflict when it is so already."""
    require(may_change_item(by, item.partnership_id, item.authors, item.item_state))
    move(item, ItemState.WITHDRAWN)
    audit.record("bulletin.withdraw", row=item.pk, partnership=item.partnership_id, by=by)
    return item


@transaction.atomic
def answer_request(*, item: Item, school: School, is_done: bool = True, by: Standing) -> AskedOfSchool:
    """Say that a school has done what was asked, or (not `is_done`) that it has not after all; what it wrote stays in its form.

    Raises Conflict when that is said already, or the request is not asked of the school.
    """
    require(belongs(item.partnership, school))
    require(may_answer_request(by, item.partnership_id, school.pk))
    rows = AskedOfSchool.objects.filter(item=item, school=school, item__state=ItemState.SENT)
    at, who, name = (clock.now(), by.person or "", by.named_in(school.pk)[:120]) if is_done else (None, "", "")
    if not rows.filter(done_at__isnull=is_done).update(done_at=at, done_by=who, done_by_name=name):
        raise Conflict("This is said already, or it is not asked any more. Load the page again to see how it stands.")
    act = "bulletin.done" if is_done else "bulletin.not_done"
    audit.record(act, row=item.pk, partnership=item.partnership_id, school=school.pk, by=by)
    return rows.select_related("item", "school__current").get()


@transaction.atomic
def answer_in_words(*, item: Item, school: School, words: str, version: WasSeen, by: Standing) -> AskedOfSchool:
    """Say in a few words what a school answers to a request, which it has done with that; or put its answer right.

    Raises Stale when somebody has answered otherwise meanwhile, Conflict when the request is not asked of the school, Invalid
    when it says nothing.
    """
    require(belongs(item.partnership, school))
    require(may_answer_request(by, item.partnership_id, school.pk))
    rows = AskedOfSchool.objects.filter(item=item, school=school, item__state=ItemState.SENT)
    if (row := rows.select_related("item", "school__current").first()) is None:
        raise Conflict("This is not asked any more. Load the page again to see how it stands.")
    lock(row)
    if not (said := words.strip()):
        raise Invalid(words="Write a few words")
    if len(said) > MOST_ANSWERED:
        raise Invalid(words=f"Use at most {MOST_ANSWERED:,} letters: it has {len(said):,}")
    require_unchanged(row, version, {"words": "Answer"}, words=said)
    row.words, row.done_at = said, clock.now()
    row.done_by, row.done_by_name = by.person or "", by.named_in(school.pk)[:120]
    row.save(update_fields=["words", "done_at", "done_by", "done_by_name"])
    audit.record("bulletin.answer", row=item.pk, partnership=item.partnership_id, school=school.pk, by=by)
    return row


@transaction.atomic
def answer_by_mail(*, notice: Notice, words: str, is_addressed: bool, by: Standing) -> Answered:
    """What somebody writes back to their bulletin is what their school answers to what it asks.

    Raises Conflict, for the office, where nothing is asked of them, where it does not say which of several requests or schools it
    answers, and where a colleague has written another answer.
    """
    require(may_answer_by_mail(by, notice.partnership_id or "", is_addressed))
    asked = asked_by(notice, viewer=by)
    said = answers_within(words, asked)
    if not said:
        raise Conflict(
            "Several things are asked, and it does not say which it answers." if asked else "It asks them for nothing."
        )
    for number, answer in said.items():
        row, *others = asked[number]
        if others:
            raise Conflict(f"“{row.item}” is asked of several of their schools, and it does not say for which it answers.")
        if row.words and row.done_by != by.person:
            raise Conflict(f"{row.done_by_name} has answered “{row.item}” for {row.school} already.")
        answer_in_words(item=row.item, school=row.school, words=answer, version=UNSEEN, by=by)
    titles = listed([f"“{asked[number][0].item}”" for number in said])
    return Answered(f"Answered {titles} for {row.school}"[:200], notice.link)


@transaction.atomic
def send_bulletin(*, partnership: Partnership, by: Standing) -> Bulletin | None:
    """Send what goes next to everybody for whom some of it is, if this is the day: once, whoever asks how often.

    All or nothing: each mail, and what is wanted of each school, is stored with the bulletin itself.
    """
    require(may_run_bulletin(by, partnership.pk))
    chosen, today, days = settings_of(partnership, BulletinSettings), clock.today(), school_days_of(partnership)
    if not chosen.is_on or goes_on(today, chosen.weekday, days.is_open) != today:
        return None
    lock(partnership)
    found = Item.objects.filter(partnership=partnership, state=ItemState.APPROVED).select_related("cluster")
    items = list(found.order_by("by_on", "sent_in_at"))
    items = [item for item in items if not has_missed(item.by_on, today)]
    if not items or Bulletin.objects.filter(partnership=partnership, on=today).exists():
        return None
    try:
        with transaction.atomic():
            bulletin = Bulletin.objects.create(partnership=partnership, on=today, sent_at=clock.now())
    except IntegrityError:  # another worker was first
        return None
    for item in items:
        move(item, ItemState.SENT, bulletin=bulletin, schools=item.reaches)
    _want(items, partnership)
    bulletin.readers = _mail(bulletin, items, by)
    bulletin.save(update_fields=["readers"])
    facts = {"items": len(items), "readers": bulletin.readers}
    audit.record("bulletin.send", row=bulletin.pk, partnership=partnership.pk, facts=facts, by=by)
    return bulletin


def _want(items: list[Item], partnership: Partnership) -> None:
    """What is wanted by a day is wanted of every member school of its phases and its cluster."""
    members = Membership.objects.current(clock.today()).filter(partnership=partnership).exclude(kind=Belonging.ASKED)
    schools = list(members.values_list("school_id", "school__current__phase"))
    AskedOfSchool.objects.bulk_create(
        AskedOfSchool(partnership=partnership, item=item, school_id=school, by_on=item.by_on, minutes=item.minutes)
        for item in items
        for school, phase in schools
        if item.by_on and item.minutes and is_for("", item.phases, item.reaches, post="", phase=phase, school=school)
    )


@transaction.atomic
def remind_schools(*, item: Item, seen: WasSeen, by: Standing) -> int:
    """Write to the heads of the schools that have not answered a request, once a day at most; gives to how many.

    Raises Conflict when it is not asked any more, they were reminded today, or it would be others than were `seen`.
    """
    require(may_run_bulletin(by, item.partnership_id))
    lock(item)
    if not is_still_asked(item.item_state, item.by_on, clock.today()):
        raise Conflict("This is not asked any more. Nothing was sent.")
    found = to_remind(item, viewer=by)
    if found.is_told:
        raise Conflict(TOLD_TODAY)
    found.shown.agree(seen, "Nothing was sent.")
    page = reverse("bulletin:item", args=[item.partnership.slug, item.pk])
    for reader, schools in found.people:
        notices.send(
            template=REMINDER, to=reader.email, person=reader.person, link=page, about=item.pk,
            words=reminder_words(item, schools), partnership=item.partnership, by=by,
        )  # fmt: skip
    facts = {"readers": len(found.people)}
    audit.record("bulletin.remind", row=item.pk, partnership=item.partnership_id, facts=facts, by=by)
    return len(found.people)


def _mail(bulletin: Bulletin, items: list[Item], by: Standing) -> int:
    """One mail to each reader with what is for them; gives to how many."""
    page = reverse("bulletin:bulletin", args=[bulletin.partnership.slug, bulletin.pk])
    readers = who_gets(bulletin.partnership, items, viewer=Standing.system())
    for reader, mine in readers:
        notices.send(
            template="bulletin/bulletin.txt", to=reader.email, person=reader.person, link=page,
            words=mail_words(bulletin.partnership, bulletin.on, mine, page, reader), about=bulletin.pk,
            partnership=bulletin.partnership, by=by,
        )  # fmt: skip
    return len(readers)
