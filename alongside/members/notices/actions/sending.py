"""Writing a message."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction

from alongside.ground.core import clock
from alongside.ground.core.keys import new_key
from alongside.ground.core.standing import Standing
from alongside.ground.web import declared
from alongside.ground.web.later import later
from alongside.ground.web.mail import written
from alongside.ground.web.models import Row
from alongside.ground.web.secret_paths import opens_by_itself
from alongside.members.calendar.queries.days import school_days_of
from alongside.members.notices.models import Notice
from alongside.members.notices.queries.mine import rhythm_of
from alongside.members.notices.rules.messages import NoticeState, kind_of
from alongside.members.notices.rules.waiting import due_at
from alongside.members.partnerships.models import Partnership
from alongside.members.schools.models import School

DOTS = "••••••••"


@transaction.atomic
def send(
    *,
    template: str,
    to: str,
    words: dict[str, Any],
    partnership: Partnership | None = None,
    school: School | None = None,
    secret: dict[str, str] | None = None,
    person: str = "",
    link: str = "",
    about: str = "",
    calendar: str = "",
    known_as: str = "",
    until: date | None = None,
    by: Standing,
) -> Notice:
    """Write a message from a template ('membership/chase.txt', first line the subject), to be sent once this is stored.

    `person` is the id of whose page shows it as well, and whose choice between at once and a digest counts: unless it is
    said, whoever has proven that address is theirs today, for what a partnership or a school sends (a code for signing in
    stands on no page); without `to` it is shown on that page alone. `link` is the path of the page that it is about,
    `about` the id of the row, by which a room finds it again.
    Every template may greet the `addressee` by name, where they are known, and name the partnership's `contact`.
    `secret` words (a personal link, a code) go into the mail and nowhere else: what is kept shows dots in their place, and
    until the mail is taken they lie sealed under a key that is not in the database. A demonstration, whose mail goes
    nowhere, keeps them: its reader opens the link from the mail as shown. `calendar` is what calendar programs read of the same,
    which may name the message: it is `known_as` that key. What its reader may do `until` a day waits for no mail of that day.
    """
    if undeclared := [name for name, one in (secret or {}).items() if _is_ours(one) and not opens_by_itself(one)]:
        raise ValueError(f"{template}: say page(…, opened_by=…) at the address of {', '.join(undeclared)}")
    if to and not person and (partnership or school):
        person = get_user_model().objects.whose_address(to)
    known = get_user_model().objects.filter(pk=person).values_list("name", flat=True).first() if person else ""
    words = {"addressee": known or "", "contact": partnership.contact_email if partnership else "", **words}
    subject, body = written(template, {**words, **(secret or {} if settings.DEMO else dict.fromkeys(secret or {}, DOTS))})
    kind, now = kind_of(template), clock.now()
    place = {"partnership": partnership, "school": school, "link": link, "about": about, "is_personal": bool(secret)}
    said = {"subject": subject[:200], "body": body, "written_at": now, "due_at": now}
    notice = Notice(pk=known_as or new_key(), kind=kind, to=to, person=person, calendar=calendar, **place, **said)
    if secret and not settings.DEMO:
        from alongside.members.notices.envelopes import seal  # only where used, with what encrypts

        notice.sealed = seal(written(template, {**words, **secret})[1])
    waits = declared.message(kind).may_wait
    if not to:
        notice.state, notice.due_at = NoticeState.SHOWN, None
    elif waits and not secret and person:
        is_open = school_days_of(partnership).is_open if partnership else lambda day: day.weekday() < 5
        if morning := due_at(waits, *rhythm_of(person, viewer=Standing.system()), now, is_open, until):
            notice.state, notice.due_at = NoticeState.GATHERED, morning
    notice.save(force_insert=True)
    if notice.state == NoticeState.WAITING:
        later("notices.deliver", notice.pk)
    return notice


@transaction.atomic
def withdraw(*, kind: str, of: Row, by: Standing) -> int:
    """Take away what was written of a row in that kind of message and is on its way in no mail yet, also from its readers' pages;
    gives how many have it all the same. A worker that has one in hand is not outrun."""
    written_of = Notice.objects.filter(kind=kind, about=of.pk)
    written_of.filter(state__in=[NoticeState.WAITING, NoticeState.GATHERED], digest=None, tries=0).delete()
    return written_of.exclude(state=NoticeState.HELD_BACK).count()


def _is_ours(word: str) -> bool:
    return bool(settings.ADDRESS) and word.startswith(settings.ADDRESS)


@transaction.atomic
def tell(
    *,
    person: str,
    of: Row,
    template: str,
    words: dict[str, Any],
    link: str,
    partnership: Partnership,
    school: School | None = None,
    by: Standing,
) -> Notice | None:
    """Write to somebody of a thing of a partnership, where they may see it today; None where they may not, or not any more.

    Their address is looked up for that alone: a room that knows somebody by their id tells them by this, and never by `send`.
    """
    who = declared.who_is(person)
    seen: Any = type(of)._default_manager
    if who is None or not seen.visible_to(who).filter(pk=of.pk).exists():
        return None
    to = get_user_model().objects.values_list("email", flat=True).get(pk=person) or ""
    place: dict[str, Any] = {"link": link, "about": of.pk, "partnership": partnership, "school": school}
    return send(template=template, to=to, person=person, words=words, **place, by=by)
