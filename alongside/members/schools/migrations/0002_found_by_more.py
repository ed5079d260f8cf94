from django.db import migrations


class Migration(migrations.Migration):
    """What made the index anew stands in the newest migration that does."""

    dependencies = [("schools", "0001_initial"), ("search", "0003_names")]
    operations = []
