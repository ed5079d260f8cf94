"""Whose a page is that names no partnership: the invented borough's, real schools', or nobody's.

Asked before it is known who asks, and shown to nobody: it only says by which clock the page lives.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.utils import url_str_to_user_pk
from django.contrib.auth import SESSION_KEY
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from alongside.across.demo.rules import by_address, by_owners
from alongside.across.home.models import Feed
from alongside.across.home.rules.feeds import hash_of_secret
from alongside.ground.files.models import StoredFile
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Person, Role
from alongside.members.people.queries.invitations import invitation_for
from alongside.members.schools.models import School
from alongside.money.invoices.models.invoices import Invoice


def is_invented(request: HttpRequest) -> bool | None:
    """Whether a page is the invented borough's; nothing where it is nobody's.

    The partnership decides that its address names, or its link belongs to (invoice, invitation, letter, file, calendar);
    else those of who is signed in, or is signing in.
    """
    path = request.get_full_path()
    known = by_address(path)
    if known is not None:
        return known
    first, second = [*request.path.split("/"), "", ""][1:3]
    if first in BY_LINK and (known := BY_LINK[first](request, second)) is not None:
        return known
    known = of_person(request.session.get(SESSION_KEY, ""))
    return (request.path == "/" or None) if known is None else known


def of_person(person: str) -> bool | None:
    """Whether somebody's posts are the invented borough's; nothing for nobody."""
    posts = Role.objects.filter(person=person) if person else Role.objects.none()
    return by_owners(any(one) for one in posts.values_list("partnership__is_invented", "school__current__is_invented"))


def _typed(request: HttpRequest, field: str) -> str:
    return str(request.POST.get(field) or request.GET.get(field) or "")[:254].strip()


def _invoice(request: HttpRequest, number: str) -> bool | None:
    number = (number or _typed(request, "number")).upper()
    return by_owners(Invoice.objects.filter(reference=number).values_list("partnership__is_invented", flat=True))


def _invitation(request: HttpRequest, token: str) -> bool | None:
    row = invitation_for(token)
    of = (row.partnership or row.school) if row else None
    return of.is_invented if of else None


def _letter(request: HttpRequest, _: str) -> bool | None:
    typed = " ".join(_typed(request, "school").split())
    is_urn = typed.isascii() and typed.isdigit() and len(typed) < 8
    where = Q(establishments__urn=int(typed)) if is_urn else Q(current__name__iexact=typed)
    return by_owners(School.objects.filter(where).values_list("current__is_invented", flat=True)) if typed else None


def _file(request: HttpRequest, key: str) -> bool | None:
    of = StoredFile.objects.filter(pk=key).exclude(partnership="").values("partnership")
    return by_owners(Partnership.objects.filter(pk__in=of).values_list("is_invented", flat=True))


def _calendar(request: HttpRequest, _: str) -> bool | None:
    secret = request.path.rpartition("/")[2].removesuffix(".ics")
    feed = Feed.objects.filter(secret_hash=hash_of_secret(secret)).values_list("person", flat=True).first()
    return of_person(feed or "")


def _signing_in(request: HttpRequest, _: str) -> bool | None:
    """Whoever types their address, has typed it and is asked for the code, or follows the link to a new password; or whoever
    is sent on to a page when they have signed in."""
    pending = (request.session.get("account_login") or {}).get("email")
    typed = _typed(request, "login") or _typed(request, "email") or str(pending or "")
    of: QuerySet[Person, Any] = Person.objects.filter(email=typed.lower()) if typed else Person.objects.none()
    if request.path.startswith("/password/reset/key/"):
        of = Person.objects.filter(pk=url_str_to_user_pk(request.path.split("/")[4].partition("-")[0]))
    known = of_person(of.values_list("pk", flat=True).first() or "")
    return by_address(_typed(request, "next")) if known is None else known


BY_LINK: dict[str, Callable[[HttpRequest, str], bool | None]] = {
    "invoice": _invoice,
    "i": _invitation,
    "letter": _letter,
    "files": _file,
    "public": _calendar,
    "login": _signing_in,
    "password": _signing_in,
}
