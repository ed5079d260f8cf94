"""The sum that schools signed for is the most that they are asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from alongside.ground.core.money import short_pounds
from alongside.ground.core.words import plural


@dataclass(frozen=True)
class SignedText:
    """A version of the prospectus: how many schools' signatures stand under it, and what it says of a year's fee (pence): the
    one sum, and the most that it can mean, none where it names none; whether that one sum is said to be the most."""

    version: int
    schools: int
    fee: int | None
    most: int | None
    is_most: bool = False

    @property
    def words(self) -> str:
        """What it says, in a sentence."""
        signed = f"signed by {plural(self.schools, 'school')}" if self.schools else "signed by no school yet"
        says = "names no sum for this year: read what it says before you ask for one"
        if self.most is not None:
            at_most = "at most " if self.is_most or self.fee != self.most else ""
            says = f"says {at_most}{short_pounds(self.most)} for this year"
        return f"Version {self.version} of the prospectus, {signed}, {says}."


def suggested_fee(texts: Sequence[SignedText], otherwise: int) -> int:
    """The fee is taken over from the text that schools sign: from the newest that names one, and never above what it can mean.

    Source: R4, R5 (one truth about what it costs). `texts` by number; `otherwise` is the default of the setting.
    """
    said = [(one.fee, one.most) for one in texts if one.most is not None]
    if not said:
        return otherwise
    fee, most = said[-1]
    return min(otherwise, most) if fee is None else fee


def fee_problem(amount: int, texts: Sequence[SignedText]) -> str:
    """No fee is set above what every version says that schools have signed, or sign next.

    Source: R4, R5. Gives the remedy: the lower sum, or a new version to sign. Empty where a version allows it or names no sum.
    """
    sums = [one.most for one in texts]
    known = [one for one in sums if one is not None]
    if not known or len(known) < len(sums) or amount <= max(known):
        return ""
    return (
        f"The prospectus that schools sign says {short_pounds(max(known))} for this year. Enter at most that, or first publish a "
        f"version that says {short_pounds(amount)}, for the schools to sign"
    )
