"""PDFs whose redaction only looks like one: a box over text that is still there, made in eight ways; and honest ones."""

import io
import random
from collections.abc import Iterator

import pikepdf
import typst
from pikepdf import Array, Dictionary, Name

from alongside.ground.files.tests import honest

HIDDEN = ["Jo Smith", "01632 960123", "QQ 12 34 56 C", "12 Elm Road", "Year 6 pupil", "£14,500", "Ms O’Brien-Łukasz"]
HEIGHT = 841.89
FONTS = ["Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono"]


def page(body: str, font: str, size: int) -> bytes:
    """A typeset page."""
    return bytes(typst.compile(f'#set page(paper: "a4")\n#set text(font: "{font}", size: {size}pt)\n{body}'.encode()))


def with_drawing(data: bytes, drawing: str, image: bool = False) -> bytes:
    """The page with something drawn over it by another program."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        one = pdf.pages[0]
        if image:
            black = pdf.make_stream(b"\x00\x00\x00")
            black.update(
                Dictionary(
                    Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8, ColorSpace=Name.DeviceRGB
                )
            )  # fmt: skip
            one.Resources.XObject = Dictionary(Bar=black)
        one.contents_add(b"q", prepend=True)
        one.contents_add(b"Q " + drawing.encode())
        return saved(pdf)


def with_note(data: bytes, note: Dictionary) -> bytes:
    """The page with a note laid over it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])
        return saved(pdf)


def saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def without_end() -> bytes:
    """A drawing that is drawn twice in a drawing that is drawn twice, and so on: a thousand million boxes."""
    with pikepdf.new() as pdf:
        drawing, facts = b"0 0 9 9 re f", Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        for _ in range(30):
            inner = pdf.make_stream(drawing)
            inner.update(facts)
            drawing, facts.Resources = b"/In Do /In Do", Dictionary(XObject=Dictionary(In=inner))
        page = pdf.add_blank_page().obj
        page.Contents, page.Resources = pdf.make_stream(drawing), facts.Resources
        return saved(pdf)


def fakes(count: int = 200) -> Iterator[tuple[str, bytes, str]]:
    """(way, PDF, the text that can still be copied) of so many."""
    chance = random.Random(41)
    for number in range(count):
        words, font, size = chance.choice(HIDDEN), chance.choice(FONTS), chance.randrange(8, 20)
        x, y = chance.randrange(60, 250), chance.randrange(80, 700)
        placed = page(f"Dear all, #place(top + left, dx: {x - 71}pt, dy: {y - 71}pt)[{words}] see below.", font, size)
        rect = [x - 3, HEIGHT - y - size * 1.3, x + 7 + len(words) * size * 0.8, HEIGHT - y + size * 0.5]
        way = WAYS[number % len(WAYS)]
        yield way, fake(way, placed, rect, words, font, size), words


WAYS = [
    "a black box", "a white box", "a scaled box", "a picture", "a square note", "a redaction never applied", "a black highlight",
    "black on black", "a box in the same program", "white on white",
]  # fmt: skip


def fake(way: str, placed: bytes, rect: list[float], words: str, font: str, size: int) -> bytes:
    """The PDF in which the words look redacted in that way."""
    left, bottom, right, top = rect
    width, height = right - left, top - bottom
    match way:
        case "a black box":
            return with_drawing(placed, f"0 g {left} {bottom} {width} {height} re f")
        case "a white box":
            return with_drawing(placed, f"1 1 1 rg {left} {bottom} {width} {height} re f")
        case "a scaled box":
            outline = f"q 0 0 0 1 k {width} 0 0 {height} {left} {bottom} cm 0 0 m 1 0 l 1 1 l 0 1 l h f Q"
            return with_drawing(placed, outline)
        case "a picture":
            return with_drawing(placed, f"q {width} 0 0 {height} {left} {bottom} cm /Bar Do Q", image=True)
        case "a square note":
            return with_note(placed, Dictionary(Type=Name.Annot, Subtype=Name.Square, Rect=rect, IC=[0, 0, 0]))
        case "a redaction never applied":
            return with_note(placed, Dictionary(Type=Name.Annot, Subtype=Name.Redact, Rect=rect, IC=[0, 0, 0]))
        case "a black highlight":
            return with_note(placed, Dictionary(Type=Name.Annot, Subtype=Name.Highlight, Rect=rect, C=[0, 0, 0]))
        case "black on black":
            return page(f"Dear #highlight(fill: black)[#text(fill: black)[{words}]], thank you.", font, size)
        case "a box in the same program":
            bar = f"rect(width: 110%, height: {size * 1.8}pt, fill: black)"
            return page(f"Dear #box[{words}#place(top + left, dx: -2pt, dy: -4pt, {bar})].", font, size)
    return page(f"Dear #text(fill: white)[{words}], thank you.", font, size)


def honest_pages(count: int = 200) -> Iterator[bytes]:
    """PDFs with boxes, shades, white words on dark ground, marks and pictures, in which nothing is hidden."""
    chance = random.Random(43)
    bodies = [
        "#table(columns: 3, fill: (x, y) => if y == 0 {{ navy }} else if calc.odd(y) {{ luma(230) }}, "
        "..range(12).map(n => if n < 3 {{ text(fill: white)[Head] }} else [{words}]))",
        "#rect(fill: black, inset: 12pt)[#text(fill: white)[{words}]] and more",
        "#highlight[{words}] is marked, and #underline[this] and #strike[that]",
        "#rect(fill: black, width: 4cm, height: 1cm) {words} stands below a black bar",
        '#grid(columns: 2, gutter: 8pt, rect(fill: rgb("#006b54"), inset: 8pt)[#text(fill: white)[{words}]], [plain])',
        "{words} #line(length: 100%) #circle(fill: red, radius: 4pt) {words}",
    ]
    for number in range(count):
        body = bodies[number % len(bodies)].replace("{{", "{").replace("}}", "}").replace("{words}", chance.choice(HIDDEN))
        yield page(body, chance.choice(FONTS), chance.randrange(8, 20)) if number % 7 else honest.pdf("Fees", chance)
