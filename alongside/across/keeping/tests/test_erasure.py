"""Promise 30: deleted is deleted, and what is held is not."""

import logging
from datetime import date

import pytest
from django.contrib.sessions.models import Session
from django.core.files.storage import storages
from django.test import Client

from alongside.across.keeping import log
from alongside.across.keeping.actions import erasing, retention
from alongside.across.keeping.models import Erasure, HeldThing
from alongside.across.keeping.queries import address_mark
from alongside.across.keeping.rules.erasure import LEFT, Because, Identity, changed_anywhere, doubtful, emptied, texts_in, without
from alongside.across.keeping.rules.periods import reason_problem
from alongside.across.keeping.tests import make
from alongside.across.keeping.tests.conftest import Place
from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock, keys
from alongside.ground.core.declaration import Columns
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.tests.make import usual
from alongside.ground.core.verdict import Refused
from alongside.ground.files import actions as files
from alongside.ground.search import actions as search
from alongside.ground.search.models import Entry, Word
from alongside.ground.web import declared
from alongside.members.contributions.models import OutsideBody
from alongside.members.membership.models import Contact
from alongside.members.notices.rules.messages import address_removed
from alongside.members.people.models import Person, Role
from tests.figures import Figure
from tests.signing_in import enter
from tests.world import World

WHO = Identity("k", frozenset({"Jo Smith"}), frozenset({"jo@oak.example"}), frozenset({"01632 960123"}))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ask Jo Smith today.", "Ask somebody who has left today."),
        ("jo  SMITH rang", "somebody who has left rang"),
        ("Jo Smith", LEFT),
        ("Mail jo@oak.example.", "Mail ."),
        ("Mail jojo@oak.example", "Mail jojo@oak.example"),
        ("Ring 01632 960123 or 01632 9601234", "Ring  or 01632 9601234"),
        ("Jo Smithson and Banjo Smith", "Jo Smithson and Banjo Smith"),
        ("Nobody here", "Nobody here"),
        ("Jo\u00a0Smith, Jo\nSmith; JO SMITH’s", "somebody who has left, somebody who has left; somebody who has left’s"),
        ("Jo\u0301 Smi\u0301th rang", "somebody who has left rang"),
        ("Smith, Jo", LEFT),
        ("SMITH Jo", LEFT),
        ("Smith, Jo rang.\nSmith, Jo: again", "somebody who has left rang.\nsomebody who has left: again"),
        ("Anna Smith, Jo Brown", "Anna Smith, Jo Brown"),
        ("Smith, Jo Brown", "Smith, Jo Brown"),
        ("Met Anna Smith, Jo and Bo", "Met Anna Smith, Jo and Bo"),
        (
            "file_Jo_Smith.pdf, Jo-Smith-CV.pdf and JoSmith.docx",
            f"file_{LEFT.lower()}.pdf, {LEFT.lower()}-CV.pdf and {LEFT.lower()}.docx",
        ),
        ("Smith_Jo.xlsx", f"{LEFT.lower()}.xlsx"),
        ("@Jo Smith and -Jo Smith. end.Jo Smith said", "@{0} and -{0}. end.{0} said".format(LEFT.lower())),
        ("Ann-Jo Smith and Jo Smith-Brown", "Ann-Jo Smith and Jo Smith-Brown"),
        ("Ring 01632960123, +44 1632 960123 or 0044 1632 960 123", "Ring ,  or "),
        ("(01632) 960 123, 01632-960-123, +44 (0)1632 960123, 01632.960.123", ", , , "),
        ("Ring 1016329601234, 201632 960123 or 01632 960124", "Ring 1016329601234, 201632 960123 or 01632 960124"),
        ("mailto:jo@oak.example; <jo@oak.example>, JO@OAK.EXAMPLE, x/jo@oak.example?", "mailto:; <>, , x/?"),
        (
            "jo@oak.example.uk jo@oak.examples jo@oak.example-school.uk",
            "jo@oak.example.uk jo@oak.examples jo@oak.example-school.uk",
        ),
        ("mr.jo@oak.example o'jo@oak.example jo.smith@elm.example", "mr.jo@oak.example o'jo@oak.example jo.smith@elm.example"),
        ("Liste aller Schulen: Köln, Ōtaki", "Liste aller Schulen: Köln, Ōtaki"),
    ],
)
def test_a_text_no_longer_names_them(text: str, left: str) -> None:
    assert without(text, WHO) == left


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("Siobhán O'Neill", "Siobhán O’Neill", LEFT),
        ("Siobhán O’Neill", "Rang Siobhan O'Neill", f"Rang {LEFT.lower()}"),
        ("Siobhán O'Neill", "O'Neill, Siobhán", LEFT),
        ("Siobhan ONeill", "Siobhán O`Neill", LEFT),
        ("O'Neill, Siobhán", "With siobhan oneill", f"With {LEFT.lower()}"),
        ("Mrs Jo Smith", "Jo Smith rang", f"{LEFT.lower()} rang"),
        ("Dr. Jo Smith", "Jo Smith", LEFT),
        ("Anne-Marie Poole", "Anne Marie Poole, Anne–Marie Poole", f"{LEFT.lower()}, {LEFT.lower()}"),
        ("José Pérez", "Jose Perez and JOSÉ PÉREZ", f"{LEFT.lower()} and {LEFT.lower()}"),
        ("Søren Ødegård", "Soren Odegard", LEFT),
        ("An Other", "Another ANOTHER other", "Another ANOTHER other"),
        ("Canon", "Canon", LEFT),
        ("Jo Smith", "Ask smith_jo too", f"Ask {LEFT.lower()} too"),
    ],
)
def test_a_name_is_known_however_it_is_spelt(name: str, text: str, left: str) -> None:
    assert without(text, Identity("k", frozenset({name}))) == left


@pytest.mark.parametrize(("number", "text"), [
    ("+44 1632 960123", "01632960123"), ("01632960123 ext. 12", "01632 960123"), ("0044 (0)1632 960123", "+441632960123"),
    ("+353 1 960 1234", "+353 (1) 9601234"), ("07700 900123", "+44 7700-900-123"),
])  # fmt: skip
def test_a_number_is_known_however_it_is_divided(number: str, text: str) -> None:
    who = Identity("k", numbers=frozenset({number}))
    assert without(f"Ring {text}.", who) == "Ring ."
    assert without("Invoice 960123 of 01632", who) == "Invoice 960123 of 01632"


@pytest.mark.parametrize(
    ("number", "text", "left"),
    [
        ("2345678", "Ring 2345678", "Ring "),
        ("234567", "Ring 234567", "Ring 234567"),
        ("44 1234 5678", "Ring 4412345678, not 012345678", "Ring , not 012345678"),
        ("44 1234 56789", "Ring 0123456789", "Ring "),
    ],
)
def test_a_number_is_known_from_seven_figures_on_and_from_abroad_from_eleven(number: str, text: str, left: str) -> None:
    assert without(text, Identity("k", numbers=frozenset({number}))) == left


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mrs Smith rang", "Mrs Smith"),
        ("Ask J. Smith", "J. Smith"),
        ("Jo Anne Smith", "Jo Anne Smith"),
        ("Anna Smith, Jo Brown", "Smith, Jo"),
        ("Ann-Jo Smith", "Jo Smith"),
        ("Mail jo.smith@home.example", "jo.smith@home.example"),
        ("jsmith2@home.example", "jsmith2@home.example"),
        ("jo+school@oak.example", "jo+school@oak.example"),
        ("Mr Jones and Smithson", ""),
        ("jo@oak.example.uk", ""),
        (LEFT, ""),
    ],
)
def test_what_may_mean_them_is_named(text: str, found: str) -> None:
    assert doubtful(text, WHO) == found and without(text, WHO) == text


def test_what_two_people_are_called_is_doubtful_and_stays() -> None:
    who = Identity("k", frozenset({"Jo Smith"}), shares_name=True)
    for text in ("Jo Smith", "Rang Jo Smith", "Smith, Jo"):
        assert without(text, who) == text and doubtful(text, who)


def test_a_name_of_one_word_is_taken_out_only_where_it_stands_alone() -> None:
    grace = Identity("k", frozenset({"Grace"}))
    assert without("A period of grace", grace) == "A period of grace" and without("Grace", grace) == LEFT


def test_texts_inside_lists_and_dictionaries_too() -> None:
    assert changed_anywhere({"a": ["Jo Smith", 1], "b": None}, WHO) == {"a": [LEFT, 1], "b": None}
    assert texts_in({"a": ["Jo", 1, {"b": "Smith"}], "c": None}) == ["Jo", "Smith"]


@pytest.mark.parametrize(
    ("column", "takes_nothing", "takes_empty", "left"),
    [
        ("notices.Notice.to", True, True, address_removed(date(2022, 3, 8))),
        ("notices.Notice.words", True, True, None),
        ("inviting.Letter.to", True, True, None),
        ("people.Person.name", False, False, LEFT),
        ("people.Person.name", False, True, ""),
        ("people.Person.words", False, False, ""),
    ],
)
def test_what_stands_in_an_emptied_column_tells_of_nobody(
    column: str, takes_nothing: bool, takes_empty: bool, left: str | None
) -> None:
    table, _, name = column.rpartition(".")
    assert emptied(table, name, takes_nothing=takes_nothing, takes_empty=takes_empty, on=date(2022, 3, 8)) == left


@pytest.mark.parametrize(("reason", "is_enough"), [("", False), ("case ", False), ("claim", True)])
def test_a_hold_says_why_in_a_few_words(reason: str, is_enough: bool) -> None:
    assert (not reason_problem(reason)) is is_enough


def prepared(place: Place | World) -> tuple[Person, dict[str, str], Client]:
    """The person with their words everywhere, a file of their own, a session, and a place in the search index."""
    person = make.somebody(place.school)
    planted = make.plant(person)
    files.keep_file(
        key=keys.new_key(),
        name="own.txt",
        data=b"own words of zq",
        kind="other",
        title=make.NAME,
        person=person.pk,
        by=Standing.system(person.pk),
    )
    search.index("person", [(person.pk, make.NAME)])
    search.index("school", [(place.asked.pk, "Alder Wood School")])
    audit.record("membership.sign", reason=f"{make.NAME} asked for it", by=make.SYSTEM)
    return person, planted, enter(Client(), person)


def law_tables() -> frozenset[str]:
    """Tables of which something is kept by law."""
    return frozenset(label for label, columns in declared.erasure().items() if columns.law)


@pytest.mark.slow
def test_nothing_of_an_erased_person_is_left(world: World, figure: Figure, caplog: pytest.LogCaptureFixture) -> None:
    person, planted, browser = prepared(world)
    before = make.found_in(make.dump(), law_tables())
    with caplog.at_level(logging.INFO):
        done = erasing.erase_person(person=person, because=Because.ASKED, by=make.SYSTEM)
    left = make.found_in(make.dump(), law_tables())
    figure(
        "promise 30",
        f"{len(planted)} columns with the person's words: {len(before)} hits before, {len(left)} after the erasure "
        f"({sum(done.taken.values())} places, {sum(done.kept.values())} kept by law)",
    )
    assert len(planted) > 40 and len(before) > 60
    assert not left, "\n".join(left)
    assert make.NAME not in caplog.text and make.ADDRESS not in caplog.text
    person.refresh_from_db()
    assert (person.name, person.email, person.phone, person.is_active) == (LEFT, None, "", False)
    assert not Role.objects.filter(person=person).exists() and not person.has_usable_password()
    assert browser.get("/me/").status_code == 302 and not Session.objects.filter(session_data__contains=person.pk).exists()
    assert not Entry.objects.filter(key=person.pk).exists() and not Word.objects.filter(word__in=["zephyrine", "quill"]).exists()


def test_a_table_that_was_forgotten_is_caught(place: Place, monkeypatch: pytest.MonkeyPatch, figure: Figure) -> None:
    """The planted fault: somebody added a table and never said that it holds words."""
    person, _, _ = prepared(place)
    monkeypatch.setitem(declared.erasure(), "membership.Contact", Columns(plain="person spoke_to words"))
    erasing.erase_person(person=person, because=Because.ASKED, by=make.SYSTEM)
    left = make.found_in(make.dump(), law_tables())
    figure("promise 30", f"a forgotten table leaves {len(left)} hits")
    assert left and all(one.startswith("membership.Contact") for one in left)


def test_their_files_go_with_them(place: Place, django_capture_on_commit_callbacks: object) -> None:
    person, _, _ = prepared(place)
    (name,) = files.StoredFile.objects.filter(name="own.txt").values_list("stored_as", flat=True)
    with django_capture_on_commit_callbacks(execute=True):
        erasing.erase_person(person=person, because=Because.ASKED, by=make.SYSTEM)
    assert not storages["files"].exists(name)


def test_other_people_and_their_words_stay(place: Place) -> None:
    person = make.somebody(place.school)
    others = set(Person.objects.exclude(pk=person.pk).values_list("pk", "name", "email"))
    lines = {label: set(some) for label, some in make.dump().items()}
    erasing.erase_person(person=person, because=Because.LEFT, by=make.SYSTEM)
    assert set(Person.objects.exclude(pk=person.pk).values_list("pk", "name", "email")) == others
    after = {label: set(some) for label, some in make.dump().items()}
    gone = {label: len(some - after[label]) for label, some in lines.items() if some - after[label]}
    assert gone == {"people.Person": 1, "people.Role": 1}


def test_a_dry_run_tells_the_same_and_changes_nothing(place: Place, django_capture_on_commit_callbacks: object) -> None:
    person, _, _ = prepared(place)
    before = make.dump()
    with django_capture_on_commit_callbacks() as later:
        told = erasing.erase_person(person=person, because=Because.ASKED, dry_run=True, by=make.SYSTEM)
    assert make.dump() == before and not later
    assert erasing.erase_person(person=person, because=Because.ASKED, by=make.SYSTEM).taken == told.taken


def test_somebody_with_the_same_name_keeps_it_in_texts(place: Place) -> None:
    person, planted, _ = prepared(place)
    Person.objects.create(name=make.NAME.lower(), email="other@canary.example")
    done = erasing.erase_person(person=person, because=Because.ASKED, by=make.SYSTEM)
    text = "\n".join(make.found_in(make.dump(), law_tables()))
    assert done.same_name and make.NAME.lower() in text.lower() and make.ADDRESS not in text and planted


def test_an_address_without_an_account_is_erased_too(place: Place) -> None:
    _, planted, _ = prepared(place)
    Person.objects.filter(email=make.ADDRESS).update(email=None)
    done = erasing.erase_address(address=make.ADDRESS.upper(), because=Because.ASKED, by=make.SYSTEM)
    lines = "\n".join(make.found_in(make.dump(), law_tables()))
    assert make.ADDRESS not in lines and done.taken and planted


@pytest.mark.parametrize("what", list(HeldThing))
def test_what_is_held_is_not_erased(place: Place, what: HeldThing) -> None:
    person = make.somebody(place.school)
    row = {"person": person.pk, "school": place.school.pk, "partnership": place.partnership.pk}[what]
    Role.objects.filter(person=person).update(through=place.partnership)
    retention.hold(what=what, row=row, reason="A dispute", by=make.SYSTEM)
    with pytest.raises(Refused, match="held since 8 March 2022"):
        erasing.erase_person(person=person, because=Because.ASKED, by=make.SYSTEM)
    retention.lift_hold(what=what, row=row, by=make.SYSTEM)
    erasing.erase_person(person=person, because=Because.ASKED, by=make.SYSTEM)


def test_the_only_manager_is_not_erased(place: Place) -> None:
    with pytest.raises(Refused, match="the only manager of Elm Valley"):
        erasing.erase_person(person=place.manager, because=Because.ASKED, by=make.SYSTEM)


def test_only_the_installation_erases_and_holds(place: Place) -> None:
    manager = Standing("x", "x", frozenset({usual(Post.MANAGER, partnership=place.partnership.pk)}))
    with pytest.raises(Refused):
        erasing.erase_person(person=make.somebody(place.school), because=Because.ASKED, by=manager)
    with pytest.raises(Refused):
        retention.hold(what=HeldThing.SCHOOL, row=place.school.pk, reason="A dispute", by=manager)


def test_the_list_of_erasures_names_nobody(place: Place, django_capture_on_commit_callbacks: object, settings: object) -> None:
    person = make.somebody(place.school)
    with django_capture_on_commit_callbacks(execute=True):
        erasing.erase_person(person=person, because=Because.ASKED, by=make.SYSTEM)
    line = log.LogLine(person.pk, address_mark(make.ADDRESS), "asked")
    assert line in log.read(settings.VAR) and Erasure.objects.filter(person=person.pk).exists()
    text = (settings.VAR / log.NAME).read_text()
    assert make.ADDRESS not in text and make.NAME not in text


@pytest.mark.django_db
def test_two_names_that_must_differ_still_differ_when_both_are_taken_out(place: Place) -> None:
    for spelt in (make.NAME, make.NAME.upper()):
        OutsideBody.objects.create(partnership=place.partnership, name=spelt)
    erasing.erase_person(person=make.somebody(place.school), because=Because.ASKED, by=make.SYSTEM)
    first, second = sorted(OutsideBody.objects.values_list("name", flat=True), key=len)
    assert first == LEFT and second.startswith(f"{LEFT} (")


def test_what_an_office_wrote_in_other_words_goes_or_is_named(place: Place) -> None:
    person = make.somebody(place.school)
    Person.objects.filter(pk=person.pk).update(name="Siobhán O'Neill", phone="01632 960456")
    person.refresh_from_db()
    spelt = (
        "Siobhán O’Neill",
        "O'Neill, Siobhán",
        "Siobhan O'Neill",
        "01632960456",
        "+44 1632 960456",
        "Mrs O’Neill",
        "S O'Neill",
    )
    of = {"partnership": place.partnership, "school": place.school, "how": "phone", "at": clock.now()}
    rows = [Contact.objects.create(**of, spoke_to=one, words=f"{one}: rang") for one in spelt]
    paper = {"data": b"x", "kind": "agreement", "partnership": place.partnership.pk, "by": make.SYSTEM}
    kept = files.keep_file(key=keys.new_key(), name="Siobhan_ONeill_CV.txt", **paper)
    done = erasing.erase_person(person=person, because=Because.ASKED, by=make.SYSTEM)
    left = [Contact.objects.get(pk=one.pk) for one in rows]
    assert [one.spoke_to for one in left] == [LEFT] * 3 + [""] * 2 + list(spelt[5:])
    assert all(name not in one.words for one, name in zip(left[:5], spelt, strict=False))
    assert sorted(done.doubtful) == sorted(
        (f"membership.Contact.{column}", one.pk, said)
        for one, said in zip(rows[5:], ("Mrs O’Neill", "S O'Neill"), strict=True) for column in ("spoke_to", "words")
    )  # fmt: skip
    kept.refresh_from_db()
    assert (kept.name, kept.title) == ("somebody who has left_CV.txt", "somebody who has left_CV")
