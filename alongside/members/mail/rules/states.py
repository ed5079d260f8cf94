"""What becomes of a message that came in."""

from alongside.ground.core.choice import Choice


class MailState(Choice):
    """Where a message that came in is."""

    WAITING = "waiting", "For the office"
    TAKEN = "taken", "Taken to where it belongs"
    AUTOMATIC = "automatic", "Written by a machine"
    DONE = "done", "Dealt with"
    NOT_READ = "not_read", "Read by nobody"


MOVES = {MailState.WAITING: {MailState.DONE: "somebody in the office has seen to it"}}


class Sort(Choice):
    """What kind of message it is."""

    PERSON = "person", "Somebody wrote it"
    MACHINE = "machine", "A machine wrote it: an automatic answer, a newsletter, a list"
    RETURN = "return", "A mail server says that a message did not arrive"
    OURS = "ours", "We wrote it ourselves"
    UNREAD = "unread", "It cannot be read"
