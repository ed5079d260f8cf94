"""By which words a page is found, besides those that stand on it.

Source: R1, search forgives; the words are those that heads type.
"""

from collections.abc import Sequence

OTHER_WORDS = {
    "school year": "holiday break closure",
    "invoice": "bill payment",
    "debt": "overdue arrear owe owing",
    "people": "staff contact colleague directory",
    "post": "dsl role safeguarding",
    "your name": "account profile",
    "you": "my me",
    "you sign in": "login signin log security",
    "second factor": "2fa authenticator",
    "second": "two",
    "message": "email mail notification letter",
    "remind": "chase chasing nudge",
    "phone": "ring call telephone",
    "asked to sign": "agreement contract",
    "decision": "minute vote",
    "budget": "money finance",
    "paper": "document policy",
    "take out": "backup export download",
    "subject access": "gdpr",
    "freedom of information": "foi",
}
MEANT = {word: meaning for meaning, words in OTHER_WORDS.items() for word in words.split()}
SAY_NOTHING = frozenset("a an and are at be by do for how i in is it of on or our the to what when where which who with".split())


def nearness_of_page(wanted: Sequence[str], label: str, detail: str, about: str) -> int | None:
    """A page is found by its name, by what stands below it, or by another word for it; nearest when its name holds all words.

    All come as `search.fold` leaves them; an s at the end of a word does not count. Other words are looked for in the name
    and in what is said of the page itself; there words such as "who" or "the" do not count. Gives 0, 1 or 2, the nearest
    first; None where a word does not lead to the page.
    """
    stems = [word.removesuffix("s") for word in wanted]
    if all(stem in label for stem in stems):
        return 0
    if all(stem in f"{label} {detail}" for stem in stems):
        return 1
    telling = [stem for stem in stems if stem not in SAY_NOTHING] or stems
    return 2 if all(MEANT.get(stem, stem) in f"{label} {about}" for stem in telling) else None
