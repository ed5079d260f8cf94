"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import EVERYTHING_GOES, App, Columns, Door, Place, RowWords, Task
from alongside.members.calendar.queries import dates, years

APP = App(
    places=(
        Place(
            Door.OFFICE,
            30,
            "School year",
            "calendar:year",
            "Half-terms, INSET days, days kept free, and dates that a law sets.",
            years.year_stands,
            (
                Task("Term dates, half-terms and INSET days", "calendar:year"),
                Task("Days kept free, SATs week, exams", "calendar:blackouts"),
                Task("Freedom of information, subject access: when an answer is due", "calendar:clocks"),
            ),
        ),
    ),
    own_pages=(),
    needs=(dates.needs,),
    dates=(dates.dates,),
    rows={
        "calendar.clock_due": RowWords("{label} is due", page="calendar:clock", key="key", minutes=10),
        "calendar.examples": RowWords(
            "Type the real term dates of {label}, or say that they are real", page="calendar:year", minutes=10
        ),
        "calendar.begins": RowWords("{label} begins", page="calendar:year"),
        "calendar.ends": RowWords("{label} ends", page="calendar:year"),
        "calendar.closure": RowWords("{label}", page="calendar:year"),
        "calendar.kept_free": RowWords("Kept free: {label}", page="calendar:year"),
        "calendar.clock": RowWords("{label} is due", page="calendar:clock", key="key", off="Answered", is_due=True),
        "calendar.bank_holiday": RowWords("{label}"),
    },
    holds=(),
    beside={},
    published=(),
    joining=(),
    leaving=(),
    tone="rest",
    settings={
        "calendar.nation": "Whose bank holidays count",
        "calendar.teaching_days": "Days a week on which a school that teaches is open",
        "calendar.teaching_share": "Share of the schools that teach in a teaching week, in per cent",
        "calendar.alternation": "What alternates",
    },
    acts={
        "calendar.add_blackout": "Kept days free",
        "calendar.add_closure": "Entered days on which a school is closed",
        "calendar.drop_own_year": "Went back to the partnership’s term dates",
        "calendar.end_clock": "Closed a date kept by law",
        "calendar.extend_clock": "Extended a date kept by law",
        "calendar.import_bank_holidays": "Took in bank holidays",
        "calendar.keep_clock": "Noted what came in and must be answered",
        "calendar.move_clock": "Moved a date kept by law",
        "calendar.remove_blackout": "Opened days that were kept free",
        "calendar.remove_closure": "Took a closure out",
        "calendar.restart_clock": "Let a date kept by law run again",
        "calendar.save_year": "Saved term dates",
        "calendar.stop_clock": "Stopped a date kept by law",
    },
    messages={},
    answers={},
    sensitive=False,
    erasure={
        "calendar.BankHoliday": Columns(plain="title"),
        "calendar.Blackout": Columns(words="name"),
        "calendar.Clock": Columns(words="label", plain="hash"),
        "calendar.ClockChange": Columns(words="because"),
    },
    withheld=EVERYTHING_GOES,
)
