"""How dates come to one's diary."""

from alongside.ground.web.forms import DoForm, OneOf
from alongside.members.diary.rules import DiaryWay


class WayForm(DoForm):
    """By mail, through the calendar link, or not at all."""

    way = OneOf(DiaryWay, label="How dates come to you", error_messages={"required": "Choose how dates come to your diary"})

    def __init__(self, *args: object, now: DiaryWay, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["way"].initial = now
