"""Who keeps bodies, and who sees what of them."""

from collections.abc import Collection

from alongside.deciding.bodies.rules.kinds import ShownTo
from alongside.ground.core.standing import Power, Standing
from alongside.ground.core.verdict import YES, Verdict, no


def may_make_body(who: Standing, partnership: str) -> Verdict:
    """Which bodies a partnership has, and what its seats are, is for its office to say."""
    return YES if who.runs(partnership) else no("Which bodies there are is for the partnership's office to say.")


def may_keep_body(who: Standing, partnership: str, body: str) -> Verdict:
    """Who sits on a body is kept by its clerk, and by the partnership's office."""
    if who.runs(partnership) or who.can(Power.CLERK, body=body):
        return YES
    return no("This is kept by the clerk of the body, and by the partnership's office.")


def may_see_bodies(who: Standing, partnership: str) -> Verdict:
    """Bodies and who sits on them are seen by people of the schools that belong, by who sits on one, and by the office."""
    if who.runs(partnership) or who.belongs_to(partnership) or partnership in who.seated:
        return YES
    return no("Bodies are shown to people of the partnership's member schools, to who sits on one, and to its office.")


def may_keep_holder(who: Standing, partnership: str, bodies: Collection[str], person: str) -> Verdict:
    """What somebody states of themselves for the bodies on which they sit is kept by themselves, by a clerk of one of these, and
    by the office."""
    if who.person == person or who.runs(partnership) or who.bodies(Power.CLERK) & set(bodies):
        return YES
    return no("This is kept by whoever it is about, by the clerk of a body on which they sit, and by the office.")


def may_give_address(who: Standing, partnership: str, bodies: Collection[str]) -> Verdict:
    """The address of somebody on a body is entered by the clerk of a body on which they sit, and by the partnership's office."""
    if who.is_system or who.runs(partnership) or who.bodies(Power.CLERK) & set(bodies):
        return YES
    return no("An address is entered by the clerk of a body on which they sit, and by the partnership's office.")


def may_see_interests(who: Standing, partnership: str, body: str, shown: str) -> Verdict:
    """Interests are seen as the kind of body has it: by the body, its clerk and the office; by the schools; by everybody."""
    if shown == ShownTo.PUBLIC or who.runs(partnership) or body in who.bodies():
        return YES
    if shown == ShownTo.MEMBERS and may_see_bodies(who, partnership):
        return YES
    return no("The interests of this body's people are shown to the body, its clerk and the office.")


def may_say_skills(who: Standing, partnership: str) -> Verdict:
    """What somebody knows well they say themselves, whoever sees the bodies, and nobody for them."""
    return may_see_bodies(who, partnership) if who.person else no("Only whoever it is about says what they know well.")


def may_see_skills(who: Standing, partnership: str, body: str) -> Verdict:
    """Which skills a body has and lacks is seen by the body, its clerk and the office, as sums of five answers or more."""
    if who.runs(partnership) or body in who.bodies():
        return YES
    return no("Which skills a body has is shown to the body, its clerk and the office.")


def may_remind(who: Standing) -> Verdict:
    """Reminders of the yearly word on interests go by themselves."""
    return YES if who.is_system else no("Reminders of interests go by themselves.")
