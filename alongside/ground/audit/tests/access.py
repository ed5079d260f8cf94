ASKS_NOBODY = {
    "called by other deeds, which have asked": "keep_once record record_many",
    "the installation's own work: its worker, its commands, its mailbox": "erase_reason seal_events start_chain_again",
}
UNRECORDED = {
    "the audit itself, the index of words and the worker's own rows: nothing that a person did": """
        erase_reason record record_many seal_events start_chain_again
    """,
}
STAY_FEW = {"no list of them stands on a page": "Reason"}
