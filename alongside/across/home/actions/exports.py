"""Taking data out is a deed like any other."""

from django.db import transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core.standing import Standing


@transaction.atomic
def note_export(*, of: str, partnership: str = "", school: str = "", by: Standing) -> None:
    """Write down that all data of a partnership, of a school or of a person was taken out, and by whom."""
    audit.record(
        "home.export",
        row=partnership or school or by.person or "",
        partnership=partnership,
        school=school,
        facts={"of": of},
        by=by,
    )
