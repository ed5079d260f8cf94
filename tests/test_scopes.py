"""Every table says whose it is, and its rows stay with those."""

from collections.abc import Callable, Iterable

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from alongside.ground.core.standing import VISITOR, Standing
from alongside.ground.web.rows import Row, Scope
from tests.audiences import OFFICE, STAFF, Relation
from tests.figures import Figure
from tests.world import World

OUTSIDERS = set(Relation) - STAFF - OFFICE - {Relation.HEAD_OF_MEMBER, Relation.HEAD_OF_ASKED, Relation.VISITOR}
See = Callable[[type[models.Model], Standing], models.QuerySet[models.Model]]


def ours() -> list[type[models.Model]]:
    """Every table of ours."""
    return [model for model in apps.get_models() if model.__module__.startswith("alongside.")]


def faults(tables: Iterable[type[models.Model]]) -> list[str]:
    """Which tables do not say whose they are."""
    found = []
    for model in tables:
        if not isinstance(getattr(model, "scope", None), Scope):
            found.append(f"{model.__name__} names no scope")
        if not hasattr(model._default_manager.all(), "visible_to"):
            found.append(f"{model.__name__} has no visible_to")
    return found


def test_every_table_names_its_scope_and_has_visible_to(figure: Figure) -> None:
    assert not faults(ours())
    figure("scopes", f"{len(ours())} tables: " + ", ".join(f"{model.__name__} {model.scope}" for model in ours()))


@isolate_apps("tests")
def test_a_table_without_scope_or_visible_to_is_caught() -> None:
    class Secret(Row):
        class Meta:
            app_label = "tests"

    assert len(faults([Secret])) == 2


def by_its_own_gate(model: type[models.Model], who: Standing) -> models.QuerySet[models.Model]:
    """What somebody may see of a table."""
    return model._default_manager.all().visible_to(who)


def without_gate(model: type[models.Model], who: Standing) -> models.QuerySet[models.Model]:
    """The planted fault: somebody forgot `visible_to`."""
    return model._default_manager.all()


def belongings(model: type[models.Model], world: World) -> models.QuerySet[models.Model] | None:
    """Alder's rows of a table, where a column says that they are Alder's."""
    names = {field.name for field in model._meta.get_fields() if isinstance(field, models.Field)}
    rows, alder = model._default_manager.all(), world.partnership.pk
    if model._meta.label == "partnerships.Partnership":
        return rows.filter(pk=alder)
    if "partnership" in names:
        return rows.filter(partnership=alder)
    return None


PUBLIC = {"membership.Prospectus": {"published_at__isnull": False}}  # what a partnership shows to everybody


def private(model: type[models.Model], world: World) -> models.QuerySet[models.Model] | None:
    """Alder's rows that are not published."""
    rows = belongings(model, world)
    return rows if rows is None else rows.exclude(**PUBLIC[model._meta.label]) if model._meta.label in PUBLIC else rows


def leaks(world: World, see: See) -> tuple[int, list[str]]:
    """How many views of tables were tried, and which of Alder's rows people without any part in Alder see."""
    tried, found = 0, []
    for model in ours():
        alders = private(model, world)
        if alders is None or model.scope in {Scope.REGISTER, Scope.SYSTEM}:
            continue
        mine = set(alders.values_list("pk", flat=True))
        for relation in OUTSIDERS | {Relation.VISITOR}:
            person = world.person(relation)
            who = VISITOR if person is None else world_standing(person)
            tried += 1
            seen = set(see(model, who).values_list("pk", flat=True)) & mine
            if seen:
                found.append(f"{relation} sees {len(seen)} of {model.__name__}")
    return tried, found


def world_standing(person: models.Model) -> Standing:
    """Who a person is today."""
    from alongside.members.people.queries import standing_of

    return standing_of(person)


def test_people_of_another_partnership_see_no_row_of_ours(world: World, figure: Figure) -> None:
    tried, found = leaks(world, by_its_own_gate)
    assert not found, "\n".join(found)
    _, caught = leaks(world, without_gate)
    assert caught, "the planted query without visible_to was not caught"
    figure("scopes", f"{tried} views of tables by outsiders, 0 rows seen; without the gate {len(caught)} leak")
