"""Who hears of a step of an election, how many they are, and how it reads, before it is written."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.urls import reverse

from alongside.deciding.elections.models import Election
from alongside.deciding.elections.queries.internal import (
    candidates_in,
    electorate,
    heard,
    nomination_words,
    voter_words,
    who_hears_result,
)
from alongside.ground.core.standing import Standing
from alongside.ground.web.mail import written


class StepMail(NamedTuple):
    """A mail of an election before it goes: to how many people, and as the first of them reads it, where there is one."""

    people: int
    name: str = ""
    subject: str = ""
    body: str = ""
    schools: int = 0
    nobody_at: int = 0  # schools at which nobody hears


def _ahead(
    template: str, election: Election, people: int, name: str, words: dict[str, object], of: int, without: int = 0
) -> StepMail:
    link = settings.ADDRESS + reverse("elections:election", args=[election.partnership.slug, election.pk])
    greeting = {"addressee": name, "contact": election.partnership.contact_email}
    return StepMail(people, name, *written(template, {**greeting, **words, "link": link}), of, without)


def nominations_ahead(election: Election, titles: Sequence[str], *, viewer: Standing) -> StepMail:
    """That nominations are open, as heads of member schools read it; the election need not be called yet."""
    heads = candidates_in(election)
    for first in heads:
        people, schools = len({one.person for one in heads}), len({one.school for one in heads})
        words = nomination_words(election, list(dict.fromkeys(titles)))
        return _ahead("elections/nominate.txt", election, people, first.name, words, schools)
    return StepMail(0)


def votes_ahead(election: Election, *, viewer: Standing) -> StepMail:
    """That a ballot is open, as whoever would hold a school's vote reads it if the roll were frozen now."""
    voters = electorate(election.partnership)
    without = sum(not one.person for one in voters)
    people = {one.person for one in voters if one.person}
    for first in (one for one in voters if one.person):
        words = voter_words(election, [one.name for one in voters if one.person == first.person])
        return _ahead("elections/vote.txt", election, len(people), first.person_name, words, len(voters), without)
    return StepMail(0, schools=len(voters), nobody_at=without)


def reminder_ahead(election: Election, *, viewer: Standing) -> StepMail:
    """The reminder to whoever holds a vote that is not cast, and was not reminded before."""
    rows: Any = election.votes.filter(voted=False).annotate(was_reminded=heard("elections/remind.txt", election))
    left = list(rows.order_by("urn"))
    waiting = [one for one in left if one.person and not one.was_reminded]
    for first in waiting:
        words = voter_words(election, [one.school_name for one in left if one.person == first.person])
        people = len({one.person for one in waiting})
        return _ahead("elections/remind.txt", election, people, first.person_name, words, len(left))
    return StepMail(0, schools=len(left))


def holders_told(election: Election, *, viewer: Standing) -> int:
    """How many people hold a vote of an election."""
    return election.votes.exclude(person="").values("person").distinct().count()


def hear_result(election: Election, *, viewer: Standing) -> set[str]:
    """Who hears the result of an election that is declared."""
    return set(who_hears_result(election))
