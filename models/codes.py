"""Code sets that several extracts share: code to meaning, each set with its source beside it."""

from __future__ import annotations

from datetime import date

SEN_TYPE = {
    "SPLD": "Specific learning difficulty",
    "MLD": "Moderate learning difficulty",
    "SLD": "Severe learning difficulty",
    "PMLD": "Profound and multiple learning difficulty",
    "SEMH": "Social, emotional and mental health",
    "SLCN": "Speech, language and communication needs",
    "HI": "Hearing impairment",
    "VI": "Vision impairment",
    "MSI": "Multi-sensory impairment",
    "PD": "Physical disability",
    "ASD": "Autistic spectrum disorder",
    "DS": "Down syndrome",
    "OTH": "Other difficulty or disability",
}
"""SEN2 person-level return guide; DS from 2025."""

SEN_TYPE_CENSUS = SEN_TYPE | {"NSA": "SEN support but no specialist assessment of type of need"}
"""School census guide."""

SEN_PROVISION = {
    "N": "No special educational need",
    "K": "SEN support",
    "E": "Education, health and care plan",
    "S": "Statement (before 2018)",
    "A": "School or early years action (before 2015)",
    "P": "School or early years action plus (before 2015)",
}
"""School census guide."""

TERM = {"AUT": "Autumn", "SPR": "Spring", "SUM": "Summer"}
"""School census guide."""

SEX = {"M": "Male", "F": "Female"}
"""School census guide; the item was called gender before 2023/24."""

ENROL_STATUS = {
    "C": "Current (single registration)",
    "M": "Current main (dual registration)",
    "S": "Current subsidiary (dual registration)",
    "F": "FE college",
    "O": "Other provider",
}
"""School census guide."""

YEAR_GROUP = {
    **{"E1": "Early first year", "E2": "Early second year", "N1": "Nursery first year"},
    **{"N2": "Nursery second year", "R": "Reception"},
    **{str(year): f"Year {year}" for year in range(1, 15)},
    **{"M": "Mixed year class", "X": "National Curriculum not followed"},
}
"""School census guide: National Curriculum year group actual."""

YOUNG_CARER = {
    "P": "Identified as a young carer by parent or guardian",
    "S": "Identified as a young carer by school",
    "N": "Not declared",
}
"""School census guide, spring from 2023."""

BOARDER = {
    "B": "Boarder, nights a week not specified",
    "6": "Boarder, six nights or fewer a week",
    "7": "Boarder, seven nights a week",
    "N": "Not a boarder",
}
"""School census guide."""

EXCLUSION_CATEGORY = {
    "PERM": "Permanent exclusion",
    "SUSP": "Suspension",
    "FIXD": "Suspension (code before 2020/21: fixed-period exclusion)",
    "LNCH": "Lunchtime suspension",
}
"""School census guide."""

EXCLUSION_REASON = {
    "PP": "Physical assault against a pupil",
    "PA": "Physical assault against an adult",
    "VP": "Verbal abuse or threatening behaviour against a pupil",
    "VA": "Verbal abuse or threatening behaviour against an adult",
    "OW": "Use or threat of use of an offensive weapon or prohibited item",
    "BU": "Bullying",
    "RA": "Racist abuse",
    "LG": "Abuse against sexual orientation and gender identity",
    "DS": "Abuse relating to disability",
    "SM": "Sexual misconduct",
    "DA": "Drug and alcohol related",
    "DM": "Damage",
    "TH": "Theft",
    "MT": "Inappropriate use of social media or online technology",
    "PH": "Wilful and repeated transgression of protective measures for public health",
    "DB": "Persistent or general disruptive behaviour",
    "OT": "Other (before 2020/21)",
    **{
        code: "Reason code of 2026, label to be confirmed from the school census guide"
        for code in ("BW TB SB MB AB DR AR SR VR LD CB MP OS").split()
    },
}
"""School census guide; the codes of 2026 from a public seed script, to be confirmed."""

ATTENDANCE = {
    "/": "Present (morning)",
    "\\": "Present (afternoon)",
    "L": "Late before the register closed",
    "K": "Attending education provided by the local authority",
    "B": "Attending any other approved educational activity",
    "D": "Dual registered at another school",
    "P": "Sporting activity",
    "V": "Educational visit or trip",
    "W": "Work experience",
    "C": "Leave of absence for exceptional circumstance",
    "C1": "Leave for a regulated performance or employment abroad",
    "C2": "Leave for a part-time timetable",
    "J1": "Leave for interview",
    "M": "Medical or dental appointment",
    "S": "Study leave",
    "X": "Non-compulsory school age pupil not required to attend",
    "T": "Parent travelling for occupational purposes",
    "R": "Religious observance",
    "E": "Suspended or permanently excluded, no alternative provision made",
    "I": "Illness",
    "Q": "Unable to attend for lack of access arrangements",
    **{f"Y{n}": "Unable to attend because of exceptional circumstances" for n in range(1, 8)},
    "G": "Holiday not granted by the school",
    "N": "Reason for absence not yet established",
    "O": "Absent in other or unknown circumstances",
    "U": "Arrived after registration closed",
    "Z": "Prospective pupil not on the admission register",
    "#": "Planned whole-school closure",
    "H": "Authorised family holiday (before August 2024)",
    "J": "Interview (before August 2024)",
    "Y": "Unable to attend because of exceptional circumstances (before August 2024)",
}
"""Working together to improve school attendance: codes from 19 August 2024, and those replaced."""

NEW_CODES, OLD_CODES = date(2024, 8, 19), date(2024, 8, 18)

ATTENDANCE_DAYS = {
    **{code: (NEW_CODES, None) for code in "K C1 C2 J1 Q Y1 Y2 Y3 Y4 Y5 Y6 Y7".split()},
    **{code: (None, OLD_CODES) for code in "H J Y".split()},
}
"""First and last day of the attendance codes that were not always in use; the rest always were."""

EXCLUSION_REASON_DAYS = {
    "OT": (None, date(2020, 8, 31)),
    **{code: (date(2020, 9, 1), None) for code in "OW LG DS MT PH".split()},
    **{code: (date(2025, 9, 1), None) for code in "BW TB SB MB AB DR AR SR VR LD CB MP OS".split()},
}
"""First and last day of reasons that were not always in use. The school year in which the codes of
2026 began is the earliest they can have: to be confirmed from the school census guide."""

AP_CENSUS_REASON = {
    "PEX": "Permanent exclusion",
    "EHC": "Setting named on an EHC plan",
    "MHN": "Mental-health need",
    "PHN": "Physical-health need",
    "NEW": "New to the area, without a school place",
    "ASP": "Reason ASP, label to be confirmed",
    "RHE": "Reason RHE, label to be confirmed",
    "OTH": "Other",
}
"""Why a pupil is in alternative provision, as the provision returns it in the school census."""

AP_SETTING = {
    "NFE": "Non-maintained further education college",
    "OOT": "One-to-one tuition",
    "OTH": "Other unregistered provider",
    "WBP": "Work-based placement",
}
"""School census guide: only where the setting has no URN or UKPRN."""

AP_REASON = {
    "BHS": "Off-site placement for behaviour support",
    "SUS": "Suspension",
    "EXR": "Permanent exclusion under review",
    "MHN": "Mental-health need requiring medical AP",
    "PHN": "Physical-health need requiring medical AP",
    "OTH": "Other",
}
"""School census guide; labels matched to the DfE's published file."""

ATTENDANCE_PATTERN = {"FT": "Full time", "PT": "Part time"}

REQUEST_OUTCOME = {
    "Y": "Yes",
    "N": "No",
    "A": "Not yet decided",
    "W": "Withdrawn or ceased before decision",
    "H": "Decided before this collection period, or plan transferred in",
}
"""SEN2 person-level guide: outcome of a request, and of an assessment."""

CEASE_REASON = {
    "1": "Reached maximum age",
    "2": "Needs met without a plan",
    "3": "Moved on to higher education",
    "4": "Moved on to paid employment",
    "5": "Transferred to another English authority",
    "6": "No longer wishes to engage in education or training",
    "7": "Moved outside England",
    "8": "Deceased",
    "9": "Other",
}
"""SEN2 person-level guide."""

SEN_SETTING = {
    "OLA": "Other arrangement by the local authority, including EOTAS",
    "OPA": "Other arrangement by parents or the young person",
    "EHE": "Elective home education",
    "EYP": "Early years provider without a URN",
    "OTH": "Other",
    "NEET": "Not in education, employment or training",
    "NIEC": "Not in education: notice to cease issued",
    "NIEO": "Not in education: other",
}
"""SEN2 person-level guide: only where there is no URN or UKPRN."""

UPN_UNKNOWN = {
    "UN1": "Under six, none yet",
    "UN2": "Never in an English state school",
    "UN3": "Educated outside England",
    "UN5": "Sources disagree",
    "UN8": "New to the authority",
    "UN9": "Young person never in a state school or FE",
    "UN10": "Request ended before one was known",
}
"""SEN2 person-level guide."""

ESTABLISHMENT = {
    "mainstream": "Mainstream school",
    "sen_unit": "SEN unit in a mainstream school",
    "resourced_provision": "Resourced provision in a mainstream school",
    "special": "State-funded special school",
    "alternative_provision": "Alternative provision or pupil referral unit",
    "nmss": "Non-maintained special school",
    "independent_special": "Independent special school",
    "independent": "Other independent school",
    "further_education": "Further education or specialist post-16",
    "early_years": "Early years setting",
    "other": "Other arrangement, including EOTAS and tuition",
}
"""Establishment categories of SCAP SEND and the EHC plans release, shortened."""

DESIGNATION = SEN_TYPE | {"MIX": "More than one need", "AP": "Alternative provision"}
"""What a provision is designated for."""

RESIDENTIAL = {
    "day": "Day place",
    "weekly": "Weekly boarding",
    "38-51": "Residential, 38 to 51 weeks",
    "52": "Residential, 52 weeks",
}
"""Groups of the EHC plans release, with the day place and weekly boarding told apart."""

KEY_STAGE = {
    "EY": "Early years",
    "KS1": "Key stage 1",
    "KS2": "Key stage 2",
    "KS3": "Key stage 3",
    "KS4": "Key stage 4",
    "KS5": "Post-16",
    "all": "All ages of the provision",
}

PHASE = {
    "nursery": "Nursery",
    "primary": "Primary",
    "secondary": "Secondary",
    "all-through": "All-through",
    "special": "Special",
    "alternative provision": "Alternative provision",
    "post-16": "Post-16",
    "independent": "Independent",
}

REASON_AT_DISTANCE = {
    "none_local": "No local provision for the need",
    "local_full": "Local provision suitable but full",
    "local_refused": "Local provision refused on need or matching",
    "specialist": "Specialist provision not needed in every area",
    "parental_preference": "Parental preference",
    "tribunal": "Directed by the tribunal",
    "family_move": "Family moved",
    "care": "Placed for care reasons",
    "other": "Other",
}
"""After the regional placement census's reason for placing at a distance."""

PROVIDER_TYPE = {
    "local_authority": "Local authority maintained",
    "academy_trust": "Academy trust",
    "independent": "Independent",
    "charity": "Charity or not for profit",
    "college": "College",
    "health": "NHS",
}

PLACEMENT_TYPE = {
    "special": "Special school place",
    "sen_unit": "SEN unit place",
    "resourced_provision": "Resourced provision place",
    "alternative_provision": "Alternative provision place",
    "mainstream_top_up": "Mainstream place with top-up",
    "independent_special": "Independent special school place",
    "nmss": "Non-maintained special school place",
    "eotas": "Education otherwise than at school",
    "post16": "Specialist post-16 place",
}

TIMETABLE_REASON = {
    "BEH": "Behaviour",
    "ANX": "Anxiety or emotionally based school avoidance",
    "MED": "Physical health",
    "REI": "Return after absence, exclusion or a move",
    "OTH": "Other",
}
"""Reasons councils ask schools for; no national code set."""

EHE_REASON = {
    "LIF": "Lifestyle, philosophical or religious preference",
    "MEN": "Mental health",
    "PHY": "Physical health",
    "SEN": "Dissatisfied with support for special educational needs",
    "DIS": "Dissatisfied with the school otherwise",
    "BUL": "Bullying",
    "ATT": "Attendance or risk of exclusion",
    "PLA": "Did not get the school wanted",
    "OTH": "Other",
    "UNK": "Not known",
}
"""Reasons of the DfE's elective home education collection, shortened and coded here."""

EHE_END = {
    "SCH": "Returned to school",
    "AGE": "Reached the end of compulsory school age",
    "MOV": "Moved out of the area",
    "OTH": "Other",
}

EHE_SUITABLE = {
    "Y": "Suitable",
    "N": "Not suitable",
    "P": "Not yet decided",
}

CME_OUTCOME = {
    "SCH": "On a school's roll",
    "EHE": "Electively home educated",
    "MOV": "Found in another area or country",
    "NOT": "Not found",
}
"""Outcomes of a children-missing-education case; no national code set."""

DISPUTE_KIND = {"MED": "Mediation", "APP": "Appeal to the SEND tribunal"}

DISPUTE_ABOUT = {
    "ASS": "Refusal to assess",
    "ISS": "Refusal to issue a plan",
    "CON": "What the plan says of needs, provision or school",
    "PLA": "The school or type of school named only",
    "AMD": "Refusal to amend after a review",
    "CEA": "Ceasing the plan",
}
"""Decisions that may be appealed: SEND Code of Practice, chapter 11."""

DISPUTE_RESULT = {
    "AGR": "Agreement reached",
    "PAR": "Agreement reached in part",
    "NOA": "No agreement",
    "UPH": "Decided for the family",
    "PUP": "Decided for the family in part",
    "DIS": "Dismissed",
    "CON": "Conceded by the authority before a hearing",
    "WDR": "Withdrawn",
}
"""The first three end a mediation, the rest an appeal; a withdrawal may end either."""

MEANWHILE = {
    "MAI": "Mainstream school, full time",
    "MPT": "Mainstream school, part time",
    "SPE": "Another special school or unit",
    "APR": "Alternative provision",
    "TUI": "Tuition or other arrangement (EOTAS)",
    "EHE": "Home educated",
    "NON": "No education",
}
