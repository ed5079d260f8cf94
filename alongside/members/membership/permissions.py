"""Who may do what on the way to a partnership."""

from alongside.ground.core.standing import Power, Standing
from alongside.ground.core.verdict import YES, Verdict, no
from alongside.members.membership.rules.answers import AnswerState
from alongside.members.partnerships.permissions import may_run_partnership, may_see_office


def may_see_membership(who: Standing, partnership: str) -> Verdict:
    """What stands in each school's way is for the partnership's office."""
    return may_see_office(who, partnership)


def may_run_signup(who: Standing, partnership: str) -> Verdict:
    """The manager writes the prospectus, asks and invites schools, answers questions, reminds and freezes the roll."""
    return may_run_partnership(who, partnership)


def may_ask_question(who: Standing, school: str) -> Verdict:
    """Anybody with a role in the school may ask a question for it."""
    if who.is_system or who.holds(school=school):
        return YES
    return no("Only people of the school can ask for it.")


def may_answer_for_school(who: Standing, school: str) -> Verdict:
    """The school answers by its head, its trust's officer, its chair of governors or its school administrator."""
    if who.is_system or who.can(Power.ANSWER, school=school):
        return YES
    return no("The head, the trust, the chair of governors or the school administrator answers for the school.")


def may_sign_agreement(who: Standing, school: str) -> Verdict:
    """Signing is for those who may answer for the school, and each says on whose authority."""
    return may_answer_for_school(who, school)


def may_record_answer(who: Standing, partnership: str) -> Verdict:
    """An answer that came on paper or by phone is recorded by the manager, with who said so."""
    return may_run_partnership(who, partnership)


def may_withdraw_signature(who: Standing, partnership: str, school: str, frozen: bool) -> Verdict:
    """A school withdraws by itself until the roll is frozen; afterwards the manager records a decision."""
    if frozen:
        if may_run_partnership(who, partnership):
            return YES
        return no("The roll is frozen: leaving now needs a decision of the board. Please write to the partnership's office.")
    if may_run_partnership(who, partnership) or may_answer_for_school(who, school):
        return YES
    return no("Only those who may sign for the school can withdraw its signature.")


def may_reopen_answer(who: Standing, partnership: str, school: str, state: AnswerState) -> Verdict:
    """A school that said not this time may come back whenever it likes; the office may open the matter for it."""
    if state is not AnswerState.DECLINED:
        return no("There is nothing to open again.")
    if who.runs(partnership) or may_answer_for_school(who, school):
        return YES
    return no("Only the school or the partnership's office can open this again.")
