from django.db import models

from alongside.ground.web.models import Row, Scope, Seen, Visible
from alongside.members.people.models import Person


class WeekMail(Row):
    """On which day a person's mail of the week was last written: one row a person, so that no week has two."""

    scope = Scope.PERSONAL
    visible = Visible(person="person")
    person = models.OneToOneField(Person, models.CASCADE, related_name="week_mail")
    last_on = models.DateField(db_index=True)

    objects = Seen.as_manager()
