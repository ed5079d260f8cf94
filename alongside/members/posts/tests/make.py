"""Posts of the list as it comes with the product."""

from alongside.members.posts.rules import NAMES, SEEDED, USUALLY, Level, PostHere, opened_by

LIST = {
    one.code: PostHere(one.code, one.name, one.level, False, True, opened_by(one.code, USUALLY.get(one.code, ()), one.level))
    for one in SEEDED
}
OF_OFFICES = {code for code, one in LIST.items() if one.level is Level.OFFICE}
OF_SCHOOLS = {code: NAMES[code] for code in LIST if code not in OF_OFFICES}
