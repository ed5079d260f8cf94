"""Which slips in spelling are forgiven."""


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


def distance(one: str, other: str) -> int:
    """How many slips turn one word into the other: a letter too many, too few, wrong, or two exchanged.

    Source: R1, search forgives spelling (optimal string alignment).
    """
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, theirs in enumerate(other, 1):
            best = min(above[column] + 1, line[column - 1] + 1, above[column - 1] + (letter != theirs))
            if before and column > 1 and letter == other[column - 2] and one[row - 2] == theirs:
                best = min(best, before[column - 2] + 1)
            line.append(best)
        before, above = above, line
    return above[-1]


def alike(word: str, others: list[str], most: int = 5) -> tuple[str, ...]:
    """One slip is forgiven in a short word, two from six letters, three from eleven; the likeliest come first.

    Source: R1, search forgives spelling.
    """
    slips = 1 if len(word) < 6 else 2 if len(word) < 11 else 3
    near = [(distance(word, other), -likeness(word, other), other) for other in others if abs(len(other) - len(word)) <= slips]
    return tuple(other for far, _, other in sorted(near)[:most] if far <= slips)
