"""Holding, erasing, keeping no longer than needed, backing up and bringing back."""

from alongside.across.keeping.actions.backing_up import back_up as back_up
from alongside.across.keeping.actions.erasing import (
    Erased as Erased,
    erase_address as erase_address,
    erase_again as erase_again,
    erase_person as erase_person,
)
from alongside.across.keeping.actions.holding import hold as hold, lift_hold as lift_hold
from alongside.across.keeping.actions.restoring import restore as restore
from alongside.across.keeping.actions.sweeping import Swept as Swept, sweep as sweep
