"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import EVERYTHING_GOES, App, Columns, Door, Message, OwnPage, Place, RowWords, Task
from alongside.members.notices.queries import mine, office

APP = App(
    places=(
        Place(
            Door.OFFICE,
            50,
            "What was sent",
            "notices:list",
            "Every message that went out, with what became of it.",
            office.messages_stand,
            (Task("Mail that came back", "notices:list"),),
        ),
    ),
    own_pages=(
        OwnPage(30, "How you hear from us", "At once, in the morning, or in the week’s mail; and its day", "notices:preferences"),
        OwnPage(80, "Messages to you", "What was sent to you", "notices:mine", is_setting=False),
    ),
    needs=(office.needs, mine.new_messages),
    dates=(),
    rows={
        "notices.unread": RowWords(
            "Read a new message", "Read {number} new messages", "notices:mine", slug="", query="?show=new", minutes=1
        ),
        "notices.not_sent": RowWords(
            "A message could not be sent: look why",
            "{number} messages could not be sent: look why",
            page="notices:list",
            query="?state=problem",
            minutes=3,
        ),
        "notices.came_back": RowWords(
            "Mail to an address came back: check it",
            "Mail to {number} addresses came back: check them",
            page="notices:list",
            query="?state=to_check",
            minutes=5,
        ),
    },
    holds=(),
    beside={},
    published=(),
    joining=(),
    leaving=(),
    tone="blue",
    settings={},
    acts={
        "notices.clear_address": "Cleared an address from which mail came back",
        "notices.take_return": "Took in a returned mail",
        "notices.try_again": "Sent a message again",
    },
    messages={"notices.digest": Message("Digest", ""), "notices.week": Message("The week’s mail", "")},
    answers={},
    sensitive=False,
    erasure={
        "notices.Notice": Columns(
            plain="kind link about gathers_of",
            words="subject body problem",
            own={"to": "to subject body calendar sealed problem", "person": "to subject body calendar sealed problem"},
        ),
        "notices.Rhythm": Columns(row_of="person", plain="news day"),
        "notices.Returned": Columns(plain="status", own={"address": "address words"}),
    },
    withheld=EVERYTHING_GOES,
)
