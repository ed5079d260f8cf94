"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import EVERYTHING_GOES, App, Columns, Door, Message, Place, RowWords, Task
from alongside.members.bulletin import actions, queries

APP = App(
    places=(
        Place(
            Door.SCHOOLS,
            35,
            "Bulletin",
            "bulletin:bulletins",
            "What everybody should know this week, and what schools are asked to do by a day.",
            queries.bulletin_stands,
            (
                Task("Send something in for the bulletin, ask schools for something by a day", "bulletin:propose"),
                Task("What was asked of schools: how much time it takes", "bulletin:minutes"),
            ),
        ),
    ),
    own_pages=(),
    needs=(queries.needs,),
    dates=(queries.dates,),
    rows={
        "bulletin.wanted": RowWords("{label}", page="bulletin:item", key="key", minutes=1),
        "bulletin.wanted_by": RowWords("By this day: {label}", page="bulletin:item", key="key", off="Done", is_due=True),
        "bulletin.proposed": RowWords(
            "Look at an item for the bulletin", "Look at {number} items for the bulletin", page="bulletin:bulletins", minutes=3
        ),
        "bulletin.missed": RowWords(
            "An item for the bulletin missed its day: change it or take it back",
            "{number} items for the bulletin missed their day: change them or take them back",
            page="bulletin:bulletins",
            minutes=3,
        ),
    },
    holds=(),
    beside={},
    published=(),
    joining=(),
    leaving=(),
    tone="blue",
    settings={"bulletin.is_on": "A bulletin each week", "bulletin.weekday": "Day of the bulletin, counted from Monday as 0"},
    acts={
        "bulletin.again": "Sent an item in for the bulletin again",
        "bulletin.answer": "Answered what was asked of a school",
        "bulletin.approve": "Took an item into the bulletin",
        "bulletin.change": "Changed an item of the bulletin",
        "bulletin.decline": "Did not take an item into the bulletin",
        "bulletin.done": "Said that a school has done what was asked",
        "bulletin.not_done": "Said that a school has still to do what was asked",
        "bulletin.propose": "Sent an item in for the bulletin",
        "bulletin.remind": "Reminded heads of what was asked of schools",
        "bulletin.send": "Sent the bulletin",
        "bulletin.withdraw": "Took an item of the bulletin back",
    },
    messages={
        "bulletin.bulletin": Message("Bulletin", ""),
        "bulletin.declined": Message("Item not taken", ""),
        "bulletin.reminder": Message("Reminder of a request", ""),
    },
    answers={"bulletin.bulletin": actions.answer_by_mail},
    sensitive=False,
    erasure={
        "bulletin.Item": Columns(
            plain="posts phases schools author author_for link",
            words="title words declined_because author_name",
            own={"author": "author_name"},
        ),
        "bulletin.AskedOfSchool": Columns(plain="done_by", words="done_by_name words", own={"done_by": "done_by_name words"}),
    },
    withheld=EVERYTHING_GOES,
)
