"""The front door: how the sign-up stands today, in one headline, one bar and one map."""

from dataclasses import dataclass, replace

from alongside.across.demo import elthorne
from alongside.across.demo.rules import Stage
from alongside.ground.core import clock, words
from alongside.ground.core.standing import Standing
from alongside.ground.web import pictures
from alongside.ground.web.pictures import Map, Slice
from alongside.members.membership.queries import answers, growth, texts
from alongside.members.partnerships.models import Partnership

LEADS = {
    Stage.SIGNING: (
        "It is March 2022. A borough’s heads have written a prospectus for a learning partnership, "
        "and asked every school to join by Friday 18 March."
    ),
    Stage.FROZEN: (
        "It is Monday 21 March 2022. The deadline was on Friday; this morning the roll was frozen, "
        "and tonight the board meets for the first time."
    ),
    Stage.INVOICES: (
        "It is Friday 1 April 2022. The board has met, late signatures are in, "
        "and the invoices for the first year are ready to go out."
    ),
    Stage.SUMMER: (
        "It is Tuesday 5 July 2022. Nearly all schools have paid, four have been reminded, "
        "and a statement of the bank waits to be looked through."
    ),
    Stage.AUTUMN: (
        "It is Tuesday 8 November 2022. Support began in September: lead schools are at work, schools visit and advise each "
        "other, and the budget shows what is promised and spent."
    ),
    Stage.YEAR_TWO: (
        "It is Monday 17 April 2023. Money is left over from the first year; the board gives about £180 of it back to each "
        "school, and the invoices for the second year are ready to go out."
    ),
}


@dataclass(frozen=True)
class FrontPage:
    """What the front door shows."""

    headline: str
    lead: str
    slices: list[Slice]
    map: Map


def front_page(partnership: Partnership, stage: Stage, *, viewer: Standing) -> FrontPage:
    """The figures as they stand; everybody may see all of them, because nothing in Elthorne is real."""
    counts = answers.standing_of_answers(partnership, viewer=viewer)
    dates = texts.dates_in_force(partnership, viewer=viewer)
    silent = counts.no_reply + counts.reading
    slices = [
        Slice("signed", counts.signed, "green"),
        Slice("yes, subject to governors", counts.subject, "light"),
        Slice("have a question", counts.question, "amber"),
        Slice("no reply yet", silent, "rest"),
    ]
    if counts.declined:
        slices.append(Slice("not this time", counts.declined, "blue"))
    spots = [replace(spot, href="") for spot in growth.answers_map(partnership, viewer=viewer)]
    return FrontPage(
        f"{counts.signed} of {counts.asked} schools have signed. {_deadline((dates.sign_by - clock.today()).days)}",
        LEADS[stage],
        [one for one in slices if one.count],
        pictures.map_of(spots, 430, 385, boundary=elthorne.STORY["outline"]),
    )


def _deadline(days: int) -> str:
    if days < 0:
        return "The roll is frozen."
    if days == 0:
        return "Today is the last day."
    return f"{words.in_words(days)} {'day' if days == 1 else 'days'} left."
