"""Who runs elections, who stands, who votes, who watches."""

from collections.abc import Collection

from alongside.ground.core.standing import HEADS, Held, Power, Standing
from alongside.ground.core.verdict import YES, Verdict, no

LEFT = "You hold no post in a school of the partnership any more, so you do not watch this box."


def _own_posts(who: Standing, partnership: str) -> frozenset[Held]:
    """One's own posts in the schools that belong: whoever acts for a head neither nominates, votes nor watches for them."""
    return frozenset(role for role in who.posts_in(partnership) if not role.acts_for)


def may_call_election(who: Standing, partnership: str) -> Verdict:
    """Elections are called by the partnership's office."""
    return YES if who.runs(partnership) else no("Elections are called by the partnership's office.")


def may_run_election(who: Standing, partnership: str, candidates: Collection[str], scrutineers: Collection[str]) -> Verdict:
    """The returning officer works in the partnership's office, and is neither candidate nor scrutineer."""
    if who.person and who.person in candidates:
        return no("You stand in this election, so somebody else in the office runs it.")
    if who.person and who.person in scrutineers:
        return no("You watch the box of this election, so somebody else in the office runs it.")
    return may_call_election(who, partnership)


def may_see_elections(who: Standing, partnership: str) -> Verdict:
    """Elections are seen by people of the schools that belong, and by the office."""
    if who.runs(partnership) or who.belongs_to(partnership):
        return YES
    return no("Elections are shown to people of the partnership's member schools, and to its office.")


def may_nominate_candidate(who: Standing, partnership: str) -> Verdict:
    """Heads of member schools nominate, themselves or another."""
    if any(role.post in HEADS for role in _own_posts(who, partnership)):
        return YES
    return no("Heads of the partnership's member schools nominate, themselves or another.")


def may_answer_nomination(who: Standing, person: str) -> Verdict:
    """Whoever is nominated says whether they stand, and nobody for them."""
    return YES if who.person and who.person == person else no("Only whoever is nominated says whether they stand.")


def may_name_voter(who: Standing, partnership: str, school: str) -> Verdict:
    """Who casts a school's vote is for those to say who answer for the school."""
    if who.counting_in(partnership).can(Power.ANSWER, school=school):
        return YES
    return no("Who casts a school's vote is said by its head, or by who else answers for the school.")


def may_cast_vote(who: Standing, partnership: str, school: str, holder: str) -> Verdict:
    """A school's vote is cast by the person whom the school has named, while they work there."""
    if not who.person or who.person != holder:
        return no("This school's vote is held by somebody else.")
    if not any(role.school == school and not role.acts_for for role in who.counting_in(partnership).roles):
        return no("You hold no post in this school any more, so the school names somebody else to cast its vote.")
    return YES


def may_watch_box(who: Standing, partnership: str, scrutineer: str) -> Verdict:
    """A scrutineer's part is theirs alone, while they hold a post in a school of the partnership."""
    if not who.person or who.person != scrutineer:
        return no("This is for the scrutineer alone.")
    return YES if _own_posts(who, partnership) else no(LEFT)


def may_open_box(who: Standing, partnership: str, scrutineers: Collection[str]) -> Verdict:
    """The box is opened by its scrutineers, two of them together, while they hold a post in a school of the partnership, and by
    nobody else."""
    if not who.person or who.person not in scrutineers:
        return no("The box is opened by two of its scrutineers.")
    return YES if _own_posts(who, partnership) else no(LEFT)


def may_see_roll(who: Standing, partnership: str, scrutineers: Collection[str], is_declared: bool) -> Verdict:
    """Which schools have voted is seen by the office, and by the scrutineers once the result is declared."""
    if who.runs(partnership) or (is_declared and may_open_box(who, partnership, scrutineers)):
        return YES
    return no(
        "Which schools have voted is shown to the partnership's office, and to the scrutineers once the result is declared."
    )


def may_tell_voters(who: Standing) -> Verdict:
    """Who holds a vote hears of it by itself."""
    return YES if who.is_system else no("Who holds a vote hears of it by itself.")
