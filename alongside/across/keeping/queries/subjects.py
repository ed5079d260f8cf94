"""Who somebody is, for taking their words out."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils.crypto import salted_hmac

from alongside.across.keeping.rules.erasure import Identity
from alongside.ground.core import clock
from alongside.ground.core.standing import Post, Standing
from alongside.members.people.models import Person, Role


def identity_of(person: Person, *, viewer: Standing) -> Identity:
    """What tells who a person is."""
    addresses = {person.email, *EmailAddress.objects.filter(user=person).values_list("email", flat=True)}
    return Identity(
        person=person.pk,
        names=frozenset({person.name.strip()} - {""}),
        addresses=frozenset(one.lower() for one in addresses if one),
        numbers=frozenset({person.phone.strip()} - {""}),
    )


def shares_name(person: Person, *, viewer: Standing) -> bool:
    """Whether somebody else here has the same name: then it is not taken out of texts, which may mean the other."""
    return Person.objects.visible_to(viewer).filter(name__iexact=person.name).exclude(pk=person.pk).exists()


def only_manager_of(person: Person, *, viewer: Standing) -> str:
    """The partnership that would have no manager without the person; nothing when there is none."""
    roles = Role.objects.visible_to(viewer).filter(Role.objects.lasting(clock.today()), post=Post.MANAGER)
    for partnership, name in roles.filter(person=person).values_list("partnership_id", "partnership__name"):
        if not roles.filter(partnership=partnership, person__is_active=True).exclude(person=person).exists():
            return str(name)
    return ""


def address_mark(address: str) -> str:
    """A keyed hash of an address: it finds the address again in a restored backup, and tells nothing without the secret key."""
    salt, small = "alongside.keeping.address", address.strip().lower()
    return salted_hmac(salt, small, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()
