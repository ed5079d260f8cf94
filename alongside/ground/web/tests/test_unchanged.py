"""What somebody changes is as their page showed it, and one press is one row."""

from datetime import date
from typing import Any

import pytest
from django.db import connection, models
from django.test import RequestFactory
from django.test.utils import isolate_apps

from alongside.ground.audit.models import Event
from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN, WasSeen
from alongside.ground.core.standing import VISITOR, Post, Standing
from alongside.ground.core.tests.make import usual
from alongside.ground.core.verdict import Conflict
from alongside.ground.web import views
from alongside.ground.web.models import (
    Row,
    Scope,
    Stale,
    Visible,
    already,
    in_words_of,
    marked,
    once,
    path_to,
    require_unchanged,
)

SHOWN, ANOTHER = (marked(Event(act=act), "act") for act in ("pay", "send"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("version", "mine", "goes_on"),
    [(SHOWN, "bill", True), (UNSEEN, "bill", True), (ANOTHER, "pay", True), (ANOTHER, "bill", False), ("", "bill", False)],
)
def test_a_row_is_changed_as_its_page_showed_it_or_where_it_says_so_already(version: WasSeen, mine: str, goes_on: bool) -> None:
    row: Any = Event.objects.create(act="pay", at=clock.now())
    try:
        require_unchanged(row, version, {"act": "Deed"}, act=mine)
    except Stale as stale:
        assert not goes_on and (stale.mine, stale.theirs) == ({"Deed": mine}, {"Deed": "pay"})
    else:
        assert goes_on


@pytest.mark.django_db
@isolate_apps("tests")
def test_one_press_stores_one_row_and_never_another_one() -> None:
    class Sample(Row):
        FROZEN = ("words", "day")
        words = models.CharField(max_length=9)
        note = models.CharField(max_length=9)
        day = models.CharField(max_length=9)

        class Meta:
            app_label, db_table = "tests", "web_sample"

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE web_sample (id varchar(12) PRIMARY KEY, words varchar(9), note varchar(9), day varchar(9))")
    key = keys.new_key()
    first = once(Sample(id=key, words="ash"))
    assert once(Sample(id=key, words="ash", note="later")) == first and already(Sample(id=keys.new_key(), words="ash")) is None
    assert once(Sample(id=key, words="ash", day="Tuesday"), dated="day") == first
    for other in (Sample(id=key, words="elm"), Sample(id=key, words="ash", day="Tuesday")):
        with pytest.raises(Conflict, match="something else"):
            once(other)
    with pytest.raises(Conflict, match="not as we expected"):
        once(Sample(id="made up", words="ash"))


def test_a_table_that_shows_rows_to_a_school_says_whose_partnership_counts() -> None:
    assert Visible(school="school", office="partnership") and Visible(school="school", asked="partnership") and Visible()
    with pytest.raises(TypeError, match="say its partnership"):
        Visible(school="school")


@isolate_apps("tests")
def test_the_way_to_whose_a_row_is_leads_through_rows_of_theirs() -> None:
    class Home(Row):
        scope = Scope.PARTNERSHIP
        school = models.CharField(max_length=9)

        class Meta:
            app_label = "partnerships"

    class Partnership(Home):
        class Meta:
            app_label = "partnerships"

    class Account(Home):
        scope = Scope.PERSONAL

        class Meta:
            app_label = "tests"

    class Paper(Row):
        scope = Scope.PARTNERSHIP
        first = models.ForeignKey("self", models.CASCADE)
        account = models.ForeignKey(Account, models.CASCADE)
        partnership = models.ForeignKey(Partnership, models.CASCADE)

        class Meta:
            app_label = "tests"

    class Page(Row):
        scope = Scope.PARTNERSHIP
        paper = models.ForeignKey(Paper, models.CASCADE)
        home = models.ForeignKey(Home, models.CASCADE)

        class Meta:
            app_label = "tests"

    ways = [path_to(model, "school") for model in (Home, Paper, Page)] + [path_to(Page, "partnership")]
    assert ways == ["school", "", "home__school", "paper__partnership"]


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["office", "asked"])
@pytest.mark.parametrize(("through", "sees"), [(None, True), ("elm000000000", True), ("ash000000000", False)])
def test_a_schools_people_see_its_rows_where_their_post_counts(way: str, through: str | None, sees: bool) -> None:
    Event.objects.create(act="pay", at=clock.now(), partnership="elm000000000", school="school000000")
    who = Standing("somebody0000", roles=frozenset({usual(Post.HEAD, school="school000000", through=through)}))
    assert Event.objects.filter(Visible(school="school", **{way: "partnership"}).of(Event, who)).exists() is sees


def test_a_row_that_is_about_nobody_is_not_shown_to_nobody() -> None:
    assert ("person", "-") in Visible(person="person").of(Event, VISITOR).children


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("As it is", "As it is"),
        (["", ""], ""),
        (["Maths", "", "SEND"], "Maths; SEND"),
        ([{"q": "Why?", "kind": ""}], "q: Why?"),
        (True, "Yes"),
        (date(2022, 3, 18), "18 March 2022"),
        (None, ""),
    ],
)
def test_what_two_people_wrote_is_compared_in_words(value: Any, words: str) -> None:
    assert in_words_of(Event(), "act", value) == words


def test_the_page_of_two_texts_is_true_whoever_was_quicker(rf: RequestFactory) -> None:
    request: Any = rf.get("/")
    request.who = VISITOR
    stale = Stale(Event(), mine={"What for": "Maths"}, theirs={"What for": ""})
    page = views.stale(request, stale).content.decode()
    assert "or you did in another window" in page and "Somebody else changed" not in page
    assert "Maths" in page and "Nothing</td>" in page
