"""What is written down is true: the rulebook is the code's, commands exist, no address of a registry, no path of a machine."""

import re
from datetime import time, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from alongside.members.people.rules.roles import PeopleSettings
from tests import rulebook
from tests.environment import ROOT
from tests.reading import WINGS, tracked_files

TEXT = {
    ".md",
    ".py",
    ".toml",
    ".yml",
    ".yaml",
    ".html",
    ".txt",
    ".scss",
    ".js",
    ".sh",
    ".json",
    ".lock",
    ".typ",
    ".npmrc",
    "",
    ".svg",
    ".csv",
}
REGISTRY = re.compile(
    r"(?:registry\.npmjs|pypi\.org/simple|files\.pythonhosted|--index-url|--extra-index-url|\bresolved\"\s*:)", re.I
)
MACHINE = re.compile(r"(?<![\w.])/(?:root|home/[a-z]+|Users/[A-Za-z]+|work/(?:main|shared))\b")
MENTIONS = {"tests/test_docs.py"}  # it has to name what it looks for


def texts() -> list[tuple[str, str]]:
    """Every text file of the repository that is not very large."""
    return [
        (str(path.relative_to(ROOT)), path.read_text(encoding="utf-8", errors="replace"))
        for path in tracked_files()
        if (path.suffix in TEXT or path.name in {"Makefile", "run"})
        and path.stat().st_size < 2_000_000
        and str(path.relative_to(ROOT)) not in MENTIONS
    ]


def faults(name: str, text: str) -> list[str]:
    """What may not stand in a file."""
    found = [f"{name} names a registry: {match[0]}" for match in REGISTRY.finditer(text)]
    return found + [f"{name} names a place on one machine: {match[0]}" for match in MACHINE.finditer(text)]


def test_no_file_names_a_registry_or_a_place_on_one_machine() -> None:
    found = [fault for name, text in texts() for fault in faults(name, text)]
    assert not found, "\n".join(found[:40])


@pytest.mark.parametrize(
    "planted", ['"resolved": "https://x"', "--index-url https://x", "see /root/x", "cd /work/main", "/home/jo/alongside"]
)
def test_a_planted_address_is_caught(planted: str) -> None:
    assert faults("x", planted)


def test_the_rulebook_is_what_the_code_says() -> None:
    written = rulebook.PATH.read_text(encoding="utf-8") if rulebook.PATH.exists() else ""
    assert written == rulebook.text(), "run: python -m tests.rulebook"


def test_the_rulebook_prints_the_numbers_that_a_room_goes_by() -> None:
    invitations = f"\nSettings, by default: invitation days {PeopleSettings().invitation_days}. Fixed: "
    assert invitations in rulebook.text().partition("## People")[2].partition("\n## ")[0]
    values = (timedelta(days=60), timedelta(hours=8), (timedelta(minutes=1), 5), time(7), True, "a word", ("a", 1))
    assert [rulebook.in_words(one) for one in values] == ["60 days", "8 hours", "1 minute, 5", "07:00", "yes", "", ""]


SOURCE = re.compile(r"\*([^*]+)`\w+\.\w+` \S+:\d+\*$", re.M)
CODE = re.compile(r"\b[RHT]\d+\b|\bpromise \d+|\bissue (?:\d+|\"\w+\")")


def unexplained(rules: str, sources: str) -> set[str]:
    """The sources of a rulebook that begin with a name, or hold a number, which stands in no first column of sources.md."""
    known = {name for line in re.findall(r"^\|([^|]+)\|", sources, re.M) for name in re.findall(r"`([^`]+)`", line)}
    named, begins = SOURCE.findall(rules), re.compile(rf"(?:the )?(?:{'|'.join(map(re.escape, known))})(?!\w)")
    return {one for one in named if not begins.match(one)} | {
        code for one in named for code in CODE.findall(one) if code not in known
    }


def test_every_source_of_a_rule_is_explained() -> None:
    sources = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    assert not unexplained(rulebook.text(), sources), "say in docs/sources.md what these are"
    planted = "- A rule. *{}. `fees.owed` alongside/money/fees/rules/due.py:7*"
    for name, strange in (("the minutes of the bulletin", "the minutes of the bulletin. "), ("domain.md R99", "R99"), ("R1", "")):
        assert unexplained(planted.format(name), sources) == {strange} - {""}


def on_the_map(text: str) -> set[str]:
    """The rooms that the house of ARCHITECTURE.md shows, by their dotted names."""
    wing, found = "", set[str]()
    for line in text.partition("## The house")[2].split("```")[1].splitlines():
        wing, rooms = line[:11].strip() or wing, re.split(r"\s{2,}", line[11:].strip())[0]
        found |= {f"alongside.{wing}.{room.strip()}" for room in rooms.split("|")}
    return found


def test_every_room_stands_on_the_map() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = {*settings.OUR_APPS, "alongside.ground.core"}
    gone = {one for one in on_the_map(text) - rooms if one.split(".")[1] in WINGS}
    assert (rooms - on_the_map(text), gone) == (set(), set()), (
        "ARCHITECTURE.md, The house: not shown, and shown without being there"
    )
    planted = re.sub(r"^ +monday .*\n", "", text, flags=re.M).replace("files | documents", "files | papers")
    assert rooms - on_the_map(planted) == {"alongside.across.monday", "alongside.ground.documents"}


def commands_in(text: str) -> set[str]:
    """The make targets that a text tells people to type."""
    return set(re.findall(r"`(?:\w+=\S+ )*make ([a-z]+)", text)) | set(re.findall(r"^\s*make ([a-z]+)", text, re.M))


def targets() -> set[str]:
    """What the Makefile can do."""
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))


def test_every_command_that_is_written_down_exists() -> None:
    written = [path for path in tracked_files() if path.suffix == ".md"]
    missing = {f"{path.relative_to(ROOT)}: make {one}" for path in written for one in commands_in(path.read_text()) - targets()}
    assert not missing


def test_a_command_that_does_not_exist_is_caught() -> None:
    assert commands_in("Type `make coffee`, or `PORT=8100 make tea`:\n\n    make lunch\n") == {"coffee", "tea", "lunch"}
    assert not {"coffee", "tea", "lunch"} & targets()


def test_every_link_between_documents_leads_somewhere() -> None:
    broken = []
    for path in tracked_files():
        if path.suffix == ".md":
            for target in re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8")):
                if "://" not in target and not target.startswith("mailto:") and not (path.parent / Path(target)).exists():
                    broken.append(f"{path.relative_to(ROOT)}: {target}")
    assert not broken, "\n".join(broken)
