"""Which slips in spelling are forgiven: a letter too many, too few, wrong, or two exchanged (optimal string alignment)."""


def trigrams(word: str) -> set[str]:
    """A word's runs of three letters, its beginning and end marked.

    Source: architecture.md, fuzzy search by trigrams.
    """
    marked = f"  {word} "
    return {marked[at : at + 3] for at in range(len(marked) - 2)}


def likeness(one: str, other: str) -> float:
    """How alike two words are, from 0 to 1: shared trigrams over all trigrams.

    Source: architecture.md, fuzzy search by trigrams.
    """
    mine, theirs = trigrams(one), trigrams(other)
    return len(mine & theirs) / len(mine | theirs)


def slips_forgiven(word: str) -> int:
    """One slip is forgiven in a short word, two from six letters, three from eleven.

    Source: R1, search forgives spelling.
    """
    return 1 if len(word) < 6 else 2 if len(word) < 11 else 3


def alike(word: str, others: list[str], most: int = 5) -> tuple[str, ...]:
    """The words that lie within the slips that are forgiven, the likeliest first.

    Source: R1, search forgives spelling (optimal string alignment).
    """
    from rapidfuzz.distance.OSA import distance  # 4 MB that most pages never need
    from rapidfuzz.process import extract

    near = extract(word, others, scorer=distance, score_cutoff=slips_forgiven(word), limit=None)
    likeliest = sorted((far, -likeness(word, other), other) for other, far, _ in near)
    return tuple(other for *_, other in likeliest[:most])
