"""What people are called, and what stands in a name's place."""

import re

from alongside.members.posts.rules import CALLED

TITLES = {
    "administrator",
    "bursar",
    "business manager",
    "ceo",
    "chair",
    "chief executive",
    "clerk",
    "executive head",
    "finance officer",
    "governors",
    "head",
    "head teacher",
    "headmaster",
    "headmistress",
    "manager",
    "office",
    "office manager",
    "principal",
    "school office",
    "secretary",
    "trust",
    *CALLED,
}
A_POST = "Enter a person’s name here, not a post"
BEFORE = re.compile(r"^(the|our|a|an|acting|interim|deputy|assistant|vice|co)\b[ -]*", re.IGNORECASE)
AFTER = re.compile(r"\s*(,|\(|:| – | - |\b(of|at|for|from)\b).*$", re.IGNORECASE)


def is_a_post(words: str) -> bool:
    """A job title is nobody's name: it is printed under no signature, and asked for as a name where it stands for one.

    Source: issue "Mend"; a title with or without what it is of: "Head of Foxglove Bank Primary".
    """
    left = " ".join(words.lower().split())
    while (shorter := BEFORE.sub("", left)) != left:
        left = shorter
    return AFTER.sub("", left) in TITLES
