"""What actions ask of the whole database; not for pages."""

from alongside.members.schools.models import Establishment, School


def schools_in_use() -> set[str]:
    """The schools that rows of any other part point to: they must not go away."""
    found: set[str] = set()
    for relation in School._meta.related_objects:
        model, column = relation.related_model, relation.field.attname
        if model is not Establishment:
            found.update(model._base_manager.exclude(**{column: None}).values_list(column, flat=True).distinct())
    return found
