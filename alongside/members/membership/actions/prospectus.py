"""Writing and publishing the prospectus."""

from django.db import IntegrityError, transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.web.models import lock, save_if_unchanged
from alongside.members.membership.models import Answer, Prospectus
from alongside.members.membership.permissions import may_run_signup
from alongside.members.membership.queries.texts import dates_in_force, settings_now
from alongside.members.membership.rules.text import (
    HEADINGS,
    dates_stored,
    default_text,
    hash_of,
    publish_problems,
    tidy,
    whole_text,
)
from alongside.members.partnerships.models import Partnership


@transaction.atomic
def start_draft(*, partnership: Partnership, by: Standing) -> Prospectus:
    """The draft that is being written: the one there is, or a copy of the last version, or the default words."""
    require(may_run_signup(by, partnership.pk))
    there = Prospectus.objects.filter(partnership=partnership, published_at=None).first()
    if there:
        return there
    last = Prospectus.objects.filter(partnership=partnership).order_by("-number").first()
    dates, years = dates_in_force(partnership, viewer=by), settings_now(partnership, viewer=by).term_years
    asked = Answer.objects.filter(partnership=partnership, ended_on=None).count()
    texts = last.texts if last else default_text(partnership.name, partnership.area, dates, years, asked)
    try:
        with transaction.atomic():
            draft = Prospectus.objects.create(partnership=partnership, number=last.number + 1 if last else 1, **texts)
    except IntegrityError:
        return Prospectus.objects.get(partnership=partnership, published_at=None)
    audit.record("membership.start_draft", row=draft.pk, partnership=partnership.pk, facts={"number": draft.number}, by=by)
    return draft


@transaction.atomic
def edit_prospectus(*, draft: Prospectus, version: int, texts: dict[str, str], by: Standing) -> Prospectus:
    """Save the words of a draft. Raises Stale when somebody else saved it meanwhile, Conflict when it was published."""
    require(may_run_signup(by, draft.partnership_id))
    if Prospectus.objects.filter(pk=draft.pk, published_at__isnull=False).exists():
        raise Conflict("This version was published meanwhile and cannot be changed. Open the editor again to write the next one.")
    for field in HEADINGS:
        setattr(draft, field, tidy(texts[field]))
    save_if_unchanged(draft, version, *HEADINGS)
    facts = {"number": draft.number}
    audit.record("membership.edit_prospectus", row=draft.pk, partnership=draft.partnership_id, facts=facts, by=by)
    return draft


@transaction.atomic
def publish_prospectus(*, partnership: Partnership, version: int, by: Standing) -> Prospectus:
    """Publish the draft as it stands, with the dates in force: from now on it never changes.

    Raises Invalid when something is missing, Conflict when the draft changed since it was read or there is none.
    """
    require(may_run_signup(by, partnership.pk))
    lock(partnership)
    draft = Prospectus.objects.filter(partnership=partnership, published_at=None).first()
    if draft is None:
        raise Conflict("There is no draft to publish: it may have been published just now.")
    if problems := publish_problems(draft.texts):
        raise Invalid(**problems)
    dates = dates_in_force(partnership, viewer=by)
    published = Prospectus.objects.filter(pk=draft.pk, version=version, published_at=None).update(
        dates=dates_stored(dates),
        text_hash=hash_of(whole_text(partnership.name, draft.number, draft.texts, dates)),
        published_at=clock.now(),
    )
    if not published:
        raise Conflict("The draft changed after you looked at it. Read it again before you publish it.")
    draft.refresh_from_db()
    facts = {"number": draft.number, "text_hash": draft.text_hash}
    audit.record("membership.publish_prospectus", row=draft.pk, partnership=partnership.pk, facts=facts, by=by)
    return draft
