"""What pages say of who hears of a step, before it and after."""

from datetime import date

from alongside.deciding.elections.models import Election
from alongside.deciding.elections.queries.telling import StepMail, hear_result
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import plural, weekday_date
from alongside.ground.web.pages import on_its_way


def of_nominations(mail: StepMail, seats: int, until: date) -> list[str]:
    """What calling an election would do."""
    first = f"Nominations for {plural(seats, 'seat')} are open until the end of {weekday_date(until)}."
    if not mail.people:
        return [first, "No member school has a head here yet, so nobody hears of it."]
    heads = f"{plural(mail.people, 'head')} of {plural(mail.schools, 'school')} {'hears' if mail.people == 1 else 'hear'} of it"
    return [first, f"{heads}: in their week’s mail, or at once where that would come too late."]


def of_votes(mail: StepMail, opens_on: date) -> list[str]:
    """What opening the ballot would do."""
    when = "at once" if opens_on <= clock.today() else f"on {weekday_date(opens_on)}"
    hear = "person holds a vote, and hears" if mail.people == 1 else "people hold a vote, and hear"
    said = [
        f"{plural(mail.schools, 'school stands', 'schools stand')} on the roll, which is frozen for good.",
        f"{mail.people} {hear} of it {when}." if mail.people else "Nobody holds a vote, so nobody hears of it.",
    ]
    if mail.nobody_at:
        schools = plural(mail.nobody_at, "school has", "schools have")
        said.append(f"{schools} no head here: somebody who answers for the school names who votes.")
    return said


def hearing_words(election: Election, who: Standing) -> str:
    """Who hears who is elected, in a sentence."""
    people = plural(len(hear_result(election, viewer=who)), "person", "people")
    return f"Mail to {people} is {on_its_way()}: to heads, to whoever holds a vote, and to whoever stood."
