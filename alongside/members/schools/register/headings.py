"""Which column is which fact, whatever it has been called in fifteen years of extracts."""

import re

from alongside.members.schools.register import cells, words
from alongside.members.schools.register.cells import Reader, Value

# column: (its reader, the headings it has had; of two in one file the first named here counts)
Facts = dict[str, tuple[Reader, str]]
Columns = dict[str, tuple[int, Reader]]
FACTS: Facts = {
    "urn": (cells.whole, "urn establishmenturn schoolurn academyurn"),
    "name": (cells.name, "establishmentname schoolname nameofestablishment nameofschool name"),
    "la_code": (
        cells.authority,
        "lacode laid localauthoritycode lanumber localauthoritynumber leacode leanumber",
    ),
    "la_name": (cells.name, "laname localauthorityname localauthority la leaname localeducationauthority"),
    "number": (cells.figures, "establishmentnumber estab establishmentno estabnumber"),
    "phase": (
        words.listed("phase", cells.text),
        ("phaseofeducationname phaseofeducation phase educationphase phaseofeducationcode phaseofeducationid"),
    ),
    "type": (
        words.listed("type", cells.text),
        "typeofestablishmentname typeofestablishment establishmenttype schooltype typeofschool type",
    ),
    "status": (
        words.status,
        (
            "establishmentstatusname establishmentstatus status statusofestablishment schoolstatus "
            "establishmentstatuscode establishmentstatusid"
        ),
    ),
    "opened_on": (cells.day, "opendate openeddate dateopened openingdate dateofopening opened openedon"),
    "closed_on": (
        cells.day,
        "closedate closeddate dateclosed closingdate closuredate dateofclosure closed closedon",
    ),
    "street": (cells.name, "street address1 addressline1"),
    "locality": (cells.name, "locality address2 addressline2"),
    "address3": (cells.name, "address3 addressline3"),
    "town": (cells.name, "town towncity posttown city"),
    "county": (cells.name, "countyname county"),
    "postcode": (cells.postcode, "postcode"),
    "easting": (cells.metres, "easting"),
    "northing": (cells.metres, "northing"),
    "low_age": (
        cells.age,
        "statutorylowage statutorylowestage lowestage agerangelow lowage minage minimumage agefrom",
    ),
    "high_age": (
        cells.age,
        "statutoryhighage statutoryhighestage highestage agerangehigh highage maxage maximumage ageto",
    ),
    "gender": (words.listed("gender"), "gendername gender genderofentry genderofpupils"),
    "religion": (words.listed("religion"), "religiouscharactername religiouscharacter religion faith denomination"),
    "admissions": (words.listed("admissions"), "admissionspolicyname admissionspolicy admissionpolicy admissions"),
    "nursery": (words.listed("nursery"), "nurseryprovisionname nurseryprovision nurseryclasses nursery"),
    "sixth_form": (
        words.listed("sixth_form"),
        "officialsixthformname officialsixthform sixthform hassixthform sixthformprovision",
    ),
    "provision": (
        words.listed("provision"),
        (
            "typeofresourcedprovisionname resourcedprovisionname typeofresourcedprovision resourcedprovision "
            "typeofreservedprovisionname typeofreservedprovision"
        ),
    ),
    "capacity": (cells.number, "schoolcapacity totalcapacity capacity capacityofschool"),
    "pupils": (
        cells.number,
        "numberofpupils totalpupils pupils numberonroll pupilsonroll totalnumberofpupils nor",
    ),
    "fsm_percent": (cells.percent, "percentagefsm fsmpercentage percentfsm percentageoffsm"),
    "phone": (
        cells.phone,
        "telephonenum telephone telephonenumber telephoneno phone phonenumber telno tel",
    ),
    "website": (
        cells.website,
        "schoolwebsite website websiteaddress schoolwebsiteaddress webaddress websiteurl webpage",
    ),
    "head_title": (cells.name, "headtitlename headtitle"),
    "head_first_name": (cells.name, "headfirstname headforename"),
    "head_last_name": (cells.name, "headlastname headsurname"),
    "head_post": (cells.name, "headpreferredjobtitle headjobtitle"),
    "trust_uid": (cells.number, "trustscode trustid trustuid"),
    "trust_name": (cells.name, "trustsname trustname trusts academytrust academytrustname multiacademytrust"),
    "trust_flag": (cells.text, "trustschoolflagname"),
    "federation_uid": (cells.number, "federationscode"),
    "federation_name": (cells.name, "federationsname federations federationname federation"),
    "federation_flag": (cells.text, "federationflagname"),
    "ukprn": (cells.number, "ukprn"),
    "extract_on": (cells.day, "snapshotcommitdate extractdate snapshotdate"),
    "touched_on": (cells.day, "lastchangeddate datelastchanged lastchanged lastupdated"),
}
GROUP_FACTS: Facts = {
    "uid": (cells.number, "groupuid"),
    "group_id": (cells.name, "groupid"),
    "name": (cells.name, "groupname"),
    "kind": (words.listed("kind"), "grouptype grouptypename"),
    "status": (words.listed("group_status"), "groupstatus groupstatusname"),
    "company_number": (cells.name, "companieshousenumber companynumber"),
    "opened_on": (cells.day, "opendate incorporatedonopendate"),
    "closed_on": (cells.day, "closeddate"),
    "town": (cells.name, "grouptown"),
    "postcode": (cells.postcode, "grouppostcode"),
}
LINK_FACTS: Facts = {"urn": FACTS["urn"], "joined_on": (cells.day, "joineddate datejoined datejoinedgroup")}
SUCCESSION_FACTS: Facts = {
    "urn": FACTS["urn"],
    "link_urn": (cells.whole, "linkurn"),
    "kind": (words.listed("link", cells.text), "linktype"),
    "on": (cells.day, "linkestablisheddate"),
}
# One column that says several facts counts for those that have no column of their own.
TOGETHER: tuple[tuple[str, dict[str, Reader]], ...] = (
    (
        "head headname nameofhead principal principalname",
        {"head_title": cells.part_of_name(0), "head_first_name": cells.part_of_name(1), "head_last_name": cells.part_of_name(2)},
    ),
    (
        "agerange statutoryagerange ages",
        {"low_age": cells.part(cells.AGES, 1, cells.age), "high_age": cells.part(cells.AGES, 2, cells.age)},
    ),
    (
        "laestab laestabnumber dfenumber dcsfnumber dfesnumber dfeestablishmentnumber",
        {"la_code": cells.part(cells.LAESTAB, 1, cells.authority), "number": cells.part(cells.LAESTAB, 2, cells.figures)},
    ),
)


def _alone(facts: str) -> dict[str, tuple[str, ...]]:
    """Facts that change each by itself."""
    return {fact: (fact,) for fact in facts.split()}


# Facts that change together. The first column names the group's identity: when a file lacks some of the others,
# they are kept as long as the identity is the same. `flag` columns say 'none' outright.
GROUPS: dict[str, tuple[str, ...]] = {
    "name": ("name",),
    "authority": ("la_code", "la_name"),
    **_alone("number phase type status"),
    "opened": ("opened_on",),
    "closed": ("closed_on",),
    "address": ("postcode", "street", "locality", "address3", "town", "county"),
    "point": ("easting", "northing"),
    "ages": ("low_age", "high_age"),
    **_alone("gender religion admissions nursery sixth_form provision capacity pupils"),
    "fsm": ("fsm_percent",),
    **_alone("phone website"),
    "head": ("head_last_name", "head_first_name", "head_title", "head_post"),
    "trust": ("trust_uid", "trust_name"),
    "federation": ("federation_uid", "federation_name"),
    **_alone("ukprn"),
}
COLUMNS: tuple[str, ...] = tuple(column for group in GROUPS.values() for column in group)
NUMBERS = {"easting", "northing", "capacity", "pupils", "ukprn"}  # and what ends as a day, a number or an age does
BLANKS: dict[str, tuple[Value, ...]] = {
    group: tuple(None if column in NUMBERS or column.endswith(("_on", "_uid", "_age", "_percent")) else "" for column in columns)
    for group, columns in GROUPS.items()
}
FLAGS = {"trust": "trust_flag", "federation": "federation_flag"}
LENGTHS = {  # the longest text of each column, as the database keeps it
    column: longest
    for longest, columns in {
        3: ("la_code",),
        4: ("number",),
        10: ("postcode",),
        12: ("company_number",),
        40: ("phase", "status", "gender", "admissions", "phone", "head_title"),
        60: ("la_name", "county", "nursery", "sixth_form"),
        80: ("type", "town", "religion", "provision", "head_first_name", "head_last_name", "head_post"),
        120: ("street", "locality", "address3", "group_id", "kind"),
        160: ("trust_name", "federation_name"),
        200: ("name", "website"),
    }.items()
    for column in columns
}
SELDOM_REPEATING = frozenset({"name", "street", "postcode", "easting", "northing", "ukprn", "phone", "website", "head_last_name"})


def plain(heading: str) -> str:
    """A heading without what varies: 'LA (code)' and 'LaCode' are the same, and so are 'Head' and 'Head teacher's'."""
    return re.sub(r"headteachers?(?=.)|headteacher", "head", re.sub(r"[^a-z0-9]", "", heading.casefold()))


def columns(headings: list[str], facts: Facts) -> Columns:
    """Where each known fact stands and how it is read; `unread` names the other headings."""
    where: dict[str, int] = {}
    for index, heading in enumerate(headings):
        where.setdefault(plain(heading), index)
    for index, heading in enumerate(headings):
        where.setdefault(plain(heading).removesuffix("name"), index)
    found = {}
    for column, (reader, names) in facts.items():
        place = next((where[name] for name in names.split() if name in where), None)
        if place is not None:
            found[column] = (place, reader)
    for names, parts in TOGETHER if facts is FACTS else ():
        place = next((where[name] for name in names.split() if name in where), None)
        if place is not None and not parts.keys() & found.keys():
            found |= {column: (place, reader) for column, reader in parts.items()}
    return found


def unread(headings: list[str], found: Columns) -> list[str]:
    """The headings of the columns that nothing is read from."""
    places = {place for place, _ in found.values()}
    return [heading for place, heading in enumerate(headings) if heading and place not in places]
