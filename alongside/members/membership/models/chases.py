from django.db import models

from alongside.ground.web.rows import Row, Scope, Seen, Visible
from alongside.members.partnerships.models import Partnership
from alongside.members.schools.models import School


class Chase(Row):
    """One round of reminders, in the office's words. Its id is made by the page, so that a double press sends one."""

    scope = Scope.PARTNERSHIP
    visible = Visible(members="partnership")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="chases")
    subject = models.CharField(max_length=150)
    body = models.TextField(max_length=4000)
    sent_at = models.DateTimeField()
    person = models.CharField(max_length=12, blank=True)
    count = models.PositiveIntegerField(default=0)
    LATER = ("count",)

    objects = Seen.as_manager()


class ChaseMail(Row):
    """One reminder to one school; its number counts towards the limit."""

    scope = Scope.PARTNERSHIP
    visible = Visible(office="partnership", school="school")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="reminders")
    school = models.ForeignKey(School, models.PROTECT, related_name="reminders")
    chase = models.ForeignKey(Chase, models.PROTECT, related_name="reminders")
    number = models.PositiveSmallIntegerField()
    email = models.EmailField()
    sent_at = models.DateTimeField()

    objects = Seen.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "school", "number"], name="one_reminder_a_number"),
            models.UniqueConstraint(fields=["chase", "school"], name="one_reminder_a_chase"),
        ]
