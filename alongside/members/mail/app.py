"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import EVERYTHING_GOES, App, Columns, Door, Message, Place, RowWords, Task
from alongside.members.mail import queries
from alongside.members.mail.rules.whole import words_in

APP = App(
    places=(
        Place(
            Door.OFFICE,
            52,
            "Mail that came in",
            "mail:mails",
            "Answers to our messages, with what was done with each.",
            queries.mail_stands,
            (Task("Let a mailbox hand its mail on: Microsoft 365, Google", "mail:forwarding"),),
        ),
    ),
    own_pages=(),
    needs=(queries.needs,),
    dates=(),
    rows={
        "mail.waits": RowWords(
            "Look at mail from {label}",
            "Look at {number} messages that came by mail",
            page="mail:mails",
            query="?state=waiting",
            minutes=3,
        )
    },
    holds=(),
    beside={},
    published=(),
    joining=(),
    leaving=(),
    tone="blue",
    settings={},
    acts={"mail.take_in": "Took in a mail", "mail.see_to": "Saw to a mail", "mail.hand_to_office": "Gave a mail to an office"},
    messages={"mail.not_read": Message("Answers are not read", "", is_confidential=True)},
    answers={},
    sensitive=False,
    erasure={
        "mail.Mail": Columns(
            plain="mark link",
            words="became why subject words quoted whole not_kept",
            inside={"whole": words_in},
            own={
                "sender": "sender name subject words quoted whole not_kept",
                "handed_on_by": "handed_on_by",
                "person": "subject words quoted whole not_kept",
            },
        ),
    },
    withheld=EVERYTHING_GOES,
)
