"""Elthorne as it is built, moved and started again."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from alongside.across.demo import diary, elthorne
from alongside.across.demo.actions import borough, days, doors
from alongside.across.demo.models import DemoState, Kept
from alongside.across.demo.queries import state as state_queries
from alongside.across.demo.rules import Persona, Stage
from alongside.across.demo.tests.make import real_school
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Post, Standing
from alongside.members.membership.actions import answering, signing
from alongside.members.membership.models import Answer, Roll, Signature
from alongside.members.membership.rules.answers import SigningAuthority
from alongside.members.membership.rules.naming import is_a_post
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.rules import Template
from alongside.members.people.models import Invitation, Person
from alongside.members.people.queries.invitations import invitation_for
from alongside.members.schools.models import School

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("elthorne")]
SYSTEM = Standing.system()


def states() -> Counter[str]:
    """How many stand how."""
    return Counter(Answer.objects.filter(partnership__slug=elthorne.SLUG).values_list("state", flat=True))


def story() -> list[tuple[object, ...]]:
    """What happened, without ids."""
    rows = Answer.objects.filter(partnership__slug=elthorne.SLUG).order_by("school__current__urn")
    return list(
        rows.values_list(
            "school__current__urn",
            "state",
            "opened",
            "subject_to",
            "subject_on",
            "reminders",
            "note",
            "signature__name",
            "signature__authority",
            "signature__authority_on",
            "signature__batch_size",
            "signature__text_hash",
            "question__words",
        )
    )


def test_the_figures_of_the_front_door():
    standing = states()
    assert (standing["signed"], standing["subject"], standing["question"], standing["no_reply"] + standing["reading"]) == (
        61,
        10,
        6,
        20,
    )
    assert standing["reading"] > 0


def test_two_builds_are_equal_except_for_ids():
    first = story()
    borough.build_elthorne(built_from="again", by=SYSTEM)
    assert story() == first
    assert School.objects.filter(current__la_code=elthorne.LA_CODE).count() == 97


def test_everything_happened_on_its_day():
    signed_on = Counter(at.date() for at in Signature.objects.values_list("signed_at", flat=True))
    assert min(signed_on) == diary.DISCUSSED_ON and max(signed_on) == date(2022, 3, 8)
    assert Partnership.objects.get(slug=elthorne.SLUG).started_on == diary.STARTED_ON


def test_everybody_has_a_name_of_their_own_and_none_is_a_job_title():
    names = list(Person.objects.values_list("name", flat=True))
    signed = list(Signature.objects.values_list("name", flat=True))
    assert len(names) > 60 and len(set(names)) == len(names) and len(signed) == 61
    invited = list(Invitation.objects.exclude(name="").values_list("name", flat=True))
    assert not [name for name in (*names, *signed, *invited) if is_a_post(name)] and len(invited) > 90
    bar = Client()
    bar.post(reverse("demo:be"), {"persona": "manager"})
    assert f"You are <b>{elthorne.NAMES[Persona.MANAGER]}, partnership manager</b>" in bar.get("/").content.decode()


def test_on_21_march_the_roll_is_frozen_and_more_have_signed():
    days.move_day(to=Stage.FROZEN, by=SYSTEM)
    assert states()["signed"] == 84
    roll = Roll.objects.get(partnership__slug=elthorne.SLUG)
    assert roll.count == 84 and roll.frozen_at.date() == diary.FROZEN_ON
    assert states()["question"] == 0


def test_in_april_late_signatures_are_in_and_no_invoice_is_out():
    days.move_day(to=Stage.INVOICES, by=SYSTEM)
    assert states()["signed"] == 85 and Signature.objects.filter(is_late=True).count() == 1
    assert Roll.objects.get().count == 84
    assert not Partnership.objects.get(slug=elthorne.SLUG).invoices.exists()


def test_going_back_starts_again_and_goes_there():
    days.move_day(to=Stage.INVOICES, by=SYSTEM)
    days.move_day(to=Stage.FROZEN, by=SYSTEM)
    assert states()["signed"] == 84 and DemoState.objects.get().stage == Stage.FROZEN
    days.move_day(to=Stage.SIGNING, by=SYSTEM)
    assert states()["signed"] == 61 and not Roll.objects.exists()


def test_what_the_visitor_did_stands_when_the_day_moves():
    client = Client()
    response = client.post(reverse("demo:as_head"))
    assert "/answer/" in response["Location"]
    token = response["Location"].rstrip("/").rsplit("/", 1)[1]
    from_door = answer_through_the_door(token)
    days.move_day(to=Stage.FROZEN, by=SYSTEM)
    assert states()["signed"] == 85
    assert Answer.objects.get(school=from_door).state == "signed"


def answer_through_the_door(token: str) -> School:
    """Sign as the head whom the first door makes of the visitor."""
    invitation = invitation_for(token)
    assert invitation and invitation.school and invitation.school.name == elthorne.DOOR_SCHOOL
    with clock.at(Stage.SIGNING.begins_at):
        person, who = answering.take_up(token=token, post=Post.HEAD, by=Standing())
        signing.sign(
            partnership=invitation.partnership,
            schools=[invitation.school],
            authority=SigningAuthority.HEAD,
            authority_on=date(2022, 3, 8),
            name=person.name,
            key=keys.new_key(),
            by=who,
        )
    assert states()["signed"] == 62
    return invitation.school


def test_start_again_puts_everything_back_and_touches_no_real_school():
    own, manager = own_partnership(real_school("Real Primary School"))
    before, events = story(), own.memberships.count()
    days.move_day(to=Stage.INVOICES, by=SYSTEM)
    days.start_again(by=SYSTEM)
    assert story() == before
    assert DemoState.objects.get().stage == Stage.SIGNING
    assert Partnership.objects.filter(pk=own.pk).exists() and own.memberships.count() == events
    assert Person.objects.filter(pk=manager.pk).exists()


def test_what_is_kept_is_of_elthorne_only():
    own, manager = own_partnership(real_school("Real Primary School"))
    ended: list[str] = []

    def deadlock(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith("DELETE") and len(ended) < days.TRIES - 1:
            ended.append(sql)
            raise OperationalError("deadlock detected")
        return execute(sql, *rest)

    with connection.execute_wrapper(deadlock):
        days.start_again(by=SYSTEM)
    assert len(ended) == days.TRIES - 1
    assert not any(own.pk in rows or manager.pk in rows for rows in Kept.objects.values_list("rows", flat=True))
    assert set(Membership.objects.filter(partnership=own).values_list("school__current__name", flat=True)) == {
        "Real Primary School"
    }


def own_partnership(school: School) -> tuple[Partnership, Person]:
    """A visitor's partnership of one real school."""
    of = {"template": Template.LEARNING, "schools": [school.pk], "area": "", "la_code": ""}
    return doors.start_own_partnership(name="Ours together", **of, manager=None, manager_name="Ann Okoro", by=SYSTEM)


def test_each_persona_signs_in_as_themselves():
    for persona in (Persona.MANAGER, Persona.FINANCE, Persona.BUSINESS_MANAGER, Persona.TRUST_OFFICER):
        client = Client()
        assert client.post(reverse("demo:be"), {"persona": persona.value}).status_code == 302
        person = state_queries.persona_person(persona, viewer=SYSTEM)
        assert person and client.session["_auth_user_id"] == person.pk
    assert client.post(reverse("demo:be"), {"persona": "visitor"}).status_code == 302
    assert "_auth_user_id" not in client.session


def test_elthorne_lives_in_march_2022_and_real_schools_today():
    state = DemoState.objects.get()
    state.offset_seconds = int((Stage.SIGNING.begins_at - clock.now()) / timedelta(seconds=1))
    state.save()
    client = Client()
    assert "Tuesday 8 March 2022" in client.get("/").content.decode()
    own, manager = own_partnership(real_school("Real Primary School"))
    client.force_login(manager)
    assert own.started_on == clock.today()
    page = client.get(f"/p/{own.slug}/membership/").content.decode()
    assert "8 March 2022" not in page and "Elthorne" not in page
