"""What happens in this room of the tests’ houses."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from alongside.ground.core import keys
from alongside.ground.files import actions as files
from alongside.ground.files.rules import Paper, Readers as ForWhom
from tests.happenings import secret

if TYPE_CHECKING:
    from tests.world import House


def happen(house: "House") -> None:
    """The agreement for everybody, and a letter of the bank for the office."""
    manager, partnership = house.standing("manager"), house.partnership.pk
    house.things["paper"] = files.keep_file(
        key=keys.new_key(),
        partnership=partnership,
        name="agreement.txt",
        data=secret(house, "agreement", "everyone asked").encode(),
        title="Agreement",
        kind=Paper.AGREEMENT,
        audience=ForWhom.MEMBERS,
        by=manager,
    )
    house.things["office_paper"] = files.keep_file(
        key=keys.new_key(),
        partnership=partnership,
        name="bank.txt",
        data=secret(house, "letter of the bank").encode(),
        title=secret(house, "title of a paper"),
        kind=Paper.SUPPLIER_EVIDENCE,
        audience=ForWhom.OFFICE,
        by=manager,
    )


def more(house: "House", places: Iterable[object]) -> None:
    """A paper for each school."""
    for number, _ in enumerate(places):
        files.keep_file(
            key=keys.new_key(), partnership=house.partnership.pk, name="more.txt", data=b"More.", title=f"Paper {number}",
            kind=Paper.OTHER, audience=ForWhom.MEMBERS, by=house.standing("manager"),
        )  # fmt: skip
