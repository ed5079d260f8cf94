"""Two kinds of row: the lasting school, and what the register says of each establishment."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from alongside.ground.web.models import KeyField, Row, Scope, Seen, Visible
from alongside.members.schools import rules

LISTED = Q(is_current=True, is_open=True, is_invented=False)


class SchoolsWithFacts(models.Manager.from_queryset(Seen)):
    """Schools together with the register row that is theirs today."""

    def get_queryset(self) -> models.QuerySet["School"]:
        """Every school with its current establishment."""
        return super().get_queryset().select_related("current")


class School(models.Model):
    """The lasting place: it stays one school when it becomes an academy and gets another URN."""

    scope = Scope.REGISTER
    visible = Visible(everyone=True)
    id = KeyField(primary_key=True)
    current = models.OneToOneField("Establishment", models.PROTECT, related_name="current_of")

    objects = SchoolsWithFacts()

    class Meta:
        base_manager_name = "objects"

    def __str__(self) -> str:
        return self.current.name

    name = property(lambda self: self.current.name, doc="The school's name today.")
    urn = property(lambda self: self.current.urn, doc="The URN of the establishment that it is today.")
    phase = property(lambda self: self.current.phase, doc="Its phase as the register writes it.")
    type = property(lambda self: self.current.type, doc="Its type as the register writes it.")
    la_code = property(lambda self: self.current.la_code, doc="The three figures of its local authority.")
    la_name = property(lambda self: self.current.la_name, doc="Its local authority.")
    town = property(lambda self: self.current.town, doc="Its town.")
    postcode = property(lambda self: self.current.postcode, doc="Its postcode.")
    easting = property(lambda self: self.current.easting, doc="Metres east on the national grid, or None.")
    northing = property(lambda self: self.current.northing, doc="Metres north on the national grid, or None.")
    pupils = property(lambda self: self.current.pupils, doc="Its pupils, or None.")
    is_open = property(lambda self: self.current.is_open, doc="Whether it is open, also when proposed to close.")
    is_invented = property(lambda self: self.current.is_invented, doc="Whether it is a school of a demonstration.")
    trust_uid = property(lambda self: self.current.trust_uid, doc="The group UID of its trust, or None.")
    trust_name = property(lambda self: self.current.trust_name, doc="Its trust, or nothing.")
    phone = property(lambda self: self.current.phone, doc="Its telephone number.")
    website = property(lambda self: self.current.website, doc="Its website, an http address, or nothing.")

    @property
    def not_open(self) -> str:
        """What stands beside its name where it is not open: 'Closed 1995'; nothing otherwise."""
        return rules.not_open_words(self.current.is_open, self.current.status, self.current.closed_on)

    @property
    def not_open_since(self) -> str:
        """The same with the day: 'Closed 31 August 1995'."""
        return rules.not_open_since(self.current.is_open, self.current.status, self.current.closed_on)

    @property
    def phase_in_words(self) -> str:
        """Its phase, or what it is for where the register says 'Not applicable'."""
        row = self.current
        return rules.phase_in_words(row.phase, row.type, row.low_age, row.high_age)

    @property
    def constituency(self) -> rules.Constituency:
        """The constituency that its phase, type and ages put it in, by the default table."""
        row = self.current
        return rules.constituency(row.phase, row.type, row.low_age, row.high_age)


def said(longest: int, name: str | None = None) -> models.CharField:
    """A text of the register, empty where it says nothing; the database knows so too, because imports leave out columns."""
    return models.CharField(name, max_length=longest, blank=True, default="", db_default="")


class Establishment(models.Model):
    """One row of the register. `known_on` says of which date each group of facts is."""

    scope = Scope.REGISTER
    visible = Visible(everyone=True)
    urn = models.IntegerField(primary_key=True)
    school = models.ForeignKey(School, models.PROTECT, related_name="establishments")
    is_current = models.BooleanField(default=True)
    is_open = models.BooleanField(default=True)
    is_invented = models.BooleanField(default=False)

    name = models.CharField(max_length=200)
    la_code = said(3, "local authority code")
    la_name = said(60, "local authority")
    number = said(4, "establishment number")
    phase = said(40)
    type = said(80)
    status = said(40)
    opened_on = models.DateField("opened", null=True, blank=True)
    closed_on = models.DateField("closed", null=True, blank=True)
    street = said(120)
    locality = said(120)
    address3 = said(120)
    town = said(80)
    county = said(60)
    postcode = said(10)
    easting = models.IntegerField(null=True, blank=True)
    northing = models.IntegerField(null=True, blank=True)
    low_age = models.SmallIntegerField("youngest pupils", null=True, blank=True)
    high_age = models.SmallIntegerField("oldest pupils", null=True, blank=True)
    gender = said(40)
    religion = said(80, "religious character")
    admissions = said(40, "admissions policy")
    nursery = said(60, "nursery classes")
    sixth_form = said(60, "sixth form")
    provision = said(80, "special provision")
    capacity = models.IntegerField(null=True, blank=True)
    pupils = models.IntegerField(null=True, blank=True)
    fsm_percent = models.DecimalField("free school meals", max_digits=4, decimal_places=1, null=True, blank=True)
    phone = said(40, "telephone")
    website = said(200)
    head_title = said(40)
    head_first_name = said(80)
    head_last_name = said(80)
    head_post = said(80)
    trust_uid = models.IntegerField(null=True, blank=True)
    trust_name = said(160, "trust")
    federation_uid = models.IntegerField(null=True, blank=True)
    federation_name = said(160, "federation")
    ukprn = models.IntegerField("UKPRN", null=True, blank=True)

    known_on = models.TextField(blank=True)
    row_hash = models.BigIntegerField(default=0)

    objects = Seen.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["name"], condition=LISTED, name="open_schools_by_name"),
            models.Index(fields=["is_open"], condition=LISTED, name="open_schools"),  # narrow: for counting
            models.Index(fields=["la_code", "name"], name="schools_of_an_authority"),
            models.Index(fields=["trust_uid"], name="schools_of_a_trust"),
            models.Index(fields=["northing", "easting"], name="schools_by_place"),
        ]
        constraints = [models.CheckConstraint(condition=Q(urn__gt=0) & ~Q(name=""), name="an_establishment_has_urn_and_name")]

    def __str__(self) -> str:
        return self.name

    def facts_date(self, group: str) -> date | None:
        """The date of the extract that a group of facts comes from, where one is known."""
        found = rules.known_dates(self.known_on).get(group)
        return None if found == date.min else found


class Change(models.Model):
    """A fact that one extract gave otherwise than those before: the register's own history."""

    scope = Scope.REGISTER
    visible = Visible(everyone=True)
    id = models.BigAutoField(primary_key=True)
    establishment = models.ForeignKey(Establishment, models.CASCADE, related_name="changes")
    fact = models.CharField(max_length=30)
    old = models.CharField(max_length=200, blank=True)
    new = models.CharField(max_length=200, blank=True)
    seen_on = models.DateField(null=True, blank=True, help_text="The date of the extract that says so")

    objects = Seen.as_manager()


class Group(models.Model):
    """A trust, federation or other group of the register, by its UID: names repeat, UIDs do not."""

    scope = Scope.REGISTER
    visible = Visible(everyone=True)
    uid = models.IntegerField(primary_key=True)
    group_id = models.CharField("group ID", max_length=120, blank=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=40, blank=True)
    company_number = models.CharField(max_length=12, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    town = models.CharField(max_length=80, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    is_invented = models.BooleanField(default=False)
    as_of = models.DateField(null=True, blank=True)

    objects = Seen.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "name"], name="groups_by_kind")]

    def __str__(self) -> str:
        return self.name


class GroupLink(models.Model):
    """An establishment in a group, from a day on. Either may reach the register after the link."""

    scope = Scope.REGISTER
    visible = Visible(everyone=True)
    id = models.BigAutoField(primary_key=True)
    establishment = models.ForeignKey(Establishment, models.CASCADE, related_name="group_links", db_constraint=False)
    group = models.ForeignKey(Group, models.CASCADE, related_name="links", db_constraint=False)
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    as_of = models.DateField(null=True, blank=True)

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["establishment", "group"], name="one_link_a_group")]


class Succession(Row):
    """The register's word that one establishment followed another, and what came of it here."""

    scope = Scope.REGISTER
    visible = Visible(everyone=True)
    predecessor_urn = models.IntegerField(db_index=True)
    successor_urn = models.IntegerField(db_index=True)
    kind = models.CharField(max_length=120)
    on = models.DateField(null=True, blank=True)
    outcome = models.CharField(
        max_length=10,
        choices=[(o.value, o.value) for o in rules.SuccessionOutcome],
        default=rules.SuccessionOutcome.WAITING.value,
    )
    decided_by = models.CharField(max_length=12, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["predecessor_urn", "successor_urn"], name="one_succession_a_pair")]
        indexes = [models.Index(fields=["outcome"], name="successions_by_outcome")]


class Extract(Row):
    """A file of the register that changed something when it was imported."""

    scope = Scope.REGISTER
    visible = Visible(everyone=True)
    at = models.DateTimeField()
    file_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    as_of = models.DateField(null=True, blank=True)
    facts: Any = models.JSONField(default=dict)

    objects = Seen.as_manager()
