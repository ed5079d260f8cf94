"""A competition for the independent chair of the board of ten, as far as a test wants it."""

from datetime import date
from typing import Any

from alongside.deciding.bodies.models import Seat
from alongside.deciding.bodies.tests.make import Board
from alongside.deciding.recruitment.actions import applying, choosing, vacancies
from alongside.deciding.recruitment.models import Application, PanelMember, Vacancy
from alongside.deciding.recruitment.queries.choosing import tie_of
from alongside.deciding.recruitment.rules.vacancies import Advert
from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Standing
from alongside.members.people.models import Person
from alongside.members.people.queries.roles import standing_of

OPENS, CLOSES, AFTER, MET = date(2022, 3, 22), date(2022, 4, 22), date(2022, 4, 25), date(2022, 5, 18)
SAID = Advert(
    "Independent chair", "Chairs the board.\n\nSix meetings a year.", "Chairs meetings well (6)\nKnows schools", "Lives nearby",
    "Are you employed by a member school?", "clerk@example.org", OPENS, CLOSES, date(2022, 5, 6), MET, date(2022, 6, 13),
)  # fmt: skip
WRITTEN = {
    "phone": "", "answers": ["I chaired a hospital’s board.", "Governor for six years.", ""], "referees": "A, B",
    "interests": "None", "independence": ["no"], "independence_words": "",
}  # fmt: skip
VISITOR = Standing()


def apply(vacancy: Vacancy, name: str, *, sends: bool = True, **said: Any) -> Application:
    """Somebody applies, by the link that went to their address."""
    email = said.pop("email", f"{name.lower().replace(' ', '.')}@applicant.example")
    made = applying.ask_for_link(vacancy=vacancy, email=email, by=VISITOR)
    assert made is not None
    applying.save_application(link=made.link, name=name, version=made.version, **(WRITTEN | said), by=VISITOR)
    if sends:
        applying.send_in(link=made.link, by=VISITOR)
    made.refresh_from_db()
    return made


def advertise(seat: Seat, by: Standing, *, said: Advert = SAID, key: str = "") -> Vacancy:
    """A seat is advertised."""
    vacancy = vacancies.add_vacancy(seat=seat, said=said, key=key or keys.new_key(), by=by)
    return vacancies.publish(vacancy=vacancy, by=by)


def put_on_panel(vacancy: Vacancy, by: Standing, *, person: str = "", name: str = "", email: str = "") -> PanelMember:
    """Somebody is put on a panel."""
    said = {"person": person, "name": name, "email": email, "key": keys.new_key()}
    return vacancies.add_to_panel(vacancy=vacancy, **said, by=by)


def who_is(member: PanelMember) -> Standing:
    """Who somebody of a panel is today."""
    return standing_of(Person.objects.get(pk=member.person))


def marks(*points: int) -> list[tuple[int, str]]:
    """A score with a sentence for each."""
    return [(one, f"Because {one}") for one in points]


class Competition:
    """The manager runs it; a head, a council's representative and a head of another school are the panel; four have applied."""

    def __init__(self) -> None:
        self.board = Board()
        self.manager, self.partnership = self.board.manager, self.board.partnership
        with clock.at(clock.start_of(OPENS, 9)):
            self.vacancy = advertise(self.board.seat("Independent chair"), self.manager)
            heads = (self.board.heads["Oak"], self.board.heads["Ash"])
            for title, head in zip(("Primary Forum representative", "HASH representative"), heads, strict=True):
                self.board.sits(title, head)
            self.members = [put_on_panel(self.vacancy, self.manager, person=one.person) for one in heads]
            outside = put_on_panel(self.vacancy, self.manager, name="Lee Adams", email="lee@council.example")
            self.members.append(outside)
            self.ann, self.bea, self.cy, self.dee = (apply(self.vacancy, name) for name in ("Ann", "Bea", "Cy", "Dee"))

    @property
    def panel(self) -> list[Standing]:
        """Who the panel are today."""
        return [who_is(one) for one in self.members]

    def declare(self, at: int, *tied: Application) -> None:
        """One of the panel declares whom they know."""
        words = "My sister" if tied else ""
        choosing.declare_ties(vacancy=self.vacancy, tied=[one.pk for one in tied], words=words, by=self.panel[at])

    def score(self, at: int, application: Application, *points: int) -> None:
        """One of the panel scores an applicant, read anew."""
        one = Application.objects.select_related("vacancy__seat").get(pk=application.pk)
        choosing.score(application=one, marks=marks(*points), key=keys.new_key(), by=self.panel[at])

    def agree(self, application: Application, *points: int) -> Application:
        """All of the panel declare no tie and score an applicant, and who runs it enters what they agreed on."""
        for at, who in enumerate(self.panel):
            self.declare(at)
            one = Application.objects.select_related("vacancy__seat").get(pk=application.pk)
            if not tie_of(one, viewer=who):
                self.score(at, application, *points)
        one = Application.objects.select_related("vacancy__seat").get(pk=application.pk)
        return choosing.agree_score(application=one, points=points, version=one.version, by=self.manager)

    def outcomes(self, reason: str = "", unscored: str = "", **of: str) -> Vacancy:
        """How applicants come out, by their first names."""
        keyed = {getattr(self, name).pk: outcome for name, outcome in of.items()}
        vacancy = Vacancy.objects.select_related("seat__body", "partnership").get(pk=self.vacancy.pk)
        return choosing.keep_outcomes(vacancy=vacancy, outcomes=keyed, reason=reason, unscored=unscored, by=self.manager)

    def letters(self) -> int:
        """The letters that are due go."""
        vacancy = Vacancy.objects.select_related("seat", "partnership").get(pk=self.vacancy.pk)
        return choosing.send_letters(vacancy=vacancy, seen=UNSEEN, by=self.manager)
