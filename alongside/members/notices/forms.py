"""How a person wants their messages."""

from alongside.ground.web.forms import DoForm, OneOf
from alongside.members.notices.rules.waiting import News, WeekDay


class RhythmForm(DoForm):
    """When messages come that need not come at once, and on which day the week's mail."""

    day = OneOf(WeekDay, label="The week’s mail", help_text="What needs you, what comes next, and what waited for it.")
    news = OneOf(News, label="Messages that can wait")

    def __init__(self, *args: object, now: tuple[News, WeekDay], **options: object) -> None:
        super().__init__(*args, initial={"news": now[0], "day": now[1]}, **options)
