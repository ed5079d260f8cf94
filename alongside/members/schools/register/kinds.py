"""What a file is, by its headings; and that it is the register's own and no other table that has URNs too."""

import re
from enum import StrEnum

from alongside.members.schools.register import headings
from alongside.members.schools.register.source import NotARegisterFile


class FileKind(StrEnum):
    """The four kinds of file that the register publishes, in the order in which they are imported."""

    SCHOOLS = "schools"
    GROUPS = "groups"
    GROUP_LINKS = "group links"
    SUCCESSIONS = "successions"


FACTS = {
    FileKind.SCHOOLS: headings.FACTS,
    FileKind.GROUPS: headings.GROUP_FACTS,
    FileKind.GROUP_LINKS: headings.GROUP_FACTS | headings.LINK_FACTS,
    FileKind.SUCCESSIONS: headings.SUCCESSION_FACTS,
}
# What the register publishes besides what is read here, today and before; without (code), (name) and Id.
ITS_OWN = (
    frozenset(
        "accreditationexpirydate administrativeward admissionspolicy agerange alternativeemail beaconschool boarders "
        "boardingestablishment bsoinspectorate burnhamreport ccf censusdate chnumber country county "
        "dateoflastinspectionvisit diocese districtadministrative earlyexcellence ebd edbyother educationactionzone email "
        "establishment establishmentaccredited establishmenttypegroup ethos excellenceincities fax faxnum faxnumber "
        "federationflag federations feheidentifier firstmainspecialism fsm ftprov furthereducationtype gender gor "
        "governmentofficeregion group groupaddress3 groupcounty grouplocality groupstatus groupstreet grouptype gssla "
        "heademail headhonours headofgroupfirst headofgrouplast headofgrouptitle headtitle inspectorate "
        "inspectoratereport investorinpeople la laestab lastchangeddate leadershipincentivegrant leadschool link linktype "
        "lsoa mainemail msoa nextinspectionvisit numberofboys numberofgirls nurseryprovision officialsixthform "
        "ofstedlastinsp ofstedrating ofstedspecialmeasures parliamentaryconstituency percentagefsm phaseofeducation "
        "placespru previousestablishmentnumber previousla props qab qabreport reasonestablishmentclosed "
        "reasonestablishmentopened region religiouscharacter religiousethos resourcedprovision resourcedprovisioncapacity "
        "resourcedprovisiononroll rsc rscregion schoolsponsor schoolsponsorflag schoolsponsors secondmainspecialism "
        "section41approved sen1 sen10 sen11 sen12 sen13 sen2 sen3 sen4 sen5 sen6 sen7 sen8 sen9 sennostat senpru senstat "
        "senunitcapacity senunitonroll site snapshotcommitdate specialclasses teenmoth teenmothplaces trainingschool "
        "trustacademyestablishment trusts trustschoolflag typeofestablishment typeofreservedprovision "
        "typeofresourcedprovision uprn urbanrural".split()
    )
    | {name for facts in FACTS.values() for _, names in facts.values() for name in names.split()}
    | {name for names, _ in headings.TOGETHER for name in names.split()}
)
OF_OTHERS = re.compile(  # what tables of results, inspections, absence, money and staff are headed with
    r"rectype|schname|^ks\d|attainment|progress|^p8|att8|ebacc|^pt[a-z]|^perc|premium|absen|attend|exclu|suspen|ofsted|inspect"
    r"|effectiveness|rating|time(?:period|identifier)|geographiclevel|nftype|iclose|score|grade|results?$|destination"
    r"|workforce|teachers|fte|income|expenditure|budget|headcount|eligible"
)
CODED = re.compile(r"(?:name|code|id)+$")


def is_its_own(heading: str) -> bool:
    """Whether the register has, or had, a column of that heading."""
    plain = headings.plain(heading)
    return plain in ITS_OWN or CODED.sub("", plain) in ITS_OWN


def kind_of(names: list[str]) -> FileKind:
    """What a file is, by its headings. Raises NotARegisterFile with the reason when it is none of the register's."""
    plain = {headings.plain(name) for name in names}
    has_urn = any(name in plain for name in headings.FACTS["urn"][1].split())
    if has_urn and "linkurn" in plain and "linktype" not in plain:
        raise NotARegisterFile("This file links schools but has no column LinkType, so it cannot be understood.")
    if "groupuid" in plain and not has_urn and "groupname" not in plain:
        raise NotARegisterFile("This file of groups has no column Group Name, so it cannot be understood.")
    if not has_urn and "groupuid" not in plain:
        raise NotARegisterFile(
            "This is not an extract of the register: it has no column URN (nor Group UID). "
            "Choose a file downloaded from Get Information about Schools."
        )
    _refuse_others(names)
    if has_urn and "linkurn" in plain:
        return FileKind.SUCCESSIONS
    if "groupuid" in plain:
        return FileKind.GROUP_LINKS if has_urn else FileKind.GROUPS
    if len(headings.columns(names, headings.FACTS)) < 2:
        raise NotARegisterFile("This file has a column URN and nothing else that the register knows.")
    return FileKind.SCHOOLS


def _refuse_others(names: list[str]) -> None:
    """A table of another kind is mostly not the register's, or says what it is by a column or two."""
    named = [name for name in names if name]
    foreign = [name for name in named if not is_its_own(name)]
    telling = [name for name in foreign if OF_OTHERS.search(headings.plain(name))]
    if 2 * len(foreign) >= len(named) or (telling and 10 * len(foreign) > len(named)):
        shown = ", ".join(f"“{name[:40]}”" for name in (telling or foreign)[:3])
        raise NotARegisterFile(
            f"This is a table of another kind, not an extract of the register: it has columns such as {shown}. "
            "Choose a file downloaded from Get Information about Schools."
        )
