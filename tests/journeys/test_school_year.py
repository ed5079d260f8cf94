"""R3 and R30: type the year, close a school, work out a date, keep it, and watch it move."""

from tests.browser import Walk

CALENDAR = "/p/elthorne-learning-partnership/calendar/"


def main(walk: Walk) -> str:
    """What the page says."""
    return walk.page.locator("main").inner_text()


def test_the_manager_types_a_year_and_says_that_it_is_real(walk: Walk) -> None:
    walk.start_again()
    walk.bar("You are", "Partnership manager")
    walk.go(CALENDAR + "?year=2023-24")
    assert "No term dates for 2023/24 yet" in main(walk)
    walk.press("Type the six half-terms")
    walk.fill(last_6="1 6 2024")
    walk.press("Save the year")
    assert "Enter a last day of the second half of the summer term that is not before its first day" in main(walk)
    walk.fill(last_6="23 7 2024")
    walk.press("Save the year")
    assert "These are example dates." in main(walk)
    walk.press("Type the real ones")
    walk.choose("The real dates")
    walk.press("Save the year")
    assert "These are example dates." not in main(walk)
    assert "Tuesday 23 July" in main(walk)
    walk.press("Choose what is kept free")
    walk.press("SATs week")
    walk.press("Keep these days free")
    assert "Monday 13 May 2024 to Thursday 16 May 2024" in main(walk)


def test_a_kept_date_moves_when_the_school_is_closed(walk: Walk) -> None:
    walk.start_again()
    walk.bar("You are", "Partnership manager")
    walk.go(CALENDAR)
    walk.press("Work out a date")
    walk.choose("Information about the school or its work")
    walk.page.select_option("[name=school]", label="Ickenden Primary")
    walk.fill(received_on="1 3 2022")
    walk.press("Work it out")
    assert "Wednesday 30 March 2022" in main(walk)
    assert "St Patrick’s Day in Northern Ireland" in main(walk)
    walk.fill(label="2022-07")
    walk.press("Keep this date")
    walk.go(CALENDAR + "schools/")
    walk.press("Ickenden Primary")
    walk.choose("Closed: snow, ice or heat")
    walk.fill(first_on="10 3 2022")
    walk.press("Add it")
    walk.go(CALENDAR + "dates/")
    assert "Thursday 31 March" in main(walk)
    walk.press("Freedom of information, 2022-07")
    assert "Moved from 30 March 2022 to 31 March 2022" in main(walk)
    assert "Closed: snow, ice or heat, 10 March 2022, added" in main(walk)
    walk.press("Tick it off")
    assert "ticked off 8 March" in main(walk)


def test_a_subject_access_request_waits_and_goes_on(walk: Walk) -> None:
    walk.start_again()
    walk.bar("You are", "Partnership manager")
    walk.go(CALENDAR + "dates/work-out/")
    walk.choose("Information about the person who asks")
    walk.page.select_option("[name=school]", label="Ickenden Primary")
    walk.fill(received_on="31 1 2022")
    walk.press("Work it out")
    assert "Monday 28 February 2022" in main(walk)
    walk.press("Keep this date")
    walk.choose("Clarification of the request")
    walk.fill(asked_on="3 2 2022")
    walk.press("Stop the clock")
    assert "The clock stands still" in main(walk)
    walk.fill(answered_on="4 2 2022")
    walk.press("The clock goes on")
    assert "Wednesday 2 March 2022" in main(walk)
