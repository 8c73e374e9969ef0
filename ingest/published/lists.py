"""Lists that describe other files: statistical neighbours, area codes, LAIT's dictionary.

They hold no figures. Each is checked against what the product already knows and the answer is
written in the ledger.
"""

from __future__ import annotations

import re

import pandas as pd

from ingest.published import lait
from ingest.published.areas import Areas
from ingest.published.frames import Reading
from ingest.published.sheets import Sheet


def recognise_neighbours(sheet: Sheet) -> bool:
    """The statistical neighbour model: one row for each authority, its ten neighbours across."""
    return {"SN1", "SN10"} <= set(sheet.columns) or sheet.has("SN_1", "SN_10")


def read_neighbours(sheet: Sheet, areas: Areas) -> Reading:
    """Compare the model's ten with the profile's, and say how they differ."""
    frame = sheet.read()
    own = frame[frame.iloc[:, 0].astype("str") == str(areas.profile.la_number)]
    columns = [c for c in frame.columns if re.fullmatch(r"SN_?\d+", str(c))]
    printed = own[columns].iloc[0] if len(own) else pd.Series(dtype="str")
    model = set(areas.by_number(printed)["area_code"].dropna())
    profile = {n.ons_code for n in areas.profile.neighbours.members}
    same = model == profile
    kind = f"{len(frame.columns)}_{'same' if same else 'other'}"
    period = f"{areas.profile.neighbours.dated:%B %Y}" if same else None
    return Reading(
        f"statistical_neighbours_{kind}",
        len(frame),
        period,
        _neighbour_words(model, profile, areas),
        inner=sheet.inner,
    )


def _neighbour_words(model: set[str], profile: set[str], areas: Areas) -> str:
    dated = f"{areas.profile.neighbours.dated:%B %Y}"
    if not model:
        return f"{areas.profile.name} is not in this model; nothing was checked"
    if model == profile:
        return f"The same {len(profile)} neighbours as in the borough's profile, dated {dated}"
    names = areas.known["area_name"]
    gone = ", ".join(sorted(names[c] for c in profile - model))
    come = ", ".join(sorted(names[c] for c in model - profile))
    return (
        f"Another model than the profile's of {dated}: it has {come} and not {gone}."
        " The profile's neighbours stand"
    )


def recognise_codes(sheet: Sheet) -> bool:
    """DfE's list of authorities and regions."""
    return sheet.has("LA Number", "LA Name", "Region", "Type")


def read_codes(sheet: Sheet, areas: Areas) -> Reading:
    """Check that every area on the list is known here by its number."""
    frame = sheet.read()
    known = areas.by_number(frame["LA Number"])["area_code"].notna()
    missing = ", ".join(frame.loc[~known, "LA Name"])
    note = f"{int(known.sum())} of {len(frame)} areas are known here by their number"
    note += f"; not known: {missing}" if missing else ""
    return Reading("authority_codes", len(frame), note=note, inner=sheet.inner)


def recognise_dictionary(sheet: Sheet) -> bool:
    """What LAIT's measures mean."""
    return sheet.has(*lait.DICTIONARY)


def read_dictionary(sheet: Sheet, areas: Areas) -> Reading:
    """The dictionary is read beside the long file; here its size is noted."""
    frame = sheet.read()
    words = lait.dictionary(frame)
    twice = len(frame) - len(words)
    note = f"{len(words)} measures described, {twice} of them twice; used with the long file"
    return Reading("lait_dictionary", len(frame), note=note)
