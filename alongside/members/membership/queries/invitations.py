"""What stands in an invitation, for whoever sends it and for whoever looks at it before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.shown import OnPage
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import day_of, short_date, weekday_near
from alongside.members.membership.models import Prospectus
from alongside.members.membership.queries.texts import frozen_on, prospectus_of, settings_now
from alongside.members.membership.rules.dates import dates_of, is_open
from alongside.members.membership.rules.invitations import opening_of, shown_invitations
from alongside.members.membership.rules.text import fee_words
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.members.people.queries.roles import person_of
from alongside.members.people.rules.roles import PeopleSettings


@dataclass(frozen=True)
class InvitationWords:
    """What is the same in all of a partnership's invitations of today, its last day to sign, and the text to sign."""

    same: dict[str, Any]
    partnership: str
    sign_by: date
    text: Prospectus | None

    def shown(self, addresses: Mapping[str, str], names: Mapping[str, str], subject: str, opening: str) -> OnPage:
        """All that the page shows before they are sent, to those addresses by the schools' ids."""
        lines = [(school, email, names.get(school, "")) for school, email in addresses.items()]
        return shown_invitations(lines, subject, opening, [self.same, self.text.text_hash if self.text else ""])

    def of(self, subject: str, opening: str, schools: Sequence[str], name: str) -> dict[str, Any]:
        """The words of one mail, for one school or for several of one address; all but its link."""
        said, paragraphs = opening_of(subject, opening, self.partnership, self.sign_by, schools)
        return {**self.same, "subject": said, "opening": paragraphs, "schools": list(schools), "name": name}


def words_of_invitations(partnership: Partnership, *, viewer: Standing) -> InvitationWords:
    """The words of invitations that the viewer would send now: signed by the viewer for the office, with its contact."""
    chosen, prospectus, today = settings_now(partnership, viewer=viewer), prospectus_of(partnership, viewer=viewer), clock.today()
    dates = dates_of(chosen, partnership.started_on)
    own = "" if partnership.contact_email else getattr(person_of(viewer), "email", None) or ""
    roll = getattr(prospectus.partnership, "roll", None) if prospectus else None
    frozen = frozen_on(partnership, viewer=viewer) if prospectus is None else day_of(roll.frozen_at) if roll else None
    still = is_open(today, dates.sign_by, frozen)
    days = settings_of(partnership, PeopleSettings).invitation_days
    same = {
        "partnership": partnership.name,
        "sign_by": weekday_near(dates.sign_by, today),
        "is_open": still,
        "fee": fee_words(prospectus.costs, dates, chosen.term_years) if prospectus and still else "",
        "discussion_on": weekday_near(dates.discussion_on, today) if dates.discussion_on >= today else "",
        "prospectus": settings.ADDRESS + reverse("membership:prospectus", args=[partnership.slug]),
        "until": short_date(today + timedelta(days=days)),
        "sender": viewer.name if viewer.person else "",
        "contact": partnership.contact_email or own,
    }
    return InvitationWords(same, partnership.name, dates.sign_by, prospectus)


def mail_passed_on(partnership: Partnership, *, viewer: Standing) -> dict[str, Any]:
    """The mail by which a colleague gets an invitation that was passed on: what it costs and the last day to sign too."""
    said = words_of_invitations(partnership, viewer=viewer).same
    words = {name: said[name] for name in ("fee", "sign_by", "is_open")}
    return {"template": "membership/passed_on.txt", "words": {**words, "contact": partnership.contact_email}}
