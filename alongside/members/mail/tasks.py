"""Work after the transaction."""

from alongside.ground.core.standing import Standing
from alongside.members.mail import actions
from alongside.members.mail.models import Mail


def keep_files(mail_id: str) -> None:
    """Keep the files of a mail: to check and clean them takes longer than a mail server waits."""
    if mail := Mail.objects.filter(pk=mail_id).first():
        actions.keep_files(mail=mail, by=Standing.system())
