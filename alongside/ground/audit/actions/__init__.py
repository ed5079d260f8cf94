"""Recording a deed, and sealing what was recorded."""

from alongside.ground.audit.actions.recording import erase_reason as erase_reason, record as record, record_many as record_many
from alongside.ground.audit.actions.sealing import seal_events as seal_events, start_chain_again as start_chain_again
