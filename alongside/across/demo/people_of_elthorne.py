"""Everybody in Elthorne whom the visitor may be. They are called by their post only."""

from alongside.across.demo import elthorne
from alongside.across.demo.diary import DOOR_SCHOOL, OWN_TRUST
from alongside.across.demo.rules import Persona
from alongside.ground.core import words

HEAD_OF = DOOR_SCHOOL
BUSINESS_MANAGER_OF, ACADEMY_OF_OFFICER = "Ickenden Primary", "Windrush Quay Primary"
MANAGER_EMAIL, FINANCE_EMAIL = f"manager@{elthorne.DOMAIN}", f"finance@{elthorne.DOMAIN}"


def trust_officer_email(trust: str) -> str:
    """The address of a trust's officer."""
    return f"trust.officer@{words.slug_of(trust)}.{elthorne.DOMAIN}"


def trust_accounts_email(trust: str) -> str:
    """The address of a trust's business manager, who looks after the invoices of all its academies."""
    return f"accounts@{words.slug_of(trust)}.{elthorne.DOMAIN}"


EMAILS = {
    Persona.HEAD: elthorne.named(HEAD_OF).email,
    Persona.BUSINESS_MANAGER: elthorne.named(BUSINESS_MANAGER_OF).email.replace("head@", "business.manager@"),
    Persona.MANAGER: MANAGER_EMAIL,
    Persona.FINANCE: FINANCE_EMAIL,
    Persona.TRUST_OFFICER: trust_officer_email(OWN_TRUST),
}
