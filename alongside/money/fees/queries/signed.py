"""What the texts that schools have signed say of a year's fee."""

from collections.abc import Mapping

from django.db.models import Count, Q

from alongside.ground.core.standing import Standing
from alongside.members.membership.models import Prospectus
from alongside.members.membership.rules.costs import fee_said, is_most_said, most_said
from alongside.members.partnerships.models import Partnership
from alongside.money.fees.rules.signed import SignedText


def signed_texts(partnership: Partnership, year: int, *, viewer: Standing) -> tuple[SignedText, ...]:
    """The published versions that schools have signed, and the newest, which they sign next, by number: one query."""
    found = Prospectus.objects.visible_to(viewer).filter(partnership=partnership, published_at__isnull=False)
    many = Count("signatures", Q(signatures__withdrawn_at=None))
    rows = list(found.annotate(many=many).order_by("number").values_list("number", "many", "costs"))
    return texts_of({(number, costs): schools for number, schools, costs in rows if schools or number == rows[-1][0]}, year)


def texts_of(counted: Mapping[tuple[int, str], int], year: int) -> tuple[SignedText, ...]:
    """What versions say of a year's fee, by number; `counted` is how many signatures stand under each number and its words."""
    found = sorted(counted.items())
    return tuple(
        SignedText(number, schools, fee_said(costs, year), most_said(costs, year), is_most_said(costs, year))
        for (number, costs), schools in found
    )
