"""Building Elthorne: its schools and its office by hand, then its story by the diary."""

from dataclasses import asdict
from datetime import date
from itertools import product

from django.db import transaction

from alongside.across.demo import diary, elthorne
from alongside.across.demo.actions import snapshot, story, trust
from alongside.across.demo.actions.days import stand_at
from alongside.across.demo.elthorne import STORY
from alongside.across.demo.models import DemoState
from alongside.across.demo.permissions import may_use_demonstration
from alongside.across.demo.rules import Persona, Stage
from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
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
from alongside.members.people.models import Person
from alongside.members.people.queries.roles import standing_of
from alongside.members.schools.actions import invented
from alongside.members.schools.models import School
from alongside.members.whoswho import actions as whoswho
from alongside.money.fees.actions import issuing
from alongside.money.fees.rules.settings import FeeSettings
from alongside.money.invoices.rules.invoices import VatCode
from alongside.money.invoices.rules.settings import Issuer


def build_elthorne(*, built_from: str, by: Standing) -> None:
    """Build the invented borough as it stands on 8 March 2022, and keep it so that it can be started again.

    Nothing that exists in its place is left; partnerships of real schools are not touched. That this is a demonstration is
    written first: a first start that was broken off is begun anew, and not taken for somebody's own work.
    """
    require(may_use_demonstration(by))
    with transaction.atomic():
        DemoState.objects.all().delete()
        state = DemoState.objects.create(moved_at=clock.now())
        snapshot.clear_elthorne(by=by)
    schools = _schools(by)
    with clock.at(clock.start_of(diary.STARTED_ON, 9)), transaction.atomic():
        partnership, manager = _office(by)
        _set_up(partnership, manager)
        trust.start_trust(by=by)
    with clock.at(clock.start_of(diary.INVITED_ON, 9)), transaction.atomic():
        _publish(partnership, manager)
        _invite(partnership, schools, manager)
        _lists(partnership, schools, manager)
    story.play(since=clock.start_of(diary.STARTED_ON), until=Stage.SIGNING.begins_at, strictly=True, by=by)
    with transaction.atomic():
        snapshot.keep_elthorne(by=by)
        stand_at(state=state, stage=Stage.SIGNING, by=by)
        DemoState.objects.update(built_from=built_from)


def _schools(by: Standing) -> list[School]:
    """The schools that are not there yet, and those that are."""
    known = set(School.objects.filter(current__la_code=elthorne.LA_CODE).values_list("current__urn", flat=True))
    numbers, borough = elthorne.trusts(), {"la_code": elthorne.LA_CODE, "la_name": elthorne.BOROUGH}
    invented.add_invented_schools(
        rows=[
            {**asdict(one), **borough, "phone": one.phone, "trust_uid": numbers.get(one.trust_name)}
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
    manager, finance = _person(elthorne.MANAGER_EMAIL, by), _person(elthorne.FINANCE_EMAIL, by)
    people.grant_role(person=manager, post=Post.MANAGER, partnership=partnership, by=by)
    people.grant_role(person=finance, post=Post.FINANCE, partnership=partnership, by=by)
    for name in elthorne.trusts():
        officer, accounts = _person(elthorne.trust_email(name), by), _person(elthorne.trust_email(name, "accounts"), by)
        for school in School.objects.filter(current__trust_name=name, current__is_invented=True):
            people.grant_role(person=officer, post=Post.TRUST_OFFICER, school=school, by=by)
            people.grant_role(person=accounts, post=Post.BUSINESS_MANAGER, school=school, by=by)
    name = elthorne.INVOICED_SCHOOL
    keeper = _person(elthorne.EMAILS[Persona.BUSINESS_MANAGER], by)
    people.grant_role(
        person=keeper, post=Post.BUSINESS_MANAGER, school=School.objects.get(current__urn=elthorne.named(name).urn), by=by
    )
    for number, (school, post) in enumerate(product(elthorne.schools(), elthorne.NAMED_BESIDE)):
        colleague = people.create_person(name=elthorne.colleague(number), email=school.email.replace("head@", f"{post}@"), by=by)
        place = School.objects.get(current__urn=school.urn)
        people.grant_role(person=colleague, post=post, school=place, by=by)
    return partnership, standing_of(manager)


def _lists(partnership: Partnership, schools: list[School], by: Standing) -> None:
    """Two clusters of neighbours, and two lists that the office keeps."""
    ids = [one.pk for one in schools]
    made = [
        whoswho.name_cluster(partnership=partnership, name=name, schools=some, key=keys.new_key(), by=by)
        for name, some in zip(STORY["clusters"], (ids[:9], ids[9:18]), strict=True)
    ]
    everywhere = {"q": "", "phase": "", "trust": "", "cluster": ""}
    for name, chosen in (
        ("Safeguarding leads", {"post": "dsl"}),
        ("SENDCos by the river", {"post": "sendco", "cluster": made[0].pk}),
    ):
        whoswho.save_list(partnership=partnership, name=name, **{**everywhere, **chosen}, key=keys.new_key(), by=by)


def _person(email: str, by: Standing) -> Person:
    return people.create_person(name=elthorne.name_at(email), email=email, by=by)


def _set_up(partnership: Partnership, manager: Standing) -> None:
    for started, half_terms in STORY["half_terms"].items():
        start, spans = int(started), [(first, last) for first, last in half_terms]
        calendar.save_year(partnership=partnership, start=start, half_terms=spans, is_example=start > 2021, by=manager)
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
    heads = [f"{elthorne.named(school).head}, {school}" for school in STORY["working_group"]["members"]]
    office.record_working_group(
        partnership=partnership,
        fields={**STORY["working_group"], "members": "\n".join(heads), "from_on": date(2021, 9, 20), "until_on": diary.FROZEN_ON},
        by=manager,
    )
    issuing.set_up_fees(
        partnership=partnership,
        settings=FeeSettings(issuer=Issuer.PARTNERSHIP, vat_code=VatCode.OUTSIDE, **STORY["supplier"]),
        prefix="ELP",
        version=mark_now(partnership, FeeSettings),
        by=manager,
    )


def _publish(partnership: Partnership, manager: Standing) -> None:
    draft = prospectus.start_draft(partnership=partnership, by=manager)
    words = {**draft.texts, **STORY["prospectus"]}
    prospectus.edit_prospectus(draft=draft, version=draft.version, texts=words, by=manager)
    prospectus.publish_prospectus(partnership=partnership, version=draft.version, by=manager)


def _invite(partnership: Partnership, schools: list[School], manager: Standing) -> None:
    reached = [one for one in schools if one.name != diary.UNREACHED]
    asking.ask_schools(partnership=partnership, schools=schools, by=manager)
    asking.invite_schools(
        partnership=partnership,
        addresses={one.pk: elthorne.named(one.name).email for one in reached},
        names={one.pk: elthorne.named(one.name).head for one in reached},
        seen=UNSEEN,
        by=manager,
    )
