"""Who holds which post in a partnership's schools and office, with what other schools may see of them; lists and clusters."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from alongside.ground.core import clock
from alongside.ground.core.shown import OnPage
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import in_a_sentence, plural
from alongside.ground.search.rules.writing import fold_all
from alongside.ground.web.mail import written
from alongside.members.notices.queries.returned import CameBack, mail_that_came_back
from alongside.members.notices.rules.messages import NoticeState
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.rules import Belonging
from alongside.members.people.models import Invitation, Person, Role
from alongside.members.people.rules.roles import Purpose
from alongside.members.posts.queries import of_post, title_of
from alongside.members.whoswho.models import Circular, CircularReader, Cluster, SavedList
from alongside.members.whoswho.permissions import may_look_up, may_write_circular
from alongside.members.whoswho.rules import (
    Chosen,
    Goes,
    Missed,
    Near,
    forgiving,
    is_for_work,
    list_in_words,
    missed_because,
    nearness,
    number_to_dial,
    words_sought,
)


class InPost(NamedTuple):
    """Somebody with their post and how to reach them: by the school's number, unless they show their own."""

    person: str
    name: str
    code: str
    post: str
    also: str
    school: str
    urn: int | None
    phase: str
    trust: str
    town: str
    office: str
    school_id: str
    phone: str
    email: str
    because: str = ""

    @property
    def place(self) -> str:
        """The school, or the office."""
        return self.school or self.office

    @property
    def dial(self) -> str:
        """Their number as a telephone takes it."""
        return number_to_dial(self.phone)

    @property
    def held(self) -> str:
        """'headteacher of Oak School', for a sentence."""
        return f"{in_a_sentence(self.post)} of {self.place}"


NOT_SIGNED = "Of a school that has not signed yet"
FIELDS = (
    "person_id", "person__name", "post", "title", "also", "school__current__name", "school__current__urn",
    "school__current__phase", "school__current__trust_name", "school__current__town", "partnership__name", "school_id",
)  # fmt: skip


def colleagues_in(homes: Collection[str]) -> QuerySet[Role]:
    """The posts held today in the schools that belong to those partnerships, where they count there, and in their offices. Who
    may see them has been asked."""
    today = clock.today()
    here = Membership.objects.current(today).exclude(kind=Belonging.ASKED).filter(partnership__in=homes)
    gave = Exists(here.filter(school=OuterRef("school"), partnership=OuterRef("through")))
    in_school = Q(Q(through=None) | Q(gave), school__in=here.values("school"))
    return Role.objects.held(today).filter(in_school | Q(partnership__in=homes), person__is_active=True)


def homes_of(viewer: Standing) -> frozenset[str]:
    """The partnerships whose colleagues somebody may look up."""
    return frozenset(home for home in viewer.partnerships if may_look_up(viewer, home))


def everybody_in(partnership: Partnership, *, viewer: Standing) -> list[InPost]:
    """Everybody who can be looked up, school by school; nobody for who may not look them up."""
    if not may_look_up(viewer, partnership.pk):
        return []
    return _in_posts(colleagues_in([partnership.pk]))


def of_schools_asked(partnership: Partnership, *, viewer: Standing) -> list[InPost]:
    """For the office, who took up its invitation to a post in a school that is asked and has not joined: other schools do not see
    them, and nobody writes to them from a list."""
    if not viewer.runs(partnership.pk):
        return []
    today = clock.today()
    asked = Membership.objects.visible_to(viewer).current(today).filter(partnership=partnership, kind=Belonging.ASKED)
    rows = Role.objects.visible_to(viewer).held(today).filter(through=partnership, school__in=asked.values("school"))
    return [row._replace(because=NOT_SIGNED) for row in _in_posts(rows.filter(person__is_active=True))]


def _in_posts(rows: Any) -> list[InPost]:
    """The posts as they are shown, school by school."""
    known = {"title": of_post("name"), "also": of_post("also"), "at": of_post("position")}
    reach = ("person__phone", "person__shows_phone", "school__current__phone", "person__email")
    order = ("school__current__name", "at", "title", "person__name", "pk")
    found = []
    for line in rows.annotate(**known).order_by(*order).values_list(*FIELDS, *reach):
        told, (own, shows, at_school, email) = line[: len(FIELDS)], line[len(FIELDS) :]
        phone, address = own if own and shows else at_school or "", email if email and is_for_work(email) else ""
        found.append(InPost._make([*("" if cell is None else cell for cell in told), phone, address, ""]))
    return found


def invited_to(partnership: Partnership, *, viewer: Standing) -> list[InPost]:
    """Who is invited to a post in one of its schools and has not said yes: by name for who may see the invitation, for others
    that somebody is. They are nowhere else than on the page that looks people up: nobody writes to them."""
    if not may_look_up(viewer, partnership.pk):
        return []
    here = Membership.objects.current(clock.today()).filter(partnership=partnership)
    if not viewer.runs(partnership.pk):
        here = here.exclude(kind=Belonging.ASKED)
    rows: Any = Invitation.objects.open().filter(partnership=partnership, purpose=Purpose.ROLE, school__in=here.values("school"))
    seen = Exists(Invitation.objects.visible_to(viewer).filter(pk=OuterRef("pk")))
    known = {"title": of_post("name"), "also": of_post("also"), "at": of_post("position"), "seen": seen}
    order = ("school__current__name", "at", "title", "name", "pk")
    known["belongs"] = Exists(here.filter(school=OuterRef("school")).exclude(kind=Belonging.ASKED))
    fields = ("seen", "belongs", "pk", "name", *FIELDS[2:], "school__current__phone")
    found = []
    for is_seen, belongs, key, name, *told, phone in rows.annotate(**known).order_by(*order).values_list(*fields):
        post, title, *others = ("" if cell is None else cell for cell in told)
        called = name if name and is_seen else "Somebody"
        found.append(
            InPost._make([key, called, post, f"{title}, invited", *others, phone or "", "", "" if belongs else NOT_SIGNED])
        )
    return found


def chosen_of(rows: Iterable[InPost], chosen: Chosen, clusters: Iterable[Cluster]) -> list[InPost]:
    """Those of them who are looked for, the nearest first; a cluster that was taken away holds nobody."""
    rows, found = list(rows), list[tuple[Near, InPost]]()
    wanted = forgiving(words, words_of(rows)) if (words := words_sought(chosen.q)) else []
    schools = {school for one in clusters if one.pk == chosen.cluster and not one.ended_on for school in one.schools}
    for row in rows:
        fits = all(not want or want == is_so for want, is_so in ((chosen.post, row.code), (chosen.phase, row.phase)))
        if not fits or (chosen.trust and chosen.trust != row.trust) or (chosen.cluster and row.school_id not in schools):
            continue
        around = {"trust": row.trust, "town": row.town}
        near = nearness(wanted, [row.post, *row.also.split("|")], (row.name, row.school, row.office), around)
        if near is not None:
            why = f"Found by its {near.by}, {around[near.by]}" if near.by else ""
            found.append((near, row._replace(because=". ".join(filter(None, (row.because, why))))))
    return [row for _, row in sorted(found, key=lambda one: one[0][:2])]


def words_of(rows: Iterable[InPost]) -> frozenset[str]:
    """Every word by which somebody of them is found, as words are compared."""
    texts = {text for row in rows for text in (row.post, row.also, row.name, row.school, row.trust, row.town, row.office)}
    return frozenset(word for text in fold_all(sorted(texts)) for word in text.split())


def clusters_of(partnership: Partnership, *, viewer: Standing) -> list[Cluster]:
    """The named clusters of a partnership by name, those that were taken away too."""
    return list(Cluster.objects.visible_to(viewer).filter(partnership=partnership).order_by("name", "pk"))


def cluster_gone_from(chosen: Chosen, clusters: Iterable[Cluster]) -> Cluster | None:
    """The cluster that a list rests on, where that was taken away."""
    return next((one for one in clusters if one.pk == chosen.cluster and one.ended_on), None)


def words_of_list(chosen: Chosen, clusters: Iterable[Cluster]) -> str:
    """What a list is of, in words."""
    cluster = next((one.name for one in clusters if one.pk == chosen.cluster), "")
    return list_in_words(chosen, title_of(chosen.post) if chosen.post else "", cluster)


@dataclass(frozen=True)
class Resting:
    """The lists that rest on a cluster: the office's, and how many colleagues have saved for themselves."""

    lists: tuple[SavedList, ...]
    others: int

    @property
    def shown(self) -> OnPage:
        """What the page before the button shows."""
        parts = {"the office’s lists": [one.pk for one in self.lists], "lists of colleagues": self.others}
        return OnPage(f"{plural(len(self.lists) + self.others, 'list')} that rest on it", parts)


def resting_on(cluster: Cluster, *, viewer: Standing) -> Resting:
    """What rests on a cluster: colleagues' own lists are counted, and not told."""
    rows = SavedList.objects.filter(cluster=cluster.pk, partnership=cluster.partnership_id)
    own = tuple(rows.visible_to(viewer).order_by("name"))
    return Resting(own, rows.count() - len(own))


def lists_of(partnership: Partnership, *, viewer: Standing) -> list[SavedList]:
    """The lists that the viewer, or their office, has saved."""
    return list(SavedList.objects.visible_to(viewer).filter(partnership=partnership).order_by("name"))


def addresses_of(rows: Iterable[InPost]) -> tuple[list[str], list[InPost]]:
    """The addresses of a list, each once, and who has none that other schools see."""
    found = list(rows)
    without = {row.person: row for row in found if not row.email}
    return list(dict.fromkeys(row.email for row in found if row.email)), list(without.values())


@dataclass(frozen=True)
class OnList:
    """Somebody on a list, by the first post for which they stand there, and why they get no circular, where they get none."""

    row: InPost
    address: str
    missed: Missed | None
    back: CameBack | None


@dataclass(frozen=True)
class Whom:
    """Whom a circular would reach, and whom not."""

    people: tuple[OnList, ...]

    @property
    def reached(self) -> list[OnList]:
        """Who gets it."""
        return [one for one in self.people if one.missed is None]

    @property
    def missed(self) -> list[OnList]:
        """Who cannot be written to."""
        return [one for one in self.people if one.missed]

    @property
    def shown(self) -> OnPage:
        """What the page before the button shows."""
        parts = {"who gets it": sorted((one.row.person, one.address) for one in self.reached),
                 "who cannot be written to": sorted((one.row.person, one.missed) for one in self.missed)}  # fmt: skip
        return OnPage(f"{plural(len(self.reached), 'person', 'people')} who would get it", parts)


def whom_it_reaches(partnership: Partnership, chosen: Chosen, *, viewer: Standing) -> Whom:
    """Everybody on a list, each once, with whether they can be written to; nobody for who may not write to them."""
    if not may_write_circular(viewer, partnership.pk):
        return Whom(())
    addresses = dict(colleagues_in([partnership.pk]).values_list("person_id", "person__email"))
    back = mail_that_came_back((one for one in addresses.values() if one), viewer=viewer)
    rows = chosen_of(everybody_in(partnership, viewer=viewer), chosen, clusters_of(partnership, viewer=viewer))
    found: dict[str, OnList] = {}
    for row in rows:
        address = addresses.get(row.person) or ""
        missed = missed_because(address, address in back)
        found.setdefault(row.person, OnList(row, address, missed, back.get(address)))
    return Whom(tuple(found.values()))


def mail_words(circular: Circular, held: str) -> dict[str, Any]:
    """What the template of a circular takes for somebody who holds that."""
    return {
        "subject": circular.subject, "words": circular.words, "writer": circular.writer_name, "held": held,
        "partnership": circular.partnership.name,
        "is_answered": bool(settings.ANSWERS_TO or circular.partnership.contact_email),
    }  # fmt: skip


def as_it_goes(circular: Circular, to: OnList, *, viewer: Standing) -> tuple[str, str]:
    """The subject and the words of the e-mail that somebody on the list gets."""
    return written("whoswho/circular.txt", {**mail_words(circular, to.row.held), "addressee": to.row.name})


def list_begun_from(key: str, partnership: Partnership, chosen: Chosen, *, viewer: Standing) -> SavedList | None:
    """The saved list from which a message is begun, where it is of the very same people."""
    found = lists_of(partnership, viewer=viewer) if key else []
    return next((one for one in found if one.pk == key and one.chosen == chosen), None)


NOT_GONE = Q(missed="") & (
    Q(told_at=None)
    | Q(notice__state__in=[NoticeState.WAITING, NoticeState.GATHERED], notice__digest=None, notice__tries=0)
    & Q(notice__about=F("circular_id"))
)


def still_waiting(circular: Circular, *, viewer: Standing) -> list[CircularReader]:
    """From whom a circular can be taken back: it is on its way to them in no mail yet."""
    rows = CircularReader.objects.visible_to(viewer).filter(NOT_GONE, circular=circular)
    return list(rows.select_related("person").order_by("person__name", "pk"))


def circulars_of(partnership: Partnership, chosen: Chosen | None = None, *, viewer: Standing) -> QuerySet[Circular]:
    """What was written to lists: to one, or to any."""
    rows = Circular.objects.visible_to(viewer).filter(partnership=partnership)
    return rows.filter(**asdict(chosen)) if chosen else rows


def circulars_unfinished(*, viewer: Standing) -> list[str]:
    """The ids of circulars for which somebody still waits."""
    rows = CircularReader.objects.visible_to(viewer).filter(told_at=None, missed="")
    return list(rows.order_by().values_list("circular_id", flat=True).distinct())


IN_TROUBLE = ~Q(missed="") | Q(notice__state__in=[NoticeState.RETURNED, NoticeState.PROBLEM])


def readers_of(circular: Circular, *, in_trouble: bool, viewer: Standing) -> QuerySet[CircularReader]:
    """Who was on the list when a circular was written: all, or whom it did not reach."""
    rows = CircularReader.objects.visible_to(viewer).filter(circular=circular)
    return rows.filter(IN_TROUBLE) if in_trouble else rows


def how_it_went(circular: Circular, *, viewer: Standing) -> dict[str, int]:
    """How many it went to, for how many it is on its way or waits for their other messages, from how many it came back or could
    not be sent, who could not be written to, from how many it can be taken back: one query."""
    sent, trouble = Q(notice__state=NoticeState.SENT), Q(missed="") & IN_TROUBLE
    rows = CircularReader.objects.visible_to(viewer).filter(circular=circular)
    to_be_gathered = Q(told_at=None, circular__goes=Goes.WAITS)  # the worker has not come to them yet
    gathered = Q(missed="") & (Q(notice__state=NoticeState.GATHERED) | to_be_gathered)
    counts = {"sent": sent, "trouble": trouble, "unreached": ~Q(missed=""), "gathered": gathered}
    counts |= {"waits": ~sent & ~IN_TROUBLE & ~gathered, "open": NOT_GONE}
    return rows.aggregate(**{name: Count("pk", filter=which) for name, which in counts.items()})


def people_known(*, partnership: Partnership, viewer: Standing) -> str:
    """How many people can be looked up, in words."""
    if not may_look_up(viewer, partnership.pk):
        return "For the schools that belong"
    return plural(Person.objects.filter(roles__in=colleagues_in([partnership.pk])).distinct().count(), "person", "people")
