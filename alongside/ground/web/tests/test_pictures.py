"""Where the points of the pictures go."""

from datetime import date
from itertools import pairwise

from hypothesis import given, strategies as some

from alongside.ground.web import pictures
from alongside.ground.web.pictures import Slice, Spot


@given(some.lists(some.integers(0, 500), min_size=1, max_size=6))
def test_the_slices_of_a_bar_fill_it(counts):
    parts = pictures.bar([Slice("x", count, "green") for count in counts], width=600)
    assert len(parts) == sum(1 for count in counts if count)
    if parts:
        assert abs(parts[-1][0] + parts[-1][1] - 600) < 0.1


@given(some.lists(some.tuples(some.integers(0, 700_000), some.integers(0, 700_000)), max_size=40))
def test_every_school_is_on_the_map_and_north_is_up(points):
    drawn = pictures.map_of([Spot(e, n, "A", "green", "Signed") for e, n in points])
    assert len(drawn.circles) == len(points)
    assert all(0 <= x <= drawn.width and 0 <= y <= drawn.height for x, y, _, _ in drawn.circles)
    by_north = sorted(drawn.circles, key=lambda circle: circle[3].northing)
    assert all(low[1] >= high[1] for low, high in pairwise(by_north))


def test_the_hull_of_a_square_with_a_point_inside_is_the_square():
    assert set(pictures.hull([(0, 0), (2, 0), (2, 2), (0, 2), (1, 1)])) == {(0, 0), (2, 0), (2, 2), (0, 2)}


def test_a_curve_goes_on_dotted_until_the_deadline_only_when_days_are_left():
    counts = [(date(2022, 2, 24), 0), (date(2022, 3, 8), 61)]
    open_still = pictures.curve("c", counts, until=date(2022, 3, 18), most=97, expected=84)
    closed = pictures.curve("c", [*counts, (date(2022, 3, 18), 90)], until=date(2022, 3, 18), most=97, expected=90)
    assert open_still.onward and not closed.onward
    assert open_still.rows == [("24 February", 0), ("8 March", 61)]


def test_a_curve_without_days_is_empty_and_does_not_fall_over():
    assert pictures.curve("c", [], until=date(2022, 3, 18), most=0).line == ""
