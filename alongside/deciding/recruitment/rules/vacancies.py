"""What a vacancy says, where its competition stands, and what an applicant still has to say."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, ClassVar, Self

from alongside.deciding.recruitment.rules.scoring import FEWEST_SCORERS
from alongside.ground.core.choice import Choice
from alongside.ground.core.clock import end_of, start_of
from alongside.ground.core.periods import months_later
from alongside.ground.core.words import listed, plural, short_date
from alongside.members.calendar.rules.days import SchoolDays
from alongside.members.partnerships.rules import Template

MOST_CRITERIA, MOST_POINTS, USUAL_POINTS, MOST_SAID = 12, 20, 4, 2_500
POINTS_AT_END = re.compile(r"^(.*?)\s*\((\d{1,3})(?: points?)?\)$")


class VacancyState(Choice):
    """Where a competition is."""

    DRAFT = "draft", "Not published yet"
    OPEN = "open", "Published", "green"
    SHORTLISTED = "shortlisted", "Interviews", "blue"
    DECIDED = "decided", "Decided", "purple"
    STOPPED = "stopped", "Stopped"


class ApplicationState(Choice):
    """Where an application is."""

    DRAFT = "draft", "Not sent in yet"
    SENT = "sent", "Sent in", "blue"
    LISTED = "listed", "On the shortlist", "green"
    NOT_LISTED = "not_listed", "Not on the shortlist"
    APPOINTED = "appointed", "Appointed", "green"
    RESERVE = "reserve", "In reserve", "amber"
    NOT_APPOINTED = "not_appointed", "Not appointed"


class AdvertStage(Choice):
    """How a competition stands on a day, for whoever reads the advert."""

    DRAFT = "draft", "Not published yet"
    COMING = "coming", "Not open yet", "blue"
    TAKING = "taking", "Open for applications", "green"
    READING = "reading", "Closed: applications are being read", "amber"
    MEETING = "meeting", "Closed: interviews", "amber"
    DECIDED = "decided", "Closed: the panel has decided", "purple"
    STOPPED = "stopped", "Stopped"


MOVES = {
    VacancyState.DRAFT: {
        VacancyState.OPEN: "who runs the competition publishes it",
        VacancyState.STOPPED: "it is not advertised after all",
    },
    VacancyState.OPEN: {
        VacancyState.SHORTLISTED: "the shortlist is made",
        VacancyState.DECIDED: "nobody is invited: the panel decides without interviews",
        VacancyState.STOPPED: "the partnership gives it up",
    },
    VacancyState.SHORTLISTED: {
        VacancyState.SHORTLISTED: "the shortlist is put right before who is changed by it has heard",
        VacancyState.DECIDED: "the panel decides",
        VacancyState.STOPPED: "the partnership gives it up",
    },
    VacancyState.DECIDED: {VacancyState.DECIDED: "the panel decides anew, before anybody is seated"},
}
ANYHOW = {
    ApplicationState.APPOINTED: "the panel chooses them",
    ApplicationState.RESERVE: "the panel would come back to them",
    ApplicationState.NOT_APPOINTED: "the panel chooses somebody else",
}
APPLICATION_MOVES = {
    ApplicationState.DRAFT: {ApplicationState.SENT: "the applicant sends it in before the closing day is over"},
    ApplicationState.SENT: {
        ApplicationState.LISTED: "they are invited to an interview",
        ApplicationState.NOT_LISTED: "others are invited",
        **ANYHOW,
    },
    ApplicationState.LISTED: {ApplicationState.NOT_LISTED: "the shortlist is put right before they have heard", **ANYHOW},
    ApplicationState.NOT_LISTED: {ApplicationState.LISTED: "they are invited after all"},
    **dict.fromkeys(ANYHOW, ANYHOW),
}
FINAL = frozenset({ApplicationState.APPOINTED, ApplicationState.RESERVE, ApplicationState.NOT_APPOINTED})
UNSUCCESSFUL = (ApplicationState.NOT_LISTED, ApplicationState.RESERVE, ApplicationState.NOT_APPOINTED)
OUTCOMES = (ApplicationState.LISTED, ApplicationState.APPOINTED, *UNSUCCESSFUL)


@dataclass(frozen=True)
class RecruitmentSettings:
    """What a partnership asks of whoever is to be independent, and how long it keeps what applicants sent."""

    app: ClassVar[str] = "recruitment"
    independence: tuple[str, ...] = (
        "Are you employed by a school that is a member of the partnership?",
        "Are you employed by the local authority?",
        "Are you employed by, or do you own, anybody who bids or may bid for the partnership’s work?",
    )
    months_kept: int = 6

    @classmethod
    def for_template(cls, template: Template) -> Self:
        """A trust asks of itself what a partnership asks of its schools."""
        if template is Template.LEARNING:
            return cls()
        return cls(("Are you employed by the trust or by one of its schools?", *cls.independence[1:2], cls.independence[2]))


@dataclass(frozen=True)
class Criterion:
    """One line of a person specification: what is looked for, whether nobody is appointed without it, and the most points."""

    words: str
    is_essential: bool
    points: int


def held_until(on: date) -> date:
    """A seat that nobody holds, or whose term ends within sixty days and nobody follows, waits for whoever keeps its body, as
    long as neither an election nor an advert is under way to fill it.

    Source: R8 (vacancies and terms ending are visible at once), R9; the days: product default. Gives the last of them.
    """
    return on + timedelta(days=60)


def read_criteria(essential: str, desirable: str) -> tuple[Criterion, ...]:
    """A person specification is written a criterion a line; the most points may stand in brackets at its end, else they are 4.

    Source: R10 and evidence H10 (declared criteria); the scale of 0 to 4 from R17.
    """
    return tuple(_read(line, is_so) for text, is_so in ((essential, True), (desirable, False)) for line in lines_of(text))


def _read(line: str, is_essential: bool) -> Criterion:
    found = POINTS_AT_END.match(line)
    return Criterion(found[1], is_essential, int(found[2])) if found else Criterion(line, is_essential, USUAL_POINTS)


def lines_of(text: str) -> tuple[str, ...]:
    """What is typed a thing a line.

    Source: product default.
    """
    return tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())


def written_criteria(criteria: Iterable[Criterion], *, essential: bool) -> str:
    """A person specification as it was typed, the points of each line with it.

    Source: as `read_criteria`, whose opposite it is.
    """
    return "\n".join(f"{one.words} ({one.points})" for one in criteria if one.is_essential is essential)


@dataclass(frozen=True)
class Advert:
    """What is typed of a vacancy."""

    title: str
    advert: str
    essential: str
    desirable: str
    independence: str
    contact: str
    opens_on: date
    closes_on: date
    shortlist_on: date
    interviews_on: date
    in_place_by: date

    @property
    def columns(self) -> dict[str, Any]:
        """The same as it is kept."""
        typed = {name: value.strip() if isinstance(value, str) else value for name, value in vars(self).items()}
        criteria = [list(vars(one).values()) for one in read_criteria(typed.pop("essential"), typed.pop("desirable"))]
        return {**typed, "criteria": criteria, "independence": list(lines_of(self.independence))}


def suggested_days(today: date, days: SchoolDays) -> dict[str, date]:
    """Days of a competition by field, all of them school days: four weeks to apply, a week to read, a week until the interviews,
    two until whoever is chosen begins.

    Source: evidence H10 (advert in March, in place by June); the lengths are product defaults.
    """
    after = {"opens_on": 1, "closes_on": 29, "shortlist_on": 36, "interviews_on": 43, "in_place_by": 57}
    wanted = {name: today + timedelta(days=many) for name, many in after.items()}
    return {name: days.on_or_after(day) or day for name, day in wanted.items()}


def wrong_with_advert(said: Advert, today: date, published_until: date | None = None) -> dict[str, str]:
    """Each day of a competition comes after the one before, and whoever is chosen is chosen by something that everybody could
    read before. An advert that is published stays open as long as it said, or longer.

    Source: evidence H10 (declared criteria, in place by June); the most criteria and points are product defaults, so that an
    application can be written in an evening. Gives what to do, by field.
    """
    days = [(name, value) for name, value in vars(said).items() if isinstance(value, date)]
    found = {
        name: f"Enter {short_date(before)} or a later day, or change that one"
        for (_, before), (name, day) in pairwise(days)
        if day < before
    }
    if published_until and said.closes_on < published_until:
        found["closes_on"] = f"It was published as open until {short_date(published_until)}: enter that day or a later one"
    elif not published_until and said.closes_on < today:
        found["closes_on"] = "Enter a day that is not over"
    criteria = read_criteria(said.essential, said.desirable)
    if not any(one.is_essential for one in criteria):
        found["essential"] = "Enter at least one thing that is essential, each on its own line"
    elif len(criteria) > MOST_CRITERIA:
        found["essential"] = f"Enter at most {MOST_CRITERIA} criteria in all: there are {len(criteria)}"
    for one in criteria:
        if not 1 <= len(one.words) <= 200 or not 1 <= one.points <= MOST_POINTS:
            found["essential"] = f"Enter at most 200 letters and 1 to {MOST_POINTS} points for each: see “{one.words[:30]}”"
    return found


def erased_with(known: Sequence[str], answers: int, wrote: Sequence[str], was_sent: bool, has_slot: bool) -> list[str]:
    """Whoever withdraws is shown first what is erased: who they are, what they wrote, how it was scored, their interview.

    `known` and `wrote` are what there is of the one and the other, in words. Source: UK GDPR art 17 (erased on request), and
    that nothing is lost by one press. Gives sentences.
    """
    texts = [*([plural(answers, "answer")] if answers else []), *wrote]
    found = [f"Of you: {listed(list(known))}."]
    if texts:
        found.append(f"What you wrote: {listed(texts)}.")
    if was_sent:
        found.append("That you sent it in, and how the panel scored it.")
    return [*found, "The time of your interview: it is free for others then."] if has_slot else found


def missing_before(panel: int, asks_nothing: bool) -> list[str]:
    """What is missing of a competition before its advert is published: it may be published all the same, and seen to later.

    `asks_nothing`: the seat is for somebody independent, and no question on independence is asked. Source: R10 and R17 (a panel,
    at least two scorers), evidence H10 (independence declared). Gives sentences.
    """
    found = []
    if panel < FEWEST_SCORERS:
        who = "Nobody is" if not panel else f"Only {plural(panel, 'person')} is"
        found.append(
            f"{who} on the panel yet: applicants are scored by {FEWEST_SCORERS} people at least. Name them first, or later."
        )
    if asks_nothing:
        found.append("No question on independence is asked, and none can be added once it is published.")
    return found


def is_taking(state: VacancyState, opens_on: date, closes_on: date, now: datetime) -> bool:
    """Applications are taken from the beginning of the first day until midnight at the end of the last, London time.

    Source: architecture ("by 18 March" is before midnight at its end, London); R17, a late one is not taken.
    """
    return state is VacancyState.OPEN and start_of(opens_on) <= now < end_of(closes_on)


def stage_of(state: VacancyState, opens_on: date, closes_on: date, now: datetime) -> AdvertStage:
    """An advert says whether one can still apply, and afterwards how far the competition has come.

    Source: R10, the vacancy on a public page.
    """
    if state is not VacancyState.OPEN:
        return {VacancyState.SHORTLISTED: AdvertStage.MEETING}.get(state) or AdvertStage(state)
    if is_taking(state, opens_on, closes_on, now):
        return AdvertStage.TAKING
    return AdvertStage.READING if now >= end_of(closes_on) else AdvertStage.COMING


def erased_on(decided_on: date, months: int) -> date:
    """What applicants sent is erased so many months after the decision: the time in which somebody may ask why.

    Source: evidence section 4 (election papers six months), UK GDPR 5.1e; Equality Act 2010 s.123 (three months to complain of a
    decision, which a tribunal may extend). A setting.
    """
    return months_later(decided_on, months)


def still_missing(
    name: str,
    answers: Sequence[str],
    criteria: Sequence[Criterion],
    referees: str,
    interests: str,
    said: Sequence[str],
    asked: int,
) -> list[str]:
    """An application is whole when it says who applies, something on every essential criterion, two people who may be asked, the
    interests (or that there are none), and an answer to every question of independence.

    Source: evidence H10 (declared criteria, independence declared). Gives what is still missing, in words.
    """
    pairs = zip(criteria, [*answers, *[""] * len(criteria)], strict=False)
    unsaid = sum(one.is_essential and not answer.strip() for one, answer in pairs)
    open_questions = asked - sum(bool(one) for one in said[:asked])
    found = {
        "your name": not name.strip(),
        f"{plural(unsaid, 'essential criterion', 'essential criteria')}": unsaid,
        "your referees": not referees.strip(),
        "your interests, or that you have none": not interests.strip(),
        f"{plural(open_questions, 'question')} on independence": open_questions,
    }
    return [words for words, is_so in found.items() if is_so]


def wrong_with_outcomes(before: Mapping[str, tuple[str, str]], outcomes: Mapping[str, ApplicationState]) -> str:
    """A shortlist has somebody on it, a decision appoints one at most, and nobody who has heard that they are invited or
    appointed is told otherwise by a letter: they withdraw themselves.

    `before` says of each applicant the name and of which outcome they have heard. Source: evidence H10; product default. Empty
    where all is well.
    """
    chosen = list(outcomes.values())
    if set(outcomes) - set(before):
        return "Somebody has withdrawn meanwhile. Load the page again"
    if chosen.count(ApplicationState.APPOINTED) > 1:
        return "Choose one person to be appointed: others may stay in reserve"
    if chosen and not set(chosen) & {*FINAL, ApplicationState.LISTED}:
        return "Put somebody on the shortlist. If nobody is to be invited, decide without interviews"
    for key, outcome in outcomes.items():
        name, told = before[key]
        uninvited = told == ApplicationState.LISTED and outcome == ApplicationState.NOT_LISTED
        if uninvited or (told == ApplicationState.APPOINTED != outcome):
            return f"{name} has heard otherwise. If they do not want to come any more, ask them to withdraw by their link"
    return ""
