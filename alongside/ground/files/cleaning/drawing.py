"""A page of a PDF as it is drawn, step by step: which letters stand where, and which opaque areas are painted."""

from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from alongside.ground.files.cleaning.fonts import Font

Matrix = tuple[float, float, float, float, float, float]
UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
WHOLE_PAGE = 0.8  # a picture that covers this much is the page itself: a scan
DEEPEST = 8
MOST_OPERATORS = 400_000


@dataclass(frozen=True)
class Box:
    """An area on the page."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def size(self) -> float:
        """How large it is."""
        return (self.right - self.left) * (self.top - self.bottom)

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top


@dataclass(frozen=True)
class Letter:
    """One letter, where its middle is, and in what colour it was drawn as which step."""

    text: str
    x: float
    y: float
    colour: tuple[float, ...]
    step: int


@dataclass(frozen=True)
class Cover:
    """One opaque area, in what colour it was painted as which step."""

    box: Box
    colour: tuple[float, ...]
    step: int


@dataclass(frozen=True)
class State:
    """What a drawing program keeps in mind."""

    matrix: Matrix = UNIT
    colour: tuple[float, ...] = (0.0,)
    alpha: float = 1.0
    font: Font | None = None
    size: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0


@dataclass
class Page:
    """One page as it is drawn, step by step."""

    whole: Box
    letters: list[Letter] = field(default_factory=list)
    covers: list[Cover] = field(default_factory=list)
    step: int = 0
    fonts: dict[Any, Font] = field(default_factory=dict)


def times(one: Matrix, other: Matrix) -> Matrix:
    """First one, then the other."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where a point comes to lie."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def around(points: list[tuple[float, float]]) -> Box:
    """The area around points."""
    across, up = [x for x, _ in points], [y for _, y in points]
    return Box(min(across), min(up), max(across), max(up))


def _numbers(operands: Any) -> list[float]:
    return [float(one) for one in operands if not isinstance(one, Name | Dictionary | Array | pikepdf.String)]


def draw(page: Page, content: Any, resources: Any, state: State, depth: int) -> None:
    """Follow a page, or a drawing within it."""
    Drawing(page, resources if isinstance(resources, Dictionary) else Dictionary(), state, depth).follow(content)


class Drawing:
    """The operators of one content stream, followed in their order."""

    def __init__(self, page: Page, resources: Any, state: State, depth: int) -> None:
        self.page, self.resources, self.state, self.depth = page, resources, state, depth
        self.kept: list[State] = []
        self.line = self.text = UNIT
        self.path: list[tuple[float, float]] = []
        self.areas: list[list[tuple[float, float]]] = []

    def follow(self, content: Any) -> None:
        """All of them."""
        for one in pikepdf.parse_content_stream(content):
            self.page.step += 1
            if self.page.step > MOST_OPERATORS:
                return
            act = ACTS.get(str(one.operator))
            if act:
                act(self, one.operands)

    def keep(self, _: Any) -> None:
        """Q"""
        self.kept.append(self.state)

    def bring_back(self, _: Any) -> None:
        """Q"""
        if self.kept:
            self.state = self.kept.pop()

    def transform(self, operands: Any) -> None:
        """Cm"""
        a, b, c, d, e, f = _numbers(operands)
        self.state = replace(self.state, matrix=times((a, b, c, d, e, f), self.state.matrix))

    def colour(self, operands: Any) -> None:
        """g, rg, k, sc, scn"""
        self.state = replace(self.state, colour=tuple(_numbers(operands)) or (-1.0,))

    def colour_space(self, _: Any) -> None:
        """Cs"""
        self.state = replace(self.state, colour=(0.0,))

    def settings(self, operands: Any) -> None:
        """Gs"""
        told = self.resources.get("/ExtGState", Dictionary()).get(str(operands[0]), Dictionary())
        if "/ca" in told:
            self.state = replace(self.state, alpha=float(told.ca))

    def rectangle(self, operands: Any) -> None:
        """Re"""
        x, y, width, height = _numbers(operands)
        self.close(None)
        self.areas.append([(x, y), (x + width, y), (x + width, y + height), (x, y + height)])

    def move(self, operands: Any) -> None:
        """M"""
        self.close(None)
        x, y = _numbers(operands)
        self.path = [(x, y)]

    def draw_line(self, operands: Any) -> None:
        """l, c, v, y: its end point"""
        numbers = _numbers(operands)
        self.path.append((numbers[-2], numbers[-1]))

    def close(self, _: Any) -> None:
        """H"""
        if len(self.path) > 2:
            self.areas.append(self.path)
        self.path = []

    def fill(self, _: Any) -> None:
        """F and its kin"""
        self.close(None)
        if self.state.alpha >= 0.9:
            for area in self.areas:
                self.cover(around([at(self.state.matrix, x, y) for x, y in area]))
        self.areas = []

    def forget_path(self, _: Any) -> None:
        """n, S"""
        self.areas, self.path = [], []

    def cover(self, box: Box) -> None:
        """An opaque area, in the colour of the hour."""
        self.page.covers.append(Cover(box, self.state.colour, self.page.step))

    def paint(self, operands: Any) -> None:
        """Do: a picture, or a drawing within the drawing."""
        thing = self.resources.get("/XObject", Dictionary()).get(str(operands[0]))
        if thing is None:
            return
        if str(thing.get("/Subtype")) == "/Image":
            box = around([at(self.state.matrix, x, y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))])
            whole = self.page.whole
            share = (
                (box.right - box.left) * (box.top - box.bottom) / max(1, (whole.right - whole.left) * (whole.top - whole.bottom))
            )
            if share < WHOLE_PAGE and "/SMask" not in thing and self.state.alpha >= 0.9:
                self.page.covers.append(Cover(box, (-1.0,), self.page.step))
        elif self.depth < DEEPEST:
            a, b, c, d, e, f = (float(one) for one in thing.get("/Matrix", Array(list(UNIT))))
            inner = replace(self.state, matrix=times((a, b, c, d, e, f), self.state.matrix))
            draw(self.page, thing, thing.get("/Resources", self.resources), inner, self.depth + 1)

    def begin_text(self, _: Any) -> None:
        """BT"""
        self.line = self.text = UNIT

    def font(self, operands: Any) -> None:
        """Tf"""
        told = self.resources.get("/Font", Dictionary()).get(str(operands[0]))
        font = None
        if told is not None:
            key = told.objgen if told.is_indirect else id(told)
            font = self.page.fonts.setdefault(key, Font.read(told)) if key not in self.page.fonts else self.page.fonts[key]
        self.state = replace(self.state, font=font, size=float(operands[1]))

    def move_text(self, operands: Any) -> None:
        """Td"""
        x, y = _numbers(operands)
        self.line = self.text = times((1, 0, 0, 1, x, y), self.line)

    def move_text_and_lead(self, operands: Any) -> None:
        """TD"""
        self.state = replace(self.state, leading=-_numbers(operands)[1])
        self.move_text(operands)

    def place_text(self, operands: Any) -> None:
        """Tm"""
        a, b, c, d, e, f = _numbers(operands)
        self.line = self.text = (a, b, c, d, e, f)

    def next_line(self, _: Any) -> None:
        """T*"""
        self.line = self.text = times((1, 0, 0, 1, 0, -self.state.leading), self.line)

    def say(self, operands: Any) -> None:
        """Tj"""
        self.letters(bytes(operands[0]))

    def say_on_next_line(self, operands: Any) -> None:
        """' and " """
        self.next_line(None)
        self.letters(bytes(operands[-1]))

    def say_with_gaps(self, operands: Any) -> None:
        """TJ"""
        for one in operands[0]:
            if isinstance(one, pikepdf.String):
                self.letters(bytes(one))
            else:
                self.step_by(-float(one) / 1000 * self.state.size * self.state.stretch)

    def step_by(self, width: float) -> None:
        """The next letter stands so much further."""
        self.text = times((1, 0, 0, 1, width, 0), self.text)

    def letters(self, told: bytes) -> None:
        """Each letter where it stands."""
        state = self.state
        if state.font is None:
            return
        for text, width, is_space in state.font.letters(told):
            across = width / 1000 * state.size
            x, y = at(times(self.text, state.matrix), across / 2, state.size * 0.3 + state.rise)
            self.page.letters.append(Letter(text, x, y, state.colour, self.page.step))
            self.step_by((across + state.spacing + (state.word_spacing if is_space else 0)) * state.stretch)


def _number_into(name: str, by: float = 1.0) -> Any:
    def act(drawing: Drawing, operands: Any) -> None:
        changed: Any = {name: float(operands[0]) * by}
        drawing.state = replace(drawing.state, **changed)

    return act


ACTS: dict[str, Any] = {
    "q": Drawing.keep, "Q": Drawing.bring_back, "cm": Drawing.transform, "gs": Drawing.settings, "re": Drawing.rectangle,
    "m": Drawing.move, "l": Drawing.draw_line, "c": Drawing.draw_line, "v": Drawing.draw_line, "y": Drawing.draw_line,
    "h": Drawing.close, "n": Drawing.forget_path, "S": Drawing.forget_path, "s": Drawing.forget_path, "Do": Drawing.paint,
    "cs": Drawing.colour_space, "BT": Drawing.begin_text, "Tf": Drawing.font, "Td": Drawing.move_text,
    "TD": Drawing.move_text_and_lead, "Tm": Drawing.place_text, "T*": Drawing.next_line, "Tj": Drawing.say,
    "'": Drawing.say_on_next_line, '"': Drawing.say_on_next_line, "TJ": Drawing.say_with_gaps, "Tc": _number_into("spacing"),
    "Tw": _number_into("word_spacing"), "Tz": _number_into("stretch", 0.01), "TL": _number_into("leading"),
    "Ts": _number_into("rise"),
    **dict.fromkeys(("f", "F", "f*", "B", "B*", "b", "b*"), Drawing.fill),
    **dict.fromkeys(("g", "rg", "k", "sc", "scn"), Drawing.colour),
}  # fmt: skip
