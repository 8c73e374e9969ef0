"""Small made-up tables of what looks ahead, in the layout of `models.outlook`.

`outlook_tables()` is a borough of 3,600 plans with 60 futures of five Januaries; every number is
drawn by a seeded generator or made up, and describes no real place.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd

ORIGIN, YEARS, DRAWS = 2026, range(2027, 2032), 60
PHASES = ("early", "primary", "secondary", "post16")
SETTINGS = (
    ("mainstream school", True, 0.46, 9_000.0),
    ("special school in the borough", True, 0.40, 23_400.0),
    ("independent special school outside the borough", False, 0.14, 68_000.0),
)
NEEDS = {"SEMH": 900, "other": 2_700}
_SPLIT = {"early": 0.05, "primary": 0.35, "secondary": 0.4, "post16": 0.2}
LIMITS = {"q025": 0.025, "q10": 0.1, "q50": 0.5, "q90": 0.9, "q975": 0.975}


def groups() -> pd.DataFrame:
    """Every need, phase and setting, with the number there at the origin and what it costs."""
    rows = [
        (need, phase, name, here, round(count * share * part), cost,
         "mean of the borough's own invoices", "open")
        for need, count in NEEDS.items()
        for phase, share in _SPLIT.items()
        for name, here, part, cost in SETTINGS
    ]  # fmt: skip
    columns = ["need", "phase", "setting", "in_borough", "base", "unit_cost", "cost_note", "tier"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(group_id=np.arange(len(frame)))


@lru_cache(maxsize=1)
def outlook_tables() -> dict[str, pd.DataFrame]:
    """Every table of OUTLOOK that the pages of looking ahead read."""
    group, rng = groups(), np.random.default_rng(7)
    years = np.arange(1, len(YEARS) + 1)
    growth = rng.normal(0.05, 0.02, DRAWS)[:, None, None] * years[None, :, None]
    noise = rng.normal(0, 0.02, (DRAWS, len(YEARS), len(group)))
    children = np.rint(group["base"].to_numpy()[None, None] * (1 + growth + noise)).astype(int)
    future = _long(children, {"group_id": group["group_id"].to_numpy()})
    cells = pd.DataFrame([(n, p) for n in NEEDS for p in PHASES], columns=["need", "phase"])
    mean = [NEEDS[n] * _SPLIT[p] * 0.15 for n, p in cells.itertuples(index=False)]
    size = (DRAWS, len(YEARS), len(cells))
    joined = _long(rng.poisson(np.array(mean), size), {"cell": np.arange(len(cells))})
    joined = joined.join(cells, on="cell").drop(columns="cell")
    return {
        "future_group": group,
        "future": future,
        "future_joined": joined[["draw", "year", "need", "phase", "children"]],
        "future_kernel": _kernel(group),
        "forecast": _forecasts(group, children),
        "forecast_score": _scores(),
        "forecast_choice": _choices(),
        "council_forecast": _council(),
        "outlook_assumption": _assumptions(),
        "outlook_note": pd.DataFrame(
            [("places", "No places commissioned are known.", "load the register of provision")],
            columns=["part", "problem", "next_step"],
        ),
    }


def _long(values: np.ndarray, last: dict[str, np.ndarray]) -> pd.DataFrame:
    (name, keys), = last.items()  # fmt: skip
    draws, years = np.arange(values.shape[0]), np.array(YEARS)
    index = pd.MultiIndex.from_product([draws, years, keys], names=["draw", "year", name])
    return pd.DataFrame({"children": values.ravel()}, index=index).reset_index()


def _kernel(group: pd.DataFrame) -> pd.DataFrame:
    """Nine in ten stay a year; a tenth of those who stay go on to the next phase."""
    rows = []
    for need in NEEDS:
        for i, phase in enumerate(PHASES):
            for lag in range(len(YEARS)):
                for step in range(min(lag + 1, len(PHASES) - i)):
                    there = 0.9**lag * (0.9 if step == 0 else 0.1 * (step == 1))
                    now = (group["need"] == need) & (group["phase"] == PHASES[i + step])
                    for (name, _, part, _), at in zip(
                        SETTINGS, group[now]["group_id"], strict=True
                    ):
                        assert name
                        rows.append((need, phase, lag, at, there * part))
    return pd.DataFrame(rows, columns=["need", "phase", "lag", "group_id", "share"])


def _forecasts(group: pd.DataFrame, children: np.ndarray) -> pd.DataFrame:
    cuts = [("all", "all", "all"), *((n, "all", "all") for n in NEEDS)]
    cuts += [("all", p, "all") for p in PHASES] + [("all", "all", s[0]) for s in SETTINGS]
    frames = []
    for need, phase, setting in cuts:
        mask = np.ones(len(group), dtype=bool)
        for name, value in (("need", need), ("phase", phase), ("setting", setting)):
            mask &= (group[name] == value).to_numpy() | (value == "all")
        values = children[:, :, mask].sum(axis=2)
        limits = {k: np.rint(np.quantile(values, q, axis=0)) for k, q in LIMITS.items()}
        frames.append(
            pd.DataFrame({
                "forecast_id": f"plans-{ORIGIN}", "made_from": date(2026, 8, 31), "origin": ORIGIN,
                "subject": "plans", "need": need, "phase": phase, "setting": setting,
                "locality": "all", "year": list(YEARS), "year_kind": "january", "unit": "children",
                "mean": np.rint(values.mean(axis=0)), **limits, "method": "model",
                "note": "", "tier": "open",
            })
        )  # fmt: skip
    return pd.concat(frames, ignore_index=True)


def _scores() -> pd.DataFrame:
    """Three origins to 2026; one range of the six did not hold."""
    actual = {2023: 2_960.0, 2024: 3_180.0, 2025: 3_390.0, 2026: 3_600.0}
    rows = []
    for origin in (2022, 2023, 2024):
        for year in (origin + 1, origin + 2):
            came, ahead = actual[year], year - origin
            middle = came - 30 * ahead if (origin, year) != (2022, 2024) else came - 300
            rows.append((
                "backtest", "plans", "all", "all", "all", "model", origin, year, ahead, came,
                middle, middle - 120 * ahead, middle - 70 * ahead, middle,
                middle + 70 * ahead, middle + 120 * ahead,
                abs(came - middle) <= 70 * ahead, abs(came - middle) <= 120 * ahead,
                20.0 * ahead, 240.0 * ahead, "open",
            ))  # fmt: skip
    columns = [
        "source", "subject", "need", "phase", "setting", "method", "origin", "year", "horizon",
        "actual", "mean", "q025", "q10", "q50", "q90", "q975", "in_80", "in_95", "crps",
        "interval_score", "tier",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _choices() -> pd.DataFrame:
    rows = [
        ("plans", "all", "all", "all", "model", 5, 6, "It did better than simple rules.", "open")
    ]
    columns = ["subject", "need", "phase", "setting", "method", "held", "tried", "reason", "tier"]
    return pd.DataFrame(rows, columns=columns)


def _council() -> pd.DataFrame:
    rows = [
        ("plans", "A made-up report of 2019", "January 2021", 2_795.0, 2_379.0, "plans",
         "Made-up minutes", "It was said that the number would rise by 700 in two years."),
        ("SEMH places", "A made-up plan of 2019", "2024", 125.0, None, "places",
         "Made-up minutes", ""),
    ]  # fmt: skip
    columns = ["subject", "said_in", "for_period", "said", "happened", "unit", "source", "note"]
    return pd.DataFrame(rows, columns=columns)


def _assumptions() -> pd.DataFrame:
    rows = [
        ("futures", 1, "Rates of joining go on about as in the last five years", "+2% a year",
         "plans of 2021 to 2026"),
        ("futures", 2, "Prior for the trend", "0% a year, 95% between \u22126% and +6%",
         "EHC plans of English authorities 2019 to 2025"),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["part", "seq", "what", "value", "source"])
