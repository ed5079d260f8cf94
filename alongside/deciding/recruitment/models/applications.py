"""What applicants sent, who knows them, how they were scored, when they come."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.crypto import salted_hmac

from alongside.deciding.recruitment.models.vacancies import PanelMember, Vacancy, run_by
from alongside.deciding.recruitment.rules.scoring import Round
from alongside.deciding.recruitment.rules.vacancies import (
    APPLICATION_MOVES,
    ApplicationState,
    VacancyState,
    erased_with,
    still_missing,
)
from alongside.ground.core import clock
from alongside.ground.core.standing import Power, Standing
from alongside.ground.web.models import Row, Scope, Seen, Versioned, Visible
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Person


class Applications(Seen):
    """Applications."""

    def named_to(self, who: Standing) -> Self:
        """What was sent in to closed competitions that one runs, or on whose panel one sits: their names, and no more."""
        if who.is_system:
            return self
        mine = run_by(who, "vacancy__") | Q(vacancy__in=who.bodies(Power.ASSESS))
        sent = self.exclude(state=ApplicationState.DRAFT).filter(vacancy__closes_on__lt=clock.today())
        return sent.filter(mine)

    def visible_to(self, who: Standing) -> Self:
        """Those to whom one has declared to have no tie, or whose competition one runs; never one's own."""
        if who.is_system:
            return self
        own = Person.objects.filter(pk=who.person or "-", email=OuterRef("email"))
        free = Tie.objects.filter(
            application=OuterRef("pk"), member__person=who.person or "-", member__ended_on=None, is_tied=False
        )
        return self.named_to(who).filter(run_by(who, "vacancy__") | Exists(free)).exclude(Exists(own))


class Application(Versioned):
    """What somebody sent, or writes still, to be considered for a seat; `told` is the outcome of which they have heard.

    Whoever has the link that goes to its address is the applicant; nothing of the link is kept. `agreed` holds the panel's scores
    by round; `taken_back` names the rounds that are to be agreed on again, as somebody who scored has found a tie.
    """

    scope = Scope.PARTNERSHIP
    MOVES = APPLICATION_MOVES
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    vacancy = models.ForeignKey(Vacancy, models.CASCADE, related_name="applications")
    email = models.EmailField()
    name = models.CharField("Name", max_length=120, blank=True)
    phone = models.CharField("Telephone", max_length=40, blank=True)
    answers = models.JSONField("What you say to each criterion", default=list)
    referees = models.TextField("Referees", blank=True)
    interests = models.TextField("Interests", blank=True)
    independence = models.JSONField("Independence", default=list)
    independence_words = models.TextField("More on independence", blank=True)
    state = models.CharField(max_length=13, choices=ApplicationState.choices(), default=ApplicationState.DRAFT)
    sent_at = models.DateTimeField(null=True)
    told = models.CharField(max_length=13, blank=True)
    agreed = models.JSONField(default=dict)
    taken_back = models.JSONField(default=list)
    feedback_asked_on = models.DateField(null=True)
    feedback = models.TextField(blank=True)

    objects = Applications.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vacancy", "email"], name="one_application_of_an_address")]
        indexes = [models.Index(fields=["vacancy", "state"], name="applications_of_a_vacancy")]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def application_state(self) -> ApplicationState:
        """Where it is."""
        return ApplicationState(self.state)

    @property
    def link(self) -> str:
        """The secret of its link, made anew each time from its id and the site's secret: whoever has it is the applicant."""
        return self.pk + salted_hmac("alongside.recruitment.link", self.pk, algorithm="sha256").hexdigest()[:40]

    @property
    def page(self) -> str:
        """The path that messages about it bear: by it the panel's page finds them, and erasing takes them away."""
        return reverse("recruitment:applicant", args=[self.vacancy.partnership.slug, self.pk])

    @property
    def missing(self) -> list[str]:
        """What it lacks before it can be sent in, in words."""
        criteria, asked = self.vacancy.specification, len(self.vacancy.independence)
        return still_missing(self.name, self.answers, criteria, self.referees, self.interests, self.independence, asked)

    @property
    def wrote_something(self) -> bool:
        """Whether there is more than an address and a name."""
        return any((*self.answers, *self.independence, self.independence_words, self.interests, self.referees))

    @property
    def erased_with_it(self) -> list[str]:
        """What goes when it is withdrawn, in sentences."""
        known = {"your name": self.name, "your address": self.email, "your telephone number": self.phone}
        on_independence = self.independence_words or any(self.independence)
        wrote = {"interests": self.interests, "referees": self.referees, "what you said on independence": on_independence}
        answers, was_sent = sum(bool(one.strip()) for one in self.answers), self.state != ApplicationState.DRAFT
        there = ([words for words, said in each.items() if said] for each in (known, wrote))
        return erased_with(next(there), answers, next(there), was_sent, hasattr(self, "slot"))

    @property
    def points(self) -> int:
        """What the panel has agreed on in all, of the interview where there was one; nothing before."""
        is_met = {*self.agreed, *self.taken_back} & {Round.INTERVIEW.value}
        return sum(self.agreed.get(Round.INTERVIEW.value if is_met else Round.PAPER.value, []))

    @property
    def is_agreed(self) -> bool:
        """Whether the panel has agreed on a score of it, and has not to agree again."""
        return bool(self.agreed) and not self.taken_back

    @property
    def lacks_score(self) -> bool:
        """Whether a score is still to be agreed on: any, or that of the interview of who is on the shortlist."""
        return not self.is_agreed or bool(self.turn and self.turn.value not in self.agreed)

    @property
    def turn(self) -> Round | None:
        """What is scored of it now: what was sent, once the closing day is over; the interview of who is on the shortlist."""
        state = self.vacancy.state
        if state == VacancyState.OPEN and self.vacancy.is_closed and self.state == ApplicationState.SENT:
            return Round.PAPER
        is_met = state == VacancyState.SHORTLISTED and self.state == ApplicationState.LISTED
        return Round.INTERVIEW if is_met else None

    @property
    def is_invited(self) -> bool:
        """Whether they are invited to an interview and have heard of it, while the competition is at its interviews."""
        return self.state == self.told == ApplicationState.LISTED and self.vacancy.state == VacancyState.SHORTLISTED

    @property
    def agrees_on(self) -> Round | None:
        """What the panel agrees on now: first what was taken back, while the competition goes on, else what is scored."""
        again = [one for one in Round if one.value in self.taken_back and self.vacancy.goes_on]
        return again[0] if again else self.turn


class Ties(Seen):
    """Declarations of ties."""

    def visible_to(self, who: Standing) -> Self:
        """One's own, and those of the competitions that one runs."""
        if who.is_system:
            return self
        return self.filter(Q(member__person=who.person or "-") | run_by(who, "application__vacancy__"))


class Tie(Row):
    """What somebody of the panel has declared about an applicant: a tie, in words, or that there is none."""

    scope = Scope.PARTNERSHIP
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    application = models.ForeignKey(Application, models.CASCADE, related_name="ties")
    member = models.ForeignKey(PanelMember, models.CASCADE, related_name="ties")
    is_tied = models.BooleanField()
    words = models.CharField(max_length=300, blank=True)

    objects = Ties.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "member"], name="one_declaration_an_applicant")]


class Scores(Seen):
    """Scores."""

    def visible_to(self, who: Standing) -> Self:
        """Of applications that one reads: where one's own score of the same round is in, or everybody's is."""
        if who.is_system:
            return self
        seen = self.filter(application__in=Application.objects.visible_to(who))
        own = Score.objects.filter(application=OuterRef("application"), round=OuterRef("round"), member__person=who.person or "-")
        tied = Tie.objects.filter(member=OuterRef("pk"), application=OuterRef(OuterRef("application")), is_tied=True)
        given = Score.objects.filter(
            member=OuterRef("pk"), application=OuterRef(OuterRef("application")), round=OuterRef(OuterRef("round"))
        )
        waiting = PanelMember.objects.sitting().filter(~Exists(tied), ~Exists(given), vacancy=OuterRef("application__vacancy"))
        return seen.filter(Exists(own) | ~Exists(waiting))


class Score(Row):
    """How one of the panel scored an application, alone: for each criterion the points and a sentence."""

    scope = Scope.PARTNERSHIP
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    application = models.ForeignKey(Application, models.CASCADE, related_name="scores")
    member = models.ForeignKey(PanelMember, models.CASCADE, related_name="scores")
    round = models.CharField(max_length=9, choices=Round.choices())
    marks = models.JSONField()
    at = models.DateTimeField()

    objects = Scores.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "member", "round"], name="one_score_a_member_a_round")]


class InterviewSlot(Row):
    """A time at which somebody may be interviewed, and who has chosen it."""

    scope = Scope.PARTNERSHIP
    visible = Visible(through="vacancy")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    vacancy = models.ForeignKey(Vacancy, models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=160)
    application = models.OneToOneField(Application, models.SET_NULL, null=True, related_name="slot")

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vacancy", "starts_at"], name="one_interview_at_a_time")]
