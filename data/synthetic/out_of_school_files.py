"""Files about children not in school full time: schools' returns and the council's registers."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from data.synthetic.borough import CONVERSION_DAY
from data.synthetic.census import urn_at
from data.synthetic.clock import days_of
from data.synthetic.world import NOWHERE, World
from data.synthetic.write import Writer, iso_day, text

FOLDER = "out_of_school"
SEN_CODES = np.array(["N", "K", "E"])


def write_out_of_school(world: World, writer: Writer) -> None:
    """Reduced timetables, who returned, home education and children missing education."""
    _hold(world, writer)
    timetable = {
        "timetable_id": "printf('RT%06d', timetable)",
        "upn": "upn",
        "urn": "urn",
        "start_date": iso_day("start"),
        "end_date": iso_day('"end"'),
        "review_date": iso_day("review"),
        "hours_a_week": "hours",
        "reason": "reason",
        "parent_agreed": "case when agreed then 'yes' else 'no' end",
    }
    _write(writer, "reduced_timetable", "timetable", timetable)
    returned = {
        "urn": "urn",
        "month": iso_day("first"),
        "pupils_on_reduced_timetable": "pupils",
        "returned_on": iso_day("sent"),
    }
    _write(writer, "reduced_timetable_return", "timetable_return", returned)
    _write_registers(writer)


def _write_registers(writer: Writer) -> None:
    child = {
        "upn": "case when known then upn end",
        "dob": iso_day("dob"),
        "sex": "case when male then 'M' else 'F' end",
        "last_urn": "case when urn > 0 then urn end",
        "start_date": iso_day("start"),
    }
    home = child | {
        "ehe_id": "printf('HE%06d', number)",
        "end_date": iso_day('"end"'),
        "reason": "reason",
        "end_reason": text("end_reason"),
        "sen_provision": "sen_code",
        "primary_need": text("need"),
        "first_contact_date": iso_day("contact"),
        "suitability": "suitable",
    }
    _write(writer, "ehe", "home", home)
    missing = child | {
        "cme_id": "printf('ME%06d', number)",
        "found_date": iso_day("found"),
        "outcome": text("outcome"),
    }
    _write(writer, "missing_education", "missing", missing)


def _write(writer: Writer, extract: str, table: str, values: dict[str, str]) -> None:
    writer.write(extract, f"{FOLDER}/{extract}.csv", table, values)


def _hold(world: World, writer: Writer) -> None:
    """Tables `timetable`, `timetable_return`, `home` and `missing`."""
    returns = world.tables["timetable_returns"]
    writer.table("timetable_return", _with_urn(world, returns, returns["last"]))
    for name, table, day in (
        ("timetable", "timetables", "start"),
        ("home", "ehe", "start"),
        ("missing", "missing", "start"),
    ):
        frame = world.tables[table]
        frame = _with_urn(world, frame, frame[day])
        people = world.people.iloc[frame["person"]][["upn", "dob", "male"]].reset_index(drop=True)
        frame = pd.concat([frame.reset_index(drop=True), people], axis=1)
        if "sen" in frame:
            frame["sen_code"] = SEN_CODES[frame["sen"].to_numpy().astype(int)]
        writer.table(name, frame if "known" in frame else frame.assign(known=True))


def _with_urn(world: World, frame: pd.DataFrame, day: pd.Series) -> pd.DataFrame:
    """The URN of each row's school on its day; 0 where there was none."""
    school, converted = frame["school"].to_numpy(), date.fromisoformat(CONVERSION_DAY)
    before, after = urn_at(world, converted), urn_at(world, converted + timedelta(days=1))
    urn = np.where(day.to_numpy() <= days_of(converted), before[school], after[school])
    return frame.assign(urn=np.where(school == NOWHERE, 0, urn))
