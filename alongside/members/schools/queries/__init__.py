"""What pages and other parts ask about schools."""

from alongside.members.schools.queries.facts import (
    Waiting,
    facts_of,
    history_of,
    past_of,
    trust_with,
    waiting_successions,
)
from alongside.members.schools.queries.lists import (
    MOST_COUNTED,
    PHASES,
    STATES,
    TONES,
    Directory,
    Wanted,
    authorities,
    directory,
    register_date,
    spots,
)
from alongside.members.schools.queries.schools import (
    find_schools,
    local_authorities,
    school_with_urn,
    schools_in_la,
    schools_in_trust,
    schools_near,
    trusts_matching,
)
from alongside.members.schools.queries.sections import Fact, Section

__all__ = [
    "MOST_COUNTED",
    "PHASES",
    "STATES",
    "TONES",
    "Directory",
    "Fact",
    "Section",
    "Waiting",
    "Wanted",
    "authorities",
    "directory",
    "facts_of",
    "find_schools",
    "history_of",
    "local_authorities",
    "past_of",
    "register_date",
    "school_with_urn",
    "schools_in_la",
    "schools_in_trust",
    "schools_near",
    "spots",
    "trust_with",
    "trusts_matching",
    "waiting_successions",
]
