"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import EVERYTHING_GOES, App, Columns, Door, Message, Place, Task
from alongside.members.groups import actions, queries
from alongside.members.notices.rules.waiting import Waits

APP = App(
    places=(
        Place(
            Door.LEARNING,
            10,
            "Ask the others",
            "groups:groups",
            "A question to heads, SENDCos, business managers; answers on one page.",
            queries.groups_stand,
            (Task("Ask colleagues of other schools a question", "groups:groups"), Task("Add a group", "groups:add_group")),
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
        "groups.add": "Made a group",
        "groups.ask": "Asked a group",
        "groups.change": "Changed a group",
        "groups.change_words": "Changed a question to a group",
        "groups.close": "Closed a question",
        "groups.correct_reply": "Put an answer to a colleague right",
        "groups.end": "Ended a group",
        "groups.open": "Opened a question again",
        "groups.reply": "Answered a colleague’s question",
        "groups.take_back": "Took a question to a group back",
        "groups.take_back_reply": "Took an answer to a colleague back",
        "groups.thank": "Said thank you for an answer",
        "groups.thank_not": "Took a thank-you back",
    },
    messages={
        "groups.address": Message("How to ask a group by mail", ""),
        "groups.answered": Message("Answer to your question", Waits.DAY),
        "groups.not_taken": Message("What you wrote to a group was not taken", ""),
        "groups.asked": Message("Question from a colleague", Waits.WEEK),
    },
    answers={
        "groups.address": actions.ask_by_mail,
        "groups.asked": actions.reply_by_mail,
        "groups.not_taken": actions.again_by_mail,
    },
    sensitive=False,
    erasure={
        "groups.Enclosed": Columns(plain="file what", words="title refused"),
        "groups.PostGroup": Columns(plain="posts", words="name about"),
        "groups.Enquiry": Columns(plain="asked_for", words="words asker_name", own={"asker": "asker_name words"}),
        "groups.Reply": Columns(words="words name", own={"person": "name words"}),
    },
    withheld=EVERYTHING_GOES,
)
