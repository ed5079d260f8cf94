"""Pictures drawn on the server: where the points go. The drawing is in jinja2/web/pictures.html."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alongside.ground.core.cells import Pounds, Text
from alongside.ground.core.words import near_date


@dataclass(frozen=True)
class Slice:
    """One part of a bar: how many, in which tone, under which name."""

    words: str
    count: int
    tone: str


@dataclass(frozen=True)
class Spot:
    """A school on the map. `size` is 1 to 3; `href` may be empty."""

    easting: int
    northing: int
    name: str
    tone: str
    words: str
    size: int = 1
    href: str = ""


@dataclass(frozen=True)
class Map:
    """A map in picture coordinates: circles (x, y, r, spot), and the outline round them."""

    width: int
    height: int
    circles: Sequence[tuple[float, float, float, Spot]]
    outline: str

    @property
    def rows(self) -> list[tuple[Text, str]]:
        """What it shows, as a table."""
        return [(Text(spot.name, spot.href), spot.words) for *_, spot in self.circles]


@dataclass(frozen=True)
class Curve:
    """A line over days: its points, the dotted continuation, and the labels of both axes."""

    title: str
    width: int
    height: int
    line: str
    onward: str
    last: tuple[float, float]
    top: int
    marks: Sequence[tuple[float, str]]
    rows: Sequence[tuple[str, int]]


def bar(slices: Sequence[Slice], width: int = 600) -> list[tuple[float, float, Slice]]:
    """Left edge and width of each slice of a bar; empty slices are left out."""
    total, left, parts = sum(one.count for one in slices) or 1, 0.0, []
    for one in slices:
        if one.count:
            share = one.count / total * width
            parts.append((round(left, 2), round(share, 2), one))
            left += share
    return parts


def hull(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The convex outline of the points, anticlockwise (Andrew's monotone chain)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered

    def half(run: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        chain: list[tuple[float, float]] = []
        for x, y in run:
            while len(chain) > 1 and (chain[-1][0] - chain[-2][0]) * (y - chain[-2][1]) <= (chain[-1][1] - chain[-2][1]) * (
                x - chain[-2][0]
            ):
                chain.pop()
            chain.append((x, y))
        return chain[:-1]

    return half(ordered) + half(ordered[::-1])


def map_of(
    spots: Sequence[Spot], width: int = 480, height: int = 380, margin: int = 34, boundary: Sequence[tuple[int, int]] = ()
) -> Map:
    """Schools by easting and northing, to scale, north up, inside the boundary, or an outline that holds them all."""
    if not spots:
        return Map(width, height, [], "")
    eastings, northings = [s.easting for s in spots], [s.northing for s in spots]
    if boundary:
        eastings, northings, margin = [e for e, _ in boundary], [n for _, n in boundary], 4
    west, east, south, north = min(eastings), max(eastings), min(northings), max(northings)
    scale = min((width - 2 * margin) / max(east - west, 500), (height - 2 * margin) / max(north - south, 500))
    left, top = (width - (east - west) * scale) / 2, (height - (north - south) * scale) / 2

    def place(easting: int, northing: int) -> tuple[float, float]:
        return round(left + (easting - west) * scale, 1), round(top + (north - northing) * scale, 1)

    circles = [(*place(s.easting, s.northing), 4.5 + 1.7 * s.size, s) for s in spots]
    outline = _rounded([place(*corner) for corner in boundary]) if boundary else _outline([(x, y) for x, y, _, _ in circles])
    return Map(width, height, circles, outline)


def month_rows(rows: Sequence[tuple[date, int, int]]) -> list[tuple[str, Pounds, Pounds]]:
    """What the picture of the months shows, as a table."""
    return [(f"{month:%B %Y}", Pounds(came), Pounds(went)) for month, came, went in rows]


def _outline(points: Sequence[tuple[float, float]]) -> str:
    corners = hull(points)
    if len(corners) < 3:
        return ""
    middle = (sum(x for x, _ in corners) / len(corners), sum(y for _, y in corners) / len(corners))
    wide = []
    for x, y in corners:
        away = ((x - middle[0]) ** 2 + (y - middle[1]) ** 2) ** 0.5 or 1
        wide.append((x + (x - middle[0]) / away * 26, y + (y - middle[1]) / away * 26))
    return _rounded(wide)


def _rounded(corners: Sequence[tuple[float, float]]) -> str:
    """A closed line round the corners, each cut to a curve between the middles of its sides."""
    halves = [((x1 + x2) / 2, (y1 + y2) / 2) for (x1, y1), (x2, y2) in zip(corners, [*corners[1:], corners[0]], strict=True)]
    path = f"M{halves[-1][0]:.1f} {halves[-1][1]:.1f}"
    for (x, y), (hx, hy) in zip(corners, halves, strict=True):
        path += f"Q{x:.1f} {y:.1f} {hx:.1f} {hy:.1f}"
    return path + "Z"


def curve(
    title: str,
    counts: Sequence[tuple[date, int]],
    *,
    until: date,
    most: int,
    expected: int | None = None,
    today: date | None = None,
) -> Curve:
    """A count by day as a line, dotted on to what is expected at the end; a day out of the year of `today` has its year."""
    width, height, left, right, top, bottom = 320, 150, 30, 10, 12, 24
    start = counts[0][0] if counts else until
    days = max((until - start).days, 1)

    def x(day: date) -> float:
        return round(left + (day - start).days / days * (width - left - right), 1)

    def y(count: float) -> float:
        return round(top + (1 - count / max(most, 1)) * (height - top - bottom), 1)

    points = [(x(day), y(count)) for day, count in counts if day <= until]
    line = "M" + "L".join(f"{px} {py}" for px, py in points) if points else ""
    last = points[-1] if points else (x(until), y(0))
    onward = f"M{last[0]} {last[1]}L{x(until)} {y(expected)}" if expected is not None and counts and counts[-1][0] < until else ""
    marks = [(x(day), near_date(day, today or until)) for day in (start, until)]
    return Curve(
        title, width, height, line, onward, last, most, marks, [(near_date(day, today or until), count) for day, count in counts]
    )


@dataclass(frozen=True)
class Months:
    """Money in and out by month: for each its name, the bar above the line and the bar below it."""

    width: int
    height: int
    line: float
    bars: Sequence[tuple[str, float, float, float, float]]
    wide: float


def months(rows: Sequence[tuple[date, int, int]], width: int = 640, height: int = 250) -> Months:
    """Bars of what came in (up) and went out (down) in each month, to one scale; (month, x, height up, height down, middle)."""
    room, step = height - 30, width / max(len(rows), 1)
    most_in, most_out = max((came for _, came, _ in rows), default=0), max((went for _, _, went in rows), default=0)
    scale = room / max(most_in + most_out, 1)
    wide = round(step * 0.62, 1)
    bars = [
        (
            f"{month:%b}",
            round(n * step + (step - wide) / 2, 1),
            round(came * scale, 1),
            round(went * scale, 1),
            round((n + 0.5) * step, 1),
        )
        for n, (month, came, went) in enumerate(rows)
    ]
    return Months(width, height, round(6 + most_in * scale, 1), bars, wide)
