"""What day it is, who one may be, and how typed words are read."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as some

from alongside.across.demo import rules
from alongside.across.demo.rules import Stage
from alongside.ground.core.standing import Post

REAL = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("path", "invented"),
    [
        ("/p/elthorne-learning-partnership/membership/", True),
        ("/p/hillingdon-schools-together/membership/", False),
        ("/demo/your-schools/", False),
        ("/demo/day/", True),
        ("/schools/", False),
        ("/schools/?town=Hayes&invented=1", True),
        ("/schools/?q=invented", False),
        ("/schools/900026/", True),
        ("/schools/102438/", False),
        ("/", None),
        ("/me/", None),
        ("/invoice/ELP-0001/", None),
        ("/login/?next=/p/elthorne-learning-partnership/", None),
        ("", None),
    ],
)
def test_only_the_invented_borough_lives_by_its_own_clock(path, invented):
    assert rules.by_address(path) is invented


def test_a_message_is_opened_by_the_clock_of_the_office_that_sent_it():
    assert rules.by_address("/demo/open/") is None and rules.by_address("/demo/day/") is True


@pytest.mark.parametrize(
    ("owners", "invented"), [([], None), ([True], True), ([False], False), ([True, True], True), ([True, False], False)]
)
def test_what_belongs_to_one_real_partnership_is_real(owners, invented):
    assert rules.by_owners(iter(owners)) is invented


def test_a_day_of_the_demonstration_does_not_end_by_itself():
    offset = rules.offset_for(REAL, Stage.SIGNING, None)
    for hours in (0, 5, 13.9, 14, 30, 24 * 400):
        assert rules.demo_moment(REAL + timedelta(hours=hours), offset, Stage.SIGNING).date() == Stage.SIGNING.day
    assert rules.demo_moment(REAL + timedelta(hours=1), offset, Stage.SIGNING) == Stage.SIGNING.begins_at + timedelta(hours=1)


def test_a_kept_demonstration_goes_on_after_what_was_done_last():
    done = datetime(2022, 3, 8, 15, 12, tzinfo=UTC)
    assert REAL + rules.offset_for(REAL, Stage.SIGNING, done) == done + timedelta(minutes=1)
    for before in (done, Stage.FROZEN.begins_at):
        assert REAL + rules.offset_for(REAL, Stage.FROZEN, before) == Stage.FROZEN.begins_at


def test_days_move_forwards_only():
    assert rules.may_move(Stage.SIGNING, Stage.FROZEN) and rules.may_move(Stage.FROZEN, Stage.INVOICES)
    assert not rules.may_move(Stage.FROZEN, Stage.SIGNING) and not rules.may_move(Stage.FROZEN, Stage.FROZEN)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("UB8 1UW", ("UB8", "1UW")),
        ("ub81uw", ("UB8", "1UW")),
        (" ec1a 1bb ", ("EC1A", "1BB")),
        ("UB8", ("UB8", "")),
        ("Hillingdon", None),
        ("UB8 1UW, UB8 2AA", None),
        ("8", None),
        ("", None),
    ],
)
def test_a_postcode_is_told_from_a_name(typed, read):
    assert rules.read_postcode(typed) == read


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("A School, B School, C School", ["A School", "B School", "C School"]),
        ("A School, Camden\nC School, Wigan,\r\n", ["A School, Camden", "C School, Wigan"]),
        ("A School, Camden; C School", ["A School, Camden", "C School"]),
        ("A School, Camden\n,\n", ["A School", "Camden"]),
        ("A   School\n\n a\n", ["A School", "a"]),
        ("A, A, B", ["A", "B"]),
        (" ,;\n ", []),
    ],
)
def test_names_are_typed_one_a_line_or_with_commas(typed, names):
    assert rules.typed_names(typed) == names


@pytest.mark.parametrize(
    "typed",
    [
        "Hillingdon",
        "hillingdon ",
        "London Borough of Hillingdon",
        "the London Borough of Hillingdon",
        "Hillingdon Council",
        "HILLINGDON borough council",
    ],
)
def test_a_borough_is_known_under_its_usual_names(typed):
    assert rules.borough_words(typed) == "hillingdon"


@given(some.text(max_size=300))
def test_no_words_break_the_reading(typed):
    rules.read_postcode(typed)
    rules.borough_words(typed)
    assert len(rules.typed_names(typed)) <= rules.MOST_NAMES


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("Community school", True),
        ("Academy converter", True),
        ("Non-maintained special school", True),
        ("Pupil referral unit", True),
        ("Other independent school", False),
        ("Other independent special school", False),
        ("Children's centre", False),
        ("Children’s centre", False),
        ("Further education", False),
        ("Miscellaneous", False),
        ("", False),
    ],
)
def test_a_partnership_begins_with_the_state_funded_schools(kind, state):
    assert rules.is_state_funded(kind) is state


def test_the_visitor_is_led_from_the_answer_to_the_chair_and_from_day_to_day():
    home = "/p/elthorne-learning-partnership/"
    assert rules.next_step(f"{home}membership/answer/900026/", Stage.SIGNING, None).be == "manager"
    assert rules.next_step(f"{home}answer/a-token/", Stage.SIGNING, None).label == ""
    assert rules.next_step(f"{home}bulletin/an-item/answer/900026/", Stage.SIGNING, None) is None  # no mail leads there
    assert rules.next_step(f"{home}membership/", Stage.SIGNING, Post.MANAGER).move == "frozen"
    assert rules.next_step(f"{home}membership/", Stage.FROZEN, Post.MANAGER).move == "invoices"
    assert rules.next_step(f"{home}fees/", Stage.INVOICES, Post.FINANCE).page == "fees:issue"
    out = {post: rules.next_step(home, Stage.INVOICES, post, issued=True) for post in (Post.FINANCE, Post.HEAD, None)}
    assert out == {Post.FINANCE: rules.ISSUED, Post.HEAD: None, None: None}
    assert "yours is aaa, another’s is bbb" in rules.next_step(home, Stage.COUNT, Post.HEAD, codes=["aaa", "bbb", "ccc"]).words
    assert rules.next_step(home, Stage.COUNT, Post.HEAD) is None
    for stage in set(Stage) - {Stage.INVOICES}:
        assert rules.next_step(home, stage, Post.MANAGER, issued=True) is rules.STEPS[Post.MANAGER][stage]
    assert rules.next_step("/p/our-schools/membership/", Stage.SIGNING, Post.MANAGER) is None
    assert rules.next_step(home, Stage.SIGNING, None) is None


def test_the_front_door_says_of_invoices_whether_they_have_gone_out():
    assert "ready to go out" in rules.Stage.INVOICES.lead_now(set()) and "have gone out" in rules.Stage.INVOICES.lead_now({1})
    assert "ready to go out" in rules.Stage.YEAR_TWO.lead_now({1}) and "have gone out" in rules.Stage.YEAR_TWO.lead_now({1, 2})
    assert rules.Stage.SUMMER.lead_now({1}) == rules.Stage.SUMMER.lead


def test_the_visitor_is_of_the_board_from_its_first_meeting():
    ours = {rules.Persona.CHAIR, rules.Persona.CLERK}
    assert [stage for stage in Stage if not ours & set(rules.personas_on(stage))] == [Stage.SIGNING]
    assert all(set(rules.personas_on(stage)) >= set(rules.Persona) - ours for stage in Stage)


def test_the_door_to_the_managers_chair_offers_nothing_that_is_over():
    assert [stage for stage in Stage if "freeze the roll" in stage.manages] == [Stage.SIGNING]
