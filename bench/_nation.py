"""A country of partnerships for the benchmarks: the real register, and so many partnerships and people on top of it,
with what they have been sent and owe, and with people who come and go.

Thrown away with its database. Run inside a set-up Django.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle, islice
from typing import Any

PARTNERSHIPS, PEOPLE, READERS, LARGE, SMALL = 2_500, 150_000, 16, 60, 10
STARTED = date(2022, 1, 24)


def populate(many: int = PEOPLE) -> list[tuple[str, str]]:
    """Fill the database with so many people; gives (person's id, partnership's slug) of the managers of the sixteen large
    partnerships."""
    import os

    from django.core.management import call_command

    from alongside.members.schools import commands

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        commands.load_register(nowhere)
    places = _partnerships(max(READERS, PARTNERSHIPS * many // PEOPLE))
    _members(places)
    people = _people(many)
    _calendars(places)
    _invoices()
    _notices(places, people)
    _tidy()
    return _managers(places, people)


def _partnerships(many: int) -> list[Any]:
    from alongside.members.partnerships.models import Partnership
    from alongside.members.partnerships.rules import Template

    return Partnership.objects.bulk_create(
        [
            Partnership(
                slug=f"partnership-{number}",
                name=f"Partnership {number}",
                template=list(Template)[number % 2],
                area="Everywhere",
                contact_email=f"office@partnership-{number}.example",
                started_on=STARTED,
            )
            for number in range(many)
        ],
        batch_size=2_000,
    )


def _members(places: list[Any]) -> None:
    """Sixty schools for each of the first sixteen, ten for each other; all have been asked, and half belong."""
    from alongside.ground.core import clock
    from alongside.members.membership.models import Answer
    from alongside.members.membership.rules.answers import AnswerState
    from alongside.members.partnerships.models import Membership
    from alongside.members.partnerships.rules import Belonging
    from alongside.members.schools.models import School

    schools = School.objects.filter(current__is_open=True, current__is_invented=False).order_by("pk").values_list("pk", flat=True)
    endless = cycle(schools)
    memberships, answers, now = [], [], clock.now()
    for number, place in enumerate(places):
        for turn, school in enumerate(islice(endless, LARGE if number < READERS else SMALL)):
            signed = turn % 2 == 0
            kind = Belonging.MEMBER if signed else Belonging.ASKED
            memberships.append(Membership(partnership=place, school_id=school, kind=kind, from_on=STARTED))
            state = AnswerState.READING if signed else AnswerState.NO_REPLY
            answers.append(Answer(partnership=place, school_id=school, state=state, asked_on=STARTED, changed_at=now))
    Membership.objects.bulk_create(memberships, batch_size=2_000)
    Answer.objects.bulk_create(answers, batch_size=2_000)


def _people(many: int) -> list[Any]:
    """People with one post each, spread over all open schools; some have just come, and some are about to leave."""
    from alongside.ground.core import clock
    from alongside.members.people.models import Person, Role
    from alongside.members.posts.rules import SEEDED, Level
    from alongside.members.schools.models import School

    schools = list(School.objects.filter(current__is_open=True).order_by("pk").values_list("pk", flat=True))
    people = Person.objects.bulk_create(
        [Person(name=f"Person {number}", email=f"person{number}@schools.example") for number in range(many)], batch_size=5_000
    )
    posts, today = cycle(sorted(one.code for one in SEEDED if one.level is not Level.OFFICE)), clock.today()

    def roles() -> Iterator[Role]:
        for number, (person, post) in enumerate(zip(people, posts, strict=False)):
            since = today - timedelta(days=9) if number % 31 == 0 else STARTED
            until = today + timedelta(days=33) if number % 37 == 0 else None
            yield Role(person=person, post=post, school_id=schools[number % len(schools)], from_on=since, until_on=until)

    Role.objects.bulk_create(roles(), batch_size=5_000)
    return people


def _calendars(places: list[Any]) -> None:
    """Two years of six half-terms for every partnership."""
    from alongside.ground.core import clock
    from alongside.ground.core.academic_year import academic_year_of
    from alongside.members.calendar.models import HalfTerm, Year

    this = academic_year_of(clock.today()).start
    years = Year.objects.bulk_create(
        [Year(partnership=place, start=start, is_example=False) for place in places for start in (this, this + 1)],
        batch_size=2_000,
    )
    first = timedelta(days=56)
    begins = {start: date(start, 9, 3) for start in (this, this + 1)}
    HalfTerm.objects.bulk_create(
        [
            HalfTerm(
                year=year,
                number=number,
                first_on=begins[year.start] + (number - 1) * first,
                last_on=begins[year.start] + number * first - timedelta(days=10),
            )
            for year in years
            for number in range(1, 7)
        ],
        batch_size=5_000,
    )


def _invoices() -> None:
    """An invoice for every member, due in three weeks; every third is paid."""
    from alongside.ground.core import clock, keys
    from alongside.members.partnerships.models import Membership
    from alongside.members.partnerships.rules import Belonging
    from alongside.money.budget.models import FeeYear
    from alongside.money.invoices.models.invoices import Claim, Invoice, IssueRun, Series

    today, now = clock.today(), clock.now()
    of: dict[str, list[tuple[str, str, int]]] = {}
    rows = Membership.objects.filter(kind=Belonging.MEMBER).order_by("pk")
    for place, *school in rows.values_list("partnership_id", "school_id", "school__current__name", "school__current__urn"):
        of.setdefault(place, []).append((school[0], school[1], school[2]))
    many, fee = len(of), 150_000
    series = [Series(partnership_id=place, prefix=f"P{number}", last=len(of[place])) for number, place in enumerate(of)]
    claims = [Claim(partnership_id=place, kind="fee", row=keys.new_key(), words="Fee for year 1", asked_at=now) for place in of]
    years = [
        FeeYear(pk=one.row, claim=one, partnership_id=one.partnership_id, number=1, amount=fee, opened_at=now) for one in claims
    ]
    runs = [
        IssueRun(
            claim=year.claim,
            partnership_id=year.partnership_id,
            issued_on=today,
            count=len(of[year.partnership_id]),
            first=1,
            last=len(of[year.partnership_id]),
        )
        for year in years
    ]
    for model, made in ((Series, series), (Claim, claims), (FeeYear, years), (IssueRun, runs)):
        model.objects.bulk_create(made, batch_size=2_000)
    assert many == len(runs)
    Invoice.objects.bulk_create(
        [
            Invoice(
                partnership_id=run.partnership_id,
                claim=run.claim,
                run=run,
                school_id=school,
                series=one,
                number=number,
                reference=f"{one.prefix}-{number:04}",
                issuer="partnership",
                issued_on=today,
                due_on=today + timedelta(days=21),
                supplier={},
                payer_name=name,
                school_name=name,
                school_urn=urn,
                total=fee,
                facts_hash="",
                issued_at=now,
                paid=fee if number % 3 == 0 else 0,
            )
            for run, one in zip(runs, series, strict=True)
            for number, (school, name, urn) in enumerate(of[run.partnership_id], 1)
        ],
        batch_size=2_000,
    )


def _notices(places: list[Any], people: list[Any]) -> None:
    """A message to every second person, from some partnership's office; half are read."""
    from alongside.ground.core import clock
    from alongside.members.notices.models import Notice
    from alongside.members.notices.rules.messages import NoticeState

    now = clock.now()
    Notice.objects.bulk_create(
        [
            Notice(
                kind="membership.invitation",
                to=person.email,
                person=person.pk,
                subject="A word from your partnership",
                body="Dear all",
                partnership=places[number % len(places)],
                written_at=now - timedelta(minutes=number),
                state=NoticeState.SENT,
                sent_at=now,
                read_at=now if number % 2 else None,
            )
            for number, person in enumerate(people[::2])
        ],
        batch_size=5_000,
    )


def _tidy() -> None:
    """What PostgreSQL does by itself within minutes of so many new rows: know how many there are of each."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _managers(places: list[Any], people: list[Any]) -> list[tuple[str, str]]:
    from alongside.ground.core.standing import Post
    from alongside.members.people.models import Role

    managers = list(zip(people, places, strict=False))
    Role.objects.bulk_create(
        [Role(person=person, post=Post.MANAGER, partnership=place, from_on=STARTED) for person, place in managers],
        batch_size=2_000,
    )
    return [(person.pk, place.slug) for person, place in managers[:READERS]]
