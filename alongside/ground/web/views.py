"""Pages about the pages: components, accessibility, cookies, and what is said when something goes wrong."""

import logging
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template import loader
from django.templatetags.static import static

from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.ground.web.gallery import GalleryForm, sample_pictures
from alongside.ground.web.models import Stale

NOTHING_THERE = "Nothing"  # where a column is empty


def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "web/accessibility.html")


def cookies(request: HttpRequest) -> HttpResponse:
    """Which cookies are set and why."""
    return render(request, "web/cookies.html")


def components(request: HttpRequest) -> HttpResponse:
    """Every component on one page."""
    form = GalleryForm(request.GET if "show_errors" in request.GET else None)
    return render(request, "web/components.html", {"form": form, **sample_pictures()})


def favicon(request: HttpRequest) -> HttpResponse:
    """The mark, for browsers that look for it where it always was."""
    return redirect(static("mark.svg"))


def refusal(request: HttpRequest, status: int, **words: object) -> HttpResponse:
    """One page for all refusals: what happened, and what to do."""
    return render(request, "web/refusal.html", {"status": status, **words}, status=status)


@login_not_required
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 when too much was sent."""
    if isinstance(exception, RequestDataTooBig):
        return refusal(
            request,
            413,
            title="That is too much to send at once",
            reason="Nothing was saved.",
            remedy="Go back and send a smaller file, or split the text into parts.",
        )
    return refusal(
        request,
        400,
        title="We could not read that request",
        reason="Something in the address or the form was not as we expected. Nothing was saved.",
        remedy="Go back, load the page again and repeat what you did.",
    )


def invalid(request: HttpRequest, exception: Invalid) -> HttpResponse:
    """400 with what a rule asks for, where the page had no form to say it beside."""
    return refusal(
        request,
        400,
        title="We could not take that",
        reason=". ".join(words.rstrip(".") for words in exception.problems.values()) + ". Nothing was saved.",
        remedy="Go back and try again.",
    )


@login_not_required
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 with the reason."""
    reason = exception.reason if isinstance(exception, Refused) else "Your role does not open this page."
    return refusal(
        request,
        403,
        title="You cannot do this",
        reason=reason,
        remedy="If you think you should be able to, ask your partnership's office to check the role you hold.",
    )


@login_not_required
def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 when a form was not ours or was open for too long."""
    return refusal(
        request,
        403,
        title="Please send that again",
        reason="The page was open for a long time, or cookies are switched off. Nothing was saved.",
        remedy="Go back, load the page again and send the form once more.",
    )


@login_not_required
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, also for what the person may not know exists: the partnership of the address is one such thing."""
    asked: Any = request
    here = getattr(asked, "partnership", None)
    if here and here.pk not in asked.who.partnerships:
        asked.partnership = None
    return refusal(
        request,
        404,
        title="We could not find that page",
        reason="The address may be mistyped, or the page may be for other people.",
        remedy="Check the address, or start from the page below.",
    )


def only_by_button(request: HttpRequest, allowed: str) -> HttpResponse:
    """405: the address does something, so it is opened by the button of a page and never by itself."""
    response = refusal(
        request,
        405,
        title="There is no page at this address",
        reason="It belongs to a button, and nothing was changed by opening it.",
        remedy="Go back to the page with the button, or start from the page below.",
    )
    response.headers["Allow"] = allowed
    return response


def conflict(request: HttpRequest, exception: Conflict) -> HttpResponse:
    """409 when something stands in the way, or somebody was quicker."""
    return refusal(
        request,
        409,
        title="This cannot be done now",
        reason=exception.reason,
        remedy="Nothing was changed. Go back and load the page again to see how it stands now.",
    )


def stale(request: HttpRequest, exception: Stale) -> HttpResponse:
    """409 with what was typed beside what was saved meanwhile, so that nothing is lost."""
    rows = [(label, mine or NOTHING_THERE, exception.theirs[label] or NOTHING_THERE) for label, mine in exception.mine.items()]
    return render(request, "web/stale.html", {"rows": rows, "back": request.get_full_path()}, status=409)


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """500: drawn without the context of a request, which may be what broke."""
    logging.getLogger("alongside").error("server error at %s", request.path)
    return HttpResponse(loader.render_to_string("web/server_error.html"), status=500)
