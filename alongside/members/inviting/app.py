"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import App, Door, Place, Task, Withheld
from alongside.members.inviting import queries
from alongside.members.membership.queries import texts

APP = App(
    places=(
        Place(
            Door.SCHOOLS,
            21,
            "Invite schools",
            "inviting:invite",
            "By e-mail, each with a link of its own; or by letter with a code.",
            texts.where_schools_sign(queries.invitations_stand),
            (
                Task("Schools to ask", "inviting:schools"),
                Task("Letters with a code", "inviting:letters"),
                Task("Remind schools that have not answered", "inviting:chase"),
                Task("Phone list", "inviting:phone_list"),
            ),
        ),
    ),
    own_pages=(),
    needs=(),
    dates=(),
    rows={},
    holds=(),
    beside={},
    published=(),
    joining=(),
    leaving=(),
    tone="green",
    settings={},
    acts={
        "inviting.chase": "Reminded schools that had not answered",
    },
    messages={},
    answers={},
    sensitive=False,
    erasure={},
    withheld=Withheld({}, {}),
)
