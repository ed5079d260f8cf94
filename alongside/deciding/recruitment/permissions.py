"""Who runs a competition, who scores, who reads what applicants sent."""

from alongside.ground.core.standing import Power, Standing
from alongside.ground.core.verdict import YES, Verdict, no


def may_see_competitions(who: Standing, partnership: str) -> Verdict:
    """Which seats are advertised is shown to people of the schools that belong, to who sits on a body or panel, to the office."""
    seated = any(role.body and role.through == partnership for role in who.roles)
    if who.runs(partnership) or who.belongs_to(partnership) or seated:
        return YES
    return no("This is shown to people of the partnership's member schools, to who sits on a body or a panel, and to its office.")


def may_advertise(who: Standing, partnership: str, body: str) -> Verdict:
    """A seat is advertised by the partnership's office, or by the clerk of the body."""
    if who.runs(partnership) or who.can(Power.CLERK, body=body):
        return YES
    return no("A seat is advertised by the clerk of its body, or by the partnership's office.")


OWN_CASE = (
    "You have applied for this seat yourself, so somebody else takes the competition over: ask another manager, or the clerk."
)


def may_run_competition(who: Standing, partnership: str, body: str, runner: str, has_applied: bool) -> Verdict:
    """One person runs a competition, as long as they are in the office or the body's clerk, and do not apply themselves; nobody
    else of the office does."""
    if has_applied:
        return no(OWN_CASE)
    if who.is_system or (who.person == runner and may_advertise(who, partnership, body)):
        return YES
    return no("One person runs this competition, so that no one else in the office reads what applicants sent.")


def may_take_over(who: Standing, partnership: str, body: str, on_panel: bool, has_applied: bool) -> Verdict:
    """Whoever runs the partnership, or is the body's clerk, may take a competition over; not who scores in it or applies."""
    if has_applied:
        return no(OWN_CASE)
    if on_panel:
        return no("Whoever sits on the panel does not run the competition.")
    if who.is_system or who.can(Power.RUN, partnership=partnership) or who.can(Power.CLERK, body=body):
        return YES
    return no("A competition is taken over by the partnership's manager, or by the clerk of the body.")


def may_settle_recruitment(who: Standing, partnership: str) -> Verdict:
    """What is asked of who is to be independent, and how long applications are kept, is for the office to say."""
    return YES if who.runs(partnership) else no("This is for the partnership's office to say.")


def may_apply(who: Standing, is_published: bool) -> Verdict:
    """Anybody may apply for a seat that is advertised, with or without an account."""
    return YES if is_published else no("This seat is not advertised.")


def may_use_link(who: Standing, is_ours: bool) -> Verdict:
    """Whoever has the link that went to an applicant's address is the applicant."""
    return YES if is_ours else no("This link leads nowhere: it was cut short on the way, or what it led to has been erased.")


def may_sit_on_panel(who: Standing, vacancy: str, has_applied: bool = False) -> Verdict:
    """Applicants are scored by the named people of the panel, none of whom applies themselves."""
    if has_applied:
        return no("You have applied for this seat yourself, so you are not on its panel.")
    return YES if vacancy in who.bodies(Power.ASSESS) else no("Applicants are scored by the people of the panel.")


def may_score(who: Standing, vacancy: str, is_tied: bool | None, has_applied: bool = False) -> Verdict:
    """Whoever has a tie to an applicant neither reads nor scores what they sent; nobody does before they have declared theirs,
    or who applies for the same seat.

    `is_tied`: None where they have not declared.
    """
    if not (on_panel := may_sit_on_panel(who, vacancy, has_applied)):
        return on_panel
    if is_tied is None:
        return no("Declare first whom you know among the applicants.")
    return no("You have a tie to this applicant: you neither read nor score what they sent.") if is_tied else YES


def may_agree(who: Standing, reads: bool, waiting: int) -> Verdict:
    """The panel agrees on a score when everybody's own is in; it is entered by one of them, or by who runs the competition."""
    if waiting:
        return no("Not everybody has scored yet.")
    return YES if reads else no("What applicants sent is read by the panel, and by the one person who runs this competition.")


def may_say_not_read(who: Standing) -> Verdict:
    """An applicant who answers by mail hears by itself that nobody reads it."""
    return YES if who.is_system else no("The door for mail says so by itself.")


def may_purge(who: Standing) -> Verdict:
    """What applicants sent is erased by itself when its day has come."""
    return YES if who.is_system else no("What applicants sent is erased by itself when its day has come.")
