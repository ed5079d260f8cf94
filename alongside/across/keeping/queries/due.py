"""What the retention rules would take today."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.core.files.storage import Storage, storages
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from alongside.across.home.models import Feed
from alongside.across.keeping.queries.holding import OnHold
from alongside.across.keeping.rules.erasure import LEFT
from alongside.across.keeping.rules.periods import KeptFor, Subject
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.files.models import StoredFile
from alongside.ground.files.rules import FileState, Paper
from alongside.members.membership.models import Contact
from alongside.members.notices.models import Notice
from alongside.members.people.models import Invitation, Person, Role, SignIn
from alongside.members.people.rules.roles import InvitationState
from alongside.money.invoices.models.invoices import Query


@dataclass(frozen=True)
class Due:
    """Rows whose time is over; `blank` are the columns that are emptied, and where there are none the rows go."""

    period: KeptFor
    rows: QuerySet[Any]
    blank: tuple[str, ...] = ()


def due(period: KeptFor, held: OnHold, *, viewer: Standing) -> Due:
    """What goes by one rule today; nothing that is held."""
    end = clock.start_of(period.before(clock.today()))
    finder = {
        Subject.SESSIONS: _sessions,
        Subject.SIGN_INS: _sign_ins,
        Subject.INVITATIONS: _invitations,
        Subject.MESSAGES: _messages,
        Subject.QUERIES: _queries,
        Subject.CONTACTS: _contacts,
        Subject.FEEDS: _feeds,
        Subject.LEAVERS: _leavers,
        Subject.FILES: _files,
        Subject.FINANCE_FILES: _finance_files,
    }[period.subject]
    rows, *blank = finder(end, held)
    return Due(period, rows.order_by("pk"), tuple(blank))


def _sessions(end: datetime, held: OnHold) -> tuple[Any, ...]:
    return (Session.objects.filter(expire_date__lt=end),)


def _sign_ins(end: datetime, held: OnHold) -> tuple[Any, ...]:
    over = SignIn.objects.alias(over_at=Coalesce("ended_at", "seen_at"))
    return (over.filter(over_at__lt=end).exclude(person__in=held.people),)


def _invitations(end: datetime, held: OnHold) -> tuple[Any, ...]:
    rows = Invitation.objects.exclude(state=InvitationState.ACCEPTED)
    over = rows.filter(Q(closed_at__lt=end) | Q(closed_at=None, expires_at__lt=end))
    return (over.exclude(school__in=held.schools).exclude(partnership__in=held.partnerships),)


def _messages(end: datetime, held: OnHold) -> tuple[Any, ...]:
    rows = Notice.objects.filter(written_at__lt=end).exclude(body="").exclude(person__in=held.people)
    rows = rows.exclude(to__in=held.addresses).exclude(school__in=held.schools).exclude(partnership__in=held.partnerships)
    return rows.exclude(state__in=["waiting", "gathered"]), "to", "subject", "body", "link", "sealed", "problem"


def _queries(end: datetime, held: OnHold) -> tuple[Any, ...]:
    rows = Query.objects.filter(answered_at__lt=end).exclude(name=LEFT, email="")
    held_here = Q(invoice__school__in=held.schools) | Q(invoice__partnership__in=held.partnerships)
    return rows.exclude(held_here), "name", "email"


def _contacts(end: datetime, held: OnHold) -> tuple[Any, ...]:
    rows = Contact.objects.filter(at__lt=end).exclude(spoke_to="", words="")
    return rows.exclude(school__in=held.schools).exclude(partnership__in=held.partnerships), "spoke_to", "words"


def _feeds(end: datetime, held: OnHold) -> tuple[Any, ...]:
    return (Feed.objects.filter(ended_at__lt=end).exclude(person__in=held.people),)


def _leavers(end: datetime, held: OnHold) -> tuple[Any, ...]:
    """Persons whose last post ended before the day, who have not signed in since, and who are not erased already."""
    day = end.astimezone(clock.LONDON).date()
    lasting = Role.objects.filter(Q(until_on=None) | Q(until_on__gte=day), person=OuterRef("pk"))
    ever = Role.objects.filter(person=OuterRef("pk"))
    rows = Person.objects.filter(Exists(ever), ~Exists(lasting)).exclude(pk__in=held.people)
    return (rows.filter(Q(last_login=None) | Q(last_login__lt=end)),)


def _files(end: datetime, held: OnHold) -> tuple[Any, ...]:
    return (_taken_out(end, held).exclude(kind=Paper.SUPPLIER_EVIDENCE),)


def _finance_files(end: datetime, held: OnHold) -> tuple[Any, ...]:
    return (_taken_out(end, held).filter(kind=Paper.SUPPLIER_EVIDENCE),)


def _taken_out(end: datetime, held: OnHold) -> QuerySet[StoredFile]:
    rows = StoredFile.objects.filter(state=FileState.TAKEN_OUT, taken_out_at__lt=end).exclude(partnership__in=held.partnerships)
    return rows.exclude(school__in=held.schools).exclude(person__in=held.people)


def strays(days: int, *, viewer: Standing) -> list[str]:
    """Names in the store that no row knows, written so many days ago: what a failed commit left."""
    store, end = storages["files"], clock.now() - timedelta(days=days)
    known = set(StoredFile.objects.visible_to(viewer).values_list("stored_as", flat=True))
    return sorted(name for name in _names(store) if name not in known and store.get_modified_time(name) < end)


def _names(store: Storage) -> list[str]:
    try:
        folders, top = store.listdir("")
    except FileNotFoundError:
        return []
    return [*top, *(f"{folder}/{name}" for folder in folders for name in store.listdir(folder)[1])]
