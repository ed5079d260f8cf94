"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import EVERYTHING_GOES, App, Columns, Message, OwnPage
from alongside.members.diary.actions import answer_date

APP = App(
    places=(),
    own_pages=(
        OwnPage(
            42,
            "Your diary",
            "Dates that were sent to you, your answers, and how dates come: by mail, through your calendar link, or not",
            "diary:diary",
        ),
    ),
    needs=(),
    dates=(),
    rows={},
    holds=(),
    beside={},
    published=(),
    joining=(),
    leaving=(),
    tone="blue",
    settings={},
    acts={
        "diary.answer": "Answered a date",
        "diary.choose": "Said how dates come to the diary",
        "diary.send": "Sent dates to a diary",
    },
    messages={
        "diary.by_this_day": Message("Day by which something is wanted", ""),
        "diary.invitation": Message("Invitation to a date", ""),
        "diary.cancelled": Message("Date taken out", "", goes_anyway=True),
    },
    answers={"diary.invitation": answer_date, "diary.cancelled": answer_date},
    sensitive=False,
    erasure={
        "diary.Diary": Columns(row_of="person_id"),
        "diary.DiaryDate": Columns(row_of="person_id", plain="thing uid organiser digest times", words="comment answered_by"),
    },
    withheld=EVERYTHING_GOES,
)
