"""Where the demonstration stands."""

from alongside.across.demo import elthorne
from alongside.across.demo.models import DemoState
from alongside.across.demo.rules import Persona
from alongside.ground.core.standing import Post, Standing
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Person
from alongside.members.schools.models import School
from alongside.money.invoices.models.invoices import Invoice


def state() -> DemoState | None:
    """The one row, or nothing where nothing was built. Asked before it is known who asks."""
    return DemoState.objects.first()


def built_from() -> str:
    """The fingerprint of what Elthorne was built from, or nothing."""
    return DemoState.objects.values_list("built_from", flat=True).first() or ""


def register_is_missing() -> bool:
    """Whether the national register has not been loaded."""
    return not School.objects.filter(current__is_invented=False).exists()


def elthorne_partnership(*, viewer: Standing) -> Partnership | None:
    """The invented partnership."""
    return Partnership.objects.filter(slug=elthorne.SLUG).first()


def persona_person(persona: Persona, *, viewer: Standing) -> Person | None:
    """Who a visitor becomes; nobody for a visitor."""
    email = elthorne.EMAILS.get(persona)
    return Person.objects.filter(email=email).first() if email else None


def own_manager(person: str, *, viewer: Standing) -> Person | None:
    """The manager of a visitor's own partnership of real schools, by the id in their signed cookie; nobody from Elthorne."""
    return Person.objects.filter(pk=person, email=None, roles__post=Post.MANAGER, roles__partnership__is_invented=False).first()


def is_invoiced(*, viewer: Standing) -> bool:
    """Whether Elthorne's first invoices are out."""
    return Invoice.objects.visible_to(viewer).filter(partnership__slug=elthorne.SLUG).exists()
