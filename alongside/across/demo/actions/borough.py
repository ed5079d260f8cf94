"""Building Elthorne: its schools and its office by hand, then its story by the diary."""

from datetime import date

from django.db import transaction

from alongside.across.demo import diary, elthorne, people_of_elthorne, texts
from alongside.across.demo.actions import snapshot, story
from alongside.across.demo.actions.days import stand_at
from alongside.across.demo.models import DemoState
from alongside.across.demo.permissions import may_use_demonstration
from alongside.across.demo.rules import Persona, Stage
from alongside.ground.core import clock
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.verdict import require
from alongside.members.calendar.actions import years as calendar
from alongside.members.membership.actions import asking, office, prospectus
from alongside.members.membership.rules.dates import MembershipSettings
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import mark_now
from alongside.members.partnerships.rules import Template
from alongside.members.people.actions import roles as people
from alongside.members.people.queries.roles import standing_of
from alongside.members.schools.actions import invented
from alongside.members.schools.models import School
from alongside.money.fees.actions import set_up
from alongside.money.fees.rules.settings import FeeSettings
from alongside.money.invoices.rules.invoices import VatCode
from alongside.money.invoices.rules.settings import Issuer

HALF_TERMS = {
    2021: (
        (date(2021, 9, 1), date(2021, 10, 22)),
        (date(2021, 11, 1), date(2021, 12, 17)),
        (date(2022, 1, 4), date(2022, 2, 11)),
        (date(2022, 2, 21), date(2022, 4, 1)),
        (date(2022, 4, 19), date(2022, 5, 27)),
        (date(2022, 6, 6), date(2022, 7, 22)),
    ),
    2022: (
        (date(2022, 9, 1), date(2022, 10, 21)),
        (date(2022, 10, 31), date(2022, 12, 16)),
        (date(2023, 1, 3), date(2023, 2, 10)),
        (date(2023, 2, 20), date(2023, 3, 31)),
        (date(2023, 4, 17), date(2023, 5, 26)),
        (date(2023, 6, 5), date(2023, 7, 21)),
    ),
}


def build_elthorne(*, built_from: str, by: Standing) -> None:
    """Build the invented borough as it stands on 8 March 2022, and keep it so that it can be started again.

    Nothing that exists in its place is left; partnerships of real schools are not touched.
    """
    require(may_use_demonstration(by))
    with transaction.atomic():
        DemoState.objects.all().delete()
        snapshot.clear_elthorne(by=by)
    schools = _schools(by)
    with clock.at(clock.start_of(diary.STARTED_ON, 9)), transaction.atomic():
        partnership, manager = _office(by)
        _set_up(partnership, manager)
    with clock.at(clock.start_of(diary.INVITED_ON, 9)), transaction.atomic():
        _publish(partnership, manager)
        _invite(partnership, schools, manager)
    story.play(entries=[one for one in diary.diary() if one.at < Stage.SIGNING.begins_at], strictly=True, by=by)
    with transaction.atomic():
        snapshot.keep_elthorne(by=by)
        state = DemoState.objects.create(built_from=built_from, moved_at=clock.now(), stage=Stage.SIGNING)
        stand_at(state=state, stage=Stage.SIGNING, by=by)


def _schools(by: Standing) -> list[School]:
    """The schools that are not there yet, and those that are."""
    known = set(School.objects.filter(current__la_code=elthorne.LA_CODE).values_list("current__urn", flat=True))
    numbers = elthorne.trusts()
    invented.add_invented_schools(
        rows=[
            {
                "urn": one.urn,
                "name": one.name,
                "phase": one.phase,
                "type": one.type,
                "la_code": elthorne.LA_CODE,
                "la_name": elthorne.BOROUGH,
                "street": one.street,
                "town": one.town,
                "postcode": one.postcode,
                "easting": one.easting,
                "northing": one.northing,
                "pupils": one.pupils,
                "capacity": one.capacity,
                "low_age": one.from_age,
                "high_age": one.to_age,
                "religion": one.faith,
                "phone": one.phone,
                "trust_name": one.trust,
                "trust_uid": numbers.get(one.trust),
            }
            for one in elthorne.schools()
            if one.urn not in known
        ],
        by=by,
    )
    return list(School.objects.filter(current__la_code=elthorne.LA_CODE, current__is_invented=True).order_by("current__urn"))


def _office(by: Standing) -> tuple[Partnership, Standing]:
    partnership = partnerships.start_partnership(
        name=elthorne.NAME,
        template=Template.LEARNING,
        la_code=elthorne.LA_CODE,
        area=elthorne.BOROUGH,
        contact_email=elthorne.OFFICE_EMAIL,
        is_invented=True,
        by=by,
    )
    manager = people.create_person(name="Partnership manager", email=people_of_elthorne.MANAGER_EMAIL, by=by)
    finance = people.create_person(name="Partnership finance officer", email=people_of_elthorne.FINANCE_EMAIL, by=by)
    people.grant_role(person=manager, post=Post.MANAGER, partnership=partnership, by=by)
    people.grant_role(person=finance, post=Post.FINANCE, partnership=partnership, by=by)
    for trust in elthorne.trusts():
        officer = people.create_person(name=f"Trust officer, {trust}", email=people_of_elthorne.trust_officer_email(trust), by=by)
        accounts = people.create_person(
            name=f"Business manager, {trust}", email=people_of_elthorne.trust_accounts_email(trust), by=by
        )
        for school in School.objects.filter(current__trust_name=trust, current__is_invented=True):
            people.grant_role(person=officer, post=Post.TRUST_OFFICER, school=school, by=by)
            people.grant_role(person=accounts, post=Post.BUSINESS_MANAGER, school=school, by=by)
    name = people_of_elthorne.BUSINESS_MANAGER_OF
    keeper = people.create_person(
        name=f"Business manager of {name}", email=people_of_elthorne.EMAILS[Persona.BUSINESS_MANAGER], by=by
    )
    people.grant_role(
        person=keeper, post=Post.BUSINESS_MANAGER, school=School.objects.get(current__urn=elthorne.named(name).urn), by=by
    )
    return partnership, standing_of(manager)


def _set_up(partnership: Partnership, manager: Standing) -> None:
    for start, half_terms in HALF_TERMS.items():
        calendar.save_year(partnership=partnership, start=start, half_terms=half_terms, is_example=start > 2021, by=manager)
    office.change_dates(
        partnership=partnership,
        settings=MembershipSettings(
            discussion_on=diary.DISCUSSED_ON,
            sign_by=diary.SIGN_BY,
            board_first_meets_on=diary.FROZEN_ON,
            roll_freezes_on=diary.FROZEN_ON,
            support_from=date(2022, 9, 1),
        ),
        version=mark_now(partnership, MembershipSettings),
        by=manager,
    )
    office.record_working_group(
        partnership=partnership,
        fields={**texts.WORKING_GROUP, "from_on": date(2021, 9, 20), "until_on": diary.FROZEN_ON},
        by=manager,
    )
    set_up.set_up_fees(
        partnership=partnership,
        settings=FeeSettings(
            issuer=Issuer.PARTNERSHIP, vat_code=VatCode.OUTSIDE, support_words="September 2022 to August 2023", **texts.SUPPLIER
        ),
        prefix="ELP",
        version=mark_now(partnership, FeeSettings),
        by=manager,
    )


def _publish(partnership: Partnership, manager: Standing) -> None:
    draft = prospectus.start_draft(partnership=partnership, by=manager)
    words = {**draft.texts, **{field: text for field, _, text in texts.PROSPECTUS}}
    prospectus.edit_prospectus(draft=draft, version=draft.version, texts=words, by=manager)
    prospectus.publish_prospectus(partnership=partnership, version=draft.version, by=manager)


def _invite(partnership: Partnership, schools: list[School], manager: Standing) -> None:
    reached = [one for one in schools if one.name != diary.UNREACHED]
    asking.ask_schools(partnership=partnership, schools=schools, by=manager)
    asking.invite_schools(
        partnership=partnership,
        addresses={one.pk: elthorne.named(one.name).email for one in reached},
        names={one.pk: f"Head of {one.name}" for one in reached},
        by=manager,
    )
