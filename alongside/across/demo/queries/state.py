"""Where the demonstration stands: its day, its people, and its front door in one headline, one bar and one map."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from itertools import chain, count

from django.conf import settings
from django.db import connection
from django.db.models import Q

from alongside.across.demo import elthorne
from alongside.across.demo.models import DemoState
from alongside.across.demo.rules import Persona, Stage
from alongside.deciding.elections.models import Election
from alongside.deciding.elections.rules.standing import ElectionState
from alongside.ground.core import clock, words
from alongside.ground.core.standing import Post, Standing
from alongside.ground.web.pictures import Map, Slice, map_of
from alongside.members.membership.queries import answers, texts
from alongside.members.notices.models import Notice
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.rules import slug_for
from alongside.members.people.models import Person, Role
from alongside.members.schools.models import School
from alongside.money.invoices.models.invoices import Invoice


def state(*, viewer: Standing | None = None) -> DemoState | None:
    """The one row, or nothing where nothing was built. Asked before it is known who asks."""
    return DemoState.objects.first()


def built_from() -> str:
    """The fingerprint of what Elthorne was built from, or nothing."""
    return DemoState.objects.values_list("built_from", flat=True).first() or ""


def is_somebodys_own() -> bool:
    """Whether the database holds partnerships and was never a demonstration: then it is somebody's work."""
    there = connection.introspection.table_names()
    if not {Partnership._meta.db_table, DemoState._meta.db_table} <= set(there):
        return False
    return Partnership.objects.exists() and not DemoState.objects.exists()


def register_is_missing() -> bool:
    """Whether the national register has not been loaded."""
    return not School.objects.filter(current__is_invented=False).exists()


def elthorne_partnership(*, viewer: Standing) -> Partnership | None:
    """The invented partnership."""
    return Partnership.objects.filter(slug=elthorne.SLUG).first()


def persona_person(persona: Persona, *, viewer: Standing) -> Person | None:
    """Who a visitor becomes; nobody for a visitor."""
    email = elthorne.EMAILS.get(persona)
    return Person.objects.filter(email=email).first() if email else None


def own_manager(person: str, *, viewer: Standing) -> Person | None:
    """The manager of a visitor's own partnership of real schools, by the id in their signed cookie; nobody from Elthorne."""
    return Person.objects.filter(pk=person, email=None, roles__post=Post.MANAGER, roles__partnership__is_invented=False).first()


def own_partnerships(person: str, *, viewer: Standing) -> list[Partnership]:
    """A visitor's own partnerships of real schools, the latest first."""
    mine = Partnership.objects.filter(office__person=person, office__post=Post.MANAGER, is_invented=False)
    return list(mine.order_by("-started_on", "-pk").distinct())


def of_the_same(own: Iterable[Partnership], schools: Iterable[str], *, viewer: Standing) -> list[Partnership]:
    """Those of a visitor's partnerships that have just these schools."""
    there: defaultdict[str, set[str]] = defaultdict(set)
    found = Membership.objects.visible_to(viewer).filter(partnership__in=own, until_on=None)
    for partnership, school in found.values_list("partnership_id", "school_id"):
        there[partnership].add(school)
    wanted = set(schools)
    return [one for one in own if wanted and there[one.pk] == wanted]


def free_name(name: str, *, viewer: Standing) -> str:
    """The name, or with the first number after it that makes it nobody's."""
    taken = set(Partnership.objects.filter(slug__startswith=slug_for(name)).values_list("slug", flat=True))
    ways = chain([name], (f"{name} ({number})" for number in count(2)))
    return next(one for one in ways if slug_for(one) not in taken)


def person_within(email: str, offices: Set[str], *, viewer: Standing) -> Person | None:
    """The person of that address, where no post of theirs comes from another partnership: what others try is theirs."""
    elsewhere = Q(partnership__isnull=False) & ~Q(partnership__in=offices) | Q(through__isnull=False) & ~Q(through__in=offices)
    strangers = Role.objects.filter(elsewhere).values("person")
    return Person.objects.filter(email=email, is_active=True).exclude(pk__in=strangers).first()


def link_in(notice: Notice, *, viewer: Standing) -> str:
    """Where the first link of a message leads on this site; nothing where it holds none."""
    found = re.search(rf"{re.escape(settings.ADDRESS)}(/\S*)", notice.body)
    return found[1].rstrip(".,)") if found and not found[1].startswith("//") else ""


def is_invoiced(*, viewer: Standing) -> bool:
    """Whether Elthorne's first invoices are out."""
    return Invoice.objects.visible_to(viewer).filter(partnership__slug=elthorne.SLUG).exists()


def watchers_codes(*, viewer: Standing) -> list[str]:
    """The code of the viewer and then those of the others who watch over the story's ballot, as long as its box is to be
    opened; nothing for anybody else: in real life each keeps their own."""
    shut = Election.objects.filter(partnership__slug=elthorne.SLUG, state__in=[ElectionState.BALLOT, ElectionState.BOXED])
    if not shut.exists():
        return []
    kept: dict[str, str] = json.loads(DemoState.objects.values_list("notebook", flat=True).first() or "{}")
    own = kept.get(viewer.person or "")
    return sorted(kept.values(), key=lambda code: code != own) if own else []


@dataclass(frozen=True)
class FrontPage:
    """What the front door shows."""

    headline: str
    lead: str
    manages: str
    slices: list[Slice]
    map: Map


def front_page(partnership: Partnership, stage: Stage, *, viewer: Standing) -> FrontPage:
    """The figures as they stand; everybody may see all of them, because nothing in Elthorne is real."""
    counts = answers.standing_of_answers(partnership, viewer=viewer)
    dates = texts.dates_in_force(partnership, viewer=viewer)
    spots = [replace(spot, href="") for spot in answers.answers_map(partnership, viewer=viewer)]
    return FrontPage(
        f"{counts.signed} of {counts.asked} schools have signed. {_deadline((dates.sign_by - clock.today()).days)}",
        stage.lead_now(_asked_years(viewer)),
        stage.manages,
        [Slice(one.words, one.count, one.tone) for one in counts.slices],
        map_of(spots, 430, 385, boundary=elthorne.STORY["outline"]),
    )


def _asked_years(viewer: Standing) -> set[int]:
    """The years for whose fee Elthorne's schools have been asked."""
    found = Invoice.objects.visible_to(viewer).filter(partnership__slug=elthorne.SLUG)
    return set(found.values_list("claim__fee_year__number", flat=True).distinct())


def _deadline(days: int) -> str:
    if days < 0:
        return "The roll is frozen."
    if days == 0:
        return "Today is the last day."
    return f"{words.in_words(days)} {'day' if days == 1 else 'days'} left."
