"""Plans, placements and referrals read from the files of the council and of the service."""

import pandas as pd
from extract_files import day


def plans(files):
    """EHC plans in force on the day of each return, with their primary need."""
    assessed = files.returns("assessment")[["on", "assessmenttableid", "requeststableid"]]
    named = files.returns("namedplan").merge(assessed, on=["on", "assessmenttableid"])
    ceased = named.assign(ceased=day(named["ceasedate"]), began=day(named["startdate"]))
    needs = files.returns("senneed")
    first = needs[needs["sentyperank"].astype(float) == 1][["on", "activeplanstableid", "sentype"]]
    rows = files.returns("activeplans").merge(
        ceased[["on", "requeststableid", "ceased", "began"]],
        how="left", on=["on", "requeststableid"],
    )  # fmt: skip
    rows = rows.merge(first, how="left", on=["on", "activeplanstableid"])
    return rows[~(rows["ceased"] <= rows["on"]) & ~(rows["began"] > rows["on"])]


def requests(files):
    """Requests once each, as the latest return tells them, with the assessment that followed."""
    people = files.returns("person")
    people["who"] = people["upn"].fillna(people["on"].astype(str) + people["persontableid"])
    rows = files.returns("requests").merge(
        people[["on", "persontableid", "who"]], on=["on", "persontableid"]
    )
    rows = rows.assign(received=day(rows["receiveddate"]))
    assessed = files.returns("assessment")
    assessed = assessed.assign(decided=day(assessed["assessmentoutcomedate"]))
    keep = ["on", "requeststableid", "assessmentoutcome", "decided", "week20"]
    rows = rows.merge(assessed[keep], how="left", on=keep[:2]).dropna(subset="received")
    return rows.sort_values("on")


def placements(files):
    """The commissioning register with dates, and a year's cost in pounds of each line."""
    rows = files.table("commissioning/commissioning_register.csv")
    weekly = rows[["weekly_education", "weekly_health", "weekly_care"]].astype(float).sum(axis=1)
    return rows.assign(
        start=pd.to_datetime(rows["start_date"]),
        end=pd.to_datetime(rows["end_date"]),
        cost=weekly * rows["weeks_a_year"].astype(float)
        + rows["annual_transport"].astype(float).fillna(0),
    )


def referrals(files):
    """Referrals of children under 18 with the day first seen; the files hold no other teams."""
    rows = files.table("mhsds/MHS101Referral.csv")
    seen = files.table("mhsds/MHS201CareContact.csv")
    seen = seen[seen["attendstatus"].isin(["5", "6"])]
    first = pd.to_datetime(seen["carecontdate"]).groupby(seen["uniqservreqid"]).min()
    rows = rows.assign(
        received=pd.to_datetime(rows["referralrequestreceiveddate"]),
        seen=rows["uniqservreqid"].map(first),
    )
    return rows[~(rows["ageservreferrecdate"].astype(float) >= 18)]
