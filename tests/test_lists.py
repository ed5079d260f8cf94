"""Whoever reads a list can take it along: as CSV and as an Excel workbook, of what was chosen on the page."""

import csv
import io
import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest

from alongside.ground.web.tables import SIZE
from tests.asking import Doors
from tests.audiences import Relation
from tests.environment import ROOT
from tests.figures import Figure
from tests.reading import templates
from tests.rooms import excepted
from tests.visiting import Page, text_of, visits
from tests.world import World, grow

WITHOUT_FILE = excepted("WITHOUT_FILE")  # the templates that draw a list and give no file of it, and why


def without_file(pages: list[tuple[str, str]]) -> set[str]:
    """The templates that draw a list and give no file of it, 'fees.own'."""
    found = {name for name, text in pages if "tables.rows(" in text and "parts.downloads(" not in text}
    return {".".join(Path(name).with_suffix("").parts[-2:]) for name in found}


def test_every_list_is_there_as_a_file_or_says_why_not() -> None:
    found = without_file(templates())
    assert not found - set(WITHOUT_FILE), (
        "draw them by `list_page`, add `parts.downloads`, or list them in `WITHOUT_FILE` of the room's tests/access.py"
    )
    assert not set(WITHOUT_FILE) - found, "these have a file, or no list, by now"


def test_a_list_without_a_file_is_caught() -> None:
    assert without_file([("alongside/members/planted.html", '{{ tables.rows(table, "Planted") }}')])


@pytest.mark.django_db
def test_every_list_gives_its_rows_as_csv_and_as_a_workbook(world: World, figure: Figure) -> None:
    grow(world, 30)
    doors, read = Doors(), {}
    for visit in visits(world, (Relation.MANAGER,)):
        shown = visit.open(doors, world)
        if "text/html" not in shown.headers.get("Content-Type", "") or b"al-downloads" not in shown.content:
            continue
        client = doors.client(world.person(visit.relation, visit.school))
        for link in sorted(Page(shown.content.decode()).links):
            if not link.endswith("as=csv"):
                continue
            answer = client.get(urljoin(visit.address, link))
            lines = list(csv.reader(io.StringIO(text_of(answer).partition("\ufeff")[2])))
            workbook = client.get(urljoin(visit.address, f"{link}&as=xlsx"))
            assert (answer.status_code, workbook.headers["Content-Type"].endswith("sheet")) == (200, True), visit
            assert len(lines) > 1 and {len(line) for line in lines} == {len(lines[0])}, visit
            read[visit.name] = len(lines) - 1
    figure("lists", f"{len(read)} lists read as files, {max(read.values(), default=0)} rows in the longest")
    assert {"membership:overview", "inviting:phone_list", "notices:list", "people:list", "partnerships:schools"} <= set(read)
    assert max(read.values()) > SIZE  # more than a page


WHOLE_FILE = {  # the pages whose file is of more than what was chosen on them
    "budget:spending": "promises and spending of the year, as its words say",
}
CHOOSES = re.compile(r'<form[^>]*method="get"(.*?)</form>', re.S)
CHOICES = re.compile(
    r'<input(?![^>]*type="date")[^>]*\bname="(?P<typed>\w+)"|<input[^>]*\bname="(?P<day>\w+)"'
    r'|<select[^>]*\bname="(?P<name>\w+)".*?<option value="(?P<value>[^"]+)"',
    re.S,
)


def choices_on(text: str) -> set[tuple[str, str]]:
    """What may be chosen on a page besides: a letter in each box of a search, one option of each list, one link of each name."""
    found = {
        one["name"] or one["typed"] or one["day"]: one["value"] or ("2022-03-01" if one["day"] else "e")
        for form in CHOOSES.findall(text)
        for one in CHOICES.finditer(form)
    }
    links = dict(pair for link in Page(text).links if link.startswith("?") for pair in parse_qsl(link[1:]))
    return {(name, value) for name, value in (found | links).items() if name not in {"as", "page", "sort", "show"}}


def forgotten(text: str, name: str, value: str) -> bool:
    """Whether a page has files, and none of them is of what was chosen."""
    files = re.findall(r'href="([^"]*)"', "".join(re.findall(r'<p class="[^"]*al-downloads">.*?</p>', text)))
    return bool(files) and not any((name, value) in parse_qsl(urlsplit(unescape(one)).query) for one in files)


@pytest.mark.django_db
def test_a_file_is_of_what_was_chosen_on_the_page(world: World) -> None:
    doors, chosen, lost = Doors(), 0, set[str]()
    for visit in visits(world, (Relation.MANAGER,)):
        shown = visit.open(doors, world)
        if "text/html" not in shown.headers.get("Content-Type", "") or b"al-downloads" not in shown.content:
            continue
        client, here = doors.client(world.person(visit.relation, visit.school)), visit.address.partition("?")[0]
        for name, value in sorted(choices_on(shown.content.decode())):
            chosen += 1
            if forgotten(client.get(here, {name: value}).content.decode(), name, value):
                lost.add(visit.name)
    assert lost == set(WHOLE_FILE) and chosen > 20


def test_a_file_of_everything_under_what_was_chosen_is_caught() -> None:
    link = '<p class="govuk-body al-downloads"><a href="{}">CSV</a></p>'
    assert forgotten(link.format("?as=csv"), "post", "dsl") and not forgotten(link.format("?post=dsl&amp;as=csv"), "post", "dsl")
    form = (
        '<form method="get"><input name="q"><select name="post"><option value="">Any</option><option value="dsl"></select></form>'
    )
    assert choices_on(form) == {("q", "e"), ("post", "dsl")}


WRITES_ROWS = re.compile(r"\b(?:csv\.writer|DictWriter|Workbook|xlsxwriter)\(")
WRITERS = {  # what writes rows of cells, and where each cell goes through `core.cells`
    "alongside/ground/web/sheets.py": "plain(",
    "alongside/across/home/packing.py": "safe_cell(",
    "alongside/money/books/actions.py": "",  # the rows of `books.rules.exports`, each through its `_cell`
    "alongside/members/people/views/invitations.py": "",  # a box of a form, which is read back and never a file
}


def writers(texts: dict[str, str]) -> set[str]:
    """The modules that write rows of cells."""
    return {name for name, text in texts.items() if WRITES_ROWS.search(text)}


def test_whatever_writes_a_file_for_a_spreadsheet_goes_through_the_one_escaper() -> None:
    texts = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in (ROOT / "alongside").rglob("*.py")}
    code = {name: text for name, text in texts.items() if "/tests/" not in name}
    assert len(code) > 300 and writers(code) == set(WRITERS)
    assert all(escapes in code[name] for name, escapes in WRITERS.items())
    assert [name for name, text in code.items() if "STARTS_A_FORMULA" in text] == ["alongside/ground/core/cells.py"]
    assert writers({"planted.py": "csv.writer(out).writerow(names)"}) == {"planted.py"}
