"""The product with pages that break its promises: each must be caught by the test that owns the promise."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_POST

from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.members.notices.models import Notice
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Person
from alongside.money.fees import urls as fees


@login_not_required
def leak(request: HttpRequest) -> HttpResponse:
    """Forgot its guard."""
    return HttpResponse("the office's own figures")


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    """Breaks for everybody."""
    raise ZeroDivisionError


@login_not_required
def writing(request: HttpRequest) -> HttpResponse:
    """Refuses, but only after it has written."""
    Partnership.objects.update(area="elsewhere")
    raise Http404


@login_not_required
def nonsense(request: HttpRequest) -> HttpResponse:
    """Was sent what cannot be."""
    raise SuspiciousOperation


@login_not_required
def too_much(request: HttpRequest) -> HttpResponse:
    """Was sent more than it takes."""
    raise RequestDataTooBig


@login_not_required
def refused(request: HttpRequest) -> HttpResponse:
    """Says no."""
    raise Refused("Only the office can do this.")


@login_not_required
def overtaken(request: HttpRequest) -> HttpResponse:
    """Somebody was quicker."""
    raise Conflict("This invoice is issued already.")


@login_not_required
def unsaid(request: HttpRequest) -> HttpResponse:
    """Lets what a rule refuses go by without a form to say it beside."""
    raise Invalid(outcome="Choose one of the two answers")


@login_not_required
@require_POST
def pressed(request: HttpRequest) -> HttpResponse:
    """Is opened by a button only."""
    return HttpResponse("done")


@login_not_required
def telling(request: HttpRequest) -> HttpResponse:
    """Shows every message of every partnership."""
    return HttpResponse("\n".join(Notice.objects.values_list("body", flat=True)))


@login_not_required
def asking_again(request: HttpRequest) -> HttpResponse:
    """Asks the database once more for every row."""
    return HttpResponse("".join(Person.objects.get(pk=pk).name for pk in Person.objects.values_list("pk", flat=True)))


@login_not_required
def styled(request: HttpRequest) -> HttpResponse:
    """Carries a script and a style of its own, and takes the headers off."""
    response = HttpResponse("<!doctype html><html><title>x</title><p style='color: red' onclick='x()'>x</p><script>x()</script>")
    response._csp_exempt = True
    return response


@login_not_required
def adding(request: HttpRequest) -> HttpResponse:
    """Believes what it is sent."""
    return HttpResponse(str(int(request.POST["number"]) + 1))


def paying(request: HttpRequest) -> HttpResponse:
    """Shows money, and forgot to ask for a second factor."""
    return HttpResponse("the bank account")


PLANTED = (adding, leak, broken, writing, nonsense, too_much, refused, overtaken, unsaid, pressed, telling, asking_again, styled)
handler400 = "alongside.ground.web.views.bad_request"
handler403 = "alongside.ground.web.views.forbidden"
handler404 = "alongside.ground.web.views.not_found"
handler500 = "alongside.ground.web.views.server_error"
urlpatterns = [
    path("planted/paying/", include(([path("", paying, name="planted"), *fees.urlpatterns], "fees"))),
    path("", include("alongside.urls")),
    *(path(f"planted/{view.__name__}/", view, name=view.__name__) for view in PLANTED),
]
