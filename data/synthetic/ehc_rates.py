"""Published numbers of EHC plans and the age profiles that the simulation keeps to.

SEN2, Rotherham; years after the newest release carry the trend on.
"""

from __future__ import annotations

import numpy as np

STOCK = {
    2020: 2215,
    2021: 2379,
    2022: 2600,
    2023: 2885,
    2024: 3310,
    2025: 3623,
    2026: 3950,
    2027: 4260,
}
"""Plans in force in January (SEN2); 2026 and 2027 carry the trend forward."""
SEMH_SHARE = {
    2020: 0.205,
    2021: 0.209,
    2022: 0.215,
    2023: 0.221,
    2024: 0.226,
    2025: 0.2307,
    2026: 0.236,
    2027: 0.240,
}
"""Share of plans with SEMH as primary need; 836 of 3,623 in 2025, other years assumed."""
REQUESTS = {
    2019: 471,
    2020: 465,
    2021: 556,
    2022: 615,
    2023: 745,
    2024: 959,
    2025: 1060,
    2026: 1120,
}
REFUSED = {
    2019: 0.299,
    2020: 0.230,
    2021: 0.266,
    2022: 0.218,
    2023: 0.258,
    2024: 0.317,
    2025: 0.320,
    2026: 0.315,
}
ISSUED = {2020: 331, 2021: 302, 2022: 285, 2023: 493, 2024: 596, 2025: 640, 2026: 670}
TIMELY = {
    2019: 0.613,
    2020: 0.613,
    2021: 0.609,
    2022: 0.514,
    2023: 0.767,
    2024: 0.793,
    2025: 0.780,
    2026: 0.780,
}
"""Share of the plans issued in a calendar year that were within 20 weeks."""
SOON = {2019: 0.58, 2020: 0.58, 2021: 0.61, 2022: 0.50, 2023: 0.82, 2024: 0.80}
"""Share of assessments due in a year that finish in time; leaves enough of both kinds to choose."""
CEASED = {2020: 105, 2021: 112, 2022: 120, 2023: 242, 2024: 397, 2025: 420, 2026: 440}
CEASE_REASONS = {"6": 192, "5": 82, "4": 53, "1": 23, "3": 22, "2": 17, "8": 4}
"""Reasons of the 397 plans ceased in 2024."""
SEMH_OF_REQUESTS, SEMH_OF_TRANSFERS = 0.252, 0.22
MALE_OF_PLANS = {True: 0.724, False: 0.706}
"""Share male of SEMH plans (605 of 836) and of all other plans."""
DECIDED_IN_SIX_WEEKS, EXCEPTIONS = 0.957, 0.03
TWENTY_WEEKS = 140
PLANS_FROM_ELSEWHERE = 0.08

SEMH_AGES = {
    4: 2,
    5: 4,
    6: 15,
    7: 30,
    8: 27,
    9: 43,
    10: 43,
    11: 50,
    12: 62,
    13: 72,
    14: 111,
    15: 118,
    16: 90,
    17: 74,
    18: 36,
    19: 25,
    20: 17,
    21: 11,
    22: 6,
    23: 2,
    24: 0,
}
"""Age on 31 August of children with a SEMH plan, January 2025."""
OTHER_AGES = {
    2: 8,
    3: 40,
    4: 85,
    5: 115,
    6: 130,
    7: 145,
    8: 155,
    9: 165,
    10: 172,
    11: 180,
    12: 182,
    13: 182,
    14: 182,
    15: 180,
    16: 165,
    17: 150,
    18: 125,
    19: 105,
    20: 85,
    21: 68,
    22: 50,
    23: 32,
    24: 16,
}
"""The same for other needs (assumed; the published file gives SEMH)."""
GROWTH = 1.13
OTHER_NEEDS = {
    "ASD": 1284,
    "SLCN": 622,
    "MLD": 461,
    "PD": 211,
    "SPLD": 69,
    "HI": 49,
    "SLD": 46,
    "VI": 24,
    "PMLD": 15,
    "OTH": 6,
}
FIRST, LAST = 2019, 2026
REQUEST_MONTHS = np.array([9, 9, 11, 8, 9, 10, 8, 4, 7, 9, 9, 7], dtype=float)


def _flow(profile: dict[int, int], sign: int) -> dict[int, float]:
    """Joins (+1) or leaves (-1) by age that keep a growing caseload in the shape of `profile`."""
    step = {a: profile.get(a, 0) - profile.get(a - 1, 0) / GROWTH for a in range(2, 27)}
    if sign > 0:  # asked for about half a year before it shows
        step = {a: (step[a] + step.get(a + 1, 0)) / 2 for a in step}
    else:  # lost on the way from one age to the next
        step = {a: -step.get(a + 1, 0) for a in step}
    return {a: max(step[a], 0) + 0.02 * profile.get(a, 0) for a in step}


def _risk(profile: dict[int, int]) -> np.ndarray:
    """Chance of losing the plan by age, up to a constant: the profile's losses over its plans."""
    lost = _flow(profile, -1)
    risk = [lost.get(a, 1.0) / max(profile.get(a, 0), 1) for a in range(40)]
    return np.array([r * (2.0 if a >= 19 else 1.0) for a, r in enumerate(risk)])


JOIN = {True: _flow(SEMH_AGES, 1), False: _flow(OTHER_AGES, 1)}
CEASE_RISK = {True: _risk(SEMH_AGES), False: _risk(OTHER_AGES)}
STOCK_AGES = {True: SEMH_AGES, False: OTHER_AGES}
