"""Bringing open actions along from the list of another tool."""

from functools import partial

from django.http import HttpResponse
from django.urls import reverse

from alongside.deciding.meetings.actions import bringing as actions
from alongside.deciding.meetings.actions.bringing import ActionsBrought
from alongside.deciding.meetings.queries.bringing import actions_known
from alongside.deciding.meetings.rules.bringing import MEANINGS, ActionLine, look_at_actions, words_of_actions
from alongside.deciding.meetings.views.planning import body_kept
from alongside.ground.core.cells import Text
from alongside.ground.core.columns import LookedAt
from alongside.ground.core.words import plural
from alongside.ground.web.asked import Asked
from alongside.ground.web.bringing import Bringing, bring_page
from alongside.ground.web.pages import Done
from alongside.ground.web.tables import Column

LEAD = "From the list that you keep today, a line an action: what, who, by when. First you see what would be written down."
ACTIONS = (
    Column("number", "Line", cell=lambda row: str(row.number)),
    Column("words", "What", classes="al-lines"),
    Column("owner", "Who", cell=lambda row: Text(row.owner, under="Sits here" if row.member else "A name: hears of nothing")),
    Column("due_on", "By"),
    Column("restricted", "Confidential", cell=lambda row: "yes" if row.is_restricted else ""),
)


def _notes(looked: LookedAt[ActionLine]) -> list[str]:
    """What the press means for those whose they are."""
    own = any(one.member for one in looked.ready)
    told = ["Whoever sits here and can sign in has theirs in one mail tomorrow, and on their page."] if own else []
    return [*told, "They come to each next meeting of the body until they are done."]


def bring_actions(request: Asked, slug: str, key: str) -> HttpResponse:
    """Write down the open actions of a sheet, after looking it through."""
    body = body_kept(request, key)
    known, after = actions_known(body, viewer=request.who), reverse("meetings:actions", args=[slug])

    def brought(made: ActionsBrought) -> Done:
        passed = f" {plural(made.passed, 'line')} changed nothing." if made.passed else ""
        words = f"{plural(made.actions, 'action is', 'actions are')} written down, to go out tomorrow.{passed}"
        return Done(words, (("What fills its agendas", reverse("meetings:year", args=[slug, key])),))

    of = Bringing(
        title="Bring open actions along", lead=LEAD, caption=body.name,
        back=("The year", reverse("meetings:year", args=[slug, key])), meanings=MEANINGS,
        look=partial(look_at_actions, known=known), shown=lambda looked: looked.on_page(words_of_actions(looked)),
        columns=ACTIONS, notes=_notes,
    )  # fmt: skip
    return bring_page(request, of, partial(actions.bring_actions, body=body), done=brought, next=after)
