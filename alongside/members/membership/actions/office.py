"""What the office writes down: contacts, dates, the working group."""

from datetime import date

from django.db import IntegrityError, transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.web.models import already, save_if_unchanged
from alongside.members.membership.models import Answer, Contact, WorkingGroup
from alongside.members.membership.permissions import may_run_signup
from alongside.members.membership.rules.dates import MembershipSettings, dates_of, dates_problems
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import belongs
from alongside.members.schools.models import School


@transaction.atomic
def note_contact(
    *,
    partnership: Partnership,
    school: School,
    how: str,
    words: str,
    spoke_to: str = "",
    next_on: date | None = None,
    key: str,
    by: Standing,
) -> Contact:
    """Note a talk with a school, and the day of the next one; its words stand in the manager's list. The same key twice notes
    it once."""
    require(may_run_signup(by, partnership.pk))
    require(belongs(partnership, school))
    contact = Contact(
        pk=key,
        partnership=partnership,
        school=school,
        how=how,
        spoke_to=spoke_to.strip(),
        words=words.strip(),
        at=clock.now(),
        person=by.person or by.on_behalf_of or "",
    )
    of = Answer.objects.filter(partnership=partnership, school=school)
    if (there := already(contact)) is not None:
        if next_on and not of.filter(next_on=next_on).exists():
            raise Conflict("This note was sent before with another next contact. Open the school to see what holds.")
        return there
    if not contact.words:
        raise Invalid(words="Write what was said, in a sentence")
    if next_on and next_on < clock.today():
        raise Invalid(next_on="Enter today or a later day")
    if (there := audit.keep_once("membership.note_contact", contact, by=by, how=how)) is not contact:
        return there
    of.update(note=contact.words[:300])
    (of if next_on else of.filter(next_on__lte=clock.today())).update(next_on=next_on)  # a later day that is agreed stands
    return contact


@transaction.atomic
def change_telephone(*, partnership: Partnership, school: School, telephone: str, seen: str, by: Standing) -> Answer:
    """Write down a school's number where our copy of the register has none, or another; empty, the register's stands again.
    Raises Conflict where another number than the one `seen` stands there by now, or the school is not asked."""
    require(may_run_signup(by, partnership.pk))
    answer = Answer.objects.select_for_update().filter(partnership=partnership, school=school).first()
    if answer is None:
        raise Conflict("This school is not on the list of those asked.")
    if answer.telephone != telephone:
        if answer.telephone != seen:
            raise Conflict(f"Somebody else has just written down {answer.telephone or 'no number'}. Open the page again.")
        answer.telephone = telephone
        answer.save(update_fields=["telephone"])
        audit.record("membership.change_telephone", row=answer.pk, partnership=partnership.pk, school=school.pk, by=by)
    return answer


@transaction.atomic
def take_note_off(*, contact: Contact, by: Standing) -> Contact:
    """Take a note of a talk off again: the one before it stands in the manager's list. Raises Conflict when it is off already."""
    require(may_run_signup(by, contact.partnership_id))
    standing = Contact.objects.filter(partnership=contact.partnership_id, school=contact.school_id, taken_off_at=None)
    if not standing.filter(pk=contact.pk).update(taken_off_at=clock.now()):
        raise Conflict("This note is off already.")
    before = standing.order_by("-at", "pk").values_list("words", flat=True).first() or ""
    partnership, school = contact.partnership_id, contact.school_id
    Answer.objects.filter(partnership=partnership, school=school).update(note=before[:300])
    audit.record("membership.take_note_off", row=contact.pk, partnership=partnership, school=school, by=by)
    return contact


@transaction.atomic
def change_dates(*, partnership: Partnership, settings: MembershipSettings, version: str, by: Standing) -> MembershipSettings:
    """Set the dates of the sign-up from today on. Raises Invalid when their order makes no sense, Stale."""
    require(may_run_signup(by, partnership.pk))
    if problems := dates_problems(dates_of(settings, partnership.started_on)):
        raise Invalid(**problems)
    partnerships.change_settings(partnership=partnership, settings=settings, version=version, may=may_run_signup, by=by)
    return settings


@transaction.atomic
def record_working_group(*, partnership: Partnership, version: int = 0, fields: dict[str, object], by: Standing) -> WorkingGroup:
    """Write down the group of heads that precedes the board; `version` 0 is a group that is not there yet. Raises Conflict or
    Stale when somebody else saved it meanwhile."""
    require(may_run_signup(by, partnership.pk))
    group = WorkingGroup.objects.filter(partnership=partnership).first() or WorkingGroup(partnership=partnership)
    for name, value in fields.items():
        setattr(group, name, value)
    try:
        with transaction.atomic():
            if group._state.adding:
                group.save(force_insert=True)
            else:
                save_if_unchanged(group, version, *fields)
    except IntegrityError:
        raise Conflict("Somebody else has just written it down. Open the page again.") from None
    audit.record("membership.record_working_group", row=group.pk, partnership=partnership.pk, by=by)
    return group
