"""Retention that runs: each rule takes what it names, when its time has come, and nothing that is held."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.storage import storages

from alongside.across.home.models import Feed
from alongside.across.keeping import queries, tasks
from alongside.across.keeping.actions import retention
from alongside.across.keeping.models import HeldThing
from alongside.across.keeping.rules.erasure import LEFT
from alongside.across.keeping.rules.periods import PERIODS, KeptFor, Subject, in_force
from alongside.across.keeping.tests import make
from alongside.across.keeping.tests.conftest import Place
from alongside.deciding.elections.tests.make import listed_ballots
from alongside.ground.audit.models import Event
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.tests.make import usual
from alongside.ground.core.verdict import Refused
from alongside.ground.files import actions as files
from alongside.ground.files.models import StoredFile
from alongside.ground.files.rules import Paper
from alongside.members.diary.models import DiaryDate
from alongside.members.mail.models import Mail
from alongside.members.mail.rules.files import kind_of_files
from alongside.members.membership.models import Contact
from alongside.members.notices.models import Notice
from alongside.members.people.models import Invitation, Person, SignIn
from alongside.members.people.rules.roles import Purpose
from tests.figures import Figure

START = date(2022, 3, 8)


def everything(place: Place) -> Person:
    """One thing for each rule, made on 8 March 2022, the last day of the person's post."""
    person, now = make.somebody(place.school, until_on=START), clock.now()
    Session.objects.create(session_key="s" * 32, session_data="x", expire_date=now)
    SignIn.objects.create(person=person, device="x", how="code", began_at=now, seen_at=now, ended_at=now)
    Invitation.objects.create(
        email=make.ADDRESS, name=make.NAME, post=Post.HEAD, school=place.school, partnership=place.partnership,
        purpose=next(iter(Purpose)), token_hash="a", code_hash="b", made_at=now, expires_at=now,
    )  # fmt: skip
    Notice.objects.create(
        kind="x", to=make.ADDRESS, subject=make.NAME, body="own words of zq", partnership=place.partnership, school=place.school,
        written_at=now, sent_at=now, state="sent",
    )  # fmt: skip
    Contact.objects.create(
        partnership=place.partnership, school=place.school, how="phone", spoke_to=make.NAME, words="own words of zq", at=now
    )
    mail = Mail.objects.create(
        partnership=place.partnership, sender=make.ADDRESS, name=make.NAME, subject=make.NAME, words="own words of zq",
        whole="own words of zq", mark="x", came_at=now, state="done",
    )  # fmt: skip
    files.keep_file(
        key=keys.new_key(), partnership=place.partnership.pk, name="b.txt", data=b"x", kind=kind_of_files(mail.pk), by=make.SYSTEM
    )
    Feed.objects.create(person=person, secret_hash="x", made_at=now, ended_at=now)
    DiaryDate.objects.create(
        person=person, partnership=place.partnership, uid="x", organiser="x", digest="x", times="x", first_sent_at=now,
        first_on=START, last_on=START, comment="own words of zq",
    )  # fmt: skip
    listed_ballots(place.partnership, text="a ballot of zq", at=now)
    for kind in (Paper.OTHER, Paper.SUPPLIER_EVIDENCE):
        paper = files.keep_file(
            key=keys.new_key(), partnership=place.partnership.pk, name="a.txt", data=kind.value.encode(), title="A", kind=kind,
            audience=files.Readers.OFFICE, by=make.SYSTEM,
        )  # fmt: skip
        files.take_out_file(file=paper, by=make.SYSTEM)
    make.applied(place.partnership, erase_on=START, is_written_to=False)
    return person


def swept(on: date, **how: Any) -> dict[Subject, int]:
    """How many of each subject go on a day."""
    with clock.at(make.at(on)):
        return {one.period.subject: len(one.rows) for one in retention.sweep(by=make.SYSTEM, **how) if one.rows}


@pytest.mark.parametrize(
    "period", [one for one in PERIODS if one.subject not in {Subject.STRAYS, Subject.QUERIES}], ids=lambda p: p.subject
)
def test_each_rule_takes_what_it_names_on_its_day_and_not_before(place: Place, period: KeptFor) -> None:
    everything(place)
    last = START + timedelta(days=period.days)
    with clock.at(make.at(last)):
        due = queries.due(period, queries.held(viewer=make.SYSTEM), viewer=make.SYSTEM)
        assert not due.exists(), "too early"
    with clock.at(make.at(last + timedelta(days=1))):
        due = queries.due(period, queries.held(viewer=make.SYSTEM), viewer=make.SYSTEM)
        assert due.count() == 1


def test_ten_years_later_nothing_personal_is_left(place: Place, figure: Figure, django_capture_on_commit_callbacks: Any) -> None:
    person = everything(place)
    stored = list(StoredFile.objects.values_list("stored_as", flat=True))
    told = swept(START + timedelta(days=3_650), dry_run=True)
    before = make.found_in(make.dump())
    with django_capture_on_commit_callbacks(execute=True):
        gone = swept(START + timedelta(days=3_650))
    left = make.found_in(make.dump())
    figure("promise 30", f"retention after ten years: {len(before)} hits before, {len(left)} after, by {len(gone)} rules")
    assert gone == told
    assert set(gone) == {one.subject for one in PERIODS} - {Subject.STRAYS, Subject.QUERIES}
    assert len(before) > 6 and not left, "\n".join(left)
    person.refresh_from_db()
    assert person.name == LEFT and not any(storages["files"].exists(name) for name in stored)
    assert not swept(START + timedelta(days=3_651)), "what is gone goes once"


@pytest.mark.parametrize("what", list(HeldThing))
def test_what_is_held_stays(place: Place, what: HeldThing, figure: Figure) -> None:
    person = everything(place)
    row = {"person": person.pk, "school": place.school.pk, "partnership": place.partnership.pk}[what]
    before = make.dump()
    retention.hold(what=what, row=row, reason="A dispute", by=make.SYSTEM)
    gone = swept(START + timedelta(days=3_650), dry_run=True)
    of_person = {Subject.SIGN_INS, Subject.LEAVERS, Subject.FEEDS, Subject.DIARY}
    of_school = {Subject.INVITATIONS, Subject.MESSAGES, Subject.CONTACTS}
    safe = {
        HeldThing.PERSON: of_person
        | {Subject.MESSAGES, Subject.MAIL, Subject.WHOLE_MAIL, Subject.MAIL_FILES, Subject.APPLICATIONS},
        HeldThing.SCHOOL: of_person | of_school,
        HeldThing.PARTNERSHIP: of_school
        | {
            Subject.FILES,
            Subject.FINANCE_FILES,
            Subject.MAIL,
            Subject.WHOLE_MAIL,
            Subject.MAIL_FILES,
            Subject.DIARY,
            Subject.APPLICATIONS,
        }
        | {Subject.BALLOTS},
    }[what]
    wrongly = safe & set(gone)
    figure("promise 30", f"a {what.value} is held: {len(safe)} kinds of things of theirs, {len(wrongly)} wrongly erased")
    assert not wrongly and before["people.Person"] == make.dump()["people.Person"]
    retention.lift_hold(what=what, row=row, by=make.SYSTEM)
    assert safe <= set(swept(START + timedelta(days=3_650), dry_run=True)), "without the hold they would go"


def test_bytes_without_a_file_are_swept_and_others_stay(place: Place, django_capture_on_commit_callbacks: Any) -> None:
    stray = Path(settings.VAR) / "files" / "zz" / "stray"
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_bytes(b"x")
    paper = files.keep_file(
        key=keys.new_key(), name="a.txt", data=b"a", kind="other", partnership=place.partnership.pk, by=make.SYSTEM
    )
    tomorrow, later = date.today() + timedelta(days=1), date.today() + timedelta(days=4)
    with clock.at(make.at(tomorrow)):
        assert "zz/stray" not in queries.strays(2, viewer=make.SYSTEM)
    with clock.at(make.at(later)), django_capture_on_commit_callbacks(execute=True):
        assert "zz/stray" in queries.strays(2, viewer=make.SYSTEM)
        tasks.sweep()
    assert not stray.exists() and storages["files"].exists(paper.stored_as)


def test_a_rule_holds_from_its_day_on() -> None:
    shorter = KeptFor(Subject.MESSAGES, "x", 10, "x", "x", from_on=date(2024, 1, 1))
    assert in_force(date(2023, 12, 31), [*PERIODS, shorter])[Subject.MESSAGES].days == 400
    assert in_force(date(2024, 1, 1), [shorter, *PERIODS])[Subject.MESSAGES].days == 10


def test_every_subject_has_its_rule_and_its_source() -> None:
    assert set(in_force(date(2022, 3, 8))) == set(Subject)
    assert all(period.source and period.what and period.after for period in PERIODS)


def test_nobody_but_the_installation_sweeps(place: Place) -> None:
    manager = Standing("p1", "", frozenset({usual(Post.MANAGER, partnership=place.partnership.pk)}))
    for dry_run in (True, False):
        with pytest.raises(Refused):
            retention.sweep(dry_run=dry_run, by=manager)


def test_what_applicants_sent_goes_on_its_day_and_the_log_says_how_many(place: Place, figure: Figure) -> None:
    applied = make.applied(place.partnership, erase_on=START)
    before = make.found_in(make.dump())
    assert swept(START) == {} and len(before) > 10
    assert swept(START + timedelta(days=1)) == {Subject.APPLICATIONS: 1}
    left = make.found_in(make.dump())
    figure("promise 30", f"an application erased on its day: {len(before)} hits of the applicant before, {len(left)} after")
    assert not left, "\n".join(left)
    applied.vacancy.refresh_from_db()
    assert (applied.vacancy.erased, applied.vacancy.erased_on, applied.vacancy.reason) == (1, date(2022, 3, 9), "")
    told = Event.objects.get(act="recruitment.erase")
    assert (told.row, told.partnership, told.facts) == (applied.vacancy_id, place.partnership.pk, {"applications": 1})
