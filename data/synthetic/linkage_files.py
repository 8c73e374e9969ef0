"""The provider's linkage list: who its clients are, as clinics really write it down.

About four records in ten have an error or a gap. Which person id belongs to which UPN is in the
truth (`who_is_who`), and what share of the list was spoiled is told there too.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.synthetic.mhsds_files import PERSON
from data.synthetic.names import SURNAMES
from data.synthetic.people import postcode_at
from data.synthetic.world import World
from data.synthetic.write import Writer, iso_day, text

NO_UPN, NO_NHS = 0.70, 0.08
"""Clinics seldom know a UPN; a few records wait for their NHS number to be traced."""
TYPO, SHORT, TURNED, DOUBLE = 0.08, 0.08, 0.02, 0.02
DAY_MONTH, WRONG_DAY, MOVED, NO_POSTCODE, NO_SEX = 0.02, 0.02, 0.12, 0.03, 0.04
LETTERS = np.array(list("abcdefghijklmnopqrstuvwxyz"), dtype=object)


def write_linkage_list(world: World, writer: Writer) -> None:
    """One row per client who is known by name; `truth` says what was spoiled."""
    frame = _clients(world)
    rng = world.rng("linkage list")
    spoilt = _spoil_names(frame, rng) | _spoil_days(frame, rng) | _spoil_rest(world, frame, rng)
    _blank(frame, "upn", NO_UPN, rng)
    _blank(frame, "nhs", NO_NHS, rng)
    writer.table("listed", frame)
    values = {
        "person_id": PERSON,
        "nhs_number": text("nhs"),
        "upn": text("upn"),
        "first_name": "forename",
        "surname": "surname",
        "dob": iso_day("dob"),
        "postcode": text("pcds"),
        "sex": text("sex"),
    }
    writer.write("health_person_index", "health/linkage_list.csv", "listed", values)
    world.truth["linkage_list"] = {
        "records": len(frame),
        "with_an_error_or_gap_in_name_birth_home_or_sex": int(spoilt.sum()),
        "without_upn": int((frame["upn"] == "").sum()),
        "without_nhs_number": int((frame["nhs"] == "").sum()),
    }


def _clients(world: World) -> pd.DataFrame:
    referrals = world.tables["referrals"]
    who = np.unique(referrals.loc[~referrals["digital"], "person"].to_numpy())
    people = world.people.iloc[who]
    home = postcode_at(world.people, len(world.censuses) - 1)[who]
    return pd.DataFrame(
        {
            "person": who,
            "upn": people["upn"].to_numpy(),
            "nhs": people["nhs"].to_numpy(),
            "forename": people["forename"].to_numpy(dtype=object),
            "surname": people["surname"].to_numpy(dtype=object),
            "dob": people["dob"].to_numpy(),
            "pcds": world.postcodes["pcds"].to_numpy(dtype=object)[home],
            "sex": np.where(people["male"], "M", "F"),
        }
    )


def _some(rng: np.random.Generator, frame: pd.DataFrame, share: float) -> np.ndarray:
    return rng.random(len(frame)) < share


def _blank(frame: pd.DataFrame, name: str, share: float, rng: np.random.Generator) -> np.ndarray:
    gone = _some(rng, frame, share)
    frame[name] = np.where(gone, "", frame[name])
    return gone


def _spoil_names(frame: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """A slip of the hand, a short form, a second surname, or the names turned round."""
    spoilt = np.zeros(len(frame), dtype=bool)
    for name in ("forename", "surname"):
        slip = _some(rng, frame, TYPO / 2)
        frame.loc[slip, name] = _slips(frame.loc[slip, name].to_numpy(dtype=object), rng)
        spoilt |= slip
    short = _some(rng, frame, SHORT) & (frame["forename"].str.len() > 4).to_numpy()
    frame.loc[short, "forename"] = frame.loc[short, "forename"].str[:4]
    double = _some(rng, frame, DOUBLE)
    second = SURNAMES[rng.integers(0, len(SURNAMES), len(frame))]
    frame["surname"] = np.where(double, frame["surname"] + "-" + second, frame["surname"])
    turned = _some(rng, frame, TURNED)
    first, last = frame["forename"].copy(), frame["surname"].copy()
    frame["forename"], frame["surname"] = (
        np.where(turned, last, first), np.where(turned, first, last)
    )  # fmt: skip
    return spoilt | short | double | turned


def _slips(names: np.ndarray, rng: np.random.Generator) -> list[str]:
    """Each name with one letter changed."""
    at = rng.integers(1, 4, len(names))
    letters = LETTERS[rng.integers(0, len(LETTERS), len(names))]
    return [n[:i] + c + n[i + 1 :] for n, i, c in zip(names, at, letters, strict=True)]


def _spoil_days(frame: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Day and month turned round, or another day of that time."""
    day = pd.Series(frame["dob"].to_numpy().astype("datetime64[D]"))
    turned = _some(rng, frame, DAY_MONTH) & (day.dt.day <= 12).to_numpy()
    other = pd.to_datetime(
        {"year": day.dt.year, "month": np.where(turned, day.dt.day, day.dt.month),
         "day": np.where(turned, day.dt.month, day.dt.day)}
    ).to_numpy().astype("datetime64[D]").astype(int)  # fmt: skip
    wrong = _some(rng, frame, WRONG_DAY) & ~turned
    shift = rng.choice([-365, -30, -10, -1, 1, 10, 30, 365], len(frame))
    frame["dob"] = np.where(wrong, other + shift, other)
    return wrong | (turned & (day.dt.day != day.dt.month).to_numpy())


def _spoil_rest(world: World, frame: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """A home since left or not yet told, no postcode, no sex."""
    moved = _some(rng, frame, MOVED)
    elsewhere = rng.integers(0, len(world.postcodes), len(frame))
    codes = world.postcodes["pcds"].to_numpy(dtype=object)[elsewhere]
    frame["pcds"] = np.where(moved, codes, frame["pcds"])
    return moved | _blank(frame, "pcds", NO_POSTCODE, rng) | _blank(frame, "sex", NO_SEX, rng)
