"""What the panel reads and how it has scored; the letters that are due; what is to be looked into."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.crypto import constant_time_compare

from alongside.deciding.bodies.models import Tenure
from alongside.deciding.recruitment.models import Application, InterviewSlot, PanelMember, Score, Tie, Vacancy
from alongside.deciding.recruitment.rules.scoring import Round, short_of_scorers, spread, suggested
from alongside.deciding.recruitment.rules.vacancies import OUTCOMES, VacancyState
from alongside.ground.core import clock, keys
from alongside.ground.core.shown import OnPage
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import in_a_sentence, plural
from alongside.ground.web.mail import written
from alongside.members.notices.models import Notice
from alongside.members.posts.queries import of_post
from alongside.members.whoswho.queries import colleagues_in

ANSWERS = ("recruitment.received", "recruitment.letter", "recruitment.feedback")


def application_behind(link: str, *, viewer: Standing) -> Application | None:
    """The application to which a link leads; nothing where it is none of ours, or what it led to has been erased."""
    there = Application.objects.select_related("vacancy__seat", "vacancy__partnership", "slot")
    found = there.filter(pk=link[: keys.LENGTH]).first()
    return found if found and constant_time_compare(link, found.link) else None


def tie_of(application: Application, *, viewer: Standing) -> bool | None:
    """Whether the viewer has declared a tie to an applicant; nothing where they have declared nothing."""
    mine = Tie.objects.visible_to(viewer).filter(application=application, member__person=viewer.person, member__ended_on=None)
    found = mine.values_list("is_tied", flat=True).first()
    return None if found is None else bool(found)


def waiting_for(application: Application, turn: Round, *, viewer: Standing) -> int:
    """How many of the panel have still to score an applicant in that round; who has a tie has not to."""
    tied = Tie.objects.filter(application=application, member=OuterRef("pk"), is_tied=True)
    given = Score.objects.filter(application=application, member=OuterRef("pk"), round=turn)
    panel = PanelMember.objects.filter(vacancy=application.vacancy_id, ended_on=None)
    return panel.filter(~Exists(tied), ~Exists(given)).count()


def has_scored(application: Application, turn: Round, *, viewer: Standing) -> bool:
    """Whether the viewer's own score is in."""
    return Score.objects.filter(application=application, round=turn, member__person=viewer.person or "-").exists()


class ApplicantRow(NamedTuple):
    """An applicant in the list: whether one may read what they sent, what one has declared about them and whether one has scored
    them, how many of how many have, what the panel has agreed on, when they come."""

    application: Application
    is_read: bool
    declared: bool | None
    own: bool
    scored: int
    able: int
    agreed: int | None
    when: InterviewSlot | None

    @property
    def short(self) -> str:
        """Whether too few may score."""
        return short_of_scorers(self.able)


def applicants_of(vacancy: Vacancy, *, viewer: Standing) -> list[ApplicantRow]:
    """Who has applied, to the panel also whom one may not read; the best first, as far as the panel has agreed: three queries."""
    turn = Round.PAPER if vacancy.state == VacancyState.OPEN else Round.INTERVIEW
    now, mine = Q(ended_on=None), {"member__person": viewer.person or "-", "member__ended_on": None}
    panel = PanelMember.objects.filter(now, vacancy=vacancy).count()
    ties, scores = (model.objects.filter(application=OuterRef("pk")) for model in (Tie, Score))
    read = Application.objects.visible_to(viewer).filter(pk=OuterRef("pk"))
    told = {
        "is_read": Exists(read), "has_said": Exists(ties.filter(**mine)), "is_tied": Exists(ties.filter(**mine, is_tied=True)),
        "own": Exists(scores.filter(**mine, round=turn)),
        "scored": Count("scores", Q(scores__round=turn, scores__member__ended_on=None), distinct=True),
        "tied": Count("ties", Q(ties__is_tied=True, ties__member__ended_on=None), distinct=True),
    }  # fmt: skip
    rows = Application.objects.named_to(viewer).filter(vacancy=vacancy).select_related("slot", "vacancy").annotate(**told)
    found = []
    for one in rows.order_by("name", "pk"):
        marks = one.agreed.get(turn.value) or one.agreed.get(Round.PAPER.value)
        agreed = sum(marks) if marks and one.is_read else None
        declared = one.is_tied if one.has_said else None
        when = getattr(one, "slot", None) if one.is_read else None
        found.append(ApplicantRow(one, one.is_read, declared, one.own, one.scored, panel - one.tied, agreed, when))
    return sorted(found, key=lambda row: -(row.agreed or 0))


class Compared(NamedTuple):
    """A criterion with what each of the panel gave it and why, how far they are apart, what they agreed on or may begin from."""

    words: str
    most: int
    given: Sequence[tuple[str, int, str]]
    apart: int
    agreed: int | None
    suggested: int


def compared(application: Application, turn: Round, *, viewer: Standing) -> list[Compared]:
    """How the panel scored an applicant in a round, criterion by criterion; nothing before the viewer may see it."""
    rows = Score.objects.visible_to(viewer).filter(application=application, round=turn).select_related("member")
    scores, agreed = list(rows.order_by("member__name", "pk")), application.agreed.get(turn.value, [])
    found = []
    for at, criterion in enumerate(application.vacancy.specification if scores else ()):
        given = [(one.member.name, *one.marks[at]) for one in scores]
        points = [one[1] for one in given]
        own = agreed[at] if agreed else None
        found.append(Compared(criterion.words, criterion.points, given, spread(points), own, suggested(points)))
    return found


def ties_of(application: Application, *, viewer: Standing) -> list[Tie]:
    """The ties to an applicant that the viewer knows of."""
    return list(Tie.objects.visible_to(viewer).filter(application=application, is_tied=True).select_related("member"))


@dataclass(frozen=True)
class Due:
    """The letters that are due, each with its subject and words, and what a page shows of them."""

    letters: Sequence["LetterDue"]

    @property
    def shown(self) -> OnPage:
        """All of it, for the press that sends them."""
        told = [(one.application.email, one.subject, one.body) for one in self.letters]
        return OnPage(plural(len(self.letters), "letter"), {"the letters": told})


class LetterDue(NamedTuple):
    """A letter that is due."""

    application: Application
    subject: str
    body: str


def letters_due(vacancy: Vacancy, *, viewer: Standing) -> Due:
    """What is still to be told to whom, as the letters will read; the personal link is put in when they are sent."""
    words = {"vacancy": vacancy, "partnership": vacancy.partnership.name, "contact": vacancy.contact}
    there = Application.objects.visible_to(viewer).filter(vacancy=vacancy, state__in=OUTCOMES).order_by("name", "pk")
    found = []
    for one in (row for row in there.select_related("vacancy__partnership") if row.told != row.state):
        own = {"addressee": one.name, "outcome": one.state, "link": "(their own link stands here)"}
        found.append(LetterDue(one, *written("recruitment/letter.txt", words | own)))
    return Due(found)


def messages_of(application: Application, *, viewer: Standing) -> list[Notice]:
    """What was written to an applicant whose application the viewer reads, newest first; not the links by which they write."""
    if not Application.objects.visible_to(viewer).filter(pk=application.pk).exists():
        return []
    return list(Notice.objects.filter(link=application.page, kind__in=ANSWERS).order_by("-written_at", "-pk"))


def slots_of(vacancy: Vacancy, *, viewer: Standing) -> list[InterviewSlot]:
    """The times of the interviews, in order."""
    return list(InterviewSlot.objects.visible_to(viewer).filter(vacancy=vacancy).order_by("starts_at"))


def free_slots(application: Application, *, viewer: Standing) -> list[InterviewSlot]:
    """The times that an applicant may choose."""
    there = InterviewSlot.objects.filter(vacancy=application.vacancy_id, application=None, starts_at__gt=clock.now())
    return list(there.order_by("starts_at"))


def to_look_into(application: Application, *, viewer: Standing) -> list[str]:
    """What the platform knows that may bear on somebody's independence: who has their address, or their name, in the
    partnership's schools and office or on its bodies. A namesake may be another person: nobody is refused by it."""
    home, name = application.partnership_id, application.name
    if not Application.objects.visible_to(viewer).filter(pk=application.pk).exists():
        return []
    posts = colleagues_in([home]).annotate(title=of_post("name"))
    posts = posts.filter(Q(person__name__iexact=name) | Q(person__email=application.email))
    found = [
        f"{'Whoever signs in with this address' if email == application.email else f'Somebody called {name}'} is"
        f" {in_a_sentence(title)} at {place or 'the partnership’s office'}"
        for email, title, place in posts.values_list("person__email", "title", "school__current__name")
    ]
    seats = Tenure.objects.on(clock.today()).filter(partnership=home, holder__name__iexact=name)
    held = seats.values_list("seat__title", "seat__body__name")
    return found + [f"Somebody called {name} holds the seat “{title}” of {body}" for title, body in held]
