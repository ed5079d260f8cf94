"""The board of ten of the prospectus, in a partnership with two primary, two secondary and one special school."""

from datetime import date
from typing import Any

from alongside.deciding.bodies.actions.bodies import make_body
from alongside.deciding.bodies.actions.tenures import appoint
from alongside.deciding.bodies.models import Body, Seat, Tenure
from alongside.deciding.bodies.queries.composition import Composition, composition
from alongside.deciding.bodies.rules.templates import BY_CODE
from alongside.ground.core import keys
from alongside.ground.core.standing import Post, Standing
from alongside.members.membership.tests.make import partnership as new_partnership, person
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.rules import Belonging, Template
from alongside.members.schools.tests.make import schools

SYSTEM = Standing.system()
FIRST = date(2022, 3, 21)  # the first meeting of the prospectus


def body_of(partnership: Partnership, code: str = "board", *, by: Standing = SYSTEM, **facts: Any) -> Body:
    """A body from a template as it stands."""
    start = BY_CODE[code]
    lines = [(one, one.title, one.number) for one in start.lines]
    said = {"kind": start.kind, "name": start.name, "share": start.share, "least": start.least, "needs_chair": start.needs_chair}
    usual = {"started_on": FIRST, "years": start.years, "lines": lines, "key": keys.new_key()}
    return make_body(partnership=partnership, **(said | usual | facts), by=by)


def seat_of(body: Body, title: str) -> Seat:
    """A seat by its name."""
    return Seat.objects.select_related("body__partnership").get(body=body, title=title)


class Board:
    """A partnership with five schools and their heads, and its board of ten: nobody sits there yet."""

    def __init__(self, template: Template = Template.LEARNING) -> None:
        self.partnership: Partnership = new_partnership(template=template, publish=False)
        self.manager = person("Mo", Post.MANAGER, partnership=self.partnership)
        self.heads: dict[str, Standing] = {}
        phases = {"Oak": "Primary", "Elm": "Primary", "Ash": "Secondary", "Yew": "Secondary", "Fir": "Not applicable"}
        special = {"Fir": {"type": "Community special school"}}
        rows = [
            {"name": name, "urn": 990_000 + at, "phase": phase, "phone": "01632 960000", **special.get(name, {})}
            for at, (name, phase) in enumerate(phases.items())
        ]
        self.schools = dict(zip(phases, schools(*rows), strict=True))
        for name in phases:
            self.admit(name)
            self.heads[name] = person(f"{name}’s head", Post.HEAD, school=self.schools[name])
        self.body = body_of(self.partnership)

    def admit(self, name: str, kind: Belonging = Belonging.MEMBER) -> None:
        """Let a school belong."""
        said = {"school": self.schools[name], "kind": kind, "from_on": date(2022, 1, 1)}
        partnerships.admit_school(partnership=self.partnership, **said, by=SYSTEM)

    def seat(self, title: str) -> Seat:
        """A seat of the board."""
        return seat_of(self.body, title)

    def sits(self, title: str, who: str | Standing, from_on: date = FIRST, *, by: Standing | None = None, **facts: Any) -> Tenure:
        """Somebody of the platform, or a name without an account, on a seat."""
        whom = {"name": who} if isinstance(who, str) else {"person": who.person}
        said = {"from_on": from_on, "key": keys.new_key(), **whom, **facts}
        return appoint(seat=self.seat(title), **said, by=by or self.manager)

    def nominate(self) -> None:
        """The five of the first meeting, one of them acting as chair."""
        self.sits("Primary Forum representative", self.heads["Oak"])
        self.sits("HASH representative", self.heads["Ash"])
        self.sits("Special school representative", self.heads["Fir"])
        self.sits("Local authority representative 1", "Lee Adams")
        self.sits("Local authority representative 2", "Pat Burns")
        self.sits("Independent chair", "Lee Adams", is_acting=True)

    def on(self, day: date | None = None) -> Composition:
        """The board on a day."""
        return composition(self.body, day, viewer=SYSTEM)
