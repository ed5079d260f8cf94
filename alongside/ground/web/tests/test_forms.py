"""Fields as people fill them in."""

from datetime import date

import pytest
from django import forms as django
from django.http import QueryDict
from django.template import engines

from alongside.ground.core import clock
from alongside.ground.core.verdict import Invalid
from alongside.ground.web import drawing, forms
from alongside.ground.web.forms import AddressField, DateField, Form, PoundsField

THIS_YEAR = clock.today().year
FAR_OFF = f"Enter a date between 1950 and {THIS_YEAR + 50}, like 18 3 {THIS_YEAR}"
NO_YEAR = f"Enter the year with four figures, like {THIS_YEAR}"
NO_DATE = f"Enter a real date, like 18 3 {clock.today().year}"


class Sample(Form):
    day = DateField(label="Day of the governors’ meeting")
    fee = PoundsField(label="Fee", least=0, most=500_000)
    phase = django.ChoiceField(label="Phase", choices=[("p", "Primary")], widget=django.RadioSelect)


def filled(**values: str) -> Sample:
    return Sample({"day_day": "18", "day_month": "3", "day_year": "2022", "fee": "1,500", "phase": "p", **values})


def test_a_form_gives_clean_values():
    form = filled()
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"day": date(2022, 3, 18), "fee": 150_000, "phase": "p"}


@pytest.mark.parametrize("month", ["3", "03", "March", "mar", " MARCH "])
def test_a_month_may_be_typed_as_a_number_or_by_its_name(month):
    form = filled(day_month=month)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == date(2022, 3, 18)


@pytest.mark.parametrize(
    ("values", "field", "remedy"),
    [
        ({"day_day": "31", "day_month": "2"}, "day", NO_DATE),
        ({"day_year": "2"}, "day", NO_YEAR),
        ({"day_year": "022"}, "day", NO_YEAR),
        ({"day_year": ""}, "day", NO_YEAR),
        ({"day_year": "²2"}, "day", NO_YEAR),
        ({"day_day": "31", "day_month": "2", "day_year": "22"}, "day", NO_DATE),
        ({"day_day": "x"}, "day", NO_DATE),
        ({"day_year": "1801"}, "day", FAR_OFF),
        ({"day_year": "1949"}, "day", FAR_OFF),
        ({"day_year": "2206"}, "day", FAR_OFF),
        ({"day_year": str(THIS_YEAR + 51)}, "day", FAR_OFF),
        ({"day_year": "99999"}, "day", NO_YEAR),
        ({"day_month": "Ma"}, "day", NO_DATE),
        ({"day_day": "", "day_month": "", "day_year": ""}, "day", "Enter the day of the governors’ meeting"),
        ({"fee": "lots"}, "fee", "Enter an amount in pounds, like 1500 or 1,500.00"),
        ({"fee": "21,474,836.48"}, "fee", "Enter an amount between £0 and £5,000"),
        ({"fee": "5,000.01"}, "fee", "Enter an amount between £0 and £5,000"),
        ({"phase": ""}, "phase", "Choose the phase"),
    ],
)
def test_what_is_wrong_is_named_with_its_remedy(values, field, remedy):
    form = filled(**values)
    assert form.errors[field] == [remedy]
    assert drawing.errors(form) == [{"text": remedy, "href": f"#id_{field}{'-day' if field == 'day' else ''}"}]


@pytest.mark.parametrize(
    ("today", "typed", "year"),
    [
        (date(2022, 3, 8), "22", 2022),
        (date(2022, 3, 8), "24", 2024),
        (date(2022, 3, 8), "00", 2000),
        (date(2022, 3, 8), "71", 2071),
        (date(2022, 3, 8), "73", 1973),
        (date(2022, 3, 8), "99", 1999),
        (date(2099, 3, 8), "01", 2101),
        (date(2022, 3, 8), "72", None),  # as far to 1972 as to 2072
    ],
)
def test_of_two_figures_the_year_nearest_to_today_is_meant(today: date, typed: str, year: int | None):
    with clock.at(clock.start_of(today, 12)):
        form = filled(day_day="24", day_year=typed)
        assert form.is_valid() is (year is not None)
        if year:
            assert form.cleaned_data["day"] == date(year, 3, 24)
        else:
            assert form.errors["day"] == [f"Enter the year with four figures, like {today.year}"]


def test_an_example_is_near_today_whenever_it_is_read():
    hint = forms.near_today("For example 31 8 {next}, not {year}.")
    for year in (2022, 2031):
        with clock.at(clock.start_of(date(year, 3, 8), 12)):
            assert str(hint) == f"For example 31 8 {year + 1}, not {year}."


class Counted(Form):
    many = django.IntegerField(label="How many")


@pytest.mark.parametrize(
    ("typed", "fits"), [("2147483647", True), ("2147483648", False), ("-2147483648", False), ("9" * 30, False)]
)
def test_a_whole_number_is_one_that_a_column_holds(typed: str, fits: bool):
    form = Counted({"many": typed})
    assert form.is_valid() == fits
    assert fits or form.errors["many"] == ["Enter a smaller number"]


def test_dates_at_the_edges_are_taken():
    assert DateField().clean(["1", "1", "1950"]) == date(1950, 1, 1)
    assert DateField().clean(["31", "12", str(THIS_YEAR + 50)]) == date(THIS_YEAR + 50, 12, 31)


def test_the_error_summary_leads_to_an_element_that_is_there():
    form = filled(day_day="x", phase="", fee="")
    targets = {line["href"].removeprefix("#") for line in drawing.errors(form)}
    drawn = [drawing.field(bound) for bound in form]
    there = {item["id"] for part in drawn for item in part.params.get("items", [])} | {part.params["id"] for part in drawn}
    assert targets <= there, targets - there


def test_a_hint_stands_under_the_words_of_its_box():
    class Tick(Form):
        shows = django.BooleanField(label="Show my number", required=False, help_text="Otherwise the school’s.")

    part = drawing.field(Tick()["shows"])
    assert [item["hint"]["text"] for item in part.params["items"]] == ["Otherwise the school’s."] and "hint" not in part.params


@pytest.mark.parametrize(("many", "is_long"), [(drawing.LONG, False), (drawing.LONG + 1, True)])
def test_many_choices_stand_small_and_in_columns(many, is_long):
    class Choosing(Form):
        post = django.ChoiceField(choices=[(str(one), str(one)) for one in range(many)], widget=django.RadioSelect)

    assert ("govuk-radios--small al-many" in drawing.field(Choosing()["post"]).params["classes"]) is is_long


def test_what_a_rule_refuses_stands_beside_its_field():
    form = filled()
    assert form.is_valid()
    form.refuse(Invalid(fee="Too dear", elsewhere="Something else"))
    assert form.errors["fee"] == ["Too dear"] and form.non_field_errors() == ["Something else"]


def test_an_optional_date_may_be_left_out():
    assert DateField(required=False).clean(["", "", ""]) is None


class Words(Form):
    name = django.CharField(label="Name")
    story = django.CharField(label="Story", widget=django.Textarea)


@pytest.mark.parametrize("name", ["Sam\nBcc: all@oak.example", "Sam\r\nX", "Sam\rX", "Sam\x0bX", "Sam\x85X", "Sam\u2028X"])
def test_a_box_of_one_line_takes_one_line_whatever_is_sent(name: str):
    form = Words({"name": name, "story": "one\ntwo"})
    assert not form.is_valid() and form.errors == {"name": ["Enter this in one line"]}


def test_a_box_of_many_lines_takes_many_and_a_line_break_at_the_end_of_one_line_is_no_second_line():
    form = Words({"name": " Sam Okafor\n", "story": "one\ntwo"})
    assert form.is_valid() and form.cleaned_data == {"name": "Sam Okafor", "story": "one\ntwo"}


def test_marks_that_turn_the_direction_of_writing_are_taken_out():
    form = Words(QueryDict("name=Ada%E2%80%AE%20evoL&story=%D7%A9%D7%9C%D7%95%D7%9D%E2%80%8F"))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["name"] == "Ada evoL", "a name cannot show itself as another"


@pytest.mark.parametrize("unseen", ["%E2%80%8B", "%E3%85%A4", "%E2%A0%80", "%C2%AD", "%EF%BB%BF", "%1B", "%E2%80%8D"])
def test_a_name_of_nothing_that_is_seen_is_no_name(unseen: str):
    form = Words(QueryDict(f"name={unseen}&story=x"))
    assert form.errors == {"name": ["Enter the name"]}


class Reach(Form):
    email = AddressField(label="E-mail")


@pytest.mark.parametrize(
    ("typed", "email", "error"),
    [
        (" N.O'Brien@Elm.example. ", "n.o'brien@elm.example", None),
        ("a@b.example; c@d.example", None, "There are two addresses here: keep one, and give the other a line of its own"),
        ("nobody", None, "Enter an e-mail address like name@school.sch.uk"),
        ("", None, "Enter the e-mail"),
    ],
)
def test_an_address_is_typed_by_the_one_rule(typed: str, email: str | None, error: str | None) -> None:
    form = Reach({"email": typed})
    assert (form.is_valid(), form.cleaned_data.get("email"), form.errors.get("email")) == (
        email is not None, email, [error] if error else None,
    )  # fmt: skip


class Asks(Form):
    minutes = django.IntegerField(label="Minutes that it takes a school", min_value=1, max_value=600)
    many = django.IntegerField(label="How many?", min_value=0, required=False)
    own = django.IntegerField(label="Own", min_value=1, error_messages={"min_value": "Say 1 or more"}, required=False)
    name = django.CharField(label="Name", max_length=5, required=False)


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("minutes", "0", "Minutes that it takes a school: enter a whole number from 1 to 600"),
        ("minutes", "601", "Minutes that it takes a school: enter a whole number from 1 to 600"),
        ("minutes", "ten", "Minutes that it takes a school: enter a whole number from 1 to 600"),
        ("many", "-1", "How many: enter a whole number, 0 or more"),
        ("own", "0", "Say 1 or more"),
        ("name", "Wilhelmina", "Name: use at most 5 letters"),
    ],
)
def test_what_is_wrong_names_its_field_and_what_to_enter(field: str, typed: str, told: str) -> None:
    assert Asks({"minutes": "10", field: typed}).errors == {field: [told]}


class Offering(Form):
    one = django.ChoiceField(label="Which?", widget=django.RadioSelect)
    many = django.MultipleChoiceField(label="Which of them?", widget=django.CheckboxSelectMultiple)


def drawn_of(form: Form, name: str) -> list[tuple[str, bool]]:
    """The choices of a field as they are drawn, those behind a press too, and whether each is chosen."""
    params = drawing.field(form[name]).params
    return [(item["value"], item["checked"]) for item in [*params["items"], *params["more"]]]


@pytest.mark.parametrize("name", ["one", "many"])
@pytest.mark.parametrize(("offered", "chosen"), [("a", ["a"]), ("ab", [])])
def test_the_only_choice_is_chosen_already_on_a_radio_and_on_a_list_of_boxes(name: str, offered: str, chosen: list[str]) -> None:
    form = Offering()
    form.offer(name, [(one, one.upper()) for one in offered])
    assert [value for value, is_chosen in drawn_of(form, name) if is_chosen] == chosen


@pytest.mark.parametrize(("ticked", "is_open"), [([], False), (["1"], False), (["4"], True)])
def test_the_rest_of_a_long_list_stands_behind_a_press_that_is_open_where_it_is_ticked(ticked: list[str], is_open: bool) -> None:
    form = Offering(initial={"many": ticked})
    form.offer("many", [(str(one), str(one)) for one in range(6)])
    form.fold("many", 3)
    params = drawing.field(form["many"]).params
    assert ([one["value"] for one in params["items"]], params["is_open"]) == (["0", "1", "2"], is_open)
    assert len(params["more"]) == 3


class Seldom(Form):
    more = ("way", "years")
    more_words = "More: how"
    name = django.CharField(label="Name")
    way = django.ChoiceField(label="How?", choices=[("usual", "As usual"), ("other", "Otherwise")], initial="usual")
    years = django.IntegerField(label="Years", required=False, max_value=9)


@pytest.mark.parametrize(
    ("typed", "is_open"),
    [
        (None, False),
        ({"name": "", "way": "usual", "years": ""}, False),
        ({"name": "A", "way": "other", "years": ""}, True),
        ({"name": "A", "way": "usual", "years": "4"}, True),
        ({"name": "A", "way": "usual", "years": "40"}, True),  # refused
    ],
)
def test_what_few_need_stands_behind_a_press_that_is_open_where_it_says_something(
    typed: dict[str, str] | None, is_open: bool
) -> None:
    page = engines["jinja2"].from_string('{% import "web/form.html" as forms %}{{ forms.whole(form, "t") }}')
    drawn = str(page.render({"form": Seldom(typed)}))
    assert ('<details class="al-data" open>' in drawn) is is_open and ("<details" in drawn)
    first, _, behind = drawn.partition("<summary>More: how</summary>")
    assert 'name="name"' in first and 'name="way"' in behind and 'name="years"' in behind
