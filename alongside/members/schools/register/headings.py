"""Which column is which fact, whatever it has been called in fifteen years of extracts."""

import re

from alongside.members.schools.register import cells
from alongside.members.schools.register.cells import Reader, Value

CODED = ("Open", "Closed", "Open, but proposed to close", "Proposed to open")  # their codes begin with 1
STATUSES = {
    **{said.casefold(): said for said in CODED},
    **{str(code): said for code, said in enumerate(CODED, 1)},
    "open but proposed to close": "Open, but proposed to close",
}
PHASES = {
    "0": "Not applicable",
    "1": "Nursery",
    "2": "Primary",
    "3": "Middle deemed primary",
    "4": "Secondary",
    "5": "Middle deemed secondary",
    "6": "16 plus",
    "7": "All-through",
}


def status(cell: str) -> str | None:
    """One of the register's four statuses, written out or by its code."""
    found = cells.name(cell)
    if found is None:
        return None
    if found.casefold() not in STATUSES:
        raise ValueError("is not a status of the register")
    return STATUSES[found.casefold()]


def phase(cell: str) -> str | None:
    """A phase, written out or by its code; 'Not applicable' is one."""
    found = cells.text(cell)
    return PHASES.get(found, found) if found else None


# column: (its reader, the headings it has had; of two in one file the first named here counts)
Facts = dict[str, tuple[Reader, tuple[str, ...]]]
FACTS: Facts = {
    "urn": (cells.text, ("urn", "establishmenturn", "schoolurn", "academyurn")),
    "name": (cells.name, ("establishmentname", "schoolname", "schname", "name")),
    "la_code": (cells.authority, ("lacode", "laid", "localauthoritycode", "lanumber")),
    "la_name": (cells.name, ("laname", "localauthorityname", "localauthority", "la")),
    "number": (cells.name, ("establishmentnumber", "estab")),
    "phase": (phase, ("phaseofeducationname", "phaseofeducation", "phase", "phaseofeducationcode", "phaseofeducationid")),
    "type": (cells.text, ("typeofestablishmentname", "typeofestablishment", "establishmenttype")),
    "status": (
        status,
        ("establishmentstatusname", "establishmentstatus", "status", "establishmentstatuscode", "establishmentstatusid"),
    ),
    "opened_on": (cells.day, ("opendate", "openeddate", "dateopened")),
    "closed_on": (cells.day, ("closedate", "closeddate", "dateclosed")),
    "street": (cells.name, ("street", "address1", "addressline1")),
    "locality": (cells.name, ("locality", "address2", "addressline2")),
    "address3": (cells.name, ("address3", "addressline3")),
    "town": (cells.name, ("town", "towncity")),
    "county": (cells.name, ("countyname", "county")),
    "postcode": (cells.postcode, ("postcode",)),
    "easting": (cells.metres, ("easting",)),
    "northing": (cells.metres, ("northing",)),
    "low_age": (cells.age, ("statutorylowage", "agerangelow", "lowage", "minage")),
    "high_age": (cells.age, ("statutoryhighage", "agerangehigh", "highage", "maxage")),
    "gender": (cells.name, ("gendername", "gender")),
    "religion": (cells.name, ("religiouscharactername", "religiouscharacter")),
    "admissions": (cells.name, ("admissionspolicyname", "admissionspolicy")),
    "nursery": (cells.name, ("nurseryprovisionname", "nurseryprovision")),
    "sixth_form": (cells.name, ("officialsixthformname", "officialsixthform")),
    "provision": (cells.name, ("typeofresourcedprovisionname", "resourcedprovisionname")),
    "capacity": (cells.number, ("schoolcapacity", "totalcapacity", "capacity")),
    "pupils": (cells.number, ("numberofpupils", "totalpupils", "pupils")),
    "fsm_percent": (cells.percent, ("percentagefsm",)),
    "phone": (cells.phone, ("telephonenum", "telephone", "telephonenumber")),
    "website": (cells.website, ("schoolwebsite", "website")),
    "head_title": (cells.name, ("headtitlename", "headtitle")),
    "head_first_name": (cells.name, ("headfirstname",)),
    "head_last_name": (cells.name, ("headlastname",)),
    "head_post": (cells.name, ("headpreferredjobtitle",)),
    "trust_uid": (cells.number, ("trustscode", "trustid", "trustuid")),
    "trust_name": (cells.name, ("trustsname", "trustname", "trusts")),
    "trust_flag": (cells.text, ("trustschoolflagname",)),
    "federation_uid": (cells.number, ("federationscode",)),
    "federation_name": (cells.name, ("federationsname", "federations")),
    "federation_flag": (cells.text, ("federationflagname",)),
    "ukprn": (cells.number, ("ukprn",)),
    "extract_on": (cells.day, ("snapshotcommitdate", "extractdate", "snapshotdate")),
    "touched_on": (cells.day, ("lastchangeddate",)),
}
GROUP_FACTS: Facts = {
    "uid": (cells.number, ("groupuid",)),
    "group_id": (cells.name, ("groupid",)),
    "name": (cells.name, ("groupname",)),
    "kind": (cells.name, ("grouptype", "grouptypename")),
    "status": (cells.name, ("groupstatus", "groupstatusname")),
    "company_number": (cells.name, ("companieshousenumber",)),
    "opened_on": (cells.day, ("opendate", "incorporatedonopendate")),
    "closed_on": (cells.day, ("closeddate",)),
    "town": (cells.name, ("grouptown",)),
    "postcode": (cells.postcode, ("grouppostcode",)),
}
LINK_FACTS: Facts = {"urn": FACTS["urn"], "joined_on": (cells.day, ("joineddate", "datejoined", "datejoinedgroup"))}
SUCCESSION_FACTS: Facts = {
    "urn": FACTS["urn"],
    "link_urn": (cells.text, ("linkurn",)),
    "kind": (cells.text, ("linktype",)),
    "on": (cells.day, ("linkestablisheddate",)),
}


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
    """A heading without what varies: 'LA (code)' and 'LaCode' are the same."""
    return re.sub(r"[^a-z0-9]", "", heading.casefold())


def columns(headings: list[str], facts: Facts) -> dict[str, tuple[int, Reader]]:
    """Where each known fact stands and how it is read; unknown headings are ignored."""
    where: dict[str, int] = {}
    for index, heading in enumerate(headings):
        where.setdefault(plain(heading), index)
    found = {}
    for column, (reader, names) in facts.items():
        place = next((where[name] for name in names if name in where), None)
        if place is not None:
            found[column] = (place, reader)
    return found
