"""Mail as the programs of schools write it."""

from email.message import EmailMessage
from typing import Any

from alongside.ground.web.mail import message_id
from alongside.members.notices.models import Notice

QUOTED = "Dear head,\n\nshall we count your school in?"
PROGRAMS = ("Gmail", "Apple", "Outlook", "Outlook for iOS", "Thunderbird", "Original message")
WHEN = "Tue, 08 Mar 2022 10:15:00 +0000"


def mail(words: str, sender: str = "head@oak.example", **headers: Any) -> EmailMessage:
    """A message of plain text; `headers` are its others, with _ for -."""
    made = EmailMessage()
    made["From"], made["Date"], made["Subject"] = (
        f"Ann Okoro <{sender}>",
        WHEN,
        headers.pop("Subject", "Re: shall we count you in?"),
    )
    made["Message-ID"] = headers.pop("Message_ID", "<CAF1234@mail.oak.example>")
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(words)
    return made


def answer_to(notice: Notice, words: str, sender: str = "", **headers: Any) -> bytes:
    """An answer to one of our messages, as a mail program refers to it."""
    about = {"In_Reply_To": message_id(notice.pk), "References": message_id(notice.pk)}
    return mail(words, sender or notice.to, **{**about, **headers}).as_bytes()


def quoted_by(program: str) -> str:
    """What an answer quotes, as the program writes it."""
    lines = "\n".join(f"> {line}".rstrip() for line in QUOTED.split("\n"))
    return {
        "Gmail": f"On Mon, 7 Mar 2022 at 08:00, Elthorne <office@example.org> wrote:\n\n{lines}",
        "Apple": f"> On 7 Mar 2022, at 08:00, Elthorne <office@example.org> wrote:\n> \n{lines}",
        "Outlook": f"________________________________\nFrom: Elthorne <office@example.org>\nSent: 07 March 2022 08:00\n"
        f"To: Ann Okoro <head@oak.example>\nSubject: shall we count you in?\n\n{QUOTED}",
        "Outlook for iOS": f"Get Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\n"
        f"From: Elthorne <office@example.org>\nSent: Monday, March 7, 2022 8:00:00 AM\nTo: head@oak.example\n"
        f"Subject: shall we count you in?\n\n{QUOTED}",
        "Thunderbird": f"On 07/03/2022 08:00, Elthorne wrote:\n{lines}",
        "Original message": f"-----Original Message-----\nFrom: Elthorne <office@example.org>\nSent: 07 March 2022 08:00\n"
        f"To: head@oak.example\nSubject: shall we count you in?\n\n{QUOTED}",
    }[program]  # fmt: skip
