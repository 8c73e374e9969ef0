"""Pupils, suspensions and absence counted from the school census files in plain pandas."""

import pandas as pd
from extract_files import ABSENT, LEFT, PART, day, year_of


def registrations(files):
    """Every registration, on roll and left, with its school and census day."""
    heads = files.census("schoolcensus")[["census", "schoolcensustableid", "urn", "referencedate"]]
    rolls = [
        files.census(roll).rename(columns={f"{roll}tableid": "row"}).assign(left=side == "off")
        for roll, side in LEFT.items()
    ]
    found = pd.concat(rolls).merge(heads, on=["census", "schoolcensustableid"])
    return found.assign(census_day=day(found["referencedate"]))


def january(files, regs):
    """Pupils once each at every January census, single or main registration before subsidiary."""
    roll = regs[~regs["left"] & regs["census"].str.endswith("spring")]
    needs = files.census("senneeds").rename(columns={"pupilonrolltableid": "row"})
    needs = needs.merge(roll[["census", "row", "upn"]], on=["census", "row"])
    needs = needs.sort_values(["sentyperank", "sentype"]).drop_duplicates(["census", "upn"])
    roll = roll.assign(
        year=roll["census_day"].dt.year - 1,
        order=roll["enrolstatus"].map({"C": 1, "M": 2}).fillna(3),
    ).sort_values(["order", "urn"])
    roll = roll.drop_duplicates(["upn", "year"])
    roll = roll.merge(needs[["census", "upn", "sentype"]], how="left", on=["census", "upn"])
    return roll.assign(
        semh=roll["senprovision"].isin(["K", "E"]) & roll["sentype"].eq("SEMH"),
        counted=roll["enrolstatus"].isin(["C", "M"]),
    )


def semh_pupils(roll):
    """(upn, year) of pupils with SEMH that January or, not on roll then, the January before."""
    known = set(zip(roll["upn"], roll["year"], strict=True))
    now = roll[roll["semh"]]
    now = set(zip(now["upn"], now["year"], strict=True))
    return now | {(upn, year + 1) for upn, year in now if (upn, year + 1) not in known}


def of_semh(rows, pupils):
    """The rows whose pupil had SEMH need in the year of the row."""
    return rows[[key in pupils for key in zip(rows["upn"], rows["year"], strict=True)]]


def suspensions(files, regs):
    """Suspensions once each, however many censuses told of them, without exclusions."""
    sent = files.both_rolls("termlyexclusions").merge(
        regs[[*PART, "upn", "urn", "census_day"]], on=PART
    )
    sent = sent.assign(start=day(sent["startdate"])).sort_values("census_day")
    sent = sent.drop_duplicates(["upn", "urn", "start", "category"], keep="last")
    return sent[sent["category"] != "PERM"].assign(year=lambda rows: year_of(rows["start"]))


def sessions(files, regs):
    """Possible and missed sessions by pupil and census; summer's second half comes in autumn."""
    possible = regs[["termlysessionspossible", "summerhalfterm2sessionspossible"]].astype(float)
    rows = regs[[*PART, "upn"]].assign(possible=possible.sum(axis=1))
    sent = pd.concat([files.both_rolls(f"{kind}sessiondetails")
                      for kind in ("termly", "summerhalfterm2")])  # fmt: skip
    sent = sent[sent["attendancereason"].isin(ABSENT)]
    missed = sent.assign(missed=sent["sessions"].astype(float)).groupby(PART)["missed"].sum()
    rows = rows[rows["possible"] > 0].merge(missed.reset_index(), how="left", on=PART).fillna(0)
    return rows.assign(year=rows["census"].str[:4].astype(int) - 1)
