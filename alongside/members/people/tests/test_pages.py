import csv
import io
import re
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.ground.core import keys
from alongside.ground.core.standing import Post, Power, Standing
from alongside.members.notices.models import Notice
from alongside.members.partnerships.models import Partnership
from alongside.members.people.actions import invitations, roles
from alongside.members.people.models import Invitation, Person, Role
from alongside.members.people.queries import invitations as invitations_queries, roles as roles_queries
from alongside.members.people.rules.roles import InvitationState, Purpose
from alongside.members.people.tests.make import SYSTEM, admitted, asked, ends_with_the_browser, person, role
from alongside.members.people.tests.proving import with_app
from alongside.members.schools.models import School
from alongside.members.schools.tests.make import school as new_school

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limits_used_up"), pytest.mark.on(2022, 3, 8)]


def signed_in(who: Person) -> Client:
    client = Client()
    client.force_login(who)
    return client


@pytest.fixture
def office(elm: Partnership) -> Client:
    return signed_in(role(Post.MANAGER, elm, person("Mo Manager", email="mo@elm.example")).person)


@pytest.fixture
def head(oak: School) -> Client:
    return signed_in(role(Post.HEAD, oak, person("Ada Osei", email="ada@oak.example")).person)


def invite(oak: School, elm: Partnership, **facts: object) -> tuple[Invitation, str, str]:
    return invitations.invite(
        **{"email": "new@oak.example", "post": Post.SCHOOL_ADMIN, "school": oak, "partnership": elm, **facts}, by=SYSTEM
    )


def test_an_invitation_names_the_school_and_asks_for_a_name_only(oak: School, elm: Partnership, client: Client) -> None:
    _, token, _ = invite(oak, elm)
    page = client.get(reverse("people:invitation", args=[token]))
    words = page.content.decode()
    assert "Oak School" in words and "school administrator" in words and 'name="name"' in words and 'name="email"' not in words
    answer = client.post(reverse("people:invitation", args=[token]), {"name": "Sam Okafor"})
    assert answer.headers["Location"] == "/me/" and ends_with_the_browser(client)
    assert client.session["_auth_user_id"] == Person.objects.get(email="new@oak.example").pk
    again = Client().get(reverse("people:invitation", args=[token]))
    assert again.status_code == 410 and b"used already" in again.content
    assert Client().post(reverse("people:invitation", args=[token]), {"name": "Mallory"}).status_code == 410


def test_an_invitation_without_a_name_says_what_to_enter(oak: School, elm: Partnership, client: Client) -> None:
    _, token, _ = invite(oak, elm)
    page = client.post(reverse("people:invitation", args=[token]), {"name": " "})
    assert b"There is a problem" in page.content
    assert invitations_queries.invitation_for(token).state == InvitationState.OPEN


def test_a_link_is_no_key_to_an_account_that_was_used_before(oak: School, elm: Partnership, client: Client) -> None:
    manager = role(Post.MANAGER, elm, person(email="new@oak.example")).person
    _, token, _ = invite(oak, elm)
    answer = client.post(reverse("people:invitation", args=[token]), {"name": "Whoever"})
    assert answer.headers["Location"] == reverse("account_login")
    assert "_auth_user_id" not in client.session
    assert roles_queries.standing_of(manager).can(Power.PEOPLE, school=oak.pk)


def test_whoever_is_signed_in_as_another_is_told_to_sign_out(oak: School, elm: Partnership, head: Client) -> None:
    _, token, _ = invite(oak, elm)
    address = reverse("people:invitation", args=[token])
    before = head.get(address)
    assert before.status_code == 200 and b"signed in as somebody else" in before.content and b"Your name" not in before.content
    answer = head.post(address, {"name": "Sam"})
    assert answer.status_code == 403 and b"signed in as somebody else" in answer.content


def test_an_invitation_to_answer_leads_to_the_answer(oak: School, elm: Partnership, client: Client) -> None:
    _, token, _ = invite(oak, elm, purpose=Purpose.MEMBERSHIP)
    assert client.get(reverse("people:invitation", args=[token])).headers["Location"] == f"/p/elm-valley/answer/{token}/"


def test_a_colleague_gets_what_was_passed_on(oak: School, elm: Partnership, client: Client) -> None:
    _, token, _ = invite(oak, elm)
    address = reverse("people:pass_on", args=[token])
    assert b"Oak School" in client.get(address).content
    assert b"There is a problem" in client.post(address, {"name": "Bo", "email": "bo@oak.example"}).content
    to_bo = {"name": "Bo", "email": "bo@oak.example", "post": "business_manager"}
    looked = client.post(address, to_bo).content.decode()
    assert "Send it to bo@oak.example" in looked
    assert "The school administrator of Oak School (new@oak.example) has passed an invitation" in looked
    assert Invitation.objects.get().state == InvitationState.OPEN, "nothing is sent yet"
    answer = client.post(address, to_bo | {"deed": "send"}, follow=True)
    assert b"bo@oak.example" in answer.content and b"Thank you for passing it on" in answer.content
    assert Invitation.objects.get(state=InvitationState.OPEN).email == "bo@oak.example"
    again = client.post(address, to_bo | {"deed": "send"})
    assert b"Thank you for passing it on" in again.content and Invitation.objects.count() == 2, "pressed twice, sent once"
    here = reverse("people:invitation", args=[token])
    assert b"Take it back" in client.get(here).content
    back = client.post(here, {"deed": "back"}, follow=True)
    assert b"opens nothing any more, and yours does" in back.content and b"Take up the invitation" in back.content
    assert client.post(address, to_bo | {"deed": "send"}, follow=True).status_code == 200, "it can be passed on anew"


def test_a_letter_opens_the_page(oak: School, elm: Partnership, client: Client) -> None:
    _, _, code = invite(oak, elm, email="")
    wrong = client.post(reverse("people:code"), {"school": "900501", "code": "22222222"})
    assert b"do not go together" in wrong.content
    unknown = client.post(reverse("people:code"), {"school": "Nowhere", "code": "22222222"})
    assert b"do not go together" in unknown.content
    page = client.post(reverse("people:code"), {"school": "oak school", "code": code.lower()}, follow=True)
    assert b"Oak School" in page.content and b'name="email"' in page.content
    answer = client.post(page.request["PATH_INFO"], {"name": "Ada", "email": "ada@oak.example"})
    assert answer.headers["Location"] == "/me/"


def test_unknown_links_say_so(client: Client) -> None:
    for token in ("x", "0" * 32, "a.b.c", "%00", "é" * 40, "<script>"):
        for name in ("people:invitation", "people:pass_on"):
            answer = client.get(reverse(name, args=[token]))
            assert answer.status_code == 404 and b"do not know this link" in answer.content


def test_leaving_takes_effect_with_the_next_request(oak: School, elm: Partnership, head: Client) -> None:
    address = reverse("people:school", args=[elm.slug, oak.urn])
    assert head.get(address).status_code == 200
    role(Post.SCHOOL_ADMIN, oak)
    roles.end_role(role=Role.objects.get(post=Post.HEAD), even_if_last=True, by=SYSTEM)
    assert head.get(address).status_code == 404
    assert head.get(reverse("people:account")).status_code == 200


def test_a_deactivated_persons_session_is_useless(oak: School, elm: Partnership, head: Client) -> None:
    Person.objects.update(is_active=False)
    answer = head.get(reverse("people:account"))
    assert answer.status_code == 302 and answer.headers["Location"].startswith("/login/")
    assert Session.objects.exists()


def test_who_is_asking_costs_four_queries(oak: School, elm: Partnership, head: Client) -> None:
    with CaptureQueriesContext(connection) as asked_of:
        assert head.get(reverse("web:accessibility")).status_code == 200
    inner = re.compile(r'\((?:SELECT|EXISTS\().*?\) AS "\w+"')  # what is asked beside, in the same question
    tables = [inner.sub("", query["sql"]).split(' FROM "')[1].split('"')[0] for query in asked_of]
    of_the_product = [table for table in tables if not table.startswith("demo_")]
    assert of_the_product == ["django_session", "people_person", "people_role", "partnerships_membership"]


@pytest.mark.slow
def test_the_office_sees_everybody_and_filters(oak: School, elm: Partnership, office: Client) -> None:
    ash = new_school("Ash School")
    admitted(elm, ash)
    role(Post.BUSINESS_MANAGER, oak, person("Bo Bursar"))
    invite(ash, elm)
    address = reverse("people:list", args=[elm.slug])
    everything = office.get(address).content.decode()
    assert (
        everything.index("Ash School") < everything.index("Oak School")
        and "Bo Bursar" in everything
        and "Mo Manager" in everything
    )
    for query, there, not_there in [
        ("?q=bursar", "Oak", "Ash"),
        ("?q=ash", "Ash", "Oak"),
        ("?q=900501", "Oak", "Ash"),
        ("?show=nobody", "Ash", "Oak"),
        ("?show=invited", "Ash", "Oak"),
        ("?show=never", "Oak", "Ash"),
        ("?sort=-school&page=99999999&show=%00", "Oak", ""),
    ]:
        found = office.get(address + query).content.decode()
        assert f"{there} School" in found and (not not_there or f"{not_there} School" not in found), query
    both = office.get(address + "?show=no_signer").content.decode()
    assert "Ash School" in both and "Oak School" in both


def test_a_school_sees_its_own_people_and_who_runs_the_partnership(
    oak: School, elm: Partnership, office: Client, head: Client
) -> None:
    other = new_school("Ash School")
    asked(elm, other)
    role(Post.HEAD, other, person("Cy Clark"))
    words = head.get(reverse("people:list", args=[elm.slug])).content.decode()
    assert "Oak School" in words and "Mo Manager" in words and "Ash" not in words and "Cy Clark" not in words
    assert head.get(reverse("people:school", args=[elm.slug, other.urn])).status_code == 404


def test_contacts_open_safely_in_a_spreadsheet(oak: School, elm: Partnership, office: Client) -> None:
    for name in ('=HYPERLINK("http://x")', "+1", "-1", "@x", "\tx", "Ada, O’Neil", 'B"o'):
        role(Post.HEAD, oak, person(name, phone="+44 20 7946 0001"))
    answer = office.get(reverse("people:contacts", args=[elm.slug]))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[0] == ["School", "URN", "Name", "Post", "E-mail", "Phone"]
    assert {row[2] for row in rows[1:]} == {'\'=HYPERLINK("http://x")', "'+1", "'-1", "'@x", "'\tx", "Ada, O’Neil", 'B"o'}
    assert {row[5] for row in rows[1:]} == {"'+44 20 7946 0001"}
    assert answer.headers["Content-Disposition"] == 'attachment; filename="elm-valley-contacts-2022-03-08.csv"'


@pytest.mark.slow
def test_a_head_invites_and_withdraws(
    oak: School, elm: Partnership, head: Client, mailoutbox: list, django_capture_on_commit_callbacks
) -> None:
    home = reverse("people:school", args=[elm.slug, oak.urn])
    with django_capture_on_commit_callbacks(execute=True):
        head.post(
            reverse("people:invite", args=[elm.slug, oak.urn]),
            {"key": keys.new_key(), "name": "Sam", "email": "sam@oak.example", "post": "school_admin"},
        )
    assert "Oak School" in mailoutbox[0].subject and mailoutbox[0].to == ["sam@oak.example"] and "Ada Osei" in mailoutbox[0].body
    assert b"sam@oak.example" in head.get(home).content
    key = Invitation.objects.get().pk
    with django_capture_on_commit_callbacks(execute=True):
        head.post(reverse("people:renew_invitation", args=[elm.slug, key]))
    assert len(mailoutbox) == 2 and mailoutbox[0].body != mailoutbox[1].body
    newest = Invitation.objects.get(state=InvitationState.OPEN)
    for stale in ("cancel_invitation", "renew_invitation"):
        answer = head.post(reverse(f"people:{stale}", args=[elm.slug, key]))
        assert answer.status_code == 409 and b"replaced by a newer one already" in answer.content
    assert head.get(reverse("people:cancel_invitation", args=[elm.slug, newest.pk])).status_code == 405
    assert head.post(reverse("people:cancel_invitation", args=[elm.slug, newest.pk])).headers["Location"] == home
    assert not Invitation.objects.filter(state=InvitationState.OPEN).exists() and len(mailoutbox) == 2
    assert b"withdrawn already" in head.post(reverse("people:cancel_invitation", args=[elm.slug, newest.pk])).content


@pytest.mark.parametrize("page", ["end_role", "invite_successor", "pass_on_mailbox"])
def test_a_form_about_a_role_that_ended_meanwhile_says_so(oak: School, elm: Partnership, head: Client, page: str) -> None:
    gone = role(Post.SCHOOL_ADMIN, oak)
    address = reverse(f"people:{page}", args=[elm.slug, gone.pk])
    assert head.get(address).status_code == 200
    roles.end_role(role=gone, by=SYSTEM)
    answer = head.post(address, {"when": "now", "sure": "on", "name": "Bo", "key": keys.new_key()})
    assert answer.status_code == 409 and b"ended already" in answer.content
    assert head.get(address).status_code == 404 and head.post(address.replace(gone.pk, "nothinghere1")).status_code == 404


def test_the_last_signers_role_ends_only_after_a_tick(oak: School, elm: Partnership, head: Client) -> None:
    held = Role.objects.get(post=Post.HEAD)
    address = reverse("people:end_role", args=[elm.slug, held.pk])
    assert b"Nobody else could sign" in head.get(address).content
    assert b"Tick the box" in head.post(address, {"when": "now"}).content
    assert b"Enter the last day" in head.post(address, {"when": "day", "sure": "on"}).content
    passed = {"until_on_day": "1", "until_on_month": "3", "until_on_year": "2022"}
    assert b"a coming day" in head.post(address, {"when": "day", "sure": "on", **passed}).content
    assert head.post(address, {"when": "now", "sure": "on"}).status_code == 302
    assert head.get(address).status_code == 404


@pytest.mark.slow
def test_the_only_manager_is_asked_to_find_the_next(oak: School, elm: Partnership, office: Client, head: Client) -> None:
    held = Role.objects.get(post=Post.MANAGER)
    address = reverse("people:office_end_role", args=[elm.slug, held.pk])
    with_app(office), with_app(head)
    page = office.get(address)
    assert b"only manager" in page.content and b"End the role</button>" not in page.content
    assert office.post(address, {"when": "now"}).status_code == 403
    assert head.get(address).status_code == 403
    asked = {"key": keys.new_key(), "name": "Nia", "email": "nia@elm.example", "post": "manager"}
    for _ in range(2):  # pressed twice
        page = office.post(reverse("people:invite_office", args=[elm.slug]), asked, follow=True).content
    assert (
        Invitation.objects.count() == 1
        and reverse("notices:show", args=[elm.slug, Notice.objects.get(kind="people.invitation").pk]).encode() in page
    )
    assert b"nia@elm.example" in office.get(reverse("people:office", args=[elm.slug])).content


def test_ones_own_page_shows_what_one_holds(oak: School, elm: Partnership, head: Client) -> None:
    address = reverse("people:account")
    assert b"Since 1 September 2021" in head.get(address).content and b"ada@oak.example" in head.get(address).content
    assert head.post(address, {"name": "Ada Mensah", "phone": "020 7946 0001"}).status_code == 302
    assert Person.objects.get().name == "Ada Mensah"
    assert b"There is a problem" in head.post(address, {"name": "", "phone": ""}).content
    for wrong in ("abc", "12", "ring the office"):
        assert b"Enter a telephone number" in head.post(address, {"name": "Ada Mensah", "phone": wrong}).content, wrong
    for right in ("", "02079460001", "+44 (0)20 7946 0001", "01632 960001 ext. 12", "01632 960001 x12"):
        assert head.post(address, {"name": "Ada Mensah", "phone": right}).status_code == 302, right


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 60])
def test_a_page_costs_the_same_however_many_people(
    oak: School, elm: Partnership, office: Client, number: int, django_assert_max_num_queries
) -> None:
    for _ in range(number):
        held = role(Post.SCHOOL_ADMIN, oak)
        place = new_school()
        admitted(elm, place)
        role(Post.HEAD, place)
        invite(oak, elm, email=held.person.email)
    office.get(reverse("people:list", args=[elm.slug]))  # from the first page on the session keeps where one is
    for name, args in [("list", ()), ("school", (oak.urn,)), ("office", ())]:
        with django_assert_max_num_queries(11):
            assert office.get(reverse(f"people:{name}", args=[elm.slug, *args])).status_code == 200


def test_nobody_is_a_superuser(oak: School) -> None:
    ada = role(Post.HEAD, oak).person
    assert (
        not ada.has_perm("x")
        and not ada.has_perms(["x"])
        and not ada.has_module_perms("people")
        and not hasattr(ada, "is_superuser")
    )
    assert AnonymousUser().is_anonymous and Standing().is_visitor


def test_a_role_from_tomorrow_opens_nothing_today(oak: School, elm: Partnership) -> None:
    coming = role(Post.HEAD, oak, from_on=date(2022, 3, 9)).person
    assert signed_in(coming).get(reverse("people:school", args=[elm.slug, oak.urn])).status_code == 404
