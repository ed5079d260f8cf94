"""From the bytes that somebody sends to the bytes that are kept.

`cleaned(name, data)`: what a file is, by its content; that its name agrees; that it can do no harm; then the same
document without what it says about its maker's machine. `Unsafe` says in words what to do instead.
"""

from alongside.ground.files.cleaning.hidden import hidden_text
from alongside.ground.files.cleaning.kinds import Cleaned, cleaned
from alongside.ground.files.cleaning.unsafe import Unsafe

__all__ = ["Cleaned", "Unsafe", "cleaned", "hidden_text"]
