"""The address that a person signs in with, and its passing on."""

from django.db import IntegrityError, transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Invalid, require
from alongside.members.notices.actions import sending as notices
from alongside.members.people.actions.sign_ins import end_every_session, tell_person
from alongside.members.people.models import Person
from alongside.members.people.permissions import may_change_details


@transaction.atomic
def mail_address_code(*, person: Person, email: str, code: str, by: Standing) -> None:
    """Send the code that proves a new address, or, where somebody has that address already, a word to them."""
    require(may_change_details(by, person.pk))
    address = email.strip().lower()
    taken = Person.objects.filter(email=address).exists()
    template = "people/address_taken.txt" if taken else "people/address_code.txt"
    notices.send(template=template, to=address, words={"name": person.name}, secret={"code": code}, by=by)


@transaction.atomic
def change_address(*, person: Person, email: str, but: str, by: Standing) -> None:
    """Sign in with another address from now on, which the person has proven; every other browser is signed out.

    The old address is told, and is free for whoever takes it over. Raises Invalid when somebody has the new one.
    """
    require(may_change_details(by, person.pk))
    address, old = email.strip().lower(), person.email or ""
    try:
        with transaction.atomic():
            changed = Person.objects.exclude(email=address).filter(pk=person.pk).update(email=address)
    except IntegrityError:
        changed = 0
    if not changed:
        raise Invalid(email="This address cannot be used. Choose another one")
    person.email = address
    end_every_session(person, but)
    audit.record("people.change_address", row=person.pk, by=by)
    what = "You now sign in to Alongside with another e-mail address."
    remedy = "If this was not you, tell your partnership’s office at once."
    for to in filter(None, (old, address)):
        tell_person(person=person, what=what, remedy=remedy, to=to, by=by)
