"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import EVERYTHING_GOES, App, Columns, Message, OwnPage
from alongside.members.diary.actions import answer_date

APP = App(
    places=(),
    own_pages=(
        OwnPage(
            42,
            "How dates come to your diary",
            "As invitations by mail that you accept or decline, through your calendar link, or not at all",
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
        "diary.invitation": Message("Invitation to a date", ""),
        "diary.cancelled": Message("Date taken out", "", goes_anyway=True),
    },
    answers={"diary.invitation": answer_date, "diary.cancelled": answer_date},
    sensitive=False,
    erasure={
        "diary.Diary": Columns(row_of="person_id"),
        "diary.DiaryDate": Columns(row_of="person_id", plain="thing uid organiser digest times", words="comment"),
    },
    withheld=EVERYTHING_GOES,
)
