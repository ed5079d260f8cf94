"""The pages as people open them."""

import re
from datetime import date
from typing import Any

import pytest
from django.core import mail

from alongside.ground.core import keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Post
from alongside.members.membership.actions import answering, asking, prospectus
from alongside.members.membership.models import ProspectusDay, Question, Signature
from alongside.members.membership.rules.answers import AnswerState
from alongside.members.membership.tests import make
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.tests.make import partnership
from alongside.members.people.actions import invitations as people
from alongside.members.people.models import Invitation, Role

pytestmark = pytest.mark.usefixtures("tuesday")

S = AnswerState


def day(name: str, on: date) -> dict[str, int]:
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def signing(place: Partnership, **words: Any) -> dict[str, Any]:
    given = {"name": "A. Khan", "post": "Headteacher", "authority": "governing_body", "confirm": "on", "key": keys.new_key()}
    return {**given, **day("authority_on", make.TODAY), "text_hash": make.newest(place).text_hash, **words}


def by_link(place: Partnership, **words: Any) -> dict[str, Any]:
    """A signature by somebody of whom only the address is known: they say what they are."""
    return signing(place, post="head", **words)


def link(place: Partnership, one: Any, email: str = "head@ash.example") -> str:
    token = asking.invite_schools(partnership=place, addresses={one.pk: email}, seen=UNSEEN, by=make.SYSTEM)[one.pk]
    return f"/p/{place.slug}/answer/{token}/"


# The prospectus


def test_anybody_reads_the_prospectus_and_the_visit_is_counted_without_a_name(place: Partnership) -> None:
    make.signed(place, *make.asked(place, 3)[:2])
    page = make.read(make.browser().get(f"/p/{place.slug}/"))
    assert "<strong>2 of 3</strong> schools have signed" in page
    assert "What your school gets" in page and "Hillingdon" not in page
    assert ProspectusDay.objects.get().visits == 1


def test_words_of_the_prospectus_are_shown_as_words(place: Partnership) -> None:
    draft = prospectus.start_draft(partnership=place, by=make.SYSTEM)
    texts = {**draft.texts, "why": "<script>alert(1)</script> & so on\n\n- one\n- two"}
    prospectus.edit_prospectus(draft=draft, version=1, texts=texts, by=make.SYSTEM)
    prospectus.publish_prospectus(partnership=place, version=draft.version, by=make.SYSTEM)
    page = make.read(make.browser().get(f"/p/{place.slug}/"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; so on" in page and "<li>two</li>" in page


def test_before_it_is_published_outsiders_find_no_prospectus(db: None) -> None:
    place = make.partnership(publish=False)
    assert make.browser().get(f"/p/{place.slug}/").status_code == 404
    assert "being written" in make.read(make.browser(make.manager(place)).get(f"/p/{place.slug}/"))


def test_a_school_sees_what_changed_since_it_signed(place: Partnership) -> None:
    draft = prospectus.start_draft(partnership=place, by=make.SYSTEM)
    prospectus.edit_prospectus(draft=draft, version=1, texts={**draft.texts, "costs": "Nothing at all."}, by=make.SYSTEM)
    prospectus.publish_prospectus(partnership=place, version=draft.version, by=make.SYSTEM)
    page = make.read(make.browser().get(f"/p/{place.slug}/version/1/"))
    assert "<ins>Nothing at all.</ins>" in page and "There is a newer version" in page
    assert make.browser().get(f"/p/{place.slug}/version/3/").status_code == 404


# Answering


@pytest.mark.slow
def test_a_thousand_scanners_opening_the_link_use_nothing_up_and_say_nothing(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    address, client = link(place, one), make.browser()
    for _ in range(30):
        assert client.get(address).status_code == client.get(f"{address}?choice=sign").status_code == 200
    assert make.state(place, one) is S.NO_REPLY
    assert Invitation.objects.get().state == "open"
    assert ProspectusDay.objects.count() == 0


def test_the_link_names_the_school_and_reading_is_a_button(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    address, client = link(place, one), make.browser()
    assert one.name in make.read(client.get(address))
    page = make.read(client.post(f"{address}read/", follow=True))
    assert "What a school signs" in page and f"Answer for {one.name}" in page
    assert (make.state(place, one), make.answer(place, one).opened) == (S.READING, 1)
    assert client.get(f"{address}read/").status_code == 405


def test_signing_by_the_link_signs_the_person_in_and_thanks_them(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    client = make.browser()
    page = make.read(client.post(f"{link(place, one)}?choice=sign", by_link(place), follow=True))
    signed = f"/p/{place.slug}/membership/answer/{one.urn}/signed/"
    assert f"Thank you. {one.name} has signed." in page and "How can this be proved?" in page
    assert f'href="{signed}">Print or save what you signed' in page
    assert f'href="/p/{place.slug}/overview/">Our year of the partnership' in page
    assert (make.state(place, one), Signature.objects.get().name) == (S.SIGNED, "A. Khan")
    copy = re.search(r'href="(/me/notices/\w+/)">See the copy that we sent you', page)
    assert copy and "Signed by A. Khan" in make.read(client.get(copy[1]))
    paper = make.read(client.get(signed))
    assert "A. Khan, Headteacher" in paper and make.newest(place).text_hash in paper and "What a school signs" in paper


def test_nothing_is_to_be_printed_before_a_school_has_signed_nor_by_others(place: Partnership) -> None:
    one, two = make.asked(place, 2)
    make.signed(place, two)
    client, address = make.browser(make.head(one)), f"/p/{place.slug}/membership/answer/{{}}/signed/"
    assert [client.get(address.format(school.urn)).status_code for school in (one, two)] == [404, 404]


@pytest.mark.parametrize(("authority", "is_signed"), [("head", True), ("governing_body", False)])
def test_only_who_decides_alone_may_leave_the_day_of_the_decision_empty(
    place: Partnership, authority: str, is_signed: bool
) -> None:
    one = make.asked(place, 1)[0]
    words = by_link(place, authority=authority, authority_on_day="", authority_on_month="", authority_on_year="")
    page = make.read(make.browser().post(f"{link(place, one)}?choice=sign", words, follow=True))
    assert ("has signed" in page, "Enter the day on which it was decided" in page) == (is_signed, not is_signed)
    assert [one.authority_on for one in Signature.objects.all()] == [make.TODAY] * is_signed


def test_a_form_with_mistakes_uses_nothing_up_and_keeps_what_was_typed(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    client, address = make.browser(), link(place, one)
    page = make.read(client.post(f"{address}?choice=sign", {"name": "A. Khan"}))
    assert "<title>Error: Sign now" in page and "(optional)" not in page
    assert "There is a problem" in page and 'value="A. Khan"' in page and "Choose on whose authority you sign" in page
    tomorrow = by_link(place, **day("authority_on", date(2022, 3, 9)))
    assert "today or earlier" in make.read(client.post(f"{address}?choice=sign", tomorrow))
    assert Invitation.objects.filter(state="open").count() == 1


def test_a_used_link_says_so_and_leads_the_school_on(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    address, client = link(place, one), make.browser()
    client.post(f"{address}?choice=sign", by_link(place))
    assert client.get(address)["Location"] == f"/p/{place.slug}/membership/answer/{one.urn}/"
    stranger = make.browser().get(address)
    assert stranger.status_code == 200 and "Signed by A. Khan, Headteacher, on Tuesday 8 March" in stranger.content.decode()
    assert make.browser().get(f"/p/{place.slug}/answer/nonsense/").status_code == 404


SUBJECT = {"subject_to": "trust", **day("subject_on", date(2022, 3, 17))}


@pytest.mark.parametrize(
    ("choice", "words"),
    [("question", {"question": "Is cover paid?"}), ("subject", SUBJECT), ("decline", {"reason": ""}), ("sign", {})],
)
def test_nobody_becomes_head_by_answering_an_invitation(place: Partnership, choice: str, words: dict[str, Any]) -> None:
    """Only an address is known of whoever reads the mail: every answer asks what they are, and nothing is chosen for them."""
    one = make.asked(place, 1)[0]
    address = f"{link(place, one, 'office@ash.example')}?choice={choice}"
    said = {**by_link(place), **words, "name": "Ann Office", "question": words.get("question", ""), "post": ""}
    client = make.browser()
    assert (
        " checked" not in make.read(client.get(address)).partition("What are you at the school?")[2].partition("</fieldset>")[0]
    )
    assert "Choose what you are at the school" in make.read(client.post(address, said)) and not Role.objects.exists()
    assert ('value="business_manager"' in make.read(client.get(address))) is (choice == "question")
    page = client.post(address, {**said, "post": "business_manager"}, follow=True)
    if choice == "question":
        assert [(role.person.name, role.post) for role in Role.objects.all()] == [("Ann Office", "business_manager")]
        assert "Sign now" not in make.read(page) and "brings a new link" in make.read(page)
        assert client.post(f"/p/{place.slug}/membership/answer/{one.urn}/?choice=sign", signing(place)).status_code == 403
    else:
        assert "Somebody else at the school can ask a question, or pass this on." in make.read(page)
        assert not Role.objects.exists() and Invitation.objects.get().state == "open"
        make.read(client.post(address, {**said, "post": "governor_chair"}, follow=True))
        assert [role.post for role in Role.objects.all()] == ["governor_chair"]


def test_a_post_is_stated_for_every_school_of_the_address_and_no_other_link_is_used_up_by_a_question(place: Partnership) -> None:
    one, two = make.asked(place, 2)
    tokens = asking.invite_schools(
        partnership=place, addresses=dict.fromkeys((one.pk, two.pk), "office@fed.example"), seen=UNSEEN, by=make.SYSTEM
    )
    said = {"name": "Ann", "question": "Is cover paid?", "post": "business_manager", "key": keys.new_key()}
    make.browser().post(f"/p/{place.slug}/answer/{tokens[one.pk]}/?choice=question", said)
    assert [role.school for role in Role.objects.all()] == [one]
    make.browser().post(f"/p/{place.slug}/answer/{tokens[two.pk]}/?choice=decline", {"name": "Bo", "post": "governor_chair"})
    assert set(Role.objects.values_list("school", "post")) == {(one.pk, "business_manager"), (two.pk, "governor_chair")}


def test_who_was_passed_a_link_as_less_does_not_become_more(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    to_sam = {"name": "Sam", "email": "sam@ash.example", "post": "business_manager", "deed": "send"}
    make.browser().post(f"{link(place, one)}pass-on/", to_sam)
    _, token, _ = people.renew_invitation(invitation=Invitation.objects.get(state="open"), by=make.SYSTEM)
    address = f"/p/{place.slug}/answer/{token}/?choice=decline"
    assert 'value="business_manager" checked' in make.read(make.browser().get(address))
    assert "ask the partnership’s office for one of your own" in make.read(
        make.browser().post(address, {"name": "Sam", "post": "head"})
    )
    assert not Role.objects.exists()


def test_the_answer_to_an_office_brings_a_link_for_whoever_signs(
    place: Partnership, django_capture_on_commit_callbacks: Any
) -> None:
    one = make.asked(place, 1)[0]
    said = {"name": "Ann", "post": "business_manager", "question": "Is cover paid?", "key": keys.new_key()}
    make.browser().post(f"{link(place, one, 'office@ash.example')}?choice=question", said)
    with django_capture_on_commit_callbacks(execute=True):
        answering.answer_question(question=Question.objects.get(), reply="It is.", by=make.manager(place))
    new = re.search(r"/p/\S+/answer/\S+/", mail.outbox[-1].body)
    assert new and "pass it on" in mail.outbox[-1].body
    to_head = {"name": "The head", "email": "head@ash.example", "post": "head", "deed": "send"}
    make.browser().post(f"{new[0]}pass-on/", to_head)
    assert mail.outbox[-1].to == ["office@ash.example"] and make.answer(place, one).email == "head@ash.example"


@pytest.mark.parametrize(
    ("choice", "words", "state"),
    [
        ("subject", {"name": "A", "subject_to": "trust", **day("subject_on", date(2022, 3, 17))}, S.SUBJECT),
        ("question", {"name": "A", "question": "Does it cost extra?"}, S.QUESTION),
        ("decline", {"name": "A", "reason": ""}, S.DECLINED),
    ],
)
def test_every_other_answer_takes_one_form(place: Partnership, choice: str, words: dict[str, Any], state: AnswerState) -> None:
    one = make.asked(place, 1)[0]
    client = make.browser()
    said = {**words, "post": "head", "key": keys.new_key()}
    make.read(client.post(f"{link(place, one)}?choice={choice}", said, follow=True))
    assert make.state(place, one) is state


def test_a_trusts_officer_invited_once_for_three_academies_signs_for_all(
    place: Partnership, django_capture_on_commit_callbacks: Any
) -> None:
    schools = make.asked(place, 3, type="Academy converter")
    with django_capture_on_commit_callbacks(execute=True):
        tokens = asking.invite_schools(
            partnership=place, addresses={one.pk: "officer@trust.example" for one in schools}, seen=UNSEEN, by=make.SYSTEM
        )
    assert [message.to for message in mail.outbox] == [["officer@trust.example"]]
    client = make.browser()
    address = f"/p/{place.slug}/answer/{tokens[schools[0].pk]}/"
    asked = {"name": "Officer", "post": "trust_officer", "question": "Who votes for us?", "key": keys.new_key()}
    client.post(f"{address}?choice=question", asked)
    mine = f"/p/{place.slug}/membership/answer/{schools[0].urn}/?choice=sign"
    assert all(one.name in make.read(client.get(mine)) for one in schools)
    words = signing(place, authority="trust", name="Officer", schools=[one.pk for one in schools])
    page = make.read(client.post(mine, words, follow=True))
    assert "has signed" in page
    assert Signature.objects.count() == 3 and len(set(Signature.objects.values_list("text_hash", "batch"))) == 1


def test_who_signs_for_another_school_of_theirs_is_told_which_one_has_signed(place: Partnership) -> None:
    one, two = make.asked(place, 2, type="Academy converter")
    officer = make.person_also(make.head(one, Post.TRUST_OFFICER), Post.TRUST_OFFICER, school=two)
    words = signing(place, authority="trust", schools=[two.pk])
    page = make.browser(officer).post(f"/p/{place.slug}/membership/answer/{one.urn}/?choice=sign", words, follow=True)
    assert page.request["PATH_INFO"] == f"/p/{place.slug}/membership/answer/{two.urn}/"
    assert f"Thank you. {two.name} has signed." in make.read(page) and f"{one.name} has signed" not in make.read(page)


def test_the_second_of_two_people_is_told_kindly(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    first, second = make.person("First", Post.HEAD, school=one), make.person("Second", Post.GOVERNOR_CHAIR, school=one)
    address = f"/p/{place.slug}/membership/answer/{one.urn}/?choice=sign"
    clients = make.browser(first), make.browser(second)
    make.read(clients[0].post(address, signing(place), follow=True))
    late = clients[1].post(address, signing(place))
    assert (late.status_code, "Signed by A. Khan, Headteacher, on" in late.content.decode()) == (409, True)


def test_a_business_manager_reads_and_asks_and_is_told_who_signs(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    client = make.browser(make.head(one, Post.BUSINESS_MANAGER))
    page = make.read(client.get(f"/p/{place.slug}/membership/answer/{one.urn}/"))
    assert "We have a question" in page and "Sign now" not in page
    assert client.post(f"/p/{place.slug}/membership/answer/{one.urn}/?choice=sign", signing(place)).status_code == 403


def test_a_school_withdraws_and_comes_back(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    client = make.browser(make.head(one))
    client.post(f"/p/{place.slug}/membership/answer/{one.urn}/?choice=sign", signing(place))
    client.post(f"/p/{place.slug}/membership/answer/{one.urn}/withdraw/")
    assert make.state(place, one) is S.READING
    client.post(f"/p/{place.slug}/membership/answer/{one.urn}/?choice=decline", {"name": "A"})
    client.post(f"/p/{place.slug}/membership/answer/{one.urn}/reopen/")
    assert make.state(place, one) is S.READING


@pytest.mark.django_db
def test_nobody_else_learns_the_name_of_a_partnership_that_has_published_nothing(client):
    one = partnership("Zebra Valley Partnership")
    for address in (f"/p/{one.slug}/", f"/p/{one.slug}/version/1/", f"/p/{one.slug}/answer/nothing/"):
        answer = client.get(address)
        assert answer.status_code == 404 and b"Zebra" not in answer.content
