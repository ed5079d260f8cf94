"""Work after the transaction."""

from alongside.ground.core.standing import Standing
from alongside.members.groups import actions
from alongside.members.groups.models import Enquiry
from alongside.members.mail.models import Mail


def tell(enquiry_id: str) -> None:
    """Let a group hear of a question: hundreds of mails are no part of a press."""
    asked = Enquiry.objects.select_related("group", "partnership", "school__current").get(pk=enquiry_id)
    actions.tell_group(enquiry=asked, by=Standing.system())


def keep_files(mail_id: str) -> None:
    """Put beside a question or an answer what came with it: to clean a file takes a while."""
    if mail := Mail.objects.filter(pk=mail_id).first():
        actions.keep_files(mail=mail, by=Standing.system())
