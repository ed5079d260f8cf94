from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from alongside.core import keys
from alongside.core.standing import OFFICE_POSTS, SCHOOL_POSTS, Post, Standing
from alongside.partnerships.models import Partnership
from alongside.schools.models import School
from alongside.web.rows import KeyField, Row, Scope


class People(models.QuerySet["Person"]):
    """People."""

    def visible_to(self, who: Standing) -> Self:
        """Oneself, the people of one's schools, and for an office those of its partnership's schools."""
        if who.is_system:
            return self
        return self.filter(
            Q(pk=who.person or "-")
            | Q(roles__school__in=who.schools)
            | Q(roles__partnership__in=who.offices)
            | Q(roles__school__memberships__partnership__in=who.offices)
        ).distinct()


class Accounts(BaseUserManager.from_queryset(People)):
    """What Django's sign-in asks for."""

    def get_by_natural_key(self, email: str | None) -> "Person":
        """The person with that address, however it is capitalised."""
        return self.get(email__iexact=email)


class Person(AbstractBaseUser):
    """Somebody, who may or may not sign in. Rights come from roles, never from this row."""

    scope = Scope.PERSONAL
    id = KeyField(primary_key=True, default=keys.new_key)
    name = models.CharField(max_length=120)
    email = models.EmailField(null=True, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = Accounts()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_an_address")]

    def __str__(self) -> str:
        return self.name

    def get_username(self) -> str:
        """What identifies the person at sign-in."""
        return self.email or self.pk

    def has_perm(self, *_: Any) -> bool:
        """Never: rights come from roles."""
        return False

    has_perms = has_module_perms = has_perm


class Roles(models.QuerySet["Role"]):
    """Roles."""

    def visible_to(self, who: Standing) -> Self:
        """One's own, those in one's schools, and for an office those in its partnership and its schools."""
        if who.is_system:
            return self
        return self.filter(
            Q(person=who.person or "-")
            | Q(school__in=who.schools)
            | Q(partnership__in=who.offices)
            | Q(school__memberships__partnership__in=who.offices)
        ).distinct()

    def held(self, on: object) -> Self:
        """Those held on the day."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on)


class Role(Row):
    """A post that a person holds in a school or in a partnership's office, from a day until a day (inclusive)."""

    scope = Scope.SCHOOL
    person = models.ForeignKey(Person, models.PROTECT, related_name="roles")
    post = models.CharField(max_length=20, choices=[(p.value, p.label) for p in Post])
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="roles")
    partnership = models.ForeignKey(Partnership, models.PROTECT, null=True, blank=True, related_name="office")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = Roles.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(school__isnull=False, partnership=None, post__in=sorted(SCHOOL_POSTS))
                | Q(school=None, partnership__isnull=False, post__in=sorted(OFFICE_POSTS)),
                name="a_post_is_in_a_school_or_an_office",
            ),
            models.CheckConstraint(condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="role_ends_after_it_begins"),
            models.UniqueConstraint(fields=["person", "post", "school"], condition=Q(until_on=None), name="one_lasting_role_in_a_school"),
            models.UniqueConstraint(
                fields=["person", "post", "partnership"], condition=Q(until_on=None), name="one_lasting_role_in_an_office"
            ),
        ]
        indexes = [models.Index(fields=["person"]), models.Index(fields=["school"]), models.Index(fields=["partnership"])]
