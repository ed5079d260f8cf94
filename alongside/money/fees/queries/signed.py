"""What the texts that schools have signed say of a year's fee."""

from django.db.models import Count, Q

from alongside.ground.core.standing import Standing
from alongside.members.membership.models import Prospectus
from alongside.members.membership.rules.costs import fee_said, most_said
from alongside.members.partnerships.models import Partnership
from alongside.money.fees.rules.signed import SignedText


def signed_texts(partnership: Partnership, year: int, *, viewer: Standing) -> tuple[SignedText, ...]:
    """The published versions that schools have signed, and the newest, which they sign next, by number: one query."""
    found = Prospectus.objects.visible_to(viewer).filter(partnership=partnership, published_at__isnull=False)
    many = Count("signatures", Q(signatures__withdrawn_at=None))
    rows = list(found.annotate(many=many).order_by("number").values_list("number", "many", "costs"))
    return tuple(
        SignedText(number, schools, fee_said(costs, year), most_said(costs, year))
        for number, schools, costs in rows
        if schools or number == rows[-1][0]
    )
