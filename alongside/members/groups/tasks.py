"""Work after the transaction."""

from alongside.ground.core.standing import Standing
from alongside.members.groups import actions
from alongside.members.groups.models import Enquiry


def tell(enquiry_id: str) -> None:
    """Let a group hear of a question: hundreds of mails are no part of a press."""
    asked = Enquiry.objects.select_related("group", "partnership", "school__current").get(pk=enquiry_id)
    actions.tell_group(enquiry=asked, by=Standing.system())
