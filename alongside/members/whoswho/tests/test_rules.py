"""What a question asks for, who is nearest to it, which addresses are for work."""

import pytest

from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.tests.make import usual
from alongside.members.posts.rules import NAMES, SEEDED
from alongside.members.whoswho import rules
from alongside.members.whoswho.permissions import may_forget_list, may_tell_readers, may_write_circular

POSTS = {one.code: [one.name, *one.also] for one in SEEDED}
SAM: tuple[tuple[str, ...], dict[str, str]] = (
    ("Sam Okafor", "Oak Primary School", ""), {"trust": "Yeadmoor Learning Trust", "town": "Elmford"},
)  # fmt: skip


def sought(question: str) -> list[tuple[str, ...]]:
    return [(word,) for word in rules.words_sought(question)]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("who is the DSL at Oak, and their number?", ["dsl", "oak"]),
        ("Who’s the SENDCo of St. Mary’s", ["sendco", "st", "marys"]),
        ("school business manager Hill", ["school", "business", "manager", "hill"]), ("Zoë", ["zoe"]), ("?", []), ("", []),
        ("phone number for head of Elm please", ["head", "elm"]), ("a b c d e f g h i j k l m", list("bcdefghj")),
    ],
)  # fmt: skip
def test_a_question_is_about_its_telling_words(question: str, words: list[str]) -> None:
    assert rules.words_sought(question) == words


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("dsl", "dsl"), ("deputy dsl", "deputy_dsl"), ("ddsl", "deputy_dsl"), ("safeguarding", "dsl"), ("senco", "sendco"),
        ("sendco oak", "sendco"), ("head", "head"), ("headteacher", "head"), ("executive head", "executive_head"),
        ("deputy head", "deputy"), ("sbm", "business_manager"), ("bursar oak", "business_manager"), ("chair", "governor_chair"),
        ("chair of governors", "governor_chair"), ("maths lead", "maths_lead"), ("head of maths", "maths_lead"),
        ("ceo", "trust_leader"),
        ("head’s pa", "heads_assistant"), ("site manager", "premises"), ("attendance champion", "attendance_lead"),
    ],
)  # fmt: skip
def test_the_post_that_is_asked_for_comes_first(question: str, first: str) -> None:
    near = {code: rules.nearness(sought(question), called, *SAM) for code, called in POSTS.items()}
    found = sorted((at, list(NAMES).index(code), code) for code, at in near.items() if at is not None)
    assert found and found[0][2] == first


@pytest.mark.parametrize(
    ("question", "is_found"),
    [("oak", True), ("dsl ash", False), ("sam", True), ("okafor oak dsl", True), ("yeadmoor dsl", True), ("elmford", True),
     ("ak", False), ("", True)],
)  # fmt: skip
def test_every_word_is_known_of_who_is_found(question: str, is_found: bool) -> None:
    assert (rules.nearness(sought(question), POSTS["dsl"], *SAM) is not None) is is_found


@pytest.mark.parametrize(
    ("question", "by"),
    [("oak dsl", ""), ("dsl", ""), ("elmford dsl", "town"), ("dsl yeadmoor", "trust"), ("sam elmford", "town")],
)
def test_it_is_said_where_somebody_is_found_by_their_town_or_trust(question: str, by: str) -> None:
    near = rules.nearness(sought(question), POSTS["dsl"], *SAM)
    assert near and near.by == by


def test_whose_school_has_the_name_comes_before_whose_town_has_it() -> None:
    wanted, there = sought("dsl drayford"), {"trust": "", "town": "Drayford"}
    in_town = rules.nearness(wanted, POSTS["dsl"], ("Ann", "Basin Wharf"), there)
    deputy = rules.nearness(wanted, POSTS["deputy_dsl"], ("Bo", "Drayford Primary"), {"trust": "", "town": "Hill"})
    lead = rules.nearness(wanted, POSTS["dsl"], ("Cy", "Drayford Primary"), there)
    assert in_town and deputy and lead and lead < deputy < in_town


def test_who_has_a_post_that_begins_so_comes_before_who_is_called_so() -> None:
    wanted = sought("read")
    lead = rules.nearness(wanted, ["Reading lead"], ("Ann", "Oak"), {})
    called = rules.nearness(wanted, ["Site manager"], ("Bo Read", "Oak"), {})
    assert lead and called and lead < called


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("smith", ("smith",)),  # somebody is called so
        ("smth", ("smth", "smith")),
        ("otterbrok", ("otterbrok", "otterbrook")),  # a slip
        ("otter", ("otter",)),  # a beginning
        ("dsk", ("dsk",)),  # three letters are meant as they stand
        ("zzzzzz", ("zzzzzz",)),
    ],
)
def test_a_slip_is_forgiven_where_nobody_is_called_so(typed: str, meant: tuple[str, ...]) -> None:
    assert rules.forgiving([typed], {"otterbrook", "primary", "dsl", "smith", "smithe"}) == [meant]


@pytest.mark.parametrize(
    ("address", "for_work"),
    [
        ("head@oak.sch.uk", True), ("j.doe@oak.school.example", True), ("sam@gmail.com", False), ("sam@hotmail.co.uk", False),
        ("sam@yahoo.co.uk", False), ("sam@BTinternet.com", False), ("sam@outlook.com", False), ("sam@me.com", False), ("", False),
        ("head@mail.stmarys.lancs.sch.uk", True), ("jo@live.warwick.ac.uk", True), ("head@orange.oak.sch.uk", True),
        ("sam@virgin.net", False), ("sam@lineone.net", False), ("sam@tesco.net", False), ("sam@yandex.com", False),
        ("office@skylark.sch.uk", True), ("sam@live.co.uk", False), ("clerk@governors.oakshire.gov.uk", True),
        ("clerk@oaktrust.org", True),
    ],
)  # fmt: skip
def test_a_mailbox_of_ones_own_is_not_shown(address: str, for_work: bool) -> None:
    assert rules.is_for_work(address) is for_work


@pytest.mark.parametrize(
    ("number", "dialled"),
    [
        ("020 7946 0000", "02079460000"), ("+44 (0)20 7946 0000", "+442079460000"),
        ("020 7946 0000 / 07700 900123", "02079460000"),
        ("office / 020 7946 0000", "02079460000"), ("x 4", ""),
        ("(01632) 960001", "01632960001"), ("office: 020 7946 0000 or 0001", "02079460000"),
        ("01632 960 001 ext. 12", "01632960001,12"),
        ("01632 960001 x 4", "01632960001,4"), ("", ""), ("01632-960-001", "01632960001"),
    ],
)  # fmt: skip
def test_a_number_is_dialled_by_its_figures(number: str, dialled: str) -> None:
    assert rules.number_to_dial(number) == dialled


@pytest.mark.parametrize(
    ("address", "has_come_back", "why"),
    [
        ("a@oak.example", False, None),
        ("a@oak.example", True, rules.Missed.CAME_BACK),
        ("", False, rules.Missed.NO_ADDRESS),
        ("", True, rules.Missed.NO_ADDRESS),
    ],
)
def test_nobody_is_written_to_whom_mail_does_not_reach(address: str, has_come_back: bool, why: rules.Missed | None) -> None:
    assert rules.missed_because(address, has_come_back) is why


@pytest.mark.parametrize(
    ("chosen", "post", "cluster", "words"),
    [
        (rules.Chosen(), "", "", "Everybody"),
        (rules.Chosen(post="dsl"), "Designated safeguarding lead", "", "Designated safeguarding lead"),
        (rules.Chosen("oak", "sendco", "Primary", "Yeadmoor Trust", "x"), "SENDCo", "River schools",
         "SENDCo; Primary; Yeadmoor Trust; River schools; “oak”"),
    ],
)  # fmt: skip
def test_a_list_is_told_by_what_it_is_of(chosen: rules.Chosen, post: str, cluster: str, words: str) -> None:
    assert rules.list_in_words(chosen, post, cluster) == words


@pytest.mark.parametrize(
    ("who", "writes"),
    [
        (Standing("mo", roles=frozenset({usual(Post.MANAGER, partnership="elm")})), True),
        (Standing("fi", roles=frozenset({usual(Post.FINANCE, partnership="elm")})), True),
        (Standing("mo", roles=frozenset({usual(Post.MANAGER, partnership="fir")})), False),
        (Standing("ann", roles=frozenset({usual(Post.HEAD, school="oak")}), belonging=frozenset({("elm", "oak")})), False),
        (Standing(), False),
    ],
)
def test_a_list_is_written_to_by_its_office(who: Standing, writes: bool) -> None:
    assert may_write_circular(who, "elm").allowed is writes
    assert not may_tell_readers(who)
    assert may_forget_list(who, "elm", "").allowed is writes  # the office's
    assert may_forget_list(who, "elm", "ann").allowed is (who.person == "ann")
    assert may_forget_list(Standing.system(), "elm", "ann")
