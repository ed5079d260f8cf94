"""What is held, who somebody is (for taking their words out), and what the retention rules would take today."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.core.files.storage import Storage, storages
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Substr
from django.utils.crypto import salted_hmac

from alongside.across.home.models import Feed
from alongside.across.keeping.models import HeldThing, Hold
from alongside.across.keeping.rules.erasure import LEFT, Identity, emptied
from alongside.across.keeping.rules.periods import KeptFor, Subject
from alongside.deciding.elections.models import PublishedList
from alongside.deciding.recruitment.models import Application
from alongside.ground.core import clock
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.words import day_of, short_date
from alongside.ground.files.models import StoredFile
from alongside.ground.files.rules import FileState, Paper
from alongside.ground.search.rules.writing import fold, fold_all
from alongside.members.diary.models import DiaryDate
from alongside.members.mail.models import Mail
from alongside.members.mail.rules.files import OF_MAIL
from alongside.members.membership.models import Contact
from alongside.members.notices.models import Notice
from alongside.members.people.models import Invitation, Person, Role, SignIn
from alongside.members.people.rules.roles import InvitationState
from alongside.money.invoices.models.invoices import Query


@dataclass(frozen=True)
class OnHold:
    """The ids of what is held; a person is held with the school or partnership in which they have, or had, a post."""

    people: frozenset[str]
    schools: frozenset[str]
    partnerships: frozenset[str]
    addresses: frozenset[str]


def held(*, viewer: Standing) -> OnHold:
    """What is held today."""
    rows: dict[str, set[str]] = {one.value: set() for one in HeldThing}
    for one in holds(viewer=viewer):
        rows[one.what].add(one.row)
    people, schools, partnerships = (frozenset(rows[one.value]) for one in HeldThing)
    there = Q(school__in=schools) | Q(partnership__in=partnerships) | Q(through__in=partnerships)
    everybody = people | set(Role.objects.visible_to(viewer).filter(there).values_list("person_id", flat=True))
    addresses = Person.objects.visible_to(viewer).filter(pk__in=everybody, email__isnull=False).values_list("email", flat=True)
    return OnHold(everybody, schools, partnerships, frozenset(map(str, addresses)))


def held_since(person: str, *, viewer: Standing) -> str:
    """The day since which a person is held, alone or with a school or partnership of theirs; nothing when they are not."""
    places = Role.objects.visible_to(viewer).filter(person=person)
    ids = {person, *(one for row in places.values_list("school_id", "partnership_id", "through_id") for one in row if one)}
    first = holds(viewer=viewer).filter(row__in=ids).first()
    return short_date(day_of(first.since_at)) if first else ""


def holds(*, viewer: Standing) -> QuerySet[Hold]:
    """What is held, the oldest hold first."""
    return Hold.objects.visible_to(viewer).filter(lifted_at=None).order_by("since_at")


def identity_of(person: Person, *, viewer: Standing) -> Identity:
    """What tells who a person is."""
    others = Person.objects.visible_to(viewer).exclude(pk=person.pk)
    addresses = {person.email, *EmailAddress.objects.filter(user=person).values_list("email", flat=True)}
    return Identity(
        person=person.pk,
        names=frozenset({person.name.strip()} - {""}),
        addresses=frozenset(one.lower() for one in addresses if one),
        numbers=frozenset({person.phone.strip()} - {""}),
        shares_name=fold(person.name) in fold_all(list(others.values_list("name", flat=True))),
    )


def only_manager_of(person: Person, *, viewer: Standing) -> str:
    """The partnership that would have no manager without the person; nothing when there is none."""
    roles = Role.objects.visible_to(viewer).filter(Role.objects.lasting(clock.today()), post=Post.MANAGER)
    for partnership, name in roles.filter(person=person).values_list("partnership_id", "partnership__name"):
        if not roles.filter(partnership=partnership, person__is_active=True).exclude(person=person).exists():
            return str(name)
    return ""


def nothing_in(column: Any) -> str | None:
    """What stands in a column once its words are gone."""
    if column.name == "password":
        return make_password(None)
    takes = {"takes_nothing": column.null, "takes_empty": column.blank}
    return emptied(column.model._meta.label, column.name, **takes, on=clock.today())


def address_mark(address: str) -> str:
    """A keyed hash of an address: it finds the address again in a restored backup, and tells nothing without the secret key."""
    salt, small = "alongside.keeping.address", address.strip().lower()
    return salted_hmac(salt, small, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()


def _invitations(end: datetime) -> QuerySet[Any]:
    rows = Invitation.objects.exclude(state=InvitationState.ACCEPTED)
    return rows.filter(Q(closed_at__lt=end) | Q(closed_at=None, expires_at__lt=end))


def _messages(end: datetime) -> QuerySet[Any]:
    return Notice.objects.filter(written_at__lt=end).exclude(body="").exclude(state__in=["waiting", "gathered"])


def _leavers(end: datetime) -> QuerySet[Any]:
    """Persons whose last post ended before the day, who have not signed in since, and who are not erased already."""
    day = end.astimezone(clock.LONDON).date()
    lasting = Role.objects.filter(Q(until_on=None) | Q(until_on__gte=day), person=OuterRef("pk"))
    ever = Role.objects.filter(person=OuterRef("pk"))
    return Person.objects.filter(Exists(ever), ~Exists(lasting)).filter(Q(last_login=None) | Q(last_login__lt=end))


def _taken_out(end: datetime) -> QuerySet[Any]:
    return StoredFile.objects.filter(state=FileState.TAKEN_OUT, taken_out_at__lt=end)


OF_A_MAIL = Mail.objects.filter(pk=Substr(OuterRef("kind"), len(OF_MAIL) + 1))
NOT_WHOLE = ~Exists(OF_A_MAIL.exclude(whole=""))


def _files_of_mail(end: datetime) -> QuerySet[Any]:
    """Files that came with a mail before a moment and that somebody has seen to, or that is not kept as it came any more."""
    seen_to = Exists(OF_A_MAIL.filter(came_at__lt=end).exclude(state="waiting"))
    of = {f"mail_{name}": Coalesce(Subquery(OF_A_MAIL.values(name)[:1]), Value("")) for name in ("person", "sender")}
    return StoredFile.objects.filter(kind__startswith=OF_MAIL).filter(seen_to | NOT_WHOLE).annotate(**of)


def files_of_emptied_mail(*, viewer: Standing) -> QuerySet[StoredFile]:
    """The files of mail that is not kept as it came any more."""
    return StoredFile.objects.visible_to(viewer).filter(NOT_WHOLE, kind__startswith=OF_MAIL)


PERSON, PLACE = {"person": "people"}, {"school": "schools", "partnership": "partnerships"}
OFFICE = {"partnership": "partnerships"}
SENT_BY = {"person": "people", "partnership": "partnerships", "sender": "addresses"}
# of each subject the rows whose time was over at a moment, and which of their columns may point to what is held
OVER: dict[Subject, tuple[Callable[[datetime], QuerySet[Any]], dict[str, str]]] = {
    Subject.SESSIONS: (lambda end: Session.objects.filter(expire_date__lt=end), {}),
    Subject.SIGN_INS: (lambda end: SignIn.objects.alias(over_at=Coalesce("ended_at", "seen_at")).filter(over_at__lt=end), PERSON),
    Subject.INVITATIONS: (_invitations, PLACE),
    Subject.MESSAGES: (_messages, PERSON | PLACE | {"to": "addresses"}),
    Subject.MAIL: (lambda end: Mail.objects.filter(came_at__lt=end).exclude(sender="", words="", whole=""), SENT_BY),
    Subject.WHOLE_MAIL: (lambda end: Mail.objects.filter(came_at__lt=end).exclude(whole="").exclude(state="waiting"), SENT_BY),
    Subject.MAIL_FILES: (_files_of_mail, OFFICE | {"mail_person": "people", "mail_sender": "addresses"}),
    Subject.QUERIES: (
        lambda end: Query.objects.filter(answered_at__lt=end).exclude(name=LEFT, email=""),
        {"invoice__school": "schools", "invoice__partnership": "partnerships"},
    ),
    Subject.CONTACTS: (lambda end: Contact.objects.filter(at__lt=end).exclude(spoke_to="", words=""), PLACE),
    Subject.APPLICATIONS: (
        lambda end: Application.objects.filter(vacancy__erase_on__lt=end.astimezone(clock.LONDON).date()),
        OFFICE | {"email": "addresses"},
    ),
    Subject.FEEDS: (lambda end: Feed.objects.filter(ended_at__lt=end), PERSON),
    Subject.DIARY: (lambda end: DiaryDate.objects.filter(last_on__lt=end.astimezone(clock.LONDON).date()), PERSON | OFFICE),
    Subject.BALLOTS: (
        lambda end: PublishedList.objects.filter(published_at__lt=end).exclude(text=""),
        {"contest__election__partnership": "partnerships"},
    ),
    Subject.LEAVERS: (_leavers, {"pk": "people"}),
    Subject.FILES: (lambda end: _taken_out(end).exclude(kind=Paper.SUPPLIER_EVIDENCE), PERSON | PLACE),
    Subject.FINANCE_FILES: (lambda end: _taken_out(end).filter(kind=Paper.SUPPLIER_EVIDENCE), PERSON | PLACE),
}


def due(period: KeptFor, held: OnHold, *, viewer: Standing) -> QuerySet[Any]:
    """The rows that go by one rule today; nothing that is held."""
    over, held_by = OVER[period.subject]
    rows = over(clock.start_of(period.before(clock.today())))
    for column, what in held_by.items():
        rows = rows.exclude(**{f"{column}__in": getattr(held, what)})
    return rows.order_by("pk")


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
