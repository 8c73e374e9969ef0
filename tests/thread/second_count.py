"""The synthetic extracts read in plain pandas, sharing no code with the product.

Rows the product refused are taken out by file and line; everything else is counted as sent.
"""

from collections import defaultdict
from pathlib import Path

import pandas as pd

ABSENT = set("C C1 C2 E G H I J1 M N O R S T U".split())
LEFT = {"pupilonroll": "on", "pupilnolongeronroll": "off"}
PART = ["census", "row", "left"]
"""What a registration is known by: the census, its row and whether the pupil had left."""


def day(text):
    """A date in any of the ways suppliers write one."""
    return pd.to_datetime(text.str.slice(0, 11), format="mixed")


def year_of(when):
    """The calendar year an academic year began in."""
    return when.dt.year - (when.dt.month < 9)


class Extracts:
    """The files of a synthetic borough without the rows in quarantine: [(file, line), …]."""

    def __init__(self, home, refused):
        self.root = Path(home) / "synthetic"
        self.refused = defaultdict(set)
        for file, line in refused:
            self.refused[Path(file).name].add(line - 2)

    def table(self, name):
        """One file, every column as text."""
        path = self.root / name
        frame = pd.read_csv(path, dtype=str).rename(columns=str.lower)
        return frame.drop(index=list(self.refused[path.name]))

    def census(self, table):
        """One table of every school census, with the census it came in: '2025 spring'."""
        paths = sorted(self.root.glob(f"school_census/*_{table}.csv"))
        parts = [
            self.table(f"school_census/{path.name}").assign(
                census=" ".join(path.stem.split("_")[:2])
            )
            for path in paths
        ]
        return pd.concat(parts, ignore_index=True)

    def both_rolls(self, table):
        """A table sent both for pupils on roll and for leavers, by PART."""
        parts = [
            self.census(f"{table}{side}roll")
            .rename(columns={f"{roll}tableid": "row"})
            .assign(left=side == "off")
            for roll, side in LEFT.items()
        ]
        return pd.concat(parts, ignore_index=True)

    def returns(self, table):
        """One table of every SEN2 return, with the day of the return."""
        parts = [
            self.table(f"sen2/{path.name}").assign(
                on=pd.to_datetime(path.stem.split("_")[1], format="%d-%m-%Y")
            )
            for path in sorted(self.root.glob(f"sen2/*_{table}.csv"))
        ]
        return pd.concat(parts, ignore_index=True)


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
