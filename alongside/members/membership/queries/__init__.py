"""What pages and other parts ask: `answers` (counts, lists, curve), `schools` (choosing, chasing, letters), `texts`."""

from alongside.members.membership.queries.answers import (
    answer_at as answer_at,
    answer_of as answer_of,
    answers_of_mine as answers_of_mine,
    counts_and_mine as counts_and_mine,
    groups_of_answers as groups_of_answers,
    overview as overview,
    standing_of_answers as standing_of_answers,
    stands as stands,
)
from alongside.members.membership.queries.growth import (
    answers_map as answers_map,
    signup_curve as signup_curve,
)
from alongside.members.membership.queries.roll import (
    late_signers as late_signers,
    roll_csv as roll_csv,
    roll_entries as roll_entries,
    roll_of as roll_of,
    roll_preview as roll_preview,
)
from alongside.members.membership.queries.schools import (
    SHOWN as SHOWN,
    associates_of as associates_of,
    chase_list as chase_list,
    found_schools as found_schools,
    letters_due as letters_due,
    matching_schools as matching_schools,
    phone_list as phone_list,
    reach_of as reach_of,
    to_invite as to_invite,
)
from alongside.members.membership.queries.story import questions_of as questions_of, story_of as story_of
from alongside.members.membership.queries.texts import (
    dates_in_force as dates_in_force,
    draft_of as draft_of,
    inbox as inbox,
    prospectus_numbered as prospectus_numbered,
    prospectus_of as prospectus_of,
    published_questions as published_questions,
    settings_now as settings_now,
    state_of_texts as state_of_texts,
    versions_of as versions_of,
    visits_of as visits_of,
    working_group_of as working_group_of,
)
