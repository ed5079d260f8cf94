"""Shared mailboxes, what falls open, and what home gathers of them."""

from datetime import date, timedelta
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from alongside.ground.core import clock, keys
from alongside.ground.core.standing import VISITOR, Post, Power
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.ground.web import declared
from alongside.ground.web.needs import DateRow, NeedRow
from alongside.members.partnerships.models import Partnership
from alongside.members.people.actions import invitations, roles, sign_ins, succession
from alongside.members.people.models import Invitation, Person, Role, SignIn
from alongside.members.people.queries import needs
from alongside.members.people.queries.roles import standing_of
from alongside.members.people.rules.roles import can_follow_from
from alongside.members.people.tests.make import SYSTEM, person, role
from alongside.members.schools.models import School
from alongside.members.schools.tests.make import school as new_school

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limits_used_up"), pytest.mark.on(2022, 6, 1)]
TODAY, SEPTEMBER = date(2022, 6, 1), date(2022, 9, 1)


def entered(who: Person) -> Client:
    client = Client()
    client.force_login(who)
    return client


def follow(held: Role, elm: Partnership, by: Any = SYSTEM, **facts: Any) -> Invitation:
    words = {"name": "Bo Next", "email": "bo@oak.example", "from_on": SEPTEMBER, "key": keys.new_key(), **facts}
    return succession.invite_successor(role=held, partnership=elm, **words, by=by)


def token_in(mailoutbox: list) -> str:
    return str(mailoutbox[-1].body.split("/i/")[1].split("/")[0])


def test_an_invitation_to_a_coming_day_lasts_until_after_it(ada: Role, elm: Partnership) -> None:
    made = follow(ada, elm, from_on=date(2023, 9, 1))
    assert made.expires_at >= clock.end_of(date(2023, 9, 30))


@pytest.mark.parametrize(
    ("first", "may"),
    [
        (date(2022, 6, 1), False),
        (date(2022, 5, 1), False),
        (date(2022, 6, 2), True),
        (date(2024, 5, 30), True),
        (date(2024, 6, 2), False),
    ],
)
def test_a_successor_begins_on_a_coming_day(first: date, may: bool) -> None:
    assert bool(can_follow_from(first, TODAY, date(2021, 9, 1))) is may
    assert not can_follow_from(date(2022, 6, 2), TODAY, date(2022, 6, 2))


def test_who_may_not_end_a_role_invites_no_successor(ada: Role, elm: Partnership) -> None:
    bursar = role(Post.BUSINESS_MANAGER, ada.school).person
    with pytest.raises(Refused):
        follow(ada, elm, by=standing_of(bursar))
    with pytest.raises(Invalid, match="shared"):
        follow(ada, elm, email="HEAD@oak.example")
    roles.end_role(role=ada, even_if_last=True, by=SYSTEM)
    with pytest.raises(Conflict):
        follow(ada, elm)


def test_the_page_says_what_falls_open_and_what_stays(ada: Role, elm: Partnership, oak: School) -> None:
    ash = new_school("Ash School")
    role(Post.GOVERNOR_CHAIR, ash, ada.person)
    role(Post.HEAD, ash, ada.person, from_on=SEPTEMBER)
    cy = {"name": "Cy", "email": "cy@oak.example", "post": Post.BUSINESS_MANAGER, "key": keys.new_key()}
    invitations.invite_colleague(**cy, school=oak, partnership=elm, by=standing_of(ada.person))
    follow(ada, elm)
    address = reverse("people:end_role", args=[elm.slug, ada.pk])
    page = entered(ada.person).get(address).content.decode()
    for words in (
        "Nobody else could sign", "Bo Next is invited to follow from 1 September 2022", "1 invitation that Ada Osei sent waits",
        "also chair of governors of Ash School", "headteacher of Ash School from 1 September 2022",
    ):  # fmt: skip
        assert words in page, words
    role(Post.HEAD, oak, person("Bo"), from_on=date(2022, 9, 5))
    assert "Until 5 September 2022 nobody else could sign" in entered(ada.person).get(address).content.decode()


def test_a_shared_mailbox_passes_on(
    ada: Role, elm: Partnership, oak: School, mailoutbox: list, django_capture_on_commit_callbacks: Any
) -> None:
    role(Post.SCHOOL_ADMIN, oak, keeper := person("Kim Keeper"))
    SocialAccount.objects.create(user=ada.person, provider="microsoft", uid="the mailbox's own")
    hers = Client()
    ada.person.set_password("three quiet otters")
    ada.person.save()
    hers.post(reverse("account_login"), {"login": "head@oak.example", "password": "three quiet otters"})
    assert hers.get("/me/account/").status_code == 200
    address = reverse("people:pass_on_mailbox", args=[elm.slug, ada.pk])
    client = entered(keeper)
    assert b"head@oak.example" in client.get(address).content
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, {"name": "Bo Next"}).status_code == 302
    ada.refresh_from_db()
    old = Person.objects.get(pk=ada.person_id)
    assert old.email is None and ada.until_on == TODAY and not SocialAccount.objects.exists()
    assert hers.get("/me/account/").status_code == 302 and not SignIn.objects.open().exists()
    assert mailoutbox[-1].to == ["head@oak.example"]
    fresh = Client()
    fresh.post(reverse("people:invitation", args=[token_in(mailoutbox)]), {"name": "Bo Next"})
    bo = Person.objects.get(email="head@oak.example")
    assert bo != old and bo.name == "Bo Next" and standing_of(bo).can(Power.ANSWER, school=oak.pk)
    assert not Role.objects.held(TODAY + timedelta(days=1)).filter(person=old).exists()


def test_nobody_takes_the_mailbox_of_somebody_with_a_post_elsewhere(ada: Role, elm: Partnership, oak: School) -> None:
    role(Post.HEAD, new_school("Ash School"), ada.person)
    role(Post.SCHOOL_ADMIN, oak, keeper := person("Kim Keeper"))
    with pytest.raises(Refused, match="elsewhere"):
        succession.pass_on_mailbox(role=ada, partnership=elm, name="Bo", by=standing_of(keeper))
    assert entered(keeper).get(reverse("people:pass_on_mailbox", args=[elm.slug, ada.pk])).status_code == 403


def test_one_moves_to_an_address_of_ones_own(ada: Role, mailoutbox: list, django_capture_on_commit_callbacks: Any) -> None:
    client, other, address = entered(ada.person), entered(ada.person), reverse("people:address")
    person("Taken", email="taken@oak.example")
    for email, works in (("taken@oak.example", False), ("ada@home.example", True)):
        with django_capture_on_commit_callbacks(execute=True):
            page = client.post(address, {"email": email}, follow=True)
        assert b"A code is on its way to" in page.content, "the page tells who has an account"
        assert mailoutbox[-1].to == [email] and ("\n\n" in mailoutbox[-1].body)
        code = [line for line in mailoutbox[-1].body.splitlines() if len(line) == 8 and line.isupper()]
        assert bool(code) is works
    assert b"not the code" in client.post(address, {"code": "22222222"}).content
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, {"code": code[0]}).headers["Location"] == reverse("people:security")
    ada.person.refresh_from_db()
    assert ada.person.email == "ada@home.example"
    assert client.get("/me/account/").status_code == 200 and other.get("/me/account/").status_code == 302
    assert {one.to[0] for one in mailoutbox[-2:]} == {"head@oak.example", "ada@home.example"}


def rows(parts: list[Any], kind: Any) -> list[Any]:
    return [kind(*row) for part in parts for row in part]


def test_a_role_that_ends_without_a_successor_waits(ada: Role, mo: Role, elm: Partnership, oak: School) -> None:
    roles.end_role(role=ada, until_on=date(2022, 7, 20), even_if_last=True, by=SYSTEM)
    for who in (ada.person, mo.person):
        [found] = [row for row in rows(needs.needs(viewer=standing_of(who), on=TODAY), NeedRow) if row.what == "people.ending"]
        assert (found.slug, found.label, found.key, found.due_on) == (elm.slug, "Ada Osei", ada.pk, date(2022, 7, 20))
    dated = rows(needs.dates(viewer=standing_of(ada.person), start=TODAY, end=date(2022, 12, 31)), DateRow)
    [mine] = [(row.what, row.label, row.first_on) for row in dated]
    assert mine == ("people.you_end", "headteacher of Oak School", date(2022, 7, 20))
    colleague = role(Post.BUSINESS_MANAGER, oak)
    seen = rows(needs.dates(viewer=standing_of(colleague.person), start=TODAY, end=date(2022, 12, 31)), DateRow)
    both = "Ada Osei as headteacher of Oak School"
    assert [(row.what, row.label) for row in seen] == [("people.ends", both)], "a colleague reads name and post"
    said = declared.rows()
    assert (
        said["people.ends"].words(both) == f"Last day of {both}" and said["people.begins"].words(both) == f"First day of {both}"
    )
    follow(ada, elm)
    for who in (ada.person, mo.person):
        [found] = [row for row in rows(needs.needs(viewer=standing_of(who), on=TODAY), NeedRow) if row.due_on]
        assert (found.what, found.key, found.label) == ("people.follower", "900501", "Ada Osei")
    Invitation.objects.update(expires_at=clock.now())
    [found] = [row for row in rows(needs.needs(viewer=standing_of(mo.person), on=TODAY), NeedRow) if row.due_on]
    assert found.what == "people.ending", "an invitation that expired counts as one that waits"


def test_a_post_in_the_office_that_ends_waits_for_who_may_name_the_next(mo: Role, elm: Partnership) -> None:
    going = role(Post.FINANCE, elm, person("Fi Nance"), until_on=date(2022, 7, 20))
    for who, number in ((mo, 1), (going, 0)):
        every = rows(needs.needs(viewer=standing_of(who.person), on=TODAY), NeedRow)
        waits = [row for row in every if row.due_on]
        assert [(row.what, row.slug, row.key) for row in waits] == [("people.office_ending", elm.slug, going.pk)] * number
    assert declared.rows()["people.office_ending"].words("Fi Nance").startswith("Fi Nance leaves the office")


def test_invitations_without_an_answer_wait_for_the_office(mo: Role, elm: Partnership, oak: School) -> None:
    for number in range(3):
        with clock.at(clock.start_of(TODAY + timedelta(days=10 * number), 9)):
            one = {"name": f"P{number}", "email": f"p{number}@oak.example", "post": Post.HEAD, "key": keys.new_key()}
            invitations.invite_colleague(**one, school=oak, partnership=elm, by=SYSTEM)
    waiting = rows(needs.needs(viewer=standing_of(mo.person), on=TODAY + timedelta(days=25)), NeedRow)
    [found] = [row for row in waiting if row.what == "people.unanswered"]
    assert (found.number, found.slug) == (2, elm.slug)
    with clock.at(clock.start_of(TODAY + timedelta(days=25), 9)):
        address = reverse("people:list", args=[elm.slug]) + declared.rows()["people.unanswered"].query
        browser = entered(mo.person)
        page = browser.get(address).content.decode()
        file = browser.get(f"{address}&as=csv")
    assert ["P0" in page, "P1" in page, "P2" in page] == [True, True, False]
    assert reverse("people:school", args=[elm.slug, oak.urn]) in page and b"P1" in b"".join(file)


def test_nobody_ends_anothers_sign_in(db: None) -> None:
    ada, now = person("Ada"), clock.now()
    row = SignIn.objects.create(person=ada, device="A phone", how="code", began_at=now, seen_at=now)
    for who in (standing_of(person("Bo")), VISITOR):
        with pytest.raises(Refused):
            sign_ins.end_sign_in(sign_in=row, by=who)
    sign_ins.end_sign_in(sign_in=row, by=standing_of(ada))
    with pytest.raises(Conflict):
        sign_ins.end_sign_in(sign_in=row, by=standing_of(ada))
