from django.db import migrations

from alongside.calendar.queries.days import published


def take_in(apps, schema_editor):
    """The bank holidays that come with the code."""
    BankHoliday = apps.get_model("calendar", "BankHoliday")
    BankHoliday.objects.bulk_create(
        BankHoliday(nation=nation.value, day=day, title=title)
        for nation, days in published().items()
        for day, title in days.items()
    )


class Migration(migrations.Migration):
    dependencies = [("calendar", "0001_initial")]
    operations = [migrations.RunPython(take_in, migrations.RunPython.noop, elidable=True)]
