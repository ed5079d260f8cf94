"""What happened, for pages; and whether the log still says so."""

from alongside.ground.audit.queries.chain import chain as chain, head as head, state_of_chain as state_of_chain
