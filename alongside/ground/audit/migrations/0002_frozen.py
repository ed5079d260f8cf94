from django.conf import settings
from django.db import migrations

from alongside.ground.web.frozen import freeze, keep

EVENT = ("id", "at", "person", "by_system", "act", "row", "partnership", "school", "facts", "reason")
SEAL = ("event", "position", "before", "hash")
# a demonstration takes its story back, and a test its rows: everywhere else nothing is ever deleted from the log
KEPT = [] if settings.DEMO or settings.TESTING else [keep("audit_event"), keep("audit_seal")]


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        freeze("audit_event", EVENT),
        freeze("audit_seal", SEAL),
        freeze("audit_reason", ("event", "words", "salt")),
        *KEPT,
    ]
