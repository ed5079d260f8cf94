"""What waits for whom in elections, and what is dated."""

from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from alongside.deciding.elections.models import Candidate, Election, SchoolVote, Scrutineer
from alongside.deciding.elections.queries.internal import is_there_still
from alongside.deciding.elections.rules.standing import OPENERS, CandidateState, ElectionState
from alongside.ground.core.standing import Standing
from alongside.ground.web.needs import as_dates, as_needs

BODY = {"slug": "election__partnership__slug", "partnership": "election__partnership__name", "label": "election__body__name"}


def needs(*, viewer: Standing, on: date) -> list[QuerySet[Any]]:
    """A vote to cast, a nomination to answer, a box to watch or to open; the office's next step; scrutineers who have left."""
    me = viewer.person or "-"
    polling = {"election__state": ElectionState.BALLOT, "election__opens_on__lte": on, "election__closes_on__gte": on}
    votes = SchoolVote.objects.visible_to(viewer).filter(**polling, person=me, voted=False)
    asked = Candidate.objects.visible_to(viewer).filter(person=me, state=CandidateState.ASKED)
    asked = asked.filter(contest__election__state=ElectionState.NOMINATIONS, contest__election__nominations_until__gte=on)
    watching = Scrutineer.objects.visible_to(viewer).filter(person=me, partnership__in=viewer.homes)
    nominated = {
        "slug": "partnership__slug", "partnership": "partnership__name", "label": "contest__title",
        "due_on": "contest__election__nominations_until",
    }  # fmt: skip
    parts = [
        as_needs(votes, "elections.vote", **BODY, key="election_id", due_on="election__closes_on"),
        as_needs(asked, "elections.nominated", **nominated),
        as_needs(watching.filter(election__state=ElectionState.STANDING, rehearsed_at=None), "elections.watch", **BODY),
        as_needs(watching.filter(election__state=ElectionState.BOXED), "elections.open", **BODY, key="election_id"),
    ]
    if viewer.offices:
        rows = Election.objects.visible_to(viewer).filter(partnership__in=viewer.offices)
        ripe = Q(state=ElectionState.NOMINATIONS, nominations_until__lt=on) | Q(state=ElectionState.STANDING)
        ripe |= Q(state=ElectionState.BALLOT, closes_on__lt=on)
        unseated = Candidate.objects.filter(place__isnull=False, seat="", state=CandidateState.STANDS)
        unseated = unseated.filter(contest__election__state=ElectionState.DECLARED)
        ripe |= Q(pk__in=unseated.values("contest__election"))
        parts.append(as_needs(rows.filter(ripe), "elections.step", label="body__name"))
        parts.append(as_needs(_unwatched(rows, on), "elections.unwatched", label="body__name"))
    return parts


def _unwatched(rows: QuerySet[Election], on: date) -> QuerySet[Election]:
    """Elections one of whose scrutineers has left before the ballot, or of whose three too few are left to open the box."""
    of = Scrutineer.objects.filter(election=OuterRef("pk")).order_by()
    left = of.filter(is_there_still(on)).values("election").annotate(many=Count("pk")).values("many")
    rows = rows.alias(left=Coalesce(Subquery(left, output_field=IntegerField()), 0))
    gone = Q(Exists(of.exclude(is_there_still(on))), state=ElectionState.STANDING)
    return rows.filter(gone | Q(left__lt=OPENERS, state__in=(ElectionState.BALLOT, ElectionState.BOXED)))


def dates(*, viewer: Standing, start: date, end: date) -> list[QuerySet[Any]]:
    """The last day of nominations and of the ballot, of the elections of one's schools and offices."""
    seen = Election.objects.visible_to(viewer)
    off = Case(When(state=ElectionState.OFF, then=Value(True)), default=Value(False), output_field=BooleanField())
    said = {"label": "body__name", "is_cancelled": off}
    ballots = seen.filter(closes_on__range=(start, end)).exclude(state=ElectionState.NOMINATIONS).exclude(opens_at=None)
    nominations = seen.filter(nominations_until__range=(start, end))
    return [
        as_dates(nominations, "elections.nominations", **said, first_on="nominations_until"),
        as_dates(ballots, "elections.ballot", **said, first_on="closes_on"),
    ]
