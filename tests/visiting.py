"""Opening every page as those who may, and reading what came."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from django.http import HttpResponse
from django.urls import reverse
from pypdf import PdfReader

from tests.asking import Doors, lines
from tests.audiences import Relation
from tests.world import World

MOST_TO_LEAST = (Relation.MANAGER, Relation.FINANCE, Relation.HEAD, Relation.WITHOUT_ROLE, Relation.VISITOR)


@dataclass(frozen=True)
class Visit:
    """One page as one person may open it."""

    name: str
    relation: Relation
    address: str
    school: str

    def open(self, doors: Doors, world: World) -> HttpResponse:
        """Open it."""
        return doors.client(world.person(self.relation, self.school)).get(self.address)

    def __str__(self) -> str:
        return f"{self.name} as {self.relation}"


def visits(world: World, relations: tuple[Relation, ...] = MOST_TO_LEAST) -> Iterator[Visit]:
    """Every page that opens by GET, as each of those people who may."""
    for name, line in sorted(lines().items()):
        if "GET" in line.methods:
            address = reverse(name, kwargs=line.address_words(world)) + line.query
            for relation in relations:
                if relation in line.audience.relations:
                    yield Visit(name, relation, address, line.school)


def text_of(response: HttpResponse) -> str:
    """What a person can read in an answer: a page's source, a PDF's text, the cells of a sheet, a redirect's address."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    kind = response.headers.get("Content-Type", "")
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    if kind.startswith("application/pdf"):
        return headers + "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    if "spreadsheetml" in kind:
        from openpyxl import load_workbook

        book = load_workbook(io.BytesIO(body), read_only=True)
        return headers + "\n".join(str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row)
    return headers + body.decode("utf-8", "replace")


class Page(HTMLParser):
    """What a page holds: its links, and what the browser must refuse."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.faults: list[str] = []
        self.headings = 0
        self.ids: list[str] = []
        self.title = self.language = ""
        self.inside = ""
        self.feed(text)
        self.faults += [f"the id {one} stands twice" for one in {one for one in self.ids if self.ids.count(one) > 1}]
        if not self.language:
            self.faults.append("does not name its language")
        if not self.title.strip():
            self.faults.append("has no title")
        if self.headings != 1:
            self.faults.append(f"has {self.headings} first headings")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One element."""
        words = dict(attrs)
        self.inside = tag
        self.ids += [words["id"] or ""] if "id" in words else []
        self.headings += tag == "h1"
        self.language = self.language or (words.get("lang") or "" if tag == "html" else "")
        if tag == "a" and words.get("href"):
            self.links.add(words["href"] or "")
        if "style" in words:
            self.faults.append(f"<{tag}> carries a style")
        self.faults += [f"<{tag}> carries {name}" for name in words if name.startswith("on")]
        if tag == "script" and not (words.get("src") or words.get("nonce")):
            self.faults.append("a script of its own without nonce")
        if tag == "style":
            self.faults.append("a style sheet of its own")
        if tag in {"script", "img", "link"}:
            source = words.get("src") or words.get("href") or ""
            if re.match(r"(https?:)?//", source) and words.get("rel") != "canonical":
                self.faults.append(f"<{tag}> loads {source}")

    def handle_data(self, data: str) -> None:
        """Words between elements."""
        if self.inside == "title":
            self.title += data

    def handle_endtag(self, tag: str) -> None:
        """The end of an element."""
        self.inside = ""


def is_page(response: HttpResponse) -> bool:
    """Whether the answer is a whole page, not a file or a redirect."""
    return (
        response.headers.get("Content-Type", "").startswith("text/html") and b"<html" in getattr(response, "content", b"")[:2000]
    )
