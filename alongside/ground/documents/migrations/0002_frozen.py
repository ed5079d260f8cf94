from django.db import migrations

from alongside.ground.web.frozen import freeze


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [freeze("documents_document", ["id", "kind", "row", "sha256", "pdf", "made_at"])]
