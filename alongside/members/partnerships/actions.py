"""Deeds on a partnership itself and on the fact of membership."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from django.db import IntegrityError, transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, Verdict, require
from alongside.ground.web.later import follow
from alongside.ground.web.models import Stale, in_words_of, lock, save_if_unchanged
from alongside.members.partnerships.models import Membership, Partnership, Setting
from alongside.members.partnerships.permissions import may_run_partnership, may_start_partnership
from alongside.members.partnerships.queries import settings_of
from alongside.members.partnerships.rules import Belonging, Settings, Template, changed, mark_of, slug_for
from alongside.members.schools.models import School


@transaction.atomic
def start_partnership(
    *,
    name: str,
    template: Template,
    la_code: str = "",
    area: str = "",
    contact_email: str = "",
    is_invented: bool = False,
    by: Standing,
) -> Partnership:
    """Set up a partnership. Raises Invalid when its name leaves no address or is taken."""
    require(may_start_partnership(by))
    said = {"name": name, "area": area, "contact_email": contact_email}
    widths = {one.name: one.max_length or 0 for one in Partnership._meta.fields if one.name in said}
    if long := {key: f"Enter at most {most} characters" for key, most in widths.items() if len(said[key]) > most}:
        raise Invalid(**long)  # SQLite keeps whatever it is given
    slug = slug_for(name)
    if not slug:
        raise Invalid(name="Enter a name with letters or figures in it")
    if Partnership.objects.filter(slug=slug).exists():
        raise Invalid(name="There is a partnership of this name already: choose another, perhaps with the town or a number in it")
    partnership = Partnership.objects.create(
        slug=slug, template=template, la_code=la_code, started_on=clock.today(), is_invented=is_invented, **said
    )
    audit.record("partnerships.start", row=partnership.pk, partnership=partnership.pk, facts={"template": template.value}, by=by)
    return partnership


@transaction.atomic
def describe_partnership(
    *, partnership: Partnership, name: str, area: str, contact_email: str, version: int, by: Standing
) -> None:
    """Change what a partnership is called, its area and its address; the address of its pages stays.

    Raises Stale when somebody else changed them meanwhile.
    """
    require(may_run_partnership(by, partnership.pk))
    said = {"name": name, "area": area, "contact_email": contact_email}
    names = [key for key, words in said.items() if getattr(partnership, key) != words]
    for key, words in said.items():
        setattr(partnership, key, words)
    save_if_unchanged(partnership, version, *said)
    audit.record("partnerships.describe", row=partnership.pk, partnership=partnership.pk, facts={"names": names}, by=by)


@transaction.atomic
def change_settings(
    *,
    partnership: Partnership,
    settings: Settings,
    from_on: date | None = None,
    names: Sequence[str] = (),
    version: str,
    may: Callable[[Standing, str], Verdict],
    by: Standing,
) -> None:
    """Let one app's settings hold from a day on (today); who may is for that app to say, by its own permission `may`.

    `names` are the settings that the page shows (all of them); no other is touched. `version` is the mark of what it showed
    of them: raises Stale with both texts when somebody else changed one of them meanwhile.
    """
    require(may(by, partnership.pk))
    day = from_on or clock.today()
    lock(partnership)  # two who save at once: the second finds what the first saved
    now = settings_of(partnership, type(settings), day)
    if names:  # what another page saved in between stays
        settings = replace(now, **{name: getattr(settings, name) for name in names})
    difference = changed(now, settings)
    if not difference:
        return
    if mark_of(now, names) != version:
        label = {name: name.replace("_", " ").capitalize() for name in difference}
        raise Stale(
            partnership,
            mine={label[name]: in_words_of(partnership, "", getattr(settings, name)) for name in difference},
            theirs={label[name]: in_words_of(partnership, "", getattr(now, name)) for name in difference},
        )
    row, created = Setting.objects.get_or_create(
        partnership=partnership, app=settings.app, from_on=day, defaults={"values": difference}
    )
    if not created:
        row.values = {**row.values, **difference}
        row.save(update_fields=["values"])
    facts = {"app": settings.app, "from_on": day.isoformat(), "names": sorted(difference)}
    audit.record("partnerships.change_settings", row=row.pk, partnership=partnership.pk, facts=facts, by=by)
    follow(settings.app, partnership.pk)


@transaction.atomic
def ask_schools(*, partnership: Partnership, schools: list[School], by: Standing) -> list[School]:
    """Put schools on the list of those asked to join; gives the ones that were not on it before."""
    require(may_run_partnership(by, partnership.pk))
    there = set(Membership.objects.filter(partnership=partnership, until_on=None).values_list("school_id", flat=True))
    new = [school for school in schools if school.pk not in there]
    Membership.objects.bulk_create(
        Membership(partnership=partnership, school=school, kind=Belonging.ASKED, from_on=clock.today()) for school in new
    )
    audit.record("partnerships.ask_schools", row=partnership.pk, partnership=partnership.pk, facts={"schools": len(new)}, by=by)
    return new


@transaction.atomic
def stop_asking(*, partnership: Partnership, school: School, by: Standing) -> None:
    """Take a school off the list of those asked. Raises Conflict when it is a member by now."""
    require(may_run_partnership(by, partnership.pk))
    gone, _ = Membership.objects.filter(partnership=partnership, school=school, kind=Belonging.ASKED, until_on=None).delete()
    if not gone:
        raise Conflict("This school is not on the list of those asked to join, or it has joined meanwhile.")
    audit.record("partnerships.stop_asking", row=partnership.pk, partnership=partnership.pk, school=school.pk, by=by)


@transaction.atomic
def admit_school(
    *, partnership: Partnership, school: School, kind: Belonging = Belonging.MEMBER, from_on: date | None = None, by: Standing
) -> Membership:
    """Make a school a member or an associate from a day on (today). Raises Conflict when it is one already.

    Who may decide so is the caller's to check: `membership` admits the schools that sign.
    """
    lasting = {"partnership": partnership, "school": school, "until_on": None}
    becomes = {"kind": kind, "from_on": from_on or clock.today()}
    try:
        with transaction.atomic():
            if not Membership.objects.filter(**lasting, kind=Belonging.ASKED).update(**becomes):
                Membership.objects.create(**lasting, **becomes)
    except IntegrityError:
        raise Conflict(f"{school} belongs to {partnership} already.") from None
    membership = Membership.objects.get(**lasting)
    audit.record(f"partnerships.admit_{kind}", row=membership.pk, partnership=partnership.pk, school=school.pk, by=by)
    return membership


@transaction.atomic
def ask_again(*, partnership: Partnership, school: School, by: Standing) -> None:
    """Put a member that withdrew back among those asked. Raises Conflict when it is no member.

    Who may decide so is the caller's to check: `membership` does when a school withdraws its signature.
    """
    back = Membership.objects.filter(partnership=partnership, school=school, kind=Belonging.MEMBER, until_on=None)
    if not back.update(kind=Belonging.ASKED, from_on=clock.today()):
        raise Conflict(f"{school} is no member of {partnership} (any more).")
    audit.record("partnerships.ask_again", row=partnership.pk, partnership=partnership.pk, school=school.pk, by=by)


@transaction.atomic
def end_membership(*, partnership: Partnership, school: School, by: Standing) -> None:
    """Let a school belong until today and no longer. Raises Conflict when it does not belong.

    Who may decide so is the caller's to check: `membership` does by the decision it asks for.
    """
    lasting = Membership.objects.filter(partnership=partnership, school=school, until_on=None).exclude(kind=Belonging.ASKED)
    if not lasting.update(until_on=clock.today()):
        raise Conflict(f"{school} does not belong to {partnership} (any more).")
    audit.record("partnerships.end_membership", row=partnership.pk, partnership=partnership.pk, school=school.pk, by=by)
