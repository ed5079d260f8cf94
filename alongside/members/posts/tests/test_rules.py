"""Which posts there are, what each opens, and what sheets call them."""

import pytest

from alongside.ground.core.standing import OPENS, Held, Post, Power
from alongside.members.posts.rules import ALSO, KEEPS, NAMES, SEEDED, Level, PostSettings, counting, may_open, named, opened_by
from alongside.members.posts.tests.make import LIST

A, B = "alder", "birch"
ANSWER, DATES, NOTE = Power.ANSWER, Power.DATES, Power.NOTE


def test_the_list_names_each_post_once_and_each_word_means_one() -> None:
    assert len(NAMES) == len(SEEDED) == len(set(NAMES.values())) and set(Post) <= set(NAMES)
    words = [word for one in SEEDED for word in one.also]
    assert len(words) == len(set(words)) == len(ALSO) and not set(words) & {name.lower() for name in NAMES.values()}
    assert all(len(code) <= 20 and len(name) <= 60 for code, name in NAMES.items())
    assert {code: one.opens for code, one in LIST.items() if code in set(Post)} == dict(OPENS)


@pytest.mark.parametrize(
    ("code", "chosen", "level", "opens"),
    [
        ("deputy", ["ANSWER"], "school", {"ANSWER"}), ("deputy", [], "school", set()),
        ("deputy", ["RUN", "MONEY", "OFFICE"], "school", set()), ("trust_leader", ["NOTE", "MONEY"], "trust", {"NOTE"}),
        ("head", [], "school", {"ANSWER", "PEOPLE", "DAYS", "DATES", "NOTE"}),
        ("manager", [], "office", {"RUN", "OFFICE", "MONEY"}),
        ("finance", [], "office", {"OFFICE"}), ("office_admin", ["RUN", "ANSWER"], "office", {"OFFICE"}),
        ("office_admin", ["MONEY"], "office", {"OFFICE", "MONEY"}), ("own", ["RUN"], "office", {"OFFICE"}),
    ],
)  # fmt: skip
def test_a_post_opens_what_there_is_where_it_is_held_and_nobody_is_locked_out(
    code: str, chosen: list[str], level: str, opens: set[str]
) -> None:
    assert opened_by(code, [Power[one] for one in chosen], level) == {Power[one] for one in opens}


def test_nobody_but_a_manager_runs_a_partnership() -> None:
    assert not [level for level in Level if Power.RUN in may_open(level)] and set(KEEPS) == {Post.HEAD, Post.MANAGER}


@pytest.mark.parametrize(
    ("held", "usually", "settled", "found"),
    [
        (Held("sendco", "oak"), {NOTE}, {A: {}, B: {}}, {(None, NOTE)}),
        (Held("sendco", "oak"), {NOTE}, {A: {"sendco": {NOTE, DATES}}, B: {}}, {(None, NOTE), (A, NOTE), (A, DATES)}),
        (Held("sendco", "oak"), {NOTE}, {A: {"sendco": set()}, B: {}}, {(B, NOTE)}),
        (Held("sendco", "oak"), {NOTE}, {A: {"sendco": set()}}, set()),
        (Held("sendco", "oak"), {NOTE}, {A: {"deputy": {ANSWER}}}, {(None, NOTE)}),
        (Held("sendco", "oak", through=A), {NOTE}, {A: {"sendco": {DATES}}, B: {"sendco": {ANSWER}}}, {(A, DATES)}),
        (Held("sendco", "oak", through=A), {NOTE}, {A: {}, B: {"sendco": {ANSWER}}}, {(A, NOTE)}),
        (Held("finance", partnership=A), {NOTE}, {A: {"finance": {DATES}}}, {(None, DATES)}),
        (Held("sendco", "oak"), {NOTE}, {}, {(None, NOTE)}),
    ],
)
def test_a_post_opens_in_a_partnership_what_that_one_has_settled_and_in_no_other(
    held: Held, usually: set[Power], settled: dict[str, dict[str, set[Power]]], found: set[tuple[str | None, Power]]
) -> None:
    frozen = {home: {code: frozenset(powers) for code, powers in said.items()} for home, said in settled.items()}
    counted = counting(held, frozenset(usually), frozen)
    assert {(one.through, power) for one in counted for power in one.opens} == found
    assert any(one.through == held.through for one in counted), "whatever it opens, somebody holds it"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("SENCO", "sendco"), ("sendco ", "sendco"), ("DSL", "dsl"), ("Deputy DSL", "deputy_dsl"), ("head", "head"),
        ("Executive  Head", "executive_head"), ("PA to the Head", "heads_assistant"), ("head's assistant", "heads_assistant"),
        ("Head’s PA", "heads_assistant"), ("bursar", "business_manager"), ("Forest lead", "0wn000000000"),
        ("Teacher", ""), ("", ""), ("Partnership manager", ""),
    ],
)  # fmt: skip
def test_a_post_is_known_by_its_name_or_by_what_sheets_call_it(words: str, code: str) -> None:
    names = {code: name for code, name in NAMES.items() if LIST[code].level is not Level.OFFICE} | {"0wn000000000": "Forest lead"}
    assert named(words, names.items()) == code


def test_a_word_for_a_post_that_is_not_asked_for_finds_none() -> None:
    assert named("bursar", [("head", "Headteacher")]) == ""


def test_settings_come_back_as_they_were_settled() -> None:
    now = PostSettings(opens=(("deputy", (Power.ANSWER.value,)), ("finance", ())))
    assert now.settled == {"deputy": {Power.ANSWER}, "finance": frozenset()}
