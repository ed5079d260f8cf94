"""The September check: when it is open, whom it asks, and what one form does."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.verdict import Conflict, Refused
from alongside.ground.web import declared
from alongside.ground.web.needs import NeedRow, joined
from alongside.members.notices.models import Notice
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.rules import Belonging
from alongside.members.partnerships.tests.make import partnership as new_partnership
from alongside.members.people.actions import second_factor
from alongside.members.people.actions.invitations import accept_invitation, renew_invitation
from alongside.members.people.actions.roles import end_role, give_back
from alongside.members.people.actions.september import ask_in_september, confirm_people
from alongside.members.people.models import Invitation, Person, Role, SeptemberCheck
from alongside.members.people.queries import needs
from alongside.members.people.queries.roles import standing_of
from alongside.members.people.rules.roles import (
    Follower,
    InvitationState,
    can_take_over_from,
    ending_words,
    is_september_check_asked,
    left_by_september,
    may_confirm_people_on,
)
from alongside.members.people.tasks import ask_schools_in_september
from alongside.members.people.tests.make import SYSTEM, asked, person, role
from alongside.members.schools.models import School
from alongside.members.schools.tests.make import school as new_school
from tests.shown import agree

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 9, 6)]
TODAY = date(2022, 9, 6)


@pytest.fixture
def elm(oak: School) -> Partnership:
    """A partnership to which one school belongs, and which has asked two others."""
    made = new_partnership("Elm Valley")
    for one in (oak, new_school("Ash School", urn=900_502), new_school("Fir School", urn=900_503)):
        asked(made, one)
    Membership.objects.update(from_on=date(2022, 7, 1))
    Membership.objects.filter(school=oak).update(kind=Belonging.MEMBER)
    return made


def entered(who: Person) -> Client:
    client = Client()
    client.force_login(who)
    return client


def waiting(who: Person) -> list[NeedRow]:
    return [NeedRow(*row) for row in joined(needs.needs(viewer=standing_of(who), on=TODAY))]


@pytest.mark.slow
def test_a_school_confirms_its_people_in_one_form(ada: Role, mo: Role, elm: Partnership, oak: School) -> None:
    bursar = role(Post.BUSINESS_MANAGER, oak, person("Bo Bursar"))
    head, address = entered(ada.person), reverse("people:september", args=[elm.slug, 900_501])
    assert b"three minutes" in head.get(reverse("people:school", args=[elm.slug, 900_501])).content
    page = head.get(address).content.decode()
    assert (
        "Are these your people this year?" in page
        and "Bo Bursar, school business manager" in page
        and 'value="31"' in page
        and 'value="2022"' in page
    )
    key, left = keys.new_key(), {"left_on_day": "31", "left_on_month": "8", "left_on_year": "2022"}
    assert b"There is a problem" in head.post(address, {"key": key, ada.pk: "stays"}).content
    assert b"Enter the last day" in head.post(address, {"key": key, ada.pk: "stays", bursar.pk: "left"}).content
    refused = agree(head, address, {"key": key, ada.pk: "left", bursar.pk: "left", **left})
    assert b"Tick the box" in refused.content and Role.objects.filter(until_on=None, school=oak).count() == 2, (
        "half of it was done"
    )
    answer = agree(head, address, {"key": key, ada.pk: "stays", bursar.pk: "left", **left, "sure": "on"})
    assert answer.status_code == 302 == head.post(address, {"key": key, ada.pk: "stays"}).status_code, "pressed twice, done once"
    bursar.refresh_from_db()
    assert bursar.until_on == date(2022, 8, 31) and bursar.ended_at
    check = SeptemberCheck.objects.get()
    assert (check.year, check.confirmed_by, check.school) == (2022, ada.person, oak)
    confirmed = head.get(address).content.decode()
    assert "Confirmed for 2022/23" in confirmed and f"By {ada.person.name} on " in confirmed
    shown = confirmed.partition("Who was confirmed")[2]
    assert ada.person.name in shown and "Bo Bursar" not in shown
    assert reverse("people:school", args=[elm.slug, oak.urn]) + '">the page of your people' in confirmed
    with pytest.raises(Conflict):
        confirm_people(partnership=elm, school=oak, gone=[], followed={}, left_on=None, key=keys.new_key(), by=SYSTEM)
    office = entered(mo.person).get(reverse("people:list", args=[elm.slug])).content.decode()
    assert "September check 2022/23:" in office and "1 of 1 school has" in office
    waiting = entered(mo.person).get(reverse("people:list", args=[elm.slug]) + "?show=september").content.decode()
    assert "Oak School" not in waiting.split("<main")[1]


def test_what_the_office_confirmed_is_told_as_it_was_then(ada: Role, mo: Role, elm: Partnership, oak: School) -> None:
    bursar = role(Post.BUSINESS_MANAGER, oak, person("Bo Bursar"))
    gone = role(Post.SCHOOL_ADMIN, oak, person("Cy Clerk"))
    said = {"partnership": elm, "school": oak, "followed": {}, "left_on": date(2022, 8, 31), "key": keys.new_key()}
    confirm_people(**said, gone=[gone.pk], by=standing_of(mo.person))
    with clock.at(clock.start_of(date(2022, 11, 1), 9)):
        end_role(role=bursar, until_on=date(2022, 11, 1), even_if_last=True, by=SYSTEM)
        role(Post.SCHOOL_ADMIN, oak, person("Di New"), from_on=date(2022, 11, 1))
        page = entered(ada.person).get(reverse("people:september", args=[elm.slug, oak.urn])).content.decode()
    assert f"By {mo.person.name} (the office) on 6 September 2022" in page
    listed = page.partition("Who was confirmed")[2].partition("Has anything changed")[0]
    names = [one in listed for one in (ada.person.name, "Bo Bursar", "1 November 2022", "Cy Clerk", "Di New")]
    assert names == [True, True, True, False, False]


def test_what_waits_for_a_head_and_for_the_office(ada: Role, mo: Role, elm: Partnership, oak: School) -> None:
    assert [(row.what, row.slug, row.key, row.label) for row in waiting(ada.person)] == [
        ("people.september", elm.slug, "900501", "Oak School")
    ]
    office = {row.what: row for row in waiting(mo.person)}
    assert office["people.unconfirmed"].number == 1 and "people.second_factor" in office
    confirm_people(
        partnership=elm, school=oak, gone=[], followed={}, left_on=None, key=keys.new_key(), by=standing_of(ada.person)
    )
    assert not waiting(ada.person)
    second_factor.make_codes(person=mo.person, by=standing_of(mo.person))
    assert not waiting(mo.person)


def test_a_check_sent_again_with_others_in_their_posts_is_refused(ada: Role, elm: Partnership, oak: School) -> None:
    bursar, clerk = role(Post.BUSINESS_MANAGER, oak, person("Bo")), role(Post.SCHOOL_ADMIN, oak, person("Cy"))
    said = {"partnership": elm, "school": oak, "left_on": None, "key": keys.new_key(), "by": standing_of(ada.person)}
    for _ in range(2):
        confirm_people(**said, gone=[bursar.pk], followed={}, even_if_last=True)
    with pytest.raises(Conflict, match="with others in their posts"):
        confirm_people(**said, gone=[bursar.pk, clerk.pk], followed={}, even_if_last=True)
    clerk.refresh_from_db()
    assert clerk.ended_at is None


def test_nobody_is_asked_before_a_school_belongs_and_somebody_is_there(mo: Role, elm: Partnership, oak: School) -> None:
    """A partnership that was just begun has nobody to confirm: neither in schools that it asks nor in empty ones."""
    head = role(Post.HEAD, School.objects.get(current__urn=900_502), person("Bo Ash"))
    assert {row.what for row in waiting(mo.person)} == {"people.second_factor"} and not waiting(head.person)
    page = entered(mo.person).get(reverse("people:list", args=[elm.slug])).content.decode()
    assert "September check" not in page
    assert b"three minutes" not in entered(head.person).get(reverse("people:school", args=[elm.slug, 900_502])).content
    Membership.objects.update(kind=Belonging.MEMBER)
    [found] = [row for row in waiting(mo.person) if row.what == "people.unconfirmed"]
    assert found.number == 1, "schools without anybody have nothing to say"
    opened = entered(mo.person).get(reverse("people:list", args=[elm.slug]) + declared.rows()[found.what].query)
    assert b"Ash School" in opened.content and b"Fir School" not in opened.content
    Membership.objects.update(from_on=date(2022, 9, 1))
    assert not waiting(head.person), "who joined since has just said who is there"


@pytest.mark.parametrize(
    ("on", "is_asked", "is_open", "left_on"),
    [
        (date(2022, 7, 5), False, False, date(2021, 8, 31)),
        (date(2022, 8, 31), False, False, date(2021, 8, 31)),
        (date(2022, 9, 1), True, True, date(2022, 8, 31)),
        (date(2022, 11, 30), True, True, date(2022, 8, 31)),
        (date(2022, 12, 1), False, True, date(2022, 8, 31)),
        (date(2023, 3, 31), False, True, date(2022, 8, 31)),
        (date(2023, 4, 1), False, False, date(2022, 8, 31)),
    ],
)
def test_september_is_asked_from_the_first_of_september(on: date, is_asked: bool, is_open: bool, left_on: date) -> None:
    assert is_september_check_asked(on) is is_asked
    assert may_confirm_people_on(on).allowed is is_open
    assert left_by_september(on) == left_on


@pytest.mark.on(2022, 7, 5)
def test_in_july_the_check_is_shut_and_says_when_it_opens(ada: Role, elm: Partnership, oak: School) -> None:
    head, address = entered(ada.person), reverse("people:september", args=[elm.slug, 900_501])
    page = head.get(address).content.decode()
    assert "opens on 1 September 2022" in page and "left_on" not in page
    assert head.post(address, {"key": keys.new_key(), ada.pk: "stays"}).status_code == 409 and not SeptemberCheck.objects.exists()


def test_schools_are_asked_by_one_mail_to_whoever_may_answer(ada: Role, mo: Role, elm: Partnership, oak: School) -> None:
    role("sendco", oak, person("Sen", email="sen@oak.example"))
    gone = role(Post.SCHOOL_ADMIN, oak, person("Gone"), until_on=date(2022, 9, 5))
    role(Post.HEAD, School.objects.get(current__urn=900_502), person("Bo Ash"))  # only asked to join
    assert [ask_in_september(partnership=elm, by=SYSTEM) for _ in range(2)] == [1, 0], "once a year"
    [mail] = Notice.objects.filter(kind="people.september")
    assert (mail.to, mail.school, mail.person) == (ada.person.email, oak, ada.person_id) and gone.person.name not in mail.body
    assert "- Sen, SENDCo\n\nNobody is named as " in mail.body and "designated safeguarding lead" in mail.body
    page = entered(ada.person).get(mail.link).content.decode()
    assert "Nobody is named as" in page and "?post=dsl" in page and "?post=sendco" not in page
    invite = entered(ada.person).get(reverse("people:invite", args=[elm.slug, 900_501]) + "?post=dsl").content.decode()
    assert 'value="dsl" checked' in invite
    with clock.at(clock.start_of(date(2023, 9, 5), 9)):
        assert ask_in_september(partnership=elm, by=SYSTEM) == 1, "and again the next year"


def test_nobody_is_asked_for_a_post_that_another_partnership_gave(ada: Role, elm: Partnership, oak: School) -> None:
    chair = role(Post.GOVERNOR_CHAIR, oak)
    Role.objects.filter(pk=chair.pk).update(through=new_partnership("Yew Valley"))
    assert ask_in_september(partnership=elm, by=SYSTEM) == 1
    assert [one.person for one in Notice.objects.filter(kind="people.september")] == [ada.person_id]


def test_a_school_that_has_confirmed_is_not_asked_nor_any_before_september(ada: Role, elm: Partnership, oak: School) -> None:
    with clock.at(clock.start_of(date(2022, 8, 31), 9)):
        assert not ask_in_september(partnership=elm, by=SYSTEM)
    confirm_people(
        partnership=elm, school=oak, gone=[], followed={}, left_on=None, key=keys.new_key(), by=standing_of(ada.person)
    )
    assert not ask_in_september(partnership=elm, by=SYSTEM) and not Notice.objects.filter(kind="people.september").exists()
    with pytest.raises(Refused):
        ask_in_september(partnership=elm, by=standing_of(ada.person))


@pytest.mark.parametrize(
    ("at", "asked_by"),
    [((2022, 9, 6, 6), 0), ((2022, 9, 6, 7), 1), ((2022, 9, 3, 9), 0), ((2022, 8, 31, 9), 0), ((2022, 12, 1, 9), 0)],
)
def test_the_mail_goes_at_seven_of_a_school_day(
    ada: Role, elm: Partnership, oak: School, at: tuple[int, int, int, int], asked_by: int
) -> None:
    with clock.at(clock.start_of(date(*at[:3]), at[3])):
        ask_schools_in_september()
    assert Notice.objects.filter(kind="people.september").count() == asked_by


LEFT = {"left_on_day": "31", "left_on_month": "8", "left_on_year": "2022"}


def followed_by(held: Role, name: str = "Sam Okafor", email: str = "sam@oak.example", first: str = "1 9 2022") -> dict[str, str]:
    """What the form sends where somebody else has the post now."""
    said = {held.pk: "other", f"name_{held.pk}": name, f"email_{held.pk}": email}
    return said | {f"from_on_{held.pk}_{part}": one for part, one in zip(("day", "month", "year"), first.split(" "), strict=True)}


@pytest.mark.slow
def test_who_has_left_is_replaced_in_place_and_another_ended_with_nobody_there_yet(
    ada: Role, mo: Role, elm: Partnership, oak: School
) -> None:
    bursar, clerk = role(Post.BUSINESS_MANAGER, oak, person("Bo Bursar")), role("clerk", oak, person("Cy Clerk"))
    head, address = entered(ada.person), reverse("people:september", args=[elm.slug, 900_501])
    assert "Somebody else now" in (page := head.get(address).content.decode()) and "I have read this" not in page
    said = {"key": keys.new_key(), ada.pk: "stays", clerk.pk: "left", **LEFT, **followed_by(bursar)}
    looked = head.post(address, said).content.decode()
    assert (
        "The post of Bo Bursar, school business manager, ends now, with 31 August 2022 as the last day. "
        "Sam Okafor (sam@oak.example) is invited and has it when they say yes." in looked
    )
    assert "The post of Cy Clerk, clerk to the governors, ends now" in looked and "The post of Ada" not in looked
    assert not Invitation.objects.exists() and not SeptemberCheck.objects.exists(), "half of it was done"
    asked_first = agree(head, address, said).content.decode()
    assert "until Sam Okafor has said yes Oak School would have no business manager here" in asked_first
    assert not Invitation.objects.exists() and not SeptemberCheck.objects.exists(), "half of it was done"
    done = agree(head, address, {**said, "sure": "on"}, follow=True).content.decode()
    assert "That is confirmed for 2022/23. Cy Clerk has left. Sam Okafor is invited as school business manager" in done
    assert (
        "the post is theirs as soon as they say yes. The e-mail to sam@oak.example is on its way." in done
        and "?post=clerk" in done
    )
    for one in (bursar, clerk):
        one.refresh_from_db()
        assert one.until_on == date(2022, 8, 31) and one.ended_at
    invited = Invitation.objects.get()
    assert (invited.email, invited.post, invited.school, invited.succeeds) == ("sam@oak.example", bursar.post, oak, bursar)
    assert Notice.objects.filter(kind="people.invitation", to="sam@oak.example").count() == 1
    head.post(address, {**said, "sure": "on"})
    assert Invitation.objects.count() == 1 == Notice.objects.filter(kind="people.invitation").count(), "pressed twice, done once"
    school = entered(mo.person).get(reverse("people:school", args=[elm.slug, 900_501])).content.decode()
    assert "Confirmed for 2022/23 by" in school and "Sam Okafor" in school and "2 roles that have ended" in school


def test_a_post_ended_by_mistake_is_given_back_and_the_invitation_in_its_place_is_withdrawn(
    ada: Role, elm: Partnership, oak: School
) -> None:
    bursar, head = role(Post.BUSINESS_MANAGER, oak, person("Bo Bursar")), entered(ada.person)
    follower = Follower("Sam Okafor", "sam@oak.example", date(2022, 9, 1))
    said = {"partnership": elm, "school": oak, "gone": [], "followed": {bursar.pk: follower}, "left_on": date(2022, 8, 31)}
    confirm_people(**said, even_if_last=True, key=keys.new_key(), by=standing_of(ada.person))
    place, back = (reverse(f"people:{name}", args=[elm.slug, of]) for name, of in (("school", 900_501), ("give_back", bursar.pk)))
    assert back in head.get(place).content.decode()
    words = "Bo Bursar is school business manager again. The invitation to Sam Okafor in their place is withdrawn."
    assert words in head.post(back, follow=True).content.decode()
    bursar.refresh_from_db()
    assert (bursar.until_on, bursar.ended_at) == (None, None)
    assert Invitation.objects.get().state == InvitationState.CANCELLED
    assert back not in head.get(place).content.decode() and head.post(back).status_code == 409


def test_a_post_is_given_back_for_four_weeks_by_who_keeps_the_people(ada: Role, elm: Partnership, oak: School) -> None:
    bursar = role(Post.BUSINESS_MANAGER, oak, person("Bo Bursar"))
    end_role(role=bursar, even_if_last=True, by=standing_of(ada.person))
    with pytest.raises(Refused):
        give_back(role=bursar, by=standing_of(bursar.person))
    with clock.at(clock.start_of(date(2022, 10, 5), 9)), pytest.raises(Conflict, match="more than four weeks"):
        give_back(role=bursar, by=standing_of(ada.person))
    with clock.at(clock.start_of(date(2022, 10, 4), 9)):
        assert give_back(role=bursar, by=standing_of(ada.person)).role.until_on is None


@pytest.mark.parametrize(
    ("left_on", "first", "words"),
    [
        (date(2022, 8, 31), None, "ends now, with 31 August 2022 as the last day. Nobody is invited to it yet."),
        (date(2022, 9, 30), None, "ends after 30 September 2022. Nobody is invited to it yet."),
        (date(2022, 9, 30), date(2022, 10, 3), "ends after 30 September 2022. Sam (sam@oak.example) is invited and has it from "
         "3 October 2022, when they say yes."),
    ],
)  # fmt: skip
def test_whose_post_ends_is_said_before(left_on: date, first: date | None, words: str) -> None:
    follower = Follower("Sam", "sam@oak.example", first) if first else None
    assert ending_words("Bo", "bursar", left_on, follower, TODAY) == f"The post of Bo, bursar, {words}"


def test_who_follows_from_a_coming_day_has_the_post_from_then(ada: Role, elm: Partnership, oak: School) -> None:
    bursar = role(Post.BUSINESS_MANAGER, oak, person("Bo Bursar"))
    follower = Follower("Sam Okafor", "sam@oak.example", date(2022, 10, 3))
    said = {"partnership": elm, "school": oak, "gone": [], "followed": {bursar.pk: follower}, "left_on": date(2022, 8, 31)}
    made = confirm_people(**said, even_if_last=True, key=keys.new_key(), by=standing_of(ada.person))
    [invited] = made.invited
    _, token, _ = renew_invitation(invitation=invited, by=standing_of(ada.person))
    accept_invitation(token=token, name="Sam Okafor", by=Standing())
    begun = Role.objects.get(person__email="sam@oak.example")
    assert (begun.from_on, begun.through, made.left) == (date(2022, 10, 3), None, [])


@pytest.mark.parametrize(
    ("said", "remedy", "wrong_by_rule"),
    [
        ({"name": ""}, "Enter the name of the new school business manager", False),
        ({"email": ""}, "Enter the e-mail address of the new school business manager", False),
        ({"email": "sam at oak"}, "Enter an e-mail address", False),
        ({"email": "bo@oak.example"}, "This is the address of the one who goes", True),
        ({"email": "dee@oak.example"}, "Whoever has this address is school business manager here already", True),
        ({"first": "31 8 2022"}, "Enter a day after 31 August 2022", True),
        ({"first": " 9 2022"}, "Enter a real date", False),
        ({"first": "1 9 2025"}, "Enter a day within two years", True),
    ],
)
def test_what_is_wrong_with_who_follows_stands_beside_it_and_nothing_is_done(
    ada: Role, elm: Partnership, oak: School, said: dict[str, str], remedy: str, wrong_by_rule: bool
) -> None:
    bursar = role(Post.BUSINESS_MANAGER, oak, person("Bo Bursar", email="bo@oak.example"))
    dee = role(Post.BUSINESS_MANAGER, oak, person("Dee", email="dee@oak.example"))
    typed = {"key": keys.new_key(), ada.pk: "stays", dee.pk: "stays", "sure": "on", **LEFT, **followed_by(bursar, **said)}
    address = reverse("people:september", args=[elm.slug, 900_501])
    page = (agree if wrong_by_rule else Client.post)(entered(ada.person), address, typed).content.decode()
    assert remedy in page and f'value="{said.get("email", "sam@oak.example")}"' in page
    assert not Invitation.objects.exists() and not SeptemberCheck.objects.exists()
    typed[bursar.pk] = "stays"  # what was typed before somebody chose otherwise is no error
    assert entered(ada.person).post(address, typed).status_code == 302


def test_a_check_sent_again_with_somebody_else_following_is_refused(ada: Role, elm: Partnership, oak: School) -> None:
    bursar, by = role(Post.BUSINESS_MANAGER, oak, person("Bo")), standing_of(ada.person)
    said = {"partnership": elm, "school": oak, "gone": [], "left_on": date(2022, 8, 31), "even_if_last": True}
    sam, kit = (Follower(name, f"{name}@oak.example", date(2022, 9, 1)) for name in ("sam", "kit"))
    key = keys.new_key()
    first, again = (confirm_people(**said, followed={bursar.pk: sam}, key=key, by=by) for _ in range(2))
    assert first == again
    with pytest.raises(Conflict, match="with others in their posts"):
        confirm_people(**said, followed={bursar.pk: kit}, key=key, by=by)


@pytest.mark.parametrize(
    ("first", "left_on", "allowed"),
    [
        (date(2022, 9, 1), date(2022, 8, 31), True),
        (date(2022, 8, 31), date(2022, 8, 31), False),
        (date(2022, 10, 3), date(2022, 8, 31), True),
        (date(2022, 9, 20), date(2022, 9, 30), False),
        (date(2024, 9, 5), date(2022, 8, 31), True),
        (date(2024, 9, 6), date(2022, 8, 31), False),
    ],
)
def test_who_follows_begins_after_the_last_day_of_the_one_before(first: date, left_on: date, allowed: bool) -> None:
    assert can_take_over_from(first, left_on, TODAY).allowed is allowed
