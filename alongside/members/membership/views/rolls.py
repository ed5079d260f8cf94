"""The roll of members."""

from functools import partial

from django.http import HttpResponse
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.verdict import require
from alongside.ground.core.words import moment, plural, weekday_date
from alongside.ground.web.asked import Asked, found
from alongside.ground.web.pages import Done, form_page
from alongside.members.membership.actions import roll as roll_actions
from alongside.members.membership.forms.office import FreezeForm
from alongside.members.membership.models import Roll
from alongside.members.membership.permissions import may_run_signup, may_see_membership
from alongside.members.membership.queries import roll as roll_queries, texts


def roll(request: Asked, slug: str) -> HttpResponse:
    """The roll with its moment and its hash; before that what it would hold now, and the button."""
    partnership, who = request.partnership, request.who
    if request.method == "POST":
        require(may_run_signup(who, partnership.pk))
    frozen = roll_queries.roll_of(partnership, viewer=who)
    if frozen is None:
        require(may_see_membership(who, partnership.pk))
        entries, late = roll_queries.roll_preview(partnership, viewer=who), []
    else:
        entries, late = roll_queries.roll_entries(frozen, viewer=who), roll_queries.late_signers(partnership, frozen, viewer=who)
    dates = texts.dates_in_force(partnership, viewer=who)
    page, csv = reverse("membership:roll", args=[slug]), reverse("membership:roll_csv", args=[slug])

    def done(made: Roll) -> Done:
        return Done(f"The roll is frozen with {plural(made.count, 'school')} on it.", (("Download the roll (CSV)", csv),))

    return form_page(
        request, FreezeForm, partial(roll_actions.freeze_roll, partnership=partnership), caption="Membership",
        title="The roll of members" if frozen else "The roll, if it were frozen now",
        lead=f"{plural(frozen.count, 'school')}, frozen {moment(frozen.frozen_at)}. It never changes."
        if frozen
        else f"{plural(len(entries), 'school has', 'schools have')} signed. The roll is to be frozen on "
        f"{weekday_date(dates.roll_freezes_on)}.",
        button="Freeze the roll now", done=done, next=page, page="membership/roll.html",
        roll=frozen, entries=entries, late=late, late_rows=[(urn, name, moment(at)) for urn, name, at in late], dates=dates,
        is_early=clock.today() < dates.roll_freezes_on, may_run=may_run_signup(who, partnership.pk),
    )  # fmt: skip


def roll_csv(request: Asked, slug: str) -> HttpResponse:
    """The frozen roll as a table."""
    frozen = found(roll_queries.roll_of(request.partnership, viewer=request.who))
    response = HttpResponse(
        roll_queries.roll_csv(roll_queries.roll_entries(frozen, viewer=request.who), viewer=request.who),
        content_type="text/csv; charset=utf-8",
    )
    response["Content-Disposition"] = f'attachment; filename="roll-of-{slug}.csv"'
    return response
