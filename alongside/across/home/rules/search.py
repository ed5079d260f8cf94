"""By which words a page is found, besides those that stand on it.

Source: R1, search forgives; the words are those that heads type.
"""

from collections.abc import Sequence
from typing import NamedTuple

OTHER_WORDS = {
    "school year": "holiday break closure",
    "invoice": "bill payment",
    "debt": "overdue arrear owe",
    "people": "staff contact colleague directory",
    "post": "dsl role safeguarding",
    "your name": "account profile",
    "you": "my me",
    "you sign in": "login signin log security",
    "second factor": "2fa authenticator",
    "second": "two",
    "message": "email mail notification",
    "paper": "document policy",
    "take out": "backup export download",
    "subject access": "gdpr",
    "freedom of information": "foi",
}
MEANT = {word: meaning for meaning, words in OTHER_WORDS.items() for word in words.split()}


class OwnPage(NamedTuple):
    """A page that is everybody's own: its name, what is done there, the name of its address, whether it is a setting."""

    label: str
    about: str
    page: str
    is_setting: bool = True


OWN_PAGES = (
    OwnPage("Your name, telephone and roles", "What others see of you, and the posts that you hold", "people:account"),
    OwnPage("How you sign in", "Password, second factor, passkeys, and where you are signed in", "people:security"),
    OwnPage("How you hear from us", "At once, or gathered in one message on school days", "notices:preferences"),
    OwnPage("Your dates in your own calendar", "A private link for Outlook, Google or Apple", "home:feed"),
    OwnPage("What is kept of you", "See it, and take it with you", "home:my_data"),
    OwnPage("Your settings", "Where everything is that you set for yourself", "home:settings", is_setting=False),
    OwnPage("Your calendar", "Everything dated of your partnerships and schools", "home:calendar", is_setting=False),
    OwnPage("Messages to you", "What was sent to you", "notices:mine", is_setting=False),
    OwnPage("Work under way", "What you asked for that takes longer than a moment", "work:jobs", is_setting=False),
)


def nearness_of_page(wanted: Sequence[str], label: str, detail: str, about: str) -> int | None:
    """A page is found by its name, by what stands below it, or by another word for it; nearest when its name holds all words.

    All come as `search.fold` leaves them; an s at the end of a word does not count. Other words are looked for in the name
    and in what is said of the page itself. Gives 0, 1 or 2, the nearest first; None where a word does not lead to the page.
    """
    stems = [word.removesuffix("s") for word in wanted]
    if all(stem in label for stem in stems):
        return 0
    if all(stem in f"{label} {detail}" for stem in stems):
        return 1
    return 2 if all(MEANT.get(stem, stem) in f"{label} {about}" for stem in stems) else None
