"""A person's calendar link: made, ended, read; what was taken out, by whom; and what setting up does without."""

import secrets
from dataclasses import asdict

from django.db import IntegrityError, transaction

from alongside.across.home.models import Feed, FeedEntry
from alongside.across.home.permissions import may_have_feed
from alongside.across.home.queries import calendars, overview
from alongside.across.home.rules.feeds import Telling, hash_of_secret
from alongside.across.home.rules.overview import HomeSettings, SetUpStep
from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, require
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.permissions import may_run_partnership
from alongside.members.partnerships.queries import mark_now, settings_of

TOLD = ("slug", "digest", "sequence", "changed_at", "first_on", "last_on", "starts_at", "ends_at", "gone_at")


@transaction.atomic
def make_feed(*, by: Standing) -> str:
    """A new private link for one's calendar; the one before stops. Gives its secret, which is kept nowhere.

    Raises Conflict when another window made one at the same moment.
    """
    require(may_have_feed(by))
    now = clock.now()
    Feed.objects.filter(person=by.person, ended_at=None).update(ended_at=now)
    secret = "".join(secrets.choice(keys.ALPHABET) for _ in range(32))
    try:
        with transaction.atomic():
            feed = Feed.objects.create(person_id=str(by.person), secret_hash=hash_of_secret(secret), made_at=now)
    except IntegrityError:
        raise Conflict("A new link was made in another window at the same moment.") from None
    audit.record("home.make_feed", row=feed.pk, by=by)
    return secret


@transaction.atomic
def end_feed(*, by: Standing) -> bool:
    """Stop one's calendar link; what calendars were told is forgotten. Gives whether there was one."""
    require(may_have_feed(by))
    ended = Feed.objects.filter(person=by.person, ended_at=None).update(ended_at=clock.now())
    FeedEntry.objects.filter(person=by.person).delete()
    if ended:
        audit.record("home.end_feed", row=by.person or "", by=by)
    return bool(ended)


@transaction.atomic
def read_feed(*, feed: Feed, by: Standing) -> Telling:
    """What a calendar is told now, and remember it. `by` is the feed's own person as they stand today."""
    telling = calendars.telling_of(viewer=by)
    if telling.changed:
        FeedEntry.objects.bulk_create(
            [FeedEntry(person_id=feed.person_id, **asdict(one)) for one in telling.changed],
            update_conflicts=True,
            unique_fields=["person", "uid"],
            update_fields=list(TOLD),
            batch_size=500,
        )
    if telling.forgotten:
        FeedEntry.objects.filter(person=feed.person_id, uid__in=telling.forgotten[:500]).delete()
    Feed.objects.filter(pk=feed.pk).exclude(read_on=clock.today()).update(read_on=clock.today())
    return telling


@transaction.atomic
def note_export(*, of: str, partnership: str = "", school: str = "", by: Standing) -> None:
    """Write down that all data of a partnership, of a school or of a person was taken out, and by whom."""
    audit.record(
        "home.export",
        row=partnership or school or by.person or "",
        partnership=partnership,
        school=school,
        facts={"of": of},
        by=by,
    )


@transaction.atomic
def set_aside_step(*, partnership: Partnership, step: str, aside: bool, by: Standing) -> SetUpStep:
    """Do without a step of setting up, or take it up again. Raises Conflict for one that there is not, or that is done."""
    require(may_run_partnership(by, partnership.pk))
    now = overview.office_page(partnership, viewer=by).tasks
    found = next((one for one in now if one.key == step and one.status != "Done"), None)
    if found is None:
        raise Conflict("This step is done, or there is none of that name.")
    others = [one for one in settings_of(partnership, HomeSettings).set_aside if one != step]
    settings = HomeSettings(set_aside=tuple(sorted([*others, step] if aside else others)))
    mark = mark_now(partnership, HomeSettings)
    partnerships.change_settings(partnership=partnership, settings=settings, version=mark, may=may_run_partnership, by=by)
    return found
