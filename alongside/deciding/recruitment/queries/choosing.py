"""What the panel reads and how it has scored; the letters that are due; what is to be looked into."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Case, CharField, Exists, OuterRef, Q, Subquery, Value, When
from django.utils.crypto import constant_time_compare

from alongside.deciding.bodies.models import Tenure
from alongside.deciding.recruitment.models import Application, InterviewSlot, PanelMember, Score, Tie, Vacancy
from alongside.deciding.recruitment.rules.scoring import Round, spread, suggested
from alongside.deciding.recruitment.rules.vacancies import OUTCOMES, VacancyState
from alongside.ground.core import clock, keys
from alongside.ground.core.shown import OnPage
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import in_a_sentence, plural
from alongside.ground.web.mail import written
from alongside.ground.web.needs import figure
from alongside.members.notices.models import Notice
from alongside.members.partnerships.models import Partnership
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
    """How many of the panel have still to score an applicant in that round; who has a tie, or applies too, has not to."""
    tied = Tie.objects.filter(application=application, member=OuterRef("pk"), is_tied=True)
    given = Score.objects.filter(application=application, member=OuterRef("pk"), round=turn)
    panel = PanelMember.objects.sitting().filter(vacancy=application.vacancy_id)
    return panel.filter(~Exists(tied), ~Exists(given)).count()


def _told(viewer: Standing) -> dict[str, Any]:
    """What a question about applications tells of each: whether the viewer reads it, what they have declared, whether they have
    scored it, how many of the panel may and have."""
    turn = Case(When(vacancy__state=VacancyState.OPEN, then=Value(Round.PAPER.value)), default=Value(Round.INTERVIEW.value))
    ties, scores = (model.objects.filter(application=OuterRef("pk"), member__ended_on=None) for model in (Tie, Score))
    mine = {"member__person": viewer.person or "-"}
    panel = PanelMember.objects.sitting().filter(vacancy=OuterRef("vacancy"))
    now = scores.filter(round=OuterRef("turn_now"))
    return {
        "turn_now": turn, "is_read": Exists(Application.objects.visible_to(viewer).filter(pk=OuterRef("pk"))),
        "declared": Subquery(ties.filter(**mine).values("is_tied")), "own": Exists(now.filter(**mine)),
        "scored": figure(now, of="application"), "able": figure(panel, of="vacancy")
        - figure(ties.filter(is_tied=True), of="application"),
    }  # fmt: skip


def applicants_of(vacancy: Vacancy, *, viewer: Standing) -> list[Any]:
    """Who has applied, to the panel also whom one may not read (`_told` says what each row knows), the best first as far as the
    panel has agreed: one query."""
    rows = Application.objects.named_to(viewer).filter(vacancy=vacancy).annotate(**_told(viewer))
    return sorted(rows.select_related("slot", "vacancy").order_by("name", "pk"), key=lambda row: -row.points)


def applicant_of(partnership: Partnership, key: str, *, viewer: Standing) -> Any:
    """One applicant of whom the viewer knows, with what `_told` says, whether they may read what was sent or not."""
    rows = Application.objects.named_to(viewer).filter(partnership=partnership, pk=key)
    return rows.select_related("vacancy__seat__body", "vacancy__partnership", "slot").annotate(**_told(viewer)).first()


class Compared(NamedTuple):
    """A criterion with what each of the panel gave it and why, how far they are apart, what they agreed on or may begin from."""

    words: str
    most: int
    given: Sequence[tuple[str, int, str]]
    apart: int
    agreed: int | None
    suggested: int


def compared(application: Application, *, viewer: Standing) -> list[tuple[Round, list[Compared]]]:
    """How the panel scored an applicant, round by round and criterion by criterion, as far as the viewer may see it."""
    rows = Score.objects.visible_to(viewer).filter(application=application).select_related("member")
    scores = list(rows.order_by("member__name", "pk"))
    found = []
    for turn in Round:
        of_turn, agreed, lines = [one for one in scores if one.round == turn], application.agreed.get(turn.value, []), []
        for at, criterion in enumerate(application.vacancy.specification if of_turn else ()):
            given = [(one.member.name, *one.marks[at]) for one in of_turn]
            points, own = [one[1] for one in given], agreed[at] if agreed else None
            lines.append(Compared(criterion.words, criterion.points, given, spread(points), own, suggested(points)))
        found.append((turn, lines))
    return [(turn, lines) for turn, lines in found if lines]


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
    read = Exists(Application.objects.visible_to(viewer).filter(pk=application.pk))
    return list(Notice.objects.filter(read, link=application.page, kind__in=ANSWERS).order_by("-written_at", "-pk"))


def slots_of(vacancy: Vacancy, *, viewer: Standing) -> list[InterviewSlot]:
    """The times of the interviews, in order."""
    return list(InterviewSlot.objects.visible_to(viewer).filter(vacancy=vacancy).order_by("starts_at"))


def free_slots(application: Application, *, viewer: Standing) -> list[InterviewSlot]:
    """The times that an applicant may choose."""
    there = InterviewSlot.objects.filter(vacancy=application.vacancy_id, application=None, starts_at__gt=clock.now())
    return list(there.order_by("starts_at"))


def to_look_into(application: Application, *, viewer: Standing) -> list[str]:
    """What the platform knows that may bear on somebody's independence: who has their address, or their name, in the
    partnership's schools and office, or on its bodies. A namesake may be another person: nobody is refused by it."""
    home, name = application.partnership_id, application.name
    read = Application.objects.visible_to(viewer).filter(pk=application.pk)
    posts = colleagues_in([home]).filter(Exists(read), Q(person__name__iexact=name) | Q(person__email=application.email))
    seats = Tenure.objects.on(clock.today()).filter(Exists(read), partnership=home, holder__name__iexact=name)
    held = seats.order_by().values_list(Value("", CharField()), "seat__title", "seat__body__name")
    found = posts.order_by().annotate(title=of_post("name")).values_list("person__email", "title", "school__current__name")
    return [
        f"{'Whoever signs in with this address' if email == application.email else f'Somebody called {name}'} is"
        f" {in_a_sentence(title)} of {place or 'the partnership’s office'}"
        for email, title, place in found.union(held, all=True)
    ]
