"""The office's pages as people open them."""

from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.members.membership.actions import answering, asking, signing as signing_actions
from alongside.members.membership.models import Answer, Chase, Question
from alongside.members.membership.queries import answers, texts as texts_queries
from alongside.members.membership.rules.answers import AnswerState, SigningAuthority, SubjectTo
from alongside.members.membership.tests import make
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.rules import Template, mark_of
from alongside.members.people.models import Invitation, Person, Role
from alongside.members.people.rules.roles import Purpose

pytestmark = pytest.mark.usefixtures("tuesday")

S = AnswerState


def browser(who: Standing | None = None) -> Client:
    client = Client()
    if who:
        client.force_login(Person.objects.get(pk=who.person), settings.AUTHENTICATION_BACKENDS[0])
    return client


def read(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return " ".join(response.content.decode().split())


def day(name: str, on: date) -> dict[str, int]:
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def signing(place: Partnership, **words: Any) -> dict[str, Any]:
    given = {"name": "A. Khan", "post": "Headteacher", "authority": "governing_body", "confirm": "on", "key": keys.new_key()}
    return {**given, **day("authority_on", make.TODAY), "text_hash": make.newest(place).text_hash, **words}


def link(place: Partnership, one: Any, email: str = "head@ash.example") -> str:
    token = asking.invite_schools(partnership=place, addresses={one.pk: email}, by=make.SYSTEM)[one.pk]
    return f"/p/{place.slug}/answer/{token}/"


def test_an_empty_room_says_how_to_begin(db: None) -> None:
    place = make.partnership(publish=False)
    page = read(browser(make.manager(place)).get(f"/p/{place.slug}/membership/"))
    assert "Bring your schools together" in page and "Choose the schools" in page


def test_a_trusts_room_says_that_its_academies_are_members(db: None) -> None:
    trust = make.partnership("Central Trust", template=Template.TRUST)
    assert "A trust’s academies are its members" in read(browser(make.manager(trust)).get(f"/p/{trust.slug}/membership/"))


def test_the_managers_page_says_what_stands_in_each_schools_way(place: Partnership) -> None:
    one, two, three, four = make.asked(place, 4)
    make.question(place, one, "Does the fee include SEND?")
    answering.say_subject(partnership=place, school=two, to=SubjectTo.GOVERNORS, on=date(2022, 3, 15), by=make.SYSTEM)
    make.signed(place, three)
    page = read(browser(make.manager(place)).get(f"/p/{place.slug}/membership/"))
    assert "1 signed, 1 yes subject to someone, 1 with a question, 1 to be invited. Ten days left." in page
    assert "“Does the fee include SEND?” waiting for you" in page
    assert "Governors meet Tuesday 15 March" in page and "after 15 March" in page
    assert "No e-mail address on file" in page and "letter with code" in page
    assert four.name in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?state=signed", ["Beech School 2"]),
        ("?state=silent", ["Ash School 1"]),
        ("?state=uninvited", ["Cedar School 3"]),
        ("?q=cedar", ["Cedar School 3"]),
        ("?sort=-school", ["Cedar School 3", "Beech School 2", "Ash School 1"]),
        ("?sort=school&page=99", ["Ash School 1", "Beech School 2", "Cedar School 3"]),
        ("?state=nonsense&sort=nonsense&page=-1", ["Ash School 1", "Cedar School 3", "Beech School 2"]),
    ],
)
def test_the_list_sorts_and_filters_by_its_address(place: Partnership, query: str, shown: list[str]) -> None:
    one, two, _ = make.asked(place, 3)
    asking.invite_schools(partnership=place, addresses={one.pk: "head@ash.example"}, by=make.SYSTEM)
    make.signed(place, two)
    page = read(browser(make.manager(place)).get(f"/p/{place.slug}/membership/{query}"))
    table = page[page.index("<tbody") : page.index("</tbody>")]
    assert sorted(shown, key=table.index) == shown
    assert table.count("<tr") == len(shown)


def test_ten_schools_and_four_hundred_ask_the_database_as_often(place: Partnership) -> None:
    client = browser(make.manager(place))
    make.asked(place, 3)
    address = f"/p/{place.slug}/membership/?sort=next"
    client.get(address)  # from the first page on the session keeps where one is
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    make.asked(place, 120, first_urn=991_000)
    with CaptureQueriesContext(connection) as many:
        page = read(client.get(address))
    assert len(few) == len(many) <= 10
    assert "All 123" in page


def test_one_schools_page_tells_its_story(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    asking.invite_schools(partnership=place, addresses={one.pk: "head@ash.example"}, by=make.SYSTEM)
    question = make.question(place, one, by=make.head(one))
    answering.answer_question(question=question, reply="Because.", publish=True, by=make.SYSTEM)
    make.signed(place, one)
    client = browser(make.manager(place))
    talk = {"how": "phone", "spoke_to": "the office", "words": "Head new in January", "key": keys.new_key()}
    page = read(client.post(f"/p/{place.slug}/membership/{one.urn}/contact/", talk, follow=True))
    for words in ("Signed by A. Head", "Decision of the governing body", "Asked a question", "Question answered and published",
                  "Phone call with the office", "Invited"):  # fmt: skip
        assert words in page, words


def test_a_paper_is_recorded_with_who_told_it(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    client = browser(make.manager(place))
    address = f"/p/{place.slug}/membership/{one.urn}/paper/?choice=sign"
    empty = read(client.post(address, {"key": keys.new_key()}))
    for remedy in ("Enter who told you, and how", "Enter the name on the paper", "Choose on whose authority they signed"):
        assert remedy in empty
    words = {"told_by": "By post", "name": "A. Khan", "post": "Head", "authority": "head", **day("authority_on", make.TODAY)}
    page = read(client.post(address, {**words, "key": keys.new_key()}, follow=True))
    assert "recorded by the office: By post" in page


@pytest.mark.parametrize(
    ("choice", "words", "state"),
    [
        ("subject", {"subject_to": "governors", **day("subject_on", date(2022, 3, 15))}, S.SUBJECT),
        ("question", {"question": "Does it cost extra?"}, S.QUESTION),
        ("decline", {"reason": "Budget this year."}, S.DECLINED),
    ],
)
def test_what_was_said_by_phone_is_recorded(place: Partnership, choice: str, words: dict[str, Any], state: AnswerState) -> None:
    one = make.asked(place, 1)[0]
    address = f"/p/{place.slug}/membership/{one.urn}/paper/?choice={choice}"
    browser(make.manager(place)).post(address, {**words, "told_by": "The head by phone", "key": keys.new_key()})
    assert make.state(place, one) is state


def test_a_question_is_answered_for_everybody(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    question = make.question(place, one, "What of small schools?")
    client = browser(make.manager(place))
    assert "What of small schools?" in read(client.get(f"/p/{place.slug}/membership/questions/"))
    client.post(
        f"/p/{place.slug}/membership/questions/{question.pk}/",
        {"reply": "The same.", "publish": "on", "public_words": "What of small schools?"},
    )
    assert "What of small schools?" in read(browser().get(f"/p/{place.slug}/"))
    assert "No questions waiting" in read(client.get(f"/p/{place.slug}/membership/questions/"))
    assert Question.objects.get().is_public


def test_the_chase_page_previews_and_sends(place: Partnership) -> None:
    with clock.at(clock.start_of(date(2022, 3, 1), 9)):
        one, two = make.asked(place, 2)
        asking.invite_schools(partnership=place, addresses={one.pk: "head@ash.example"}, by=make.SYSTEM)
    client = browser(make.manager(place))
    address = f"/p/{place.slug}/membership/chase/"
    page = read(client.get(address))
    assert "Write to 1 school" in page and "has no e-mail address here" in page and two.name in page
    words = {"subject": "{school}, shall we?", "body": "Please answer by {sign_by}, whatever it is.", "key": keys.new_key()}
    assert f"{one.name}, shall we?" in read(client.post(address, {**words, "deed": "preview"}))
    page = read(client.post(address, {**words, "body": "One thing.\r\n\r\nAnother.", "deed": "preview"}))
    assert "One thing.</p>" in page and "<p>Another." in page.replace('<p class="govuk-body">', "<p>")
    assert Chase.objects.count() == 0
    for _ in range(2):
        client.post(address, {**words, "deed": "send"})
    assert Chase.objects.get().count == 1


def test_on_a_sunday_the_chase_page_offers_monday(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    asking.invite_schools(partnership=place, addresses={one.pk: "head@ash.example"}, by=make.SYSTEM)
    client = browser(make.manager(place))
    with clock.at(clock.start_of(date(2022, 3, 13), 10)):
        assert "The next school day is Monday 14 March." in read(client.get(f"/p/{place.slug}/membership/chase/"))
        words = {"subject": "Shall we?", "body": "Please answer by Friday, please.", "key": keys.new_key(), "deed": "send"}
        assert client.post(f"/p/{place.slug}/membership/chase/", words).status_code == 403


def test_the_roll_is_frozen_after_a_tick_and_downloaded(place: Partnership) -> None:
    one, two = make.asked(place, 2)
    make.signed(place, one)
    client, head = browser(make.manager(place)), browser(make.head(two))
    address = f"/p/{place.slug}/membership/roll/"
    client.post(address)
    assert texts_queries.roll_of(place) is None
    assert "It never changes" in read(client.post(address, {"sure": "on"}, follow=True))
    make.signed(place, two)
    page = read(head.get(address))
    assert "Signed after the roll was frozen" in page and texts_queries.roll_of(place).text_hash in page
    address = f"/p/{place.slug}/membership/roll.csv"
    table = head.get(address).getvalue().decode("utf-8-sig").splitlines()
    assert table[0] == "URN,School,Constituency,Signed at,Text signed (SHA-256),Late"
    assert [line.split(",")[:2] for line in table[1:]] == [[str(one.urn), one.name]]
    assert head.get(f"{address}?as=xlsx").content.startswith(b"PK")


def test_a_school_named_like_a_formula_stays_text_in_the_download(place: Partnership) -> None:
    one = make.school(990_400, "=1+1 School")
    asking.ask_schools(partnership=place, schools=[one], by=make.SYSTEM)
    make.signed(place, one)
    signing_actions.freeze_roll(partnership=place, by=make.SYSTEM)
    client = browser(make.manager(place))
    assert b",'=1+1 School," in client.get(f"/p/{place.slug}/membership/roll.csv").getvalue()


def test_pasted_addresses_are_looked_at_first_and_bad_lines_named(
    place: Partnership, django_capture_on_commit_callbacks: Any
) -> None:
    one, two = make.asked(place, 2)
    client = browser(make.manager(place))
    good, twice = f"{one.urn}; Head@Ash.example; A. Khan", f"{one.urn}, c@d.example"
    lines = "\n".join(["URN,E-mail,Name", good, "x, y", f"{two.urn}, not-an-address", "999999, a@b.example", twice])
    address = f"/p/{place.slug}/membership/invite/"
    page = read(client.post(address, {"lines": lines, "deed": "look"}))
    assert "4 lines will not be sent" in page and "1 invitation ready" in page
    for words in ("Line 3", "Line 4", "Line 5", "Line 6"):
        assert words in page
    assert mail.outbox == [] and Answer.objects.exclude(email="").count() == 0
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"lines": lines, "deed": "send"})
    assert [message.to for message in mail.outbox] == [["head@ash.example"]]


def test_letters_are_printed_with_a_code_that_opens_the_schools_page(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    client = browser(make.manager(place))
    page = read(client.post(f"/p/{place.slug}/membership/letters/", {"school": [one.pk]}))
    assert str(one.urn) in page and f"asks {one.name} to join" in page
    assert Invitation.objects.filter(school=one, email="", purpose=Purpose.MEMBERSHIP.value).count() == 1
    assert "letter printed" in read(client.get(f"/p/{place.slug}/membership/letters/"))


def test_schools_are_chosen_by_borough_and_left_out_again(place: Partnership) -> None:
    schools = [make.school(990_300 + number, f"Willow {number}") for number in range(3)]
    client = browser(make.manager(place))
    Partnership.objects.filter(pk=place.pk).update(la_code="990")
    address = f"/p/{place.slug}/membership/schools/?la=990"
    assert "Ask all 3" in read(client.get(address))
    assert "3 schools are on your list of schools to invite" in read(client.post(address, {"deed": "all"}, follow=True))
    client.post(address, {"deed": "stop", "school": [schools[0].pk]})
    assert answers.standing_of_answers(place, viewer=make.SYSTEM).asked == 2


def test_the_draft_is_kept_apart_until_it_is_published(place: Partnership) -> None:
    client = browser(make.manager(place))
    address = f"/p/{place.slug}/membership/prospectus/"
    page = read(client.post(address, {"deed": "start"}, follow=True))
    assert "Draft of version 2" in page
    texts = {**make.newest(place).texts, "why": "Because we want to.", "version": 1}
    assert "Because we want to." in read(client.post(address, {**texts, "deed": "preview"}, follow=True))
    assert "Because we want to." not in read(browser().get(f"/p/{place.slug}/"))
    stale = client.post(address, {**texts, "why": "Another reason.", "deed": "save"})
    assert (stale.status_code, "Another reason." in stale.content.decode()) == (409, True)
    client.post(f"{address}preview/", {"version": 2})
    assert "Because we want to." in read(browser().get(f"/p/{place.slug}/"))


def test_dates_out_of_order_are_refused_by_the_field(place: Partnership) -> None:
    client = browser(make.manager(place))
    words = {
        "has_prospectus": "on", **day("discussion_on", date(2022, 2, 24)), **day("sign_by", date(2022, 3, 18)),
        **day("roll_freezes_on", date(2022, 3, 18)), **day("board_first_meets_on", date(2022, 3, 21)),
        **day("support_from", date(2022, 9, 1)), "term_years": "2", "counts_from": "support", "reminders_at_most": "2",
        "version": mark_of(texts_queries.settings_now(place, viewer=make.SYSTEM)),
    }  # fmt: skip
    assert "so that nobody signs after the roll" in read(client.post(f"/p/{place.slug}/membership/dates/", words))


def test_the_phone_list_and_the_associates_open(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    make.head(one)
    client = browser(make.manager(place))
    page = read(client.get(f"/p/{place.slug}/membership/phone-list/"))
    assert "01632 960000" in page and f"Head of {one.name}, headteacher" not in page, "asking a school opens no post of it"
    Role.objects.filter(school=one).update(through=place)
    assert f"Head of {one.name}, headteacher" in read(client.get(f"/p/{place.slug}/membership/phone-list/"))
    client.post(f"/p/{place.slug}/membership/associates/{one.urn}/add/")
    assert one.name in read(client.get(f"/p/{place.slug}/membership/associates/"))


def test_an_authority_of_the_head_is_offered_to_maintained_schools_only(place: Partnership) -> None:
    maintained = make.asked(place, 1)[0]
    academy = make.asked(place, 1, first_urn=990_100, type="Academy converter")[0]
    offered = [read(browser().get(f"{link(place, one, f'h@{one.urn}.example')}?choice=sign")) for one in (maintained, academy)]
    assert [SigningAuthority.HEAD.label in page for page in offered] == [True, False]
    assert ["within the head’s own limit" in page for page in offered] == [True, False]


def test_a_school_that_has_just_signed_stands_beside_the_curve(place: Partnership) -> None:
    one, two = make.asked(place, 2)
    client = browser(make.manager(place))
    assert "Signed today" not in read(client.get(f"/p/{place.slug}/membership/"))
    make.signed(place, one)
    page = read(client.get(f"/p/{place.slug}/membership/"))
    assert f'Signed today</strong> <a href="/p/{place.slug}/membership/{one.urn}/">{one.name}</a>' in page
    assert f'Signed today</strong> <a href="/p/{place.slug}/membership/{two.urn}/' not in page


def test_where_nobody_is_invited_nobody_has_failed_to_reply(place: Partnership) -> None:
    one, _ = make.asked(place, 2)
    client, address = browser(make.manager(place)), f"/p/{place.slug}/membership/"
    page = read(client.get(address))
    assert "2 to be invited. Ten days left." in page and "2 schools are to be invited." in page
    year = read(client.get(f"/p/{place.slug}/overview/"))
    assert "no reply yet" not in page.lower() and "replied" not in page and "2 to be invited" in year
    asking.make_letters(partnership=place, schools=[one], by=make.SYSTEM)
    page = read(client.get(address))
    assert "1 no reply yet, 1 to be invited" in page and "1 school has not replied." in page


@pytest.mark.parametrize(
    ("page", "remedies"),
    [
        ("dates", ["Enter the day on which the roll freezes", "Enter for how many years membership runs: one to five"]),
        ("working-group", ["Enter the name of the group", "Enter the day on which it ends"]),
        ("chase", ["Enter a subject of one line", "Write at least a sentence"]),
        ("invite", ["Enter at least one line: the URN of a school and an e-mail address"]),
    ],
)
def test_an_empty_box_says_in_a_sentence_what_to_enter(place: Partnership, page: str, remedies: list[str]) -> None:
    with clock.at(clock.start_of(date(2022, 3, 1), 9)):
        asking.invite_schools(partnership=place, addresses={make.asked(place, 1)[0].pk: "head@ash.example"}, by=make.SYSTEM)
    said = read(browser(make.manager(place)).post(f"/p/{place.slug}/membership/{page}/", {"version": "0", "term_years": "9"}))
    assert [one for one in remedies if one not in said] == []
