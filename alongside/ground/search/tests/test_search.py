from dataclasses import replace
from hashlib import blake2b

import pytest
from django.core.management import call_command
from hypothesis import example, given, strategies as st

from alongside.ground.search import actions, queries
from alongside.ground.search.models import Entry
from alongside.ground.search.rules import nearness, writing

NAMES = {
    "k1": "Hillingdon Primary School Uxbridge UB10 0AA 102368",
    "k2": "St Bride’s Catholic Primary Hayes UB3 1SA 102400",
    "k3": "École Élémentaire Ruislip HA4 7AA 102500",
    "k4": "Hill View Infants Northwood HA6 1AA 102600",
    "k5": "ENGAGE, ENRICH & EXCEL Academy Harlow CM19 5AA 148000",
}


@pytest.fixture
def indexed(db: None) -> None:
    actions.index("school", NAMES.items())
    actions.index("paper", [("p1", "Hillingdon minutes")])


def matching(kind: str, words: str) -> list[str]:
    """The ids of the things of that kind that the words find."""
    asked = queries.understand(kind, words)
    return [one.key for one in queries.narrowed(Entry.objects.filter(kind=kind), asked, "key")] if asked.groups else []


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("hillingdon", {"k1"}),
        ("HILL", {"k1", "k4"}),
        ("hill view", {"k4"}),
        ("st brides", {"k2"}),
        ("St Bride's", {"k2"}),
        ("ecole elem", {"k3"}),
        ("engage enrich and excel", {"k5"}),
        ("102400", {"k2"}),
        ("1024", {"k2"}),
        ("ub10 0aa", {"k1"}),
        ("ub3", {"k2"}),
        ("prim hayes", {"k2"}),
        ("uxbridge primary", {"k1"}),
    ],
)
@pytest.mark.usefixtures("indexed")
def test_things_are_found_by_the_beginnings_of_their_words(words: str, keys: set[str]) -> None:
    assert set(matching("school", words)) == keys
    assert not queries.understand("school", words).guessed


@pytest.mark.parametrize(
    ("words", "key", "read"),
    [
        ("Hilingdon", "k1", "hillingdon"),
        ("hillingdno primary", "k1", "hillingdon primary"),
        ("catholc", "k2", "catholic"),
        ("northwod", "k4", "northwood"),
    ],
)
@pytest.mark.usefixtures("indexed")
def test_a_slip_is_forgiven_when_nothing_else_is_found(words: str, key: str, read: str) -> None:
    asked = queries.understand("school", words)
    assert (asked.guessed, asked.words) == (True, read)
    assert key in matching("school", words)


@pytest.mark.parametrize("words", ["", "  ", "'", "!!!", "xyzzyq", '" OR 1 --', "NEAR(a b)", "\x00", "a" * 500, "ﬁ " * 50])
@pytest.mark.usefixtures("indexed")
def test_nonsense_finds_nothing_and_breaks_nothing(words: str) -> None:
    assert matching("school", words) == []


@pytest.mark.usefixtures("indexed")
def test_kinds_are_apart_and_a_text_is_replaced_or_forgotten() -> None:
    assert matching("paper", "hillingdon") == ["p1"]
    actions.index("school", [("k1", "Alder School")])
    assert matching("school", "hillingdon") == []
    assert matching("school", "alder") == ["k1"]
    actions.forget("school", ["k1"])
    assert matching("school", "alder") == []


@pytest.mark.usefixtures("indexed")
def test_very_many_changes_at_once_are_found_too() -> None:
    actions.index("school", [(f"n{n}", f"Old Name {n}") for n in range(300)])
    actions.index("school", [(f"n{n}", f"New Name {n}") for n in range(300)] + [("m1", "Old Mill")])
    assert matching("school", "old") == ["m1"]
    assert len(matching("school", "new name")) == 300
    actions.forget("school", [f"n{n}" for n in range(300)])
    assert matching("school", "new") == []


@pytest.mark.django_db(transaction=True)
def test_rows_that_anyone_deletes_leave_the_index_too() -> None:
    actions.index("school", [("a1", "Alder Wood Primary School"), ("b1", "Birch Hill School")])
    Entry.objects.filter(key="a1").delete()
    assert matching("school", "alder") == []
    call_command("flush", interactive=False, verbosity=0)
    assert matching("school", "birch") == []
    actions.index("school", [("c1", "Cedar Hill School")])
    assert matching("school", "ceder") == ["c1"]


@pytest.mark.usefixtures("indexed")
def test_rows_are_narrowed_in_the_same_way_when_very_many_are_found() -> None:
    for words in ("hill", "st brides", "primary", "prim hayes", "hilingdon"):
        asked = queries.understand("school", words)
        broad = replace(asked, is_broad=True)
        rows = Entry.objects.filter(kind="school")
        few = set(queries.narrowed(rows, asked, "key").values_list("key", flat=True))
        many = set(queries.narrowed(rows, broad, "key").values_list("key", flat=True))
        assert few == many != set()


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    folded = writing.fold(text)
    assert writing.fold(folded) == folded
    assert set(folded) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")


@pytest.mark.parametrize(("text", "folded"), [("Elm–Grove — Élan", "elm grove elan"), ("Ash´s and Ash‘s", "ashs and ashs")])
def test_signs_that_are_no_letters_part_words_or_go(text: str, folded: str) -> None:
    assert writing.fold(text) == folded


@pytest.mark.parametrize(
    ("word", "tells", "weighs"), [("oak", True, 1), ("primary", False, writing.LITTLE), ("xy", False, 1), ("123rd", False, 1)]
)
def test_a_word_that_very_many_names_hold_tells_little(word: str, tells: bool, weighs: float) -> None:
    assert (writing.is_telling(word), writing.weight(word)) == (tells, weighs)


@given(st.lists(st.text(max_size=30), max_size=5))
@example(["Elm\nGrove", "Oak"])
@example(["Élm – Grove", "Ash’s"])
def test_folding_many_is_folding_each(texts: list[str]) -> None:
    assert writing.fold_all(texts) == [writing.fold(text) for text in texts]


@pytest.mark.parametrize(
    ("name", "words", "near"),
    [
        ("Ickenden Primary", "ickenden", 0),
        ("St Bride’s Catholic Primary", "st brides", 0),
        ("Ada Osei", "ADA", 0),
        ("Ada Osei", "osei", 1),
        ("Vale of Ickenden School", "ickenden", 1),
        ("Vale of Ickenden School", "school vale", 1),
        ("Oak Primary", "ickenden", 2),
        ("Brickenden Primary", "ickenden", 2),
        ("", "ada", 2),
    ],
)
def test_a_name_that_begins_with_the_words_is_nearest(name: str, words: str, near: int) -> None:
    assert nearness.nearness(name, words) == near


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("St. Mary's C.E. (Aided) Jnr & Infants' School", "st mary ce va junior infant school"),
        ("Saint Marys Church of England Aided Juniors and Inf Sch", "st mary ce va junior infant school"),
        ("SS Peter & Paul R.C. Primary", "st peter paul catholic primary"),
        ("Sts Peter and Paul Roman Catholic Pri", "st peter paul catholic primary"),
        ("The Grove MAT", "grove trust"),
        ("Grove Multi-Academy Trust", "grove trust"),
        ("King Edward VI Gram", "king edward sixth grammar"),
        ("Rowan Pupil Referral Unit, Herts", "rowan pru hertfordshire"),
        ("Ross Cross", "ross cross"),
        ("the of & and", ""),
    ],
)
def test_what_is_written_in_several_ways_means_the_same(text: str, meant: str) -> None:
    assert writing.meant(text) == meant
    assert writing.meant(meant) == meant


@pytest.mark.parametrize(
    ("words", "groups"),
    [
        ("st mary", [("st",), ("mary", "mary*")]),
        ("hills", [("hill", "hills*")]),
        ("grove primary school", [("grove",), ("primary",)]),
        ("school", [("school",)]),
        ("the", []),
        ("mary the", [("mary",)]),
    ],
)
def test_the_last_word_may_be_begun_only(words: str, groups: list[tuple[str, ...]]) -> None:
    assert nearness.groups_of(words.split()) == groups
    assert nearness.groups_of(words.split(), is_whole=True) == [group[:1] for group in groups]
    assert nearness.all_begun(groups) == [(group[0], group[-1] if group[1:] else f"{group[0]}*") for group in groups]


ENTRY = writing.entry("st mary ce primary school", "uxbridge", "grove trust")


@pytest.mark.parametrize(
    ("nearer", "further"),
    [
        ("st mary ce primary", "st mary"),
        ("st mary", "mary uxbridge primary x"),
        ("uxbridge", "grove"),
        ("grove", "grove nothing"),
    ],
)
def test_words_in_the_name_are_closer_than_in_the_place_than_elsewhere(nearer: str, further: str) -> None:
    close = [nearness.closeness(nearness.sought(nearness.groups_of(words.split())), ENTRY) for words in (nearer, further)]
    assert close[0] > close[1]


@pytest.mark.parametrize(
    ("words", "is_it"),
    [("mary uxbridge", True), ("st mary", True), ("mary grove", False), ("uxbridge", False), ("mary leeds", False)],
)
def test_a_thing_is_surely_meant_when_its_name_and_place_say_so(words: str, is_it: bool) -> None:
    assert nearness.is_it(nearness.groups_of(words.split()), ENTRY) is is_it


def row(key: str, name: str, is_past: bool, place: str = "", more: str = "") -> nearness.Row:
    return key, writing.fold(name), writing.entry(writing.meant(name), place, more), is_past


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("elm trust", "school of trust past in grove"),  # in the name, in a trust called so, in the place
        ("elm", "school in grove past of trust"),
        ("grove", "in grove of trust school past"),
        ("the", "school of trust past in grove"),
    ],
)
def test_what_is_called_so_comes_before_what_belongs_to_it_and_what_is_past_after_what_is(typed: str, nearest: str) -> None:
    rows = [
        row("past", "The Elm School", True),
        row("in grove", "Elm Primary School", True, "grove", "grove trust"),
        row("school", "Elm School", False, "", "north elm trust"),
        row("of trust", "Ash Trust School", False, "", "north elm trust"),
    ]
    assert " ".join(nearness.order(nearness.groups_of(typed.split()), typed, rows)) == nearest


def test_a_word_that_is_typed_twice_makes_nothing_closer() -> None:
    whole = "st mary ce primary school".split()
    assert nearness.closeness(nearness.sought(nearness.groups_of([*whole, *whole], is_whole=True)), ENTRY) == 3


def test_exactly_that_name_comes_first_then_what_is_there_still() -> None:
    rows = [
        row("long", "Grove Hill Primary School", False),
        row("past", "Grove Primary School", True),
        row("same", "The Grove Pri School", False),
        row("exact", "Grove Primary", True),
    ]
    assert nearness.order(nearness.groups_of(["grove", "primary"]), "grove primary", rows) == ["exact", "same", "past", "long"]


@pytest.mark.parametrize(
    ("name", "words", "holds"),
    [
        ("HARRIS FEDERATION", "harris", True),
        ("Star Academies", "star academy trust", True),
        ("Star Academies", "north star", False),
    ],
)
def test_a_name_holds_words_that_may_stand_for_its_own(name: str, words: str, holds: bool) -> None:
    assert nearness.holds(name, nearness.groups_of(words.split())) is holds


def test_words_that_are_equal_change_only_with_a_migration_that_builds_the_index_anew() -> None:
    table = repr((writing.EQUAL_PHRASES, writing.EQUAL_WORDS, writing.SAY_NOTHING))
    now = blake2b(table.encode(), digest_size=6).hexdigest()
    assert now == "15c7605d5383", (
        "empty schools/migrations/0002's `index`, add a new migration that does it, and write this hash here"
    )
