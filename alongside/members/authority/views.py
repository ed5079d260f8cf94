"""What was decided: the list, and writing one down."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.ground.core.verdict import Invalid, require
from alongside.ground.web.asked import Asked
from alongside.members.authority import actions, queries
from alongside.members.authority.forms import RecordDecisionForm
from alongside.members.authority.permissions import may_record_decision, may_see_decisions
from alongside.members.partnerships.queries import school_of


def decisions(request: Asked, slug: str) -> HttpResponse:
    """What boards have decided about money, newest first."""
    require(may_see_decisions(request.who, request.partnership.pk))
    rows = queries.decisions_of(request.partnership, viewer=request.who)
    may_decide = may_record_decision(request.who, request.partnership.pk)
    return render(request, "authority/decisions.html", {"rows": rows, "may_decide": may_decide})


def record_decision(request: Asked, slug: str) -> HttpResponse:
    """Write down a decision about one school's money: a waiver, a write-off or a credit may then rest on it."""
    require(may_record_decision(request.who, request.partnership.pk))
    form = RecordDecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        urn = said.pop("urn")
        school = school_of(request.partnership, urn, viewer=request.who) if urn else None
        if urn and school is None:
            form.add_error("urn", "No school of the partnership has this URN")
        else:
            try:
                actions.record_decision(partnership=request.partnership, school=school, **said, by=request.who)
            except Invalid as problem:
                form.refuse(problem)
            else:
                messages.success(request, "Written down. A credit note, a waiver or a write-off can now rest on it.")
                return redirect("authority:decisions", slug)
    return render(request, "authority/record_decision.html", {"form": form})
