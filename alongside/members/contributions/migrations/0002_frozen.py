"""What a contribution says never changes; it is taken back, or it stands."""

from django.db import migrations

from alongside.members.contributions.models import Contribution
from alongside.ground.web.frozen import freeze


class Migration(migrations.Migration):
    dependencies = [("contributions", "0001_initial")]
    operations = [freeze("contributions_contribution", Contribution.FROZEN)]
