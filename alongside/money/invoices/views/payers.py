"""Who pays for a school."""

from functools import partial

from django.http import HttpResponse
from django.urls import reverse

from alongside.ground.core.verdict import require
from alongside.ground.web.asked import Asked, found
from alongside.ground.web.pages import Done, form_page
from alongside.members.partnerships.queries import school_of
from alongside.money.invoices.actions.payers import change_payer
from alongside.money.invoices.forms import PayerForm
from alongside.money.invoices.models.invoices import Payer
from alongside.money.invoices.permissions import may_change_payer
from alongside.money.invoices.queries.invoices import payer_of


def payers(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Who pays for a school from now on, and under which purchase order."""
    partnership, fees = request.partnership, reverse("fees:overview", args=[slug])
    school = found(school_of(partnership, urn, viewer=request.who))
    require(may_change_payer(request.who, partnership.pk, school.pk))

    def done(row: Payer) -> Done:
        order = f", under purchase order {row.purchase_order}" if row.purchase_order else ""
        words = f"Later invoices for {row.school} go to {row.name or 'the school itself'}{order}."
        return Done(words, (("Change it again", request.path),))

    return form_page(
        request, partial(PayerForm, row=payer_of(partnership, school, viewer=request.who)),
        partial(change_payer, partnership=partnership, school=school),
        title=f"Who pays for {school.name}", caption="Fees", back=("Fees", fees), done=done, next=fees,
        lead="For later invoices. What has been issued stays as it is.",
    )  # fmt: skip
