"""Who keeps meetings, brings things to them, chairs, declares, decides between them, and does what was agreed."""

from alongside.ground.core.standing import Power, Standing
from alongside.ground.core.verdict import YES, Verdict, no


def may_keep_meeting(who: Standing, partnership: str, body: str) -> Verdict:
    """Meetings of a body, their agenda and minutes are kept by its clerk and its chair, and by the partnership's office."""
    if who.runs(partnership) or who.can(Power.CLERK, body=body) or who.can(Power.CHAIR, body=body):
        return YES
    return no("This is kept by the clerk and the chair of the body, and by the partnership's office.")


def may_see_meetings(who: Standing, partnership: str) -> Verdict:
    """The page of meetings is for people of the schools that belong, for who sits on a body, and for the office: each sees there
    what is theirs."""
    seated = any(role.body and role.through == partnership for role in who.roles)
    if who.runs(partnership) or who.belongs_to(partnership) or seated:
        return YES
    return no("Meetings are for people of the partnership's schools, for who sits on a body, and for the office.")


def may_bring(who: Standing, partnership: str) -> Verdict:
    """Anybody of the schools that belong, whoever sits on a body and the office may bring something to a meeting."""
    return may_see_meetings(who, partnership)


def may_pass_minutes(who: Standing, partnership: str, body: str, *, seen_by_chair: bool) -> Verdict:
    """Draft minutes go to the members when the chair has seen them: the chair sends them, or who keeps the meeting says that the
    chair has."""
    if who.is_system or who.can(Power.CHAIR, body=body):
        return YES
    if not (keeps := may_keep_meeting(who, partnership, body)):
        return keeps
    return YES if seen_by_chair else no("Draft minutes go out when the chair has seen them: say so first.")


def may_act_as_chair(who: Standing, body: str) -> Verdict:
    """What the chair does between meetings the chair does, and nobody for them."""
    if who.is_system or who.can(Power.CHAIR, body=body):
        return YES
    return no("Only the chair of the body, or who acts as its chair, does this.")


def may_answer_for(who: Standing, partnership: str, body: str, person: str) -> Verdict:
    """What a member declares of themself comes from them, or is entered by who keeps the meeting."""
    return YES if who.person == person else may_keep_meeting(who, partnership, body)


def may_answer_resolution(who: Standing, partnership: str, body: str, person: str) -> Verdict:
    """Whoever has an account answers to a resolution themself, and nobody for them; of who has none, who keeps the meeting enters
    it."""
    if person:
        return YES if who.person == person else no("They have an account, and answer themself.")
    return may_keep_meeting(who, partnership, body)


def may_report(who: Standing, partnership: str, body: str, person: str, school: str) -> Verdict:
    """How an action stands is said by whose it is, by whoever answers for the school that does it or acts for its head, and by
    who keeps the meeting."""
    here = who.counting_in(partnership)
    answers = here.can(Power.ANSWER, school=school) or any(role.acts_for and role.school == school for role in here.roles)
    if who.person == person or answers:
        return YES
    return may_keep_meeting(who, partnership, body)


def may_send_actions(who: Standing) -> Verdict:
    """Actions go out by themselves, the day after a meeting."""
    return YES if who.is_system else no("Actions go out by themselves, the day after a meeting.")


def may_follow_account(who: Standing) -> Verdict:
    """What is kept of somebody by name follows them to their account by itself."""
    return YES if who.is_system else no("What is kept of somebody by name follows them to their account by itself.")
