from datetime import date
from typing import Any, Self

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.ground.web.models import KeyField, Row, Scope, Seen, Visible
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.rules import Belonging
from alongside.members.posts.queries import title_of
from alongside.members.schools.models import School

PROVING = ("code", "microsoft", "google")  # ways to sign in that show that an address is one's own


class People(models.QuerySet["Person"]):
    """People."""

    def visible_to(self, who: Standing) -> Self:
        """Oneself, and whoever holds or will hold a role that one may see; not those who have left."""
        if who.is_system:
            return self
        roles = Role.objects.visible_to(who).filter(Role.objects.lasting(clock.today()), person=OuterRef("pk"))
        return self.filter(Q(pk=who.person or "-") | Exists(roles))


class Accounts(BaseUserManager.from_queryset(People)):
    """What Django's sign-in asks for."""

    def get_by_natural_key(self, email: str | None) -> "Person":
        """The person with that address, however it is capitalised."""
        return self.get(email=(email or "").lower())

    def whose_address(self, email: str) -> str:
        """The id of whose address that is, or nothing. Who only typed it, taking up a letter, has not proven it until they
        sign in by a code to it, or by an account elsewhere that vouches for it."""
        address = email.strip().lower()
        taken_up = apps.get_model("people", "Invitation").objects.filter(accepted_by=OuterRef("pk"))
        proven = Exists(SignIn.objects.filter(person=OuterRef("pk"), how__in=PROVING)) | Exists(taken_up.filter(email=address))
        found = self.filter(proven | ~Exists(taken_up.filter(email="")), email=address, is_active=True)
        return found.values_list("pk", flat=True).first() or ""


class Person(AbstractBaseUser):
    """Somebody, who may or may not sign in. Rights come from roles, never from this row."""

    scope = Scope.PERSONAL
    id = KeyField(primary_key=True, default=keys.new_key)
    name = models.CharField(max_length=120)
    email = models.EmailField(null=True, blank=True, unique=True)
    phone = models.CharField(max_length=40, blank=True)
    shows_phone = models.BooleanField(default=False)  # to the other schools of their partnerships
    is_active = models.BooleanField(default=True)
    password_proves = models.BooleanField(default=False)  # chosen by the person, not set anew through their mailbox
    session_mark = models.CharField(max_length=keys.LENGTH, default=keys.new_key)  # another one ends every session

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = Accounts()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(email=None) | Q(email=Lower("email")), name="addresses_are_kept_small")]

    def __str__(self) -> str:
        return self.name

    def get_username(self) -> str:
        """What identifies the person at sign-in."""
        return self.email or self.pk

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must know to be this person's still: it changes with the password and with the mark."""
        salt = "alongside.people.session"
        return salted_hmac(salt, f"{self.password}:{self.session_mark}", secret=secret, algorithm="sha256").hexdigest()

    def has_perm(self, *_: Any) -> bool:
        """Never: rights come from roles."""
        return False

    has_perms = has_module_perms = has_perm


def in_reach(who: Standing) -> Q:
    """Whether a post in a school is in the care of an office in which the person works.

    It is where that partnership gave the post, or where nobody's invitation gave it and the school belongs to the
    partnership: having asked a school opens none of the posts that it has anyhow.
    """
    here = Membership.objects.current(clock.today()).filter(partnership__in=who.offices, school=OuterRef("school"))
    return Q(Exists(here.filter(partnership=OuterRef("through")))) | Q(Exists(here.exclude(kind=Belonging.ASKED)), through=None)


def beside(who: Standing) -> Q:
    """Whether a post is in a school in which the person holds one, as far as their own post counts (decision 8).

    Whom a partnership's invitation put into a school sees the posts that it gave, and those that the school has anyhow
    once it belongs there: as its office does, no sooner.
    """
    found = Q(school__in=who.schools_anywhere) & (Q(through=None) | Q(through__in=who.partnerships))
    for home in sorted({home for home, _ in who.schools_through}):
        theirs = sorted(school for given, school in who.schools_through & who.memberships if given == home)
        here = Membership.objects.current(clock.today()).filter(partnership=home, school=OuterRef("school"))
        found |= Q(school__in=theirs) & (Q(through=home) | Q(Exists(here.exclude(kind=Belonging.ASKED)), through=None))
    return found


class Roles(models.QuerySet["Role"]):
    """Roles."""

    def visible_to(self, who: Standing) -> Self:
        """One's own, those in one's schools, an office's own and its schools', and who works in one's partnership's office."""
        if who.is_system:
            return self
        mine = Q(person=who.person or "-") | beside(who) | Q(partnership__in=who.partnerships)
        return self.filter(mine | in_reach(who) if who.offices else mine)

    def near(self, who: Standing) -> Self:
        """Those that somebody could see at all: not a permission, but where a database with the whole country's posts is to
        look, each of them by an index, before it asks `visible_to` of every one."""
        if who.is_system:
            return self
        asked = Membership.objects.filter(partnership__in=who.offices).values("school")
        ways = (
            {"person": who.person or "-"},
            {"school__in": who.schools},
            {"partnership__in": who.partnerships},
            {"school__in": asked},
        )
        first, *others = (Role.objects.filter(**way).values("pk") for way in ways)
        return self.filter(pk__in=first.union(*others, all=True))

    def held(self, on: date) -> Self:
        """Those held on the day."""
        return self.filter(self.lasting(on), from_on__lte=on)

    def lasting(self, on: date) -> Q:
        """The condition that a role is not over before the day, begun or not."""
        return Q(ended_at=None) & (Q(until_on=None) | Q(until_on__gte=on))


class Role(Row):
    """A post that a person holds in a school or in a partnership's office, from a day until a day (inclusive).

    `post` is a code of the partnership's list (room `posts`): what it opens, and where it is held, is said there.
    `ended_at` is set when it was taken away at once, whatever the day. `through` is the partnership whose invitation
    gave a post in a school: the post counts there only, so that no partnership can put somebody into another's pages.
    """

    scope = Scope.SCHOOL
    person = models.ForeignKey(Person, models.PROTECT, related_name="roles")
    post = models.CharField(max_length=20)
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="roles")
    partnership = models.ForeignKey(Partnership, models.PROTECT, null=True, blank=True, related_name="office")
    through = models.ForeignKey(Partnership, models.PROTECT, null=True, blank=True, related_name="school_roles")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = Roles.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(school__isnull=False, partnership=None) | Q(school=None, partnership__isnull=False),
                name="a_post_is_in_a_school_or_an_office",
            ),
            models.CheckConstraint(condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="role_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(until_on__isnull=False), name="what_was_taken_away_has_a_last_day"
            ),
            models.UniqueConstraint(
                fields=["person", "post", "school"], condition=Q(until_on=None, through=None), name="one_lasting_role_in_a_school"
            ),
            models.UniqueConstraint(
                fields=["person", "post", "school", "through"],
                condition=Q(until_on=None),
                name="one_lasting_role_through_a_partnership",
            ),
            models.UniqueConstraint(
                fields=["person", "post", "partnership"], condition=Q(until_on=None), name="one_lasting_role_in_an_office"
            ),
        ]
        indexes = [models.Index(fields=["person"]), models.Index(fields=["school"]), models.Index(fields=["partnership"])]

    @property
    def post_name(self) -> str:
        """What the post is called."""
        return title_of(self.post)

    @property
    def place(self) -> str:
        """The school or the partnership in which the post is."""
        return str(self.school or self.partnership)


class SignIns(Seen):
    """Sign-ins."""

    def open(self) -> Self:
        """Those that have not been ended."""
        return self.filter(ended_at=None)


class SignIn(Row):
    """One browser in which a person signed in: by what, when, and when it was last used."""

    scope = Scope.PERSONAL
    visible = Visible(person="person")
    person = models.ForeignKey(Person, models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, blank=True)
    device = models.CharField(max_length=80)
    how = models.CharField(max_length=20)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = SignIns.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "ended_at"])]


class SeptemberCheck(Row):
    """That a school has said, in an academic year, which people hold its posts."""

    scope = Scope.SCHOOL
    visible = Visible(office="partnership", school="school")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="september_checks")
    school = models.ForeignKey(School, models.PROTECT, related_name="september_checks")
    year = models.PositiveSmallIntegerField()  # in which the academic year begins
    confirmed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    confirmed_at = models.DateTimeField()

    objects = Seen.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "school", "year"], name="one_september_check_a_school_a_year")
        ]
