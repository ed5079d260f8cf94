"""The planted fault: an adapter that believes every address that a provider names, as many products have done."""

from typing import Any

from alongside.members.people.adapter import OtherAccounts
from alongside.members.people.models import Person


class Believing(OtherAccounts):
    """Signs in whoever comes with somebody's address."""

    def authenticate_by_email(self, sociallogin: Any) -> Any:
        """The address is taken for a proof."""
        said = sociallogin.account.extra_data
        found = Person.objects.filter(email=said.get("email") or said.get("mail")).first()
        return (found, found.email) if found else None
