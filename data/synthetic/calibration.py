"""What the simulated borough is held to: named targets, each with its source and tolerance.

Targets are full-size; counts are scaled by the world's scale before they are compared. Sources
name the table they were read from: SEN2 (DfE EHC plans 2025), LAIT (DfE local authority
interactive tool), absence by primary need (DfE), SEND and AP dashboard, S251, MHSDS.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from data.synthetic import measures as m
from data.synthetic.world import World

SEN2, LAIT = "SEN2, Rotherham", "LAIT, Rotherham"
NEED, PROVISION = "Absence by primary need, Rotherham", "Suspension by SEN provision, Rotherham"
DASHBOARD, S251 = "SEND and AP dashboard, Rotherham", "S251 lines over SEN2 plans, derived"
REMEMBERED = "England; remembered, no source found"


class Unit(Enum):
    """How a miss is measured: in points, or relative; counts also grow with the scale."""

    POINTS = "points"
    RELATIVE = "relative"
    COUNT = "count"


@dataclass(frozen=True)
class Target:
    """One figure that `measure(world, *of)` must come within `within` of."""

    name: str
    value: float
    within: float
    unit: Unit
    source: str
    measure: Callable[..., float]
    of: tuple[object, ...] = ()

    def found(self, world: World) -> float:
        """The simulated figure."""
        return float(self.measure(world, *self.of))

    def wanted(self, world: World) -> float:
        """The target at the world's scale."""
        return self.value * world.scale if self.unit is Unit.COUNT else self.value

    def miss(self, world: World) -> float:
        """How far off, in the unit of `within`."""
        off = abs(self.found(world) - self.wanted(world))
        return off if self.unit is Unit.POINTS else off / self.wanted(world)


Goal = tuple[float, Unit, str]


def each(
    name: str,
    values: Mapping[int, float],
    goal: Goal,
    measure: Callable[..., float],
    *of: object,
) -> list[Target]:
    """One target a year."""
    within, unit, source = goal
    return [
        Target(f"{name} {year}", value, within, unit, source, measure, (year, *of))
        for year, value in values.items()
    ]


def one(
    name: str, value: float, goal: Goal, measure: Callable[..., float], *of: object
) -> list[Target]:
    """A single target."""
    within, unit, source = goal
    return [Target(name, value, within, unit, source, measure, of)]


P, R, C = Unit.POINTS, Unit.RELATIVE, Unit.COUNT

SUPPORT = {2021: 14.5, 2022: 15.3, 2023: 15.8, 2024: 16.7, 2025: 17.1}
PLANS = {2021: 4.2, 2022: 4.5, 2023: 4.7, 2024: 5.5, 2025: 6.4}
PUPILS = [
    *one(
        "pupils on roll, January",
        45_100,
        (0.04, C, "School census and places scorecard"),
        m.roll,
        2025,
    ),
    *each("SEN support, % of pupils, January", SUPPORT, (0.4, P, LAIT), m.sen_share, 1),
    *each("EHC plan, % of pupils, January", PLANS, (0.5, P, LAIT), m.sen_share, 2),
    *one(
        "SEMH share of SEN support, % 2025",
        21.5,
        (2.0, P, REMEMBERED),
        m.semh_share_of_support,
        2025,
    ),
    *one("free school meals, % 2025", 28.4, (1.0, P, LAIT), m.fsm_share, 2025),
]

STOCK = {2021: 2379, 2022: 2600, 2023: 2885, 2024: 3310, 2025: 3623}
ASKED = {2020: 465, 2021: 556, 2022: 615, 2023: 745, 2024: 959}
ISSUED = {2020: 331, 2021: 302, 2022: 285, 2023: 493, 2024: 596}
TIMELY = {2020: 61.3, 2021: 60.9, 2022: 51.4, 2023: 76.7, 2024: 79.3}
REFUSED = {2020: 23.0, 2021: 26.6, 2022: 21.8, 2023: 25.8, 2024: 31.7}
EHC = [
    *each("plans in force, January", STOCK, (0.01, C, SEN2), m.plans_in_force),
    *one("SEMH plans, January 2025", 836, (0.02, C, SEN2), m.plans_in_force, 2025, True),
    *one("SEMH plans held by boys, % 2025", 72.4, (5.0, P, SEN2), m.semh_male, 2025),
    *one("age with most SEMH plans, 2025", 14.5, (1.5, P, SEN2), m.semh_peak_age, 2025),
    *one("SEMH plans aged 13 to 16, % 2025", 46.8, (8.0, P, SEN2), m.semh_aged, 2025, 13, 16),
    *each("requests", ASKED, (0.02, C, SEN2), m.requests),
    *each("requests refused, %", REFUSED, (6.0, P, SEN2), m.refused),
    *each("plans issued", ISSUED, (0.10, C, SEN2), m.issued),
    *each("plans issued within 20 weeks, %", TIMELY, (5.0, P, SEN2), m.timely),
    *one("plans ceased, 2024", 397, (0.15, C, SEN2), m.ceased, 2024),
    *one(
        "SEMH plans in mainstream, 2025", 325, (0.15, C, SEN2), m.semh_setting, 2025, "mainstream"
    ),
    *one("SEMH plans in special, 2025", 204, (0.05, C, SEN2), m.semh_setting, 2025, "special"),
    *one(
        "SEMH plans in independent, 2025", 32, (0.10, C, SEN2), m.semh_setting, 2025, "independent"
    ),
    *one("SEMH plans in FE, 2025", 207, (0.20, C, SEN2), m.semh_setting, 2025, "fe"),
    *one("SEMH plans, NEET, 2025", 31, (0.10, C, SEN2), m.semh_setting, 2025, "neet"),
]

ALL_RATES = {2020: 5.46, 2021: 9.55, 2022: 11.88, 2023: 12.78}
SECONDARY_RATES = {2020: 11.75, 2021: 20.94, 2022: 25.28, 2023: 27.09}
SUSPENSIONS = [
    *each("suspensions per 100 pupils, year from", ALL_RATES, (0.13, R, LAIT), m.suspension_rate),
    *each(
        "secondary suspensions per 100, year from",
        SECONDARY_RATES,
        (0.13, R, LAIT),
        m.suspension_rate,
        "Secondary",
    ),
    *one("pupils suspended, % 2023/24", 4.55, (0.15, R, LAIT), m.suspended_share, 2023),
    *one("permanent exclusions per 100, 2023/24", 0.151, (0.45, R, LAIT), m.permanent_rate, 2023),
    *one(
        "with SEN support, per 100, autumn 2024",
        16.7,
        (0.25, R, PROVISION),
        m.term_rate_by_sen,
        12,
        1,
    ),
    *one(
        "with a plan, per 100, autumn 2024", 15.3, (0.30, R, PROVISION), m.term_rate_by_sen, 12, 2
    ),
    *one("with no SEN, per 100, autumn 2024", 2.8, (0.30, R, PROVISION), m.term_rate_by_sen, 12, 0),
    *one("year group with most suspensions", 9, (1.0, P, "Council report"), m.peak_year_group),
]

OVERALL = {2020: 4.78, 2021: 8.17, 2022: 7.81, 2023: 7.74, 2024: 7.36, 2025: 7.49}
PERSISTENT = {2020: 12.88, 2021: 25.83, 2022: 23.20, 2023: 22.38, 2024: 20.09}
SEVERE = {2021: 1.90, 2022: 2.28, 2023: 2.74, 2024: 2.97}
SEMH_ABSENCE = {
    "Primary": (8.5, 26.0, 3.1),
    "Secondary": (23.2, 58.0, 18.3),
    "Special": (29.0, 62.2, 29.1),
}
SEMH_WITHIN = {
    "Primary": (2.0, 6.0, 3.0),
    "Secondary": (3.0, 8.0, 5.0),
    "Special": (5.0, 12.0, 9.0),
}
BANDS = ("overall", "persistent", "severe")
ABSENCE = [
    *each("absence, %, year from", OVERALL, (0.6, P, LAIT), m.absence, "overall"),
    *each("persistent absence, %, year from", PERSISTENT, (2.5, P, LAIT), m.absence, "persistent"),
    *each("severe absence, %, year from", SEVERE, (0.7, P, LAIT), m.absence, "severe"),
    *(
        Target(
            f"SEMH {band} absence, {phase.lower()}, % 2024/25",
            values[i],
            SEMH_WITHIN[phase][i],
            P,
            NEED,
            m.absence,
            (2024, band, phase, True),
        )
        for phase, values in SEMH_ABSENCE.items()
        for i, band in enumerate(BANDS)
    ),
    *one("pupils in school-arranged AP, 2022/23", 252, (0.05, C, DASHBOARD), m.school_ap, 2022),
    *one("of whom boys, %", 73.0, (10.0, P, DASHBOARD), m.school_ap_male, 2022),
]

HEALTH_AND_MONEY = [
    *one(
        "children with an NHS contact, 12 months",
        4_190,
        (0.12, C, "MHSDS MHS95"),
        m.contacted,
        2024,
    ),
    *one("referrals per 100 under 18, 2024-25", 8.0, (0.12, R, REMEMBERED), m.referral_rate, 2024),
    *one("median weeks to first contact", 5.5, (2.0, P, REMEMBERED), m.median_wait),
    *one(
        "waited over 52 weeks, %",
        7.0,
        (4.0, P, "Long neurodevelopmental waits, 2021"),
        m.over_a_year,
    ),
    *one(
        "pounds a year, independent and NMSS, 2021-22",
        68_400,
        (0.15, R, S251),
        m.yearly_cost,
        2021,
        ("independent_special", "nmss"),
    ),
    *one(
        "pounds a year, state special, 2021-22",
        22_600,
        (0.05, R, S251),
        m.yearly_cost,
        2021,
        ("special",),
        True,
    ),
]

TARGETS = [*PUPILS, *EHC, *SUSPENSIONS, *ABSENCE, *HEALTH_AND_MONEY]
"""Every target."""
