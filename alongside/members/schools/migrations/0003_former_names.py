from typing import Any

from django.db import migrations

from alongside.ground.core.standing import Standing
from alongside.members.schools.actions.indexing import index_schools, index_trusts
from alongside.members.schools.models import Group, School


def index(apps: Any, schema_editor: Any) -> None:
    """The index of what is there already; whoever changes what stands in it again moves this to a new migration."""
    index_schools(School.objects.values_list("pk", flat=True), by=Standing.system())
    index_trusts(Group.objects.values_list("uid", flat=True), by=Standing.system())


class Migration(migrations.Migration):
    dependencies = [("schools", "0002_found_by_more")]
    operations = [migrations.RunPython(index, migrations.RunPython.noop)]
