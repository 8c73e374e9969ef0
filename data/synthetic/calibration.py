"""What the simulated borough is held to: named targets, each with its source and tolerance.

Targets are full-size; counts are scaled by the world's scale before they are compared. Sources
name the table they were read from: SEN2 (DfE EHC plans 2025), LAIT (DfE local authority
interactive tool), absence by primary need (DfE), SEND and AP dashboard, S251, MHSDS.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from data.synthetic import measures as m
from data.synthetic.world import World

SEN2, LAIT = "SEN2, Rotherham", "LAIT, Rotherham"
ABSENCE, AP = "Absence by primary need, Rotherham", "SEND and AP dashboard, Rotherham"


@dataclass(frozen=True)
class Target:
    """One figure: `measure` gets it from a world; `within` is relative, or absolute in points."""

    name: str
    value: float
    within: float
    source: str
    measure: Callable[[World], float]
    absolute: bool = False
    count: bool = False

    def wanted(self, world: World) -> float:
        """The target at the world's scale."""
        return self.value * world.scale if self.count else self.value

    def miss(self, world: World) -> float:
        """How far off, in the unit of `within`."""
        off = abs(self.measure(world) - self.wanted(world))
        return off if self.absolute else off / self.wanted(world)


def _count(
    name: str, value: float, within: float, source: str, measure: Callable[[World], float]
) -> Target:
    return Target(name, value, within, source, measure, count=True)


def _points(
    name: str, value: float, within: float, source: str, measure: Callable[[World], float]
) -> Target:
    return Target(name, value, within, source, measure, absolute=True)


def _pupils() -> list[Target]:
    support = {2021: 14.5, 2022: 15.3, 2023: 15.8, 2024: 16.7, 2025: 17.1}
    plans = {2021: 4.2, 2022: 4.5, 2023: 4.7, 2024: 5.5, 2025: 6.4}
    return [
        _count(
            "pupils on roll, January 2025",
            45_100,
            0.04,
            "School census 2018-19 and places scorecard",
            lambda w: m.roll(w, 2025),
        ),
        *(
            _points(
                f"SEN support, % of pupils, {y}",
                v,
                0.4,
                f"{LAIT}, SEN_TotSENSuP",
                lambda w, y=y: m.sen_share(w, y, 1),
            )
            for y, v in support.items()
        ),
        *(
            _points(
                f"EHC plan, % of pupils, {y}",
                v,
                0.5,
                f"{LAIT}, SEN_TotStat",
                lambda w, y=y: m.sen_share(w, y, 2),
            )
            for y, v in plans.items()
        ),
        _points(
            "SEMH share of SEN support, % 2025",
            21.5,
            2.0,
            "England, about 21 to 22 (remembered)",
            lambda w: m.semh_share_of_support(w, 2025),
        ),
        _points(
            "free school meals, % 2025",
            28.4,
            1.0,
            f"{LAIT}, PriFSM 27.2 and SecFSM 30.2",
            lambda w: m.fsm_share(w, 2025),
        ),
    ]


def _plans() -> list[Target]:
    stock = {2021: 2379, 2022: 2600, 2023: 2885, 2024: 3310, 2025: 3623}
    asked = {2020: 465, 2021: 556, 2022: 615, 2023: 745, 2024: 959}
    issued = {2020: 331, 2021: 302, 2022: 285, 2023: 493, 2024: 596}
    timely = {2020: 61.3, 2021: 60.9, 2022: 51.4, 2023: 76.7, 2024: 79.3}
    refused = {2020: 23.0, 2021: 26.6, 2022: 21.8, 2023: 25.8, 2024: 31.7}
    settings = {"mainstream": 325, "special": 204, "independent": 32, "fe": 207, "neet": 31}
    return [
        *(
            _count(
                f"plans in force, January {y}", v, 0.01, SEN2, lambda w, y=y: m.plans_in_force(w, y)
            )
            for y, v in stock.items()
        ),
        _count(
            "SEMH plans, January 2025", 836, 0.02, SEN2, lambda w: m.plans_in_force(w, 2025, True)
        ),
        _points("SEMH plans held by boys, % 2025", 72.4, 5.0, SEN2, lambda w: m.semh_male(w, 2025)),
        _points(
            "age with most SEMH plans, 2025", 14.5, 1.5, SEN2, lambda w: m.semh_peak_age(w, 2025)
        ),
        _points(
            "SEMH plans aged 13 to 16, % 2025",
            46.8,
            7.0,
            SEN2,
            lambda w: m.semh_aged(w, 2025, 13, 16),
        ),
        *(
            _count(f"requests, {y}", v, 0.02, SEN2, lambda w, y=y: m.requests(w, y))
            for y, v in asked.items()
        ),
        *(
            _points(f"requests refused, % {y}", v, 6.0, SEN2, lambda w, y=y: m.refused(w, y))
            for y, v in refused.items()
        ),
        *(
            _count(f"plans issued, {y}", v, 0.05, SEN2, lambda w, y=y: m.issued(w, y))
            for y, v in issued.items()
        ),
        *(
            _points(
                f"plans issued within 20 weeks, % {y}", v, 4.0, SEN2, lambda w, y=y: m.timely(w, y)
            )
            for y, v in timely.items()
        ),
        _count("plans ceased, 2024", 397, 0.15, SEN2, lambda w: m.ceased(w, 2024)),
        *(
            _count(
                f"SEMH plans in {s}, January 2025",
                v,
                0.25 if v < 50 else 0.12,
                SEN2,
                lambda w, s=s: m.semh_setting(w, 2025, s),
            )
            for s, v in settings.items()
        ),
    ]


def _suspensions() -> list[Target]:
    every = {2020: 5.46, 2021: 9.55, 2022: 11.88, 2023: 12.78}
    secondary = {2020: 11.75, 2021: 20.94, 2022: 25.28, 2023: 27.09}
    return [
        *(
            Target(
                f"suspensions per 100 pupils, {y}/{y - 1999}",
                v,
                0.13,
                f"{LAIT}, TotFixedEx",
                lambda w, y=y: m.suspension_rate(w, y),
            )
            for y, v in every.items()
        ),
        *(
            Target(
                f"secondary suspensions per 100, {y}/{y - 1999}",
                v,
                0.13,
                LAIT,
                lambda w, y=y: m.suspension_rate(w, y, "Secondary"),
            )
            for y, v in secondary.items()
        ),
        Target(
            "pupils suspended at least once, % 2023/24",
            4.55,
            0.15,
            LAIT,
            lambda w: m.suspended_share(w, 2023),
        ),
        Target(
            "permanent exclusions per 100, 2023/24",
            0.151,
            0.40,
            LAIT,
            lambda w: m.permanent_rate(w, 2023),
        ),
        Target(
            "suspensions per 100 with SEN support, autumn 2024",
            16.7,
            0.25,
            "Absence and suspension by SEN provision, Rotherham",
            lambda w: m.term_rate_by_sen(w, 12, 1),
        ),
        Target(
            "suspensions per 100 with a plan, autumn 2024",
            15.3,
            0.30,
            "Absence and suspension by SEN provision, Rotherham",
            lambda w: m.term_rate_by_sen(w, 12, 2),
        ),
        Target(
            "suspensions per 100 with no SEN, autumn 2024",
            2.8,
            0.25,
            "Absence and suspension by SEN provision, Rotherham",
            lambda w: m.term_rate_by_sen(w, 12, 0),
        ),
        _points(
            "year group with most suspensions",
            9,
            1.0,
            "Council report mgAi 100000",
            m.peak_year_group,
        ),
    ]


def _absence() -> list[Target]:
    overall = {2020: 4.78, 2021: 8.17, 2022: 7.81, 2023: 7.74, 2024: 7.36, 2025: 7.49}
    persistent = {2020: 12.88, 2021: 25.83, 2022: 23.20, 2023: 22.38, 2024: 20.09}
    severe = {2021: 1.90, 2022: 2.28, 2023: 2.74, 2024: 2.97}
    semh = {
        "Primary": (8.5, 26.0, 3.1),
        "Secondary": (23.2, 58.0, 18.3),
        "Special": (29.0, 62.2, 29.1),
    }
    return [
        *(
            _points(f"absence, % {y}/{y - 1999}", v, 0.6, LAIT, lambda w, y=y: m.absence(w, y)[0])
            for y, v in overall.items()
        ),
        *(
            _points(
                f"persistent absence, % {y}/{y - 1999}",
                v,
                2.5,
                LAIT,
                lambda w, y=y: m.absence(w, y)[1],
            )
            for y, v in persistent.items()
        ),
        *(
            _points(
                f"severe absence, % {y}/{y - 1999}", v, 0.7, LAIT, lambda w, y=y: m.absence(w, y)[2]
            )
            for y, v in severe.items()
        ),
        *(
            _points(
                f"SEMH pupils' {what} absence, {p.lower()}, % 2024/25",
                v[i],
                off,
                ABSENCE,
                lambda w, p=p, i=i: m.absence(w, 2024, p, True)[i],
            )
            for p, v in semh.items()
            for i, (what, off) in enumerate(
                (("overall", 3.0), ("persistent", 8.0), ("severe", 6.0))
            )
        ),
        _count(
            "pupils in AP their school arranged, 2022/23",
            252,
            0.05,
            AP,
            lambda w: m.school_ap(w, 2022),
        ),
        _points("of whom boys, %", 73.0, 8.0, AP, lambda w: m.school_ap_male(w, 2022)),
    ]


def _health_and_money() -> list[Target]:
    return [
        _count(
            "children with an NHS contact in 12 months",
            4_190,
            0.12,
            "MHSDS MHS95, March 2022",
            lambda w: m.contacted(w, 2024),
        ),
        Target(
            "referrals per 100 under-18s, 2024-25",
            8.0,
            0.12,
            "England, about 8 (remembered)",
            lambda w: m.referral_rate(w, 2024),
        ),
        _points(
            "median weeks to first contact", 5.5, 2.0, "England, 5 to 6 (remembered)", m.median_wait
        ),
        _points(
            "waited over 52 weeks, %",
            7.0,
            4.0,
            "Long neurodevelopmental waits, Rotherham 2021",
            m.over_a_year,
        ),
        Target(
            "pounds a year, independent and NMSS, 2021-22",
            68_400,
            0.12,
            "S251 line over SEN2 plans, derived",
            lambda w: m.yearly_cost(w, 2021, ("independent_special", "nmss")),
        ),
        Target(
            "pounds a year, state special, 2021-22",
            22_600,
            0.05,
            "S251 lines over SEN2 plans, derived",
            lambda w: m.yearly_cost(w, 2021, ("special",), local=True),
        ),
    ]


TARGETS = [*_pupils(), *_plans(), *_suspensions(), *_absence(), *_health_and_money()]
"""Every target."""
