"""A head's mail program: it reads the invitation with that key, as it was sent, and writes what Outlook sends when they press
Accept. Run beside a demonstration, as `python -m tests.journeys.accepting KEY`."""

import os
import sys


def main() -> None:
    """Write the mail on the standard output."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.settings")
    import django

    django.setup()
    from alongside.members.diary.tests.make import reply
    from alongside.members.notices.models import Notice

    sys.stdout.buffer.write(reply("yes-outlook.eml", Notice.objects.get(pk=sys.argv[1]), STAMP="20220308T093000Z"))


if __name__ == "__main__":
    main()
