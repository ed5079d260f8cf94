"""Whether money came or went, where the amounts alone do not say it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from alongside.money.bank.rules.amounts import amount_if_any
from alongside.money.bank.rules.headings import IN_WORDS, OUT_WORDS, Rows, StatementColumns
from alongside.money.bank.rules.sums import is_sum

CAME = frozenset((*IN_WORDS, *"cr c crdt credited received incoming inflow receipt plus +".split()))
PERHAPS = frozenset("- \u2013 \u2212 minus sent paid payment payments".split())  # where others of the column say what came
WENT = frozenset((*OUT_WORDS, *"dr d db dbit debited outgoing outflow".split())) | PERHAPS

GOING = frozenset("debit withdrawal out outgoing outward sent purchase bill".split())
COMING = frozenset("credit deposit in incoming inward received receipt".split())
# how British banks shorten types of transactions; what may be either (TFR, INT, BACS, CHEQUE) is not among them
GOING_TYPES = frozenset("dd d/d so s/o sto bp bbp fpo mpo chq deb atm cpt chg vis pos".split()) | {
    "standing order", "card payment", "bank charge", "bank charges",
}  # fmt: skip
COMING_TYPES = frozenset("fpi mpi bgc dep".split())
KINDS = ("type", "transaction type", "entry type", "payment type", "transaction code")
SIGNED = re.compile(r"[+]|cr\b", re.IGNORECASE)
UNKNOWN = (
    "Did this money come or go? Its type says “{}”, and no amount has a sign. Write + before what came and - before what "
    "went, or add a column that says CR or DR"
)


def did_go(said: str, *, widely: bool = False) -> bool | None:
    """Whether a word says that money went, or that it came; `widely`: one like "Direct debit" too. None where it says neither.

    Source: issue "Mend", bank statements; ISO 20022 (CRDT, DBIT).
    """
    said = " ".join(said.lower().strip(".").split())
    if said in CAME or said in WENT:
        return said in WENT
    if widely and said in GOING_TYPES | COMING_TYPES:
        return said in GOING_TYPES
    words = set(re.findall("[a-z]+", said)) if widely and said != "credit card" else set()
    goes, comes = bool(words & GOING), bool(words & COMING)
    return goes if goes != comes else None


def with_direction(rows: Rows, columns: StatementColumns) -> StatementColumns:
    """The column that says what came and what went is the one so headed, or the one in whose cells it stands.

    Source: issue "Mend", bank statements. A type of transaction decides as soon as one says that money went, any other column
    where most do; a type that is not known, beside amounts of which none has a sign, is asked about. What went is written with
    the sign that most of it has: with the other it came back.
    """
    if columns.went is not None:
        return replace(columns, sign=_sign([amount_if_any(cells[columns.went]) for _, cells in rows]))
    lines = [cells for _, cells in rows if amount_if_any(cells[columns.came])]
    amounts = [amount_if_any(cells[columns.came]) for cells in lines]
    is_signed, at = min(amounts, default=0) < 0 or any(SIGNED.search(cells[columns.came]) for cells in lines), columns.direction
    if at is None:
        for one in range(len(columns.heads)):
            widely = not is_signed and (one == columns.type or one not in columns.words)
            said = [cells[one] for cells in lines]
            money = [cells[one] for cells in lines if not _is_sum(cells, columns)]
            if _decides(said, is_type=one == columns.type, widely=widely) or (widely and _asks(money, columns.heads[one])):
                at, columns = one, replace(columns, direction=one, widely=widely, as_signed=is_signed)
                break
        else:
            return columns
    gone = [amount for amount, cells in zip(amounts, lines, strict=True) if did_go(cells[at], widely=columns.widely)]
    return replace(columns, words=tuple(one for one in columns.words if one != at), sign=_sign(gone))


def _is_sum(cells: Sequence[str], columns: StatementColumns) -> bool:
    return is_sum(" · ".join(filter(None, (cells[at].strip() for at in columns.words))))


def _decides(cells: Sequence[str], *, is_type: bool, widely: bool) -> bool:
    said = [did_go(cell, widely=widely) for cell in cells]
    goes = any(went and (False in said or cell.strip().lower() not in PERHAPS) for went, cell in zip(said, cells, strict=True))
    return goes and (is_type or sum(one is not None for one in said) * 2 >= len(said))


def _asks(cells: Sequence[str], head: str) -> bool:
    """Whether a column of types says something that is not known: it may be that money went."""
    unknown = [one for one in cells if one.strip() and did_go(one, widely=True) is None]
    return bool(unknown) and head.strip().lower().replace("_", " ") in KINDS


def _sign(amounts: Sequence[int]) -> int:
    return -1 if sum(1 for one in amounts if one < 0) > sum(1 for one in amounts if one > 0) else 1


def directed(amount: int, said: str, columns: StatementColumns) -> int:
    """The amount as the column of directions says: what went is below nothing.

    Source: issue "Ground", bank matching. Raises ValueError where the column does not say it.
    """
    went = did_go(said, widely=columns.widely)
    if went is None and columns.as_signed:
        return amount
    if went is None:
        short = f"Did this money come or go? It says “{said[:20]}”, not CR or DR"
        raise ValueError(UNKNOWN.format(said[:20]) if columns.widely else short)
    if amount < 0 and not went:
        raise ValueError("The amount is below nothing, and the line says that it came in: it must be one of the two")
    return -amount * columns.sign if went else amount
