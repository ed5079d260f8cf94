"""Writing down what a body decided."""

from datetime import date

from django.db import IntegrityError, transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.members.authority.models import Authority
from alongside.members.authority.permissions import may_record_decision
from alongside.members.authority.rules import DecisionKind, why_no_decision
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import belongs
from alongside.members.schools.models import School


@transaction.atomic
def record_decision(
    *,
    partnership: Partnership,
    kind: DecisionKind,
    body: str,
    decided_on: date | None,
    reference: str,
    amount: int | None = None,
    each: int | None = None,
    words: str = "",
    school: School | None = None,
    supersedes: Authority | None = None,
    key: str,
    by: Standing,
) -> Authority:
    """Write down a decision that money will rest on, once: the same client-made key again is the same decision.

    Raises Invalid by field where it does not say who decided, when, under which minute or how much; Conflict where
    another decision has taken the place of the one that it supersedes.
    """
    require(may_record_decision(by, partnership.pk))
    if school:
        require(belongs(partnership, school))
    problems = why_no_decision(body, reference, decided_on, clock.today(), kind, amount)
    if problems or decided_on is None:
        raise Invalid(**problems)
    is_cut, was_cut = kind == DecisionKind.REDUCTION, supersedes and supersedes.kind == DecisionKind.REDUCTION
    if supersedes and (supersedes.partnership_id != partnership.pk or is_cut != was_cut):
        raise Conflict("A decision takes the place of one about the same thing only.")
    made = Authority(
        pk=key,
        partnership=partnership,
        kind=DecisionKind(kind),
        body=body.strip(),
        decided_on=decided_on,
        reference=reference.strip(),
        amount=amount,
        each=each,
        words=words.strip(),
        school=school,
        supersedes=supersedes,
        entered_by=by.person or by.on_behalf_of or "",
        entered_at=clock.now(),
    )
    try:
        return audit.keep_once(
            "authority.decision", made, by=by, kind=str(kind), decided_on=decided_on.isoformat(), amount=amount
        )
    except IntegrityError:  # two people replaced the same decision
        raise Conflict("Another decision has taken its place already. Open the list to see it.") from None
