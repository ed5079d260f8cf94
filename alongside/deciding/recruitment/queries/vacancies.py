"""Adverts, competitions and their panels, and what they ask of whom."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Case, Count, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Concat, TruncDate
from django.urls import reverse

from alongside.deciding.bodies.models import Seat, Tenure
from alongside.deciding.bodies.queries.composition import composition, there_on
from alongside.deciding.bodies.rules.kinds import Duty, Filling
from alongside.deciding.elections.permissions import may_call_election
from alongside.deciding.elections.queries.internal import ELECTED_ELSEWHERE, is_filled
from alongside.deciding.recruitment.models import Application, InterviewSlot, PanelMember, Score, Tie, Vacancy
from alongside.deciding.recruitment.models.vacancies import GOING_ON, run_by, sent_in
from alongside.deciding.recruitment.permissions import may_run_competition, may_see_competitions
from alongside.deciding.recruitment.rules.scoring import Round
from alongside.deciding.recruitment.rules.vacancies import OUTCOMES, UNSUCCESSFUL, ApplicationState, VacancyState, held_until
from alongside.ground.core import clock
from alongside.ground.core.declaration import Beside, Figures
from alongside.ground.core.standing import Power, Standing
from alongside.ground.core.verdict import Verdict
from alongside.ground.core.words import plural, short_date
from alongside.ground.web.needs import as_dates, as_needs, figure
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Person
from alongside.members.people.queries.roles import as_held, standing_by_id

HOME = {
    "slug": "vacancy__partnership__slug",
    "partnership": "vacancy__partnership__name",
    "key": "vacancy",
    "label": "vacancy__title",
}


def adverts_of(partnership: Partnership, *, viewer: Standing) -> list[Vacancy]:
    """The seats that a partnership advertises, or has lately filled: for everybody to read."""
    shown = Vacancy.objects.published().filter(partnership=partnership, erased_on=None).select_related("seat__body")
    return list(shown.order_by("-published_on", "pk"))


def shows_some() -> Exists:
    """Whether one can apply for a seat of the partnership of a row now, for its public page."""
    return Exists(Vacancy.objects.taking(clock.today()).filter(partnership=OuterRef("partnership")))


def advert_of(partnership: Partnership, key: str, *, viewer: Standing) -> Vacancy | None:
    """One advert, for everybody to read."""
    found = Vacancy.objects.published().filter(partnership=partnership, pk=key)
    return found.select_related("seat__body", "partnership").first()


def competitions_of(partnership: Partnership, *, viewer: Standing) -> QuerySet[Vacancy]:
    """The competitions of a partnership of which the viewer knows, the newest first: each with how many have `received` sent in
    (from whom is for the panel alone to know), and who runs it by name (`run_by`)."""
    sent = Count("applications", ~Q(applications__state=ApplicationState.DRAFT))
    runner = Person.objects.filter(pk=OuterRef("runner")).values("name")
    there = Vacancy.objects.visible_to(viewer).filter(partnership=partnership)
    there = there.select_related("seat__body__partnership", "partnership")
    return there.annotate(received=sent, run_by=Subquery(runner)).order_by("-opens_on", "pk")


def panel_of(vacancy: Vacancy, *, viewer: Standing) -> list[PanelMember]:
    """Who is on the panel, by name."""
    return list(PanelMember.objects.visible_to(viewer).filter(vacancy=vacancy, ended_on=None).order_by("name", "pk"))


def on_panel(vacancy: Vacancy, person: str, *, viewer: Standing) -> bool:
    """Whether somebody is on the panel."""
    return PanelMember.objects.filter(vacancy=vacancy, person=person, ended_on=None).exists()


def has_applied(vacancy: Vacancy, *, viewer: Standing) -> bool:
    """Whether the viewer has applied for the seat themselves, from the address with which they sign in."""
    address = Person.objects.filter(pk=viewer.person or "-", email__isnull=False).values("email")
    return bool(viewer.person) and sent_in(vacancy=vacancy, email__in=address).exists()


def may_run(vacancy: Vacancy, *, viewer: Standing) -> Verdict:
    """Whether the viewer runs a competition today."""
    applies = vacancy.runner == viewer.person and has_applied(vacancy, viewer=viewer)
    return may_run_competition(viewer, **vacancy.facts(), runner=vacancy.runner, has_applied=applies)


def stands_still(vacancy: Vacancy, *, viewer: Standing) -> bool:
    """Whether nobody runs a competition that is not over, for who may take it over: whoever did has left, or may not any more."""
    if vacancy.decided_on or may_run(vacancy, viewer=viewer):
        return False
    runner = standing_by_id(vacancy.runner)
    return runner is None or not may_run(vacancy, viewer=runner)


def seats_to_advertise(partnership: Partnership, *, viewer: Standing) -> QuerySet[Seat]:
    """The seats that are filled by open competition or by co-opting, of the bodies that the viewer keeps."""
    there = Seat.objects.visible_to(viewer).filter(partnership=partnership, until_on=None, sits_by="", body__ended_on=None)
    kept = there if viewer.runs(partnership.pk) else there.filter(body__in=viewer.bodies(Power.CLERK))
    return (
        kept.filter(filling__in=[Filling.COMPETITION, Filling.CO_OPTED]).select_related("body").order_by("body__name", "position")
    )


def people_of_body(vacancy: Vacancy, *, viewer: Standing) -> list[tuple[str, str]]:
    """(person, name) of those who sit on the body and have an account."""
    found = {one.person: one.name for one in composition(vacancy.seat.body, viewer=viewer).sitting if one.person}
    return sorted(found.items(), key=lambda one: one[1])


def held_by(*, person: str, on: date) -> list[QuerySet[Any]]:
    """The panels on which somebody sits, as `people` reads them with their roles: while the competition goes on, and unless they
    have applied for the seat."""
    rows = PanelMember.objects.sitting().filter(person=person, vacancy__state__in=["draft", *GOING_ON])
    said = {"body": "vacancy_id", "partnership": "partnership_id", "title": "vacancy__title"}
    return [as_held(rows.annotate(duty=Value("panel")), duty="duty", **said)]


def seats_advertised(*, rows: Collection[str], viewer: Standing) -> dict[str, Beside]:
    """The competitions under way for those seats, as the page of their body names them: with their own page for who runs or
    scores them, the advert for everybody else; and for whoever keeps the body, what fills a seat that is to be filled: an
    election, or an advert. Two queries."""
    known = Exists(Vacancy.objects.visible_to(viewer).filter(pk=OuterRef("pk")))
    going_on = Vacancy.objects.filter(seat__in=rows, state__in=GOING_ON).exclude(published_on=None).annotate(known=known)
    to_fill = unfollowed_seats(clock.today(), viewer=viewer).filter(pk__in=rows).select_related("partnership")
    filled_by = {one.pk: how for one in to_fill if (how := _what_fills(one, viewer))}
    there = {one.seat_id: _under_way(one, one.known) for one in going_on.select_related("partnership").order_by("published_on")}
    return filled_by | there


def unfollowed_seats(on: date, *, viewer: Standing) -> QuerySet[Seat]:
    """The places of the bodies that the viewer keeps that nobody holds for longer than sixty days, where neither an election nor
    an advert is under way to fill them."""
    kept = Q(partnership__in=viewer.offices) | Q(body__in=viewer.bodies(Power.CLERK))
    stays = Q(until_on=None) | Q(until_on__gt=held_until(on))
    held = Tenure.objects.filter(stays, seat=OuterRef("pk"), is_acting=False, is_struck=False)
    advertised = Vacancy.objects.filter(seat=OuterRef("pk"), state__in=["draft", *GOING_ON])
    rows = Seat.objects.filter(kept, there_on(on), stays, sits_by="", body__ended_on=None)
    rows = rows.exclude(duty=Duty.CLERK).exclude(filling=Filling.CHOSEN)
    return rows.exclude(Exists(held)).exclude(is_filled()).exclude(Exists(advertised))


def _what_fills(seat: Seat, viewer: Standing) -> Beside | None:
    slug = seat.partnership.slug
    if seat.filling in {Filling.COMPETITION, Filling.CO_OPTED}:
        return Beside("Advertise it", reverse("recruitment:add_vacancy", args=[slug]))
    by_schools = seat.filling == Filling.ELECTED and seat.seat_for not in ELECTED_ELSEWHERE
    if by_schools and may_call_election(viewer, seat.partnership_id):
        return Beside("Call an election", reverse("elections:call_election", args=[slug, seat.body_id]))
    return None


def _under_way(vacancy: Any, known: bool) -> Beside:
    is_open = vacancy.state == VacancyState.OPEN and vacancy.closes_on >= clock.today()
    words = f"Advertised: apply by {short_date(vacancy.closes_on)}" if is_open else "Advertised: applications are closed"
    page = "recruitment:competition" if known else "recruitment:advert"
    return Beside(words, reverse(page, args=[vacancy.partnership.slug, vacancy.pk]))


def competitions_stand(*, partnership: Partnership, viewer: Standing) -> Figures | None:
    """How many seats are advertised; no place for who is only asked to join."""
    if not may_see_competitions(viewer, partnership.pk):
        return None
    taking = Vacancy.objects.taking(clock.today()).filter(partnership=partnership)

    def words(taking: int) -> str:
        return f"{plural(taking, 'seat')} open for applications" if taking else "No seat is advertised now"

    return Figures({"taking": figure(taking)}, words)


def needs(*, viewer: Standing, on: date) -> list[QuerySet[Any]]:
    """What waits for the panel, to be scored; for who runs a competition: to see to it, letters, feedback, the seat, what
    is to be agreed on again."""
    mine = Vacancy.objects.filter(run_by(viewer))
    parts: list[QuerySet[Any]] = []
    if panels := viewer.bodies(Power.ASSESS):
        parts.append(_of_panel(viewer, panels, on))
    if not (viewer.offices or viewer.bodies(Power.CLERK)):
        return parts
    said = {"label": "title"}
    due = Case(When(state="open", then=F("shortlist_on")), default=F("in_place_by"), output_field=DateField())
    parts.append(as_needs(mine.filter(state__in=GOING_ON, closes_on__lt=on), "recruitment.see_to", **said, due_on=due))
    unseated = mine.filter(state="decided", tenure="", applications__state="appointed", applications__told="appointed")
    parts.append(as_needs(unseated, "recruitment.to_seat", **said, due_on="in_place_by"))
    runs = Application.objects.filter(vacancy__in=mine.values("pk"))
    untold = runs.filter(state__in=[one.value for one in OUTCOMES]).exclude(told=F("state")).exclude(vacancy__state="stopped")
    again = runs.filter(vacancy__state__in=GOING_ON).exclude(taken_back=[])
    asked = runs.filter(feedback_asked_on__isnull=False, feedback="", told__in=[one.value for one in UNSUCCESSFUL])
    counted = ((untold, "recruitment.letters"), (asked, "recruitment.feedback"), (again, "recruitment.to_agree"))
    return [*parts, *(_counted(rows, what) for rows, what in counted)]


def seats_waiting(*, viewer: Standing, on: date) -> list[QuerySet[Any]]:
    """For whoever keeps a body: its vacant seats, and the terms that end within sixty days, for which nothing is under way."""
    seats = unfollowed_seats(on, viewer=viewer)
    held = Tenure.objects.lasting(on).filter(is_acting=False)
    said = {"slug": "partnership__slug", "partnership": "partnership__name", "key": "body", "label": "body__name"}
    vacant = seats.exclude(Exists(held.filter(seat=OuterRef("pk")))).order_by()
    by_body = vacant.values(*said.values()).annotate(many=Count("pk"))
    ends = held.filter(seat__in=seats.values("pk"))
    words = Concat("holder__name", Value(", "), "seat__title", Value(", "), "seat__body__name")
    return [
        as_needs(by_body, "recruitment.vacant", **said, number="many"),
        as_needs(ends, "recruitment.term_ends", key="seat__body", label=words, due_on="until_on"),
    ]


def _counted(rows: QuerySet[Any], what: str) -> QuerySet[Any]:
    return as_needs(rows.order_by().values(*HOME.values()).annotate(many=Count("pk")), what, **HOME, number="many")


def _of_panel(viewer: Standing, panels: frozenset[str], on: date) -> QuerySet[Any]:
    """The applications that somebody has still to score: once the closing day is over, and once they have been met."""
    mine = {"application": OuterRef("pk"), "member__person": viewer.person}
    tied = Tie.objects.filter(**mine, member__ended_on=None, is_tied=True)
    given = {turn: Exists(Score.objects.filter(**mine, round=turn.value)) for turn in Round}
    paper = Q(~given[Round.PAPER], vacancy__state="open", state="sent", vacancy__closes_on__lt=on)
    met = {"slot__starts_at__lt": clock.end_of(on)}
    interview = Q(~given[Round.INTERVIEW], vacancy__state="shortlisted", state="listed", **met)
    return _counted(Application.objects.filter(~Exists(tied), paper | interview, vacancy__in=panels), "recruitment.to_score")


def dates(*, viewer: Standing, start: date, end: date) -> list[QuerySet[Any]]:
    """For the panel and who runs a competition: when it closes, and the interviews, without a name."""
    mine = Q(run_by(viewer)) | Q(pk__in=viewer.bodies(Power.ASSESS))
    there = Vacancy.objects.filter(mine).exclude(published_on=None)
    over = Case(When(state="stopped", then=Value(True)), default=Value(False))
    closes = there.filter(closes_on__range=(start, end))
    slots = InterviewSlot.objects.filter(vacancy__in=there.values("pk"), application__isnull=False)
    slots = slots.filter(starts_at__gte=clock.start_of(start), starts_at__lt=clock.end_of(end))
    day = {"first_on": TruncDate("starts_at", tzinfo=clock.LONDON), "starts_at": "starts_at"}
    return [
        as_dates(closes, "recruitment.closes", label="title", first_on="closes_on", is_cancelled=over),
        as_dates(slots, "recruitment.interview", **{**HOME, "key": "pk"}, **day, place="place"),
    ]
