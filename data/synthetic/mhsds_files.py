"""MHSDS tables of the simulated service, one CSV each."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.synthetic.camhs import ETHNIC, LAST_DAY, PROCEDURES
from data.synthetic.people import postcode_at
from data.synthetic.world import World
from data.synthetic.write import Writer, iso_day, key, text

PERSON = f"concat('SYN', upper({key('person', 77)}))"
"""MHSDS person ids; the truth says which UPN each belongs to."""
REFERRAL = "printf('SR%07d', referral)"
CONTACT = "printf('CC%08d', contact)"
PROVIDER = "SYN01"
"""No organisation code of this form was given to a real provider."""
WHO = f"case when not digital then {PERSON} end"


def write_mhsds(world: World, writer: Writer) -> None:
    """People, referrals, teams, contacts, activities, scores and care plans."""
    _hold(world, writer)
    _write_header(writer)
    _write_people(writer)
    _write_referrals(writer)
    _write_contacts(writer)
    _write_scores(writer)
    _write_plans(writer)


def _hold(world: World, writer: Writer) -> None:
    """Tables `ref`, `con`, `score`, `plan` and `client`."""
    referrals, contacts = world.tables["referrals"], world.tables["contacts"]
    writer.table("ref", referrals)
    codes = referrals["intervention"].map(PROCEDURES)
    act = contacts.assign(procedure=codes.to_numpy()[contacts["referral"].to_numpy()])
    writer.table("con", act)
    first = contacts[contacts["order"] == 0].set_index("referral")["contact"]
    final = contacts.groupby("referral")["contact"].max()
    scores = world.tables["scores"]
    place = np.where(
        scores["stage"] == "first", scores["referral"].map(first), scores["referral"].map(final)
    )
    writer.table("score", scores.assign(contact=place.astype(int), digital=False))
    agreed = contacts[
        (contacts["order"] == 1) & ~contacts["digital"] & (contacts["contact"] % 10 < 7)
    ]
    writer.table("plan", agreed[["referral", "person", "day", "digital"]])
    writer.table("client", _clients(world, referrals))


def _clients(world: World, referrals: pd.DataFrame) -> pd.DataFrame:
    who = np.unique(referrals.loc[~referrals["digital"], "person"].to_numpy())
    people = world.people.iloc[who]
    home = postcode_at(world.people, len(world.censuses) - 1)[who]
    place = world.postcodes.iloc[home]
    return pd.DataFrame(
        {
            "person": who,
            "nhs": people["nhs"].to_numpy(),
            "dob": people["dob"].to_numpy(),
            "gender": np.where(people["male"], "1", "2"),
            "ethnic": people["ethnicity"].map(ETHNIC).fillna("Z").to_numpy(),
            "pcds": place["pcds"].to_numpy(),
            "lsoa21": place["lsoa21"].to_numpy(),
            "district": np.where(place["in_borough"], world.profile.ons_code, ""),
            "digital": False,
        }
    )


def _write_header(writer: Writer) -> None:
    values = {
        "datsetversion": "'SYNTHETIC'",
        "orgidprovider": f"'{PROVIDER}'",
        "orgidsubmit": f"'{PROVIDER}'",
        "reportingperiodstartdate": "'2020-04-01'",
        "reportingperiodenddate": f"'{LAST_DAY}'",
    }
    writer.write("mhs000", "mhsds/MHS000Header.csv", "(select 0 as seq)", values)


def _write_people(writer: Writer) -> None:
    values = {
        "person_id": PERSON,
        "nhsnumber": "nhs",
        "personbirthdate": iso_day("dob"),
        "gender": "gender",
        "ethniccategory": "ethnic",
        "postcode": "pcds",
        "lsoa2021": "lsoa21",
        "ladistrictauth": text("district"),
    }
    writer.write("mhs001", "mhsds/MHS001MPI.csv", "client", values)


def _write_referrals(writer: Writer) -> None:
    values = {
        "uniqservreqid": REFERRAL,
        "person_id": WHO,
        "referralrequestreceiveddate": iso_day("received"),
        "sourceofreferralmh": "source",
        "primreasonreferralmh": "reason",
        "clinrespprioritytype": "priority",
        "servdischdate": iso_day("discharge"),
        "ageservreferrecdate": "age",
    }
    writer.write("mhs101", "mhsds/MHS101Referral.csv", "ref", values)
    closed = "case when accepted then discharge else -1 end"
    team = {
        "uniqservreqid": REFERRAL,
        "person_id": WHO,
        "uniqcareprofteamid": "concat('SYN-', team)",
        "servteamtypereftomh": "team",
        "referclosuredate": iso_day(f"({closed})"),
        "referclosreason": text("close_reason"),
        "referrejectiondate": iso_day("rejected"),
        "referrejectreason": text("reject_reason"),
    }
    writer.write("mhs102", "mhsds/MHS102ServiceTypeReferredTo.csv", "ref", team)


def _write_contacts(writer: Writer) -> None:
    values = {
        "uniqcarecontid": CONTACT,
        "uniqservreqid": REFERRAL,
        "person_id": WHO,
        "carecontdate": iso_day("day"),
        "attendstatus": "attended",
        "consmechanismmh": "medium",
        "clincontactdurofcarecont": "minutes",
    }
    writer.write("mhs201", "mhsds/MHS201CareContact.csv", "con", values)
    activity = {
        "uniqcareactid": "printf('CA%08d', contact)",
        "uniqcarecontid": CONTACT,
        "uniqservreqid": REFERRAL,
        "person_id": WHO,
        "procedure": "procedure",
    }
    writer.write(
        "mhs202",
        "mhsds/MHS202CareActivity.csv",
        "(from con where attended in ('5', '6') and not digital)",
        activity,
    )


def _write_scores(writer: Writer) -> None:
    common = {
        "uniqservreqid": REFERRAL,
        "person_id": WHO,
        "codedasstooltype": "tool",
        "persscore": "cast(score as integer)",
        "asstoolcompdate": iso_day("day"),
    }
    writer.write(
        "mhs606",
        "mhsds/MHS606CodedScoreAssessmentRefer.csv",
        "(from score where stage = 'first')",
        common,
    )
    writer.write(
        "mhs607",
        "mhsds/MHS607CodedScoreAssessmentAct.csv",
        "(from score where stage = 'last')",
        common | {"uniqcareactid": "printf('CA%08d', contact)"},
    )


def _write_plans(writer: Writer) -> None:
    ident = "printf('CP%07d', referral)"
    writer.write(
        "mhs008",
        "mhsds/MHS008CarePlanType.csv",
        "plan",
        {
            "careplanid": ident,
            "person_id": WHO,
            "careplantypemh": "'10'",
            "careplancreatdate": iso_day("day"),
        },
    )
    writer.write(
        "mhs009",
        "mhsds/MHS009CarePlanAgreement.csv",
        "plan",
        {
            "careplanid": ident,
            "person_id": WHO,
            "careplancontentagreedby": "'10'",
            "careplancontentagreeddate": iso_day("day"),
        },
    )
