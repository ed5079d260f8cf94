"""Who may take out what, and who may have a calendar link."""

from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import YES, Verdict, no
from alongside.members.partnerships.permissions import may_run_partnership
from alongside.members.people.permissions import may_keep_people


def may_have_feed(who: Standing) -> Verdict:
    """Everybody may have their own dates in their own calendar; nobody else's."""
    return YES if who.person else no("Sign in to have your dates in your calendar.")


def may_export_partnership(who: Standing, partnership: str) -> Verdict:
    """All data of a partnership is taken out by its manager."""
    return may_run_partnership(who, partnership)


def may_export_school(who: Standing, school: str) -> Verdict:
    """All data of a school is taken out by those who look after its people: head, school administrator, chair, trust officer."""
    if may_keep_people(who, school, None):
        return YES
    return no("A school's data is taken out by its head, school administrator, chair of governors or trust officer.")


def may_export_own(who: Standing) -> Verdict:
    """What is kept of a person is theirs to have."""
    return YES if who.person else no("Sign in to see what is kept of you.")
