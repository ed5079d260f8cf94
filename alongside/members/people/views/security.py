"""How one signs in: second factors, browsers, other accounts, the address. And the page that asks for a second factor."""

import base64
import secrets
from collections.abc import Callable
from functools import partial
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.utils import decrypt, encrypt
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, Verdict
from alongside.ground.core.words import plural
from alongside.ground.web.asked import Asked, find, found, next_page
from alongside.ground.web.forms import DoForm, Form
from alongside.ground.web.pages import form_page, on_its_way, press, say_and_go
from alongside.members.people import passkeys, proof
from alongside.members.people.actions import second_factor, sign_ins
from alongside.members.people.adapter import other_ways
from alongside.members.people.forms.signing_in import (
    AddressCodeForm,
    AddressForm,
    AppForm,
    PasskeyForm,
    ProofForm,
    ShownForm,
)
from alongside.members.people.models import Person, SignIn
from alongside.members.people.queries import roles, second_factor as queries
from alongside.members.people.rules.second_factor import can_use_mailed_code, is_to_have_one

PASSKEY = "passkey"  # in the session: what the browser was asked
NEW_APP = "new_app"  # in the session: the secret of an app that is being set up, encrypted
FEW = 2  # codes of a list after which a new one is offered
PROVING, ADDRESS = "proof", "address"
HERE = "Signing in and security"
TOO_MANY = "There were too many tries. Wait five minutes and try again; after twenty in a day, until tomorrow"
NOT_IT = "That is not the code. An app’s code changes every half minute; each code of the list works once"


def person_in(request: Asked) -> Person:
    """Whose page it is."""
    return found(roles.person_of(viewer=request.who))


def security(request: Asked) -> HttpResponse:
    """Everything about how one signs in."""
    linked = queries.linked_accounts(viewer=request.who)
    context = {
        "person": person_in(request),
        "factors": queries.factors_of(viewer=request.who),
        "asked": is_to_have_one(request.who),
        "sign_ins": queries.sign_ins_of(viewer=request.who),
        "here": proof.sign_in_of(request),
        "how": sign_ins.HOW,
        "linked": linked,
        "others": [one for one in other_ways() if one[0] not in linked],
        "events": queries.what_happened(viewer=request.who),
    }
    return render(request, "people/security.html", context)


def is_taken(form: Form, deed: Callable[..., Any]) -> bool:
    """Whether the form was sent and its deed is done; what a rule refuses stands in the form."""
    if not form.is_valid():
        return False
    try:
        deed(**form.cleaned_data)
    except Invalid as problem:
        form.refuse(problem)
        return False
    return True


@never_cache
def prove(request: Asked) -> HttpResponse:
    """Show that it is you: type a code, or show a passkey. Whoever has neither is led to set one up."""
    person, onward = person_in(request), next_page(request)
    if proof.is_proven(request) and request.method == "GET" and "show" not in request.GET:
        return redirect(onward or "people:security")
    form, factors = ProofForm(request.POST or None), queries.factors_of(viewer=request.who)
    by_mail = can_be_mailed(request, person, factors)

    def give(code: str) -> None:
        if not proof.may_try(request, "second_factor", person):
            raise Invalid(code=TOO_MANY)
        is_mailed = by_mail.allowed and proof.is_mailed_code(request, PROVING, code)
        if not is_mailed and not second_factor.check_code(person=person, code=code, by=request.who):
            raise Invalid(code=NOT_IT)

    if is_taken(form, give):
        return proven(request, person, onward)
    options = ""
    if factors.passkeys:
        options, request.session[PASSKEY] = passkeys.ask_for_one(person)
    waiting = by_mail.allowed and proof.waits_for_code(request, PROVING) is not None
    context = {"factors": factors, "by_mail": by_mail, "waiting": waiting, "options": options, "person": person}
    return render(request, "people/prove.html", {"form": form, "next": onward, **context})


def can_be_mailed(request: Asked, person: Person, factors: queries.Factors) -> Verdict:
    """Whether a code by e-mail is a second factor for this person, in this browser."""
    return can_use_mailed_code(proof.is_by_own_password(request, person), bool(factors), is_to_have_one(request.who))


def proven(request: Asked, person: Person, onward: str) -> HttpResponse:
    """The second factor is given: back to where it was asked for."""
    proof.forget_tries(request, "second_factor", person)
    proof.note_proof(request)
    factors = queries.factors_of(viewer=request.who)
    if factors.codes is not None and factors.codes_left <= FEW:
        messages.warning(request, f"{plural(factors.codes_left, 'code')} of your list left. Make a new list while you can.")
        return redirect(proof.with_next("people:make_codes", onward))
    return redirect(onward or "people:security")


@require_POST
def prove_passkey(request: Asked) -> HttpResponse:
    """The browser has shown a passkey."""
    person, onward, form = person_in(request), next_page(request), ShownForm(request.POST)
    asked = request.session.pop(PASSKEY, {})
    if not proof.may_try(request, "second_factor", person):
        messages.warning(request, f"{TOO_MANY}.")
    elif form.is_valid() and second_factor.check_passkey(person=person, asked=asked, **form.cleaned_data, by=request.who):
        return proven(request, person, onward)
    else:
        messages.warning(request, "That passkey was not taken. Try again, or use another way.")
    return redirect(proof.with_next("people:prove", onward))


@require_POST
def send_code(request: Asked) -> HttpResponse:
    """Send a code that stands beside one's own password."""
    person, onward = person_in(request), next_page(request)
    verdict = can_be_mailed(request, person, queries.factors_of(viewer=request.who))
    if not verdict:
        messages.warning(request, verdict.reason)
    elif not proof.may_try(request, "mailed_code", person):
        messages.warning(request, "Five codes were sent within an hour. Use the newest, or wait.")
    else:
        second_factor.mail_code_to(person=person, code=proof.mail_code(request, PROVING), by=request.who)
        messages.success(request, f"A code is {on_its_way(str(person.email))}. It works for ten minutes.")
    return redirect(proof.with_next("people:prove", onward))


@never_cache
def add_app(request: Asked) -> HttpResponse:
    """Set up an app that shows codes."""
    person, onward = person_in(request), next_page(request)
    if queries.factors_of(viewer=request.who).app:
        return redirect("people:security")
    if NEW_APP not in request.session:
        request.session[NEW_APP] = encrypt(base64.b32encode(secrets.token_bytes(20)).decode())
    secret, form = decrypt(request.session[NEW_APP]), AppForm(request.POST or None)

    def add(code: str) -> None:
        if not proof.may_try(request, "second_factor", person):
            raise Invalid(code=TOO_MANY)
        second_factor.add_app(person=person, secret=secret, code=code, by=request.who)

    if is_taken(form, add):
        del request.session[NEW_APP]
        return set_up(request, person, onward, "The app is set up.")
    address = get_adapter().build_totp_url(person, secret)
    picture = base64.b64encode(get_adapter().build_totp_svg(address).encode()).decode()
    spelt = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    context = {
        "form": form,
        "next": onward,
        "address": address,
        "picture": f"data:image/svg+xml;base64,{picture}",
        "spelt": spelt,
    }
    return render(request, "people/add_app.html", context)


@never_cache
def add_passkey(request: Asked) -> HttpResponse:
    """Set up a passkey: this computer, a phone, or a security key."""
    person, onward, form = person_in(request), next_page(request), PasskeyForm(request.POST or None)
    asked = request.session.pop(PASSKEY, {})
    if is_taken(form, partial(second_factor.add_passkey, person=person, asked=asked, by=request.who)):
        return set_up(request, person, onward, "The passkey is set up.")
    options, request.session[PASSKEY] = passkeys.ask_for_new(person)
    return render(request, "people/add_passkey.html", {"form": form, "next": onward, "options": options})


def set_up(request: Asked, person: Person, onward: str, words: str) -> HttpResponse:
    """Something is set up, and was thereby given; whoever has no list of codes gets one for the day it is lost."""
    proof.forget_tries(request, "second_factor", person)
    proof.note_proof(request)
    messages.success(request, words)
    if queries.factors_of(viewer=request.who).codes is None:
        return show_codes(request, person, onward)
    return redirect(onward or "people:security")


def show_codes(request: Asked, person: Person, onward: str) -> HttpResponse:
    """The codes, this once: they are in this answer and nowhere else."""
    codes = [f"{code[:4]} {code[4:]}" for code in second_factor.make_codes(person=person, by=request.who)]
    return render(request, "people/codes.html", {"codes": codes, "next": onward, "person": person})


@never_cache
def make_codes(request: Asked) -> HttpResponse:
    """A list of codes to print: for a lost phone, or as one's second factor where no device is at hand."""
    person, onward = person_in(request), next_page(request)
    if request.method == "POST":
        return show_codes(request, person, onward)
    return render(request, "people/make_codes.html", {"factors": queries.factors_of(viewer=request.who), "next": onward})


def remove_factor(request: Asked, factor: int) -> HttpResponse:
    """Take a second factor off."""
    one = found(queries.factor_at(factor, viewer=request.who))
    home = reverse("people:security")
    return form_page(
        request, DoForm, partial(second_factor.remove_factor, person=person_in(request), factor=one),
        title="Remove this?", caption=queries.words_of(one, viewer=request.who), back=(HERE, home),
        button="Remove it",
        lead="It no longer proves that it is you. Set up another one first if you open pages about money.",
        done=lambda what: f"{what} is removed.", next=home, page="people/warned.html",
    )  # fmt: skip


def end_sign_in(request: Asked, key: str) -> HttpResponse:
    """Sign one browser out."""
    deed = partial(sign_ins.end_sign_in, sign_in=find(SignIn.objects.open(), request, pk=key))
    return press(request, deed, done=lambda row: f"{row.device} is signed out.", next=reverse("people:security"))


def end_other_sign_ins(request: Asked) -> HttpResponse:
    """Sign every other browser out."""
    person = person_in(request)

    def deed(*, by: Standing) -> None:
        sign_ins.end_other_sign_ins(person=person, but=proof.sign_in_of(request), by=by)
        update_session_auth_hash(request, person)

    return press(request, deed, done="You are signed out everywhere but here.", next=reverse("people:security"))


def unlink(request: Asked, provider: str) -> HttpResponse:
    """Take an account elsewhere off."""
    deed = partial(sign_ins.unlink, person=person_in(request), provider=provider)
    done = f"Your {provider.capitalize()} account no longer signs you in here."
    return press(request, deed, done=done, next=reverse("people:security"))


@never_cache
def address(request: Asked) -> HttpResponse:
    """Sign in with another address: the code that is sent to it proves that it is one's own."""
    person, wanted = person_in(request), None if "again" in request.GET else proof.waits_for_code(request, ADDRESS)
    if wanted is not None and "email" not in request.POST:
        form: Form = AddressCodeForm(request.POST or None)
        if is_taken(form, partial(take_address, request, person, wanted)):
            return say_and_go(request, wanted, f"From now on you sign in with {wanted}.", reverse("people:security"))
        return render(request, "people/address.html", {"form": form, "person": person, "wanted": wanted})
    form = AddressForm(request.POST or None)

    def send(email: str) -> None:
        if not proof.may_try(request, "new_address", person):
            raise Invalid(email="Five codes were sent within an hour. Use the newest, or wait")
        code = proof.mail_code(request, ADDRESS, email.lower())
        sign_ins.mail_address_code(person=person, email=email.lower(), code=code, by=request.who)

    if is_taken(form, send):
        return redirect("people:address")
    return render(request, "people/address.html", {"form": form, "person": person})


def take_address(request: Asked, person: Person, wanted: str, code: str) -> None:
    """The code was typed: the address is the person's, if it is the right one."""
    if not proof.is_mailed_code(request, ADDRESS, code):
        raise Invalid(code="That is not the code we sent. Check the newest e-mail")
    try:
        sign_ins.change_address(person=person, email=wanted, but=proof.sign_in_of(request), by=request.who)
    except Invalid:
        raise Conflict("This address cannot be used: somebody else has taken it meanwhile.") from None
    update_session_auth_hash(request, person)
