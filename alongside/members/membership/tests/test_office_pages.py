"""The office's pages as people open them."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.members.membership.actions import answering, asking, signing as signing_actions
from alongside.members.membership.models import Question
from alongside.members.membership.queries import texts as texts_queries
from alongside.members.membership.rules.answers import AnswerState, SigningAuthority, SubjectTo
from alongside.members.membership.tests import make
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.rules import Template, mark_of
from tests.shown import press, seen_on

pytestmark = pytest.mark.usefixtures("tuesday")

S = AnswerState


def day(name: str, on: date) -> dict[str, int]:
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def signing(place: Partnership, **words: Any) -> dict[str, Any]:
    given = {"name": "A. Khan", "post": "Headteacher", "authority": "governing_body", "confirm": "on", "key": keys.new_key()}
    return {**given, **day("authority_on", make.TODAY), "text_hash": make.newest(place).text_hash, **words}


def link(place: Partnership, one: Any, email: str = "head@ash.example") -> str:
    token = asking.invite_schools(partnership=place, addresses={one.pk: email}, seen=UNSEEN, by=make.SYSTEM)[one.pk]
    return f"/p/{place.slug}/answer/{token}/"


def test_an_empty_room_says_how_to_begin(db: None) -> None:
    place = make.partnership(publish=False)
    page = make.read(make.browser(make.manager(place)).get(f"/p/{place.slug}/membership/"))
    assert "Bring your schools together" in page and "Choose the schools" in page


def test_a_trusts_room_says_that_its_academies_are_members(db: None) -> None:
    trust = make.partnership("Central Trust", template=Template.TRUST)
    assert "A trust’s academies are its members" in make.read(
        make.browser(make.manager(trust)).get(f"/p/{trust.slug}/membership/")
    )


def test_the_managers_page_says_what_stands_in_each_schools_way(place: Partnership) -> None:
    one, two, three, four = make.asked(place, 4)
    make.question(place, one, "Does the fee include SEND?")
    answering.say_subject(partnership=place, school=two, to=SubjectTo.GOVERNORS, on=date(2022, 3, 15), by=make.SYSTEM)
    make.signed(place, three)
    page = make.read(make.browser(make.manager(place)).get(f"/p/{place.slug}/membership/"))
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
    asking.invite_schools(partnership=place, addresses={one.pk: "head@ash.example"}, seen=UNSEEN, by=make.SYSTEM)
    make.signed(place, two)
    page = make.read(make.browser(make.manager(place)).get(f"/p/{place.slug}/membership/{query}"))
    table = page[page.index("<tbody") : page.index("</tbody>")]
    assert sorted(shown, key=table.index) == shown
    assert table.count("<tr") == len(shown)


def test_ten_schools_and_four_hundred_ask_the_database_as_often(place: Partnership) -> None:
    client = make.browser(make.manager(place))
    make.asked(place, 3)
    address = f"/p/{place.slug}/membership/?sort=next"
    client.get(address)  # from the first page on the session keeps where one is
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    make.asked(place, 120, first_urn=991_000)
    with CaptureQueriesContext(connection) as many:
        page = make.read(client.get(address))
    assert len(few) == len(many) <= 12  # two of them for the school days by which schools rest
    assert "All 123" in page


def test_one_schools_page_tells_its_story(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    asking.invite_schools(partnership=place, addresses={one.pk: "head@ash.example"}, seen=UNSEEN, by=make.SYSTEM)
    question = make.question(place, one, by=make.head(one))
    answering.answer_question(question=question, reply="Because.", publish=True, by=make.SYSTEM)
    make.signed(place, one)
    client = make.browser(make.manager(place))
    talk = {"how": "phone", "spoke_to": "the office", "words": "Head new in January", "key": keys.new_key()}
    page = make.read(client.post(f"/p/{place.slug}/membership/{one.urn}/contact/", talk, follow=True))
    for words in ("Signed by A. Head", "Decision of the governing body", "Asked a question", "Question answered and published",
                  "Phone call with the office", "Invited"):  # fmt: skip
        assert words in page, words


def test_a_paper_is_recorded_with_who_told_it(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    client = make.browser(make.manager(place))
    address = f"/p/{place.slug}/membership/{one.urn}/paper/?choice=sign"
    empty = make.read(client.post(address, {"key": keys.new_key()}))
    for remedy in ("Enter who told you, and how", "Enter the name on the paper", "Choose on whose authority they signed"):
        assert remedy in empty
    words = {"told_by": "By post", "name": "A. Khan", "post": "Head", "authority": "head", **day("authority_on", make.TODAY)}
    page = make.read(client.post(address, {**words, "key": keys.new_key()}, follow=True))
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
    make.browser(make.manager(place)).post(address, {**words, "told_by": "The head by phone", "key": keys.new_key()})
    assert make.state(place, one) is state


def test_a_question_is_answered_for_everybody(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    question = make.question(place, one, "What of small schools?")
    client = make.browser(make.manager(place))
    assert "What of small schools?" in make.read(client.get(f"/p/{place.slug}/membership/questions/"))
    client.post(
        f"/p/{place.slug}/membership/questions/{question.pk}/",
        {"reply": "The same.", "publish": "on", "public_words": "What of small schools?"},
    )
    assert "What of small schools?" in make.read(make.browser().get(f"/p/{place.slug}/"))
    assert "No questions waiting" in make.read(client.get(f"/p/{place.slug}/membership/questions/"))
    assert Question.objects.get().is_public


def test_the_roll_is_frozen_with_those_whom_its_page_showed(place: Partnership) -> None:
    one, two = make.asked(place, 2)
    make.signed(place, one)
    client, address = make.browser(make.manager(place)), f"/p/{place.slug}/membership/roll/"
    seen = seen_on(client.get(address))
    make.signed(place, two)
    refused = client.post(address, {"sure": "on", "seen": seen})
    assert refused.status_code == 409 and texts_queries.roll_of(place) is None
    assert "You saw 1 school; by now it is 2 schools." in refused.content.decode()
    unticked = client.post(address, {"seen": seen})
    assert client.post(address, {"sure": "on", "seen": seen_on(unticked)}).status_code == 302, (
        "a page shown again shows what is so"
    )
    assert texts_queries.roll_of(place).count == 2


def test_the_roll_is_frozen_after_a_tick_and_downloaded(place: Partnership) -> None:
    one, two = make.asked(place, 2)
    make.signed(place, one)
    client, head = make.browser(make.manager(place)), make.browser(make.head(two))
    address = f"/p/{place.slug}/membership/roll/"
    client.post(address)
    assert texts_queries.roll_of(place) is None
    assert "It never changes" in make.read(press(client, address, {"sure": "on"}, follow=True))
    make.signed(place, two)
    page = make.read(head.get(address))
    assert "Signed after the roll was frozen" in page and texts_queries.roll_of(place).text_hash in page
    address = f"/p/{place.slug}/membership/roll.csv"
    table = head.get(address).getvalue().decode("utf-8-sig").splitlines()
    assert table[0] == "URN,School,Constituency,Signed at,Text signed (SHA-256),Late"
    assert [line.split(",")[:2] for line in table[1:]] == [[str(one.urn), one.name]]
    assert head.get(f"{address}?as=xlsx").content.startswith(b"PK")


def test_a_number_that_our_copy_of_the_register_lacks_is_typed_and_stands_on_the_phone_list(place: Partnership) -> None:
    one, other = make.asked(place, 2, phone="")
    client = make.browser(make.manager(place))
    room = f"/p/{place.slug}/membership/"
    ring, address = f"{room}phone-list/", f"{room}{one.urn}/telephone/"
    page = make.read(client.get(ring))
    assert page.count("Not in our copy of the register") == 2 and f"{address}?next={ring}" in page
    assert "not in our copy of the register" in make.read(client.get(f"{room}{one.urn}/"))
    assert "Enter a telephone number" in make.read(client.post(address, {"telephone": "ask Jo", "seen": ""}))
    done = client.post(f"{address}?next={ring}", {"telephone": " 020 7946  0000 ", "seen": ""})
    assert done["Location"] == ring
    page = make.read(client.get(ring))
    assert 'href="tel:02079460000"' in page and page.count("Not in our copy of the register") == 1
    assert "020 7946 0000" in client.get(f"{ring}?as=csv").getvalue().decode()
    assert "020 7946 0000" in make.read(client.get(f"{room}{one.urn}/"))
    assert client.post(address, {"telephone": "020 7946 0001", "seen": ""}).status_code == 409
    assert client.post(address, {"telephone": "", "seen": "020 7946 0000"}).status_code == 302
    assert make.read(client.get(ring)).count("Not in our copy of the register") == 2
    assert make.browser(make.head(other)).get(address).status_code == 403


def test_the_number_of_the_register_stands_until_the_office_knows_another(place: Partnership) -> None:
    (one,) = make.asked(place, 1)
    client, room = make.browser(make.manager(place)), f"/p/{place.slug}/membership/"
    assert "Our copy of the register says 01632 960000" in make.read(client.get(f"{room}{one.urn}/telephone/"))
    client.post(f"{room}{one.urn}/telephone/", {"telephone": "020 7946 0000", "seen": ""})
    page = make.read(client.get(f"{room}phone-list/"))
    assert "020 7946 0000" in page and "01632 960000" not in page


@pytest.mark.parametrize("frozen", [False, True])
def test_the_roll_is_read_by_name_in_every_order_and_looked_through(place: Partnership, frozen: bool) -> None:
    schools = [make.school(990_300 + n, name) for n, name in enumerate(("Oak School", "St Bride’s School", "Ash School"))]
    asking.ask_schools(partnership=place, schools=schools, by=make.SYSTEM)
    make.signed(place, *schools)
    if frozen:
        signing_actions.freeze_roll(partnership=place, seen=UNSEEN, by=make.SYSTEM)
    client, address = make.browser(make.manager(place)), f"/p/{place.slug}/membership/roll/"

    def order(asked: str = "") -> list[str]:
        page = make.read(client.get(address + asked))
        return sorted((one.name for one in schools if one.name in page), key=page.index)

    assert order() == order("?sort=nonsense") == ["Ash School", "Oak School", "St Bride’s School"]
    assert order("?sort=-name") == ["St Bride’s School", "Oak School", "Ash School"]
    assert order("?sort=urn") == ["Oak School", "St Bride’s School", "Ash School"]
    assert order("?q=st+brides") == ["St Bride’s School"] and order("?q=990300") == ["Oak School"] and order("?q=elm") == []
    assert "No school of that name" in make.read(client.get(f"{address}?q=elm"))


def test_a_school_named_like_a_formula_stays_text_in_the_download(place: Partnership) -> None:
    one = make.school(990_400, "=1+1 School")
    asking.ask_schools(partnership=place, schools=[one], by=make.SYSTEM)
    make.signed(place, one)
    signing_actions.freeze_roll(partnership=place, seen=UNSEEN, by=make.SYSTEM)
    client = make.browser(make.manager(place))
    assert b",'=1+1 School," in client.get(f"/p/{place.slug}/membership/roll.csv").getvalue()


def test_the_draft_is_kept_apart_until_it_is_published(place: Partnership) -> None:
    client = make.browser(make.manager(place))
    address = f"/p/{place.slug}/membership/prospectus/"
    page = make.read(client.post(address, {"deed": "start"}, follow=True))
    assert "Draft of version 2" in page
    texts = {**make.newest(place).texts, "why": "Because we want to.", "version": 1}
    assert "Because we want to." in make.read(client.post(address, {**texts, "deed": "preview"}, follow=True))
    assert "Because we want to." not in make.read(make.browser().get(f"/p/{place.slug}/"))
    stale = client.post(address, {**texts, "why": "Another reason.", "deed": "save"})
    assert (stale.status_code, "Another reason." in stale.content.decode()) == (409, True)
    client.post(f"{address}preview/", {"version": 2})
    assert "Because we want to." in make.read(make.browser().get(f"/p/{place.slug}/"))


def test_dates_out_of_order_are_refused_by_the_field(place: Partnership) -> None:
    client = make.browser(make.manager(place))
    words = {
        "has_prospectus": "on", **day("discussion_on", date(2022, 2, 24)), **day("sign_by", date(2022, 3, 18)),
        **day("roll_freezes_on", date(2022, 3, 18)), **day("board_first_meets_on", date(2022, 3, 21)),
        **day("support_from", date(2022, 9, 1)), "term_years": "2", "counts_from": "support", "reminders_at_most": "2",
        "version": mark_of(texts_queries.settings_now(place, viewer=make.SYSTEM)),
    }  # fmt: skip
    assert "so that nobody signs after the roll" in make.read(client.post(f"/p/{place.slug}/membership/dates/", words))


def test_an_authority_of_the_head_is_offered_to_maintained_schools_only(place: Partnership) -> None:
    maintained = make.asked(place, 1)[0]
    academy = make.asked(place, 1, first_urn=990_100, type="Academy converter")[0]
    offered = [
        make.read(make.browser().get(f"{link(place, one, f'h@{one.urn}.example')}?choice=sign")) for one in (maintained, academy)
    ]
    assert [SigningAuthority.HEAD.label in page for page in offered] == [True, False]
    assert ["within the head’s own limit" in page for page in offered] == [True, False]


def test_a_school_that_has_just_signed_stands_beside_the_curve(place: Partnership) -> None:
    one, two = make.asked(place, 2)
    client = make.browser(make.manager(place))
    assert "Signed today" not in make.read(client.get(f"/p/{place.slug}/membership/"))
    make.signed(place, one)
    page = make.read(client.get(f"/p/{place.slug}/membership/"))
    assert f'Signed today</strong> <a href="/p/{place.slug}/membership/{one.urn}/">{one.name}</a>' in page
    assert f'Signed today</strong> <a href="/p/{place.slug}/membership/{two.urn}/' not in page
    make.signed(place, two)
    assert "</a> and 1 other school" in make.read(client.get(f"/p/{place.slug}/membership/"))


def test_where_nobody_is_invited_nobody_has_failed_to_reply(place: Partnership) -> None:
    one, _ = make.asked(place, 2)
    client, address = make.browser(make.manager(place)), f"/p/{place.slug}/membership/"
    page = make.read(client.get(address))
    assert "2 to be invited. Ten days left." in page and "2 schools are to be invited." in page
    year = make.read(client.get(f"/p/{place.slug}/overview/"))
    assert "no reply yet" not in page.lower() and "replied" not in page and "2 to be invited" in year
    asking.make_letters(partnership=place, schools=[one], by=make.SYSTEM)
    page = make.read(client.get(address))
    assert "1 no reply yet, 1 to be invited" in page and "1 school has not replied." in page


@pytest.mark.parametrize(
    ("page", "remedies"),
    [
        ("dates", ["Enter the day on which the roll freezes", "Enter for how many years membership runs: one to five"]),
        ("working-group", ["Enter the name of the group", "Enter the day on which it ends"]),
    ],
)
def test_an_empty_box_says_in_a_sentence_what_to_enter(place: Partnership, page: str, remedies: list[str]) -> None:
    with clock.at(clock.start_of(date(2022, 3, 1), 9)):
        asking.invite_schools(
            partnership=place, addresses={make.asked(place, 1)[0].pk: "head@ash.example"}, seen=UNSEEN, by=make.SYSTEM
        )
    said = make.read(
        make.browser(make.manager(place)).post(f"/p/{place.slug}/membership/{page}/", {"version": "0", "term_years": "9"})
    )
    assert [one for one in remedies if one not in said] == []


def test_a_signature_on_paper_is_asked_for_only_where_there_is_a_text_to_sign(db: None) -> None:
    place = make.partnership(publish=False)
    (one,) = make.asked(place, 1)
    office, school = make.browser(make.manager(place)), f"/p/{place.slug}/membership/{one.urn}/"
    shown = make.read(office.get(school))
    assert "choice=sign" not in shown and "choice=question" in shown and "publish the prospectus</a> first" in shown
    for choice, is_barred in (("sign", True), ("question", False)):
        page = make.read(office.get(f"{school}paper/?choice={choice}"))
        assert ("There is nothing to sign yet" in page, 'name="told_by"' in page) == (is_barred, not is_barred), choice
    assert "Publish the prospectus" in make.read(office.get(f"{school}paper/"))


def test_no_answer_is_typed_for_a_school_that_has_signed_or_is_asked_no_longer(place: Partnership) -> None:
    one, two = make.asked(place, 2)
    make.signed(place, one)
    asking.stop_asking(partnership=place, schools=[two], by=make.SYSTEM)
    office = make.browser(make.manager(place))
    for school, words in ((one, "has signed. Another answer"), (two, "is not asked any more")):
        page = make.read(office.get(f"/p/{place.slug}/membership/{school.urn}/paper/?choice=decline"))
        assert words in page and 'name="told_by"' not in page
