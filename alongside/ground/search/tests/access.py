ASKS_NOBODY = {
    "called by other deeds, which have asked": "forget index",
    "the installation's own work: its worker, its commands, its mailbox": "rebuild",
}
UNRECORDED = {"the audit itself, the index of words and the worker's own rows: nothing that a person did": "forget index rebuild"}
