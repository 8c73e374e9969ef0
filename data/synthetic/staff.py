"""School staff trained and asked, and who is in post in the services.

Planted: one in eight schools never answers anything; confidence grows each year and is lower among
teaching assistants; vacancies in one service rise; training changes no school's suspensions.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from data.synthetic.clock import LAST_YEAR as LAST_WHOLE_YEAR
from data.synthetic.clock import days_of
from data.synthetic.panels import FIRST_YEAR
from data.synthetic.registers import PHASES
from data.synthetic.world import World
from data.synthetic.write import Writer, iso_day
from models.extracts._local import AGREEMENT
from models.extracts.workforce import SERVICE, STAFF_QUESTION

LAST_YEAR = LAST_WHOLE_YEAR + 1
"""The academic year in which the data end, a few weeks in."""
SILENT_SHARE = 0.125
TAKES_COURSE, SAYS_NONE = 0.34, 0.80
LEAD = "senior mental health lead"
COURSES = {
    LEAD: ("senior leader", "SENCO"),
    "trauma-informed practice": ("teacher", "teaching assistant", "pastoral staff"),
    "graduated response to SEMH": ("SENCO", "teacher", "teaching assistant", "governor"),
    "de-escalation and restorative practice": ("teacher", "teaching assistant", "pastoral staff"),
    "mental health first aid": ("pastoral staff", "teaching assistant"),
}
PER_SCHOOL = {
    "senior leader": (2, 6), "SENCO": (1, 2), "teacher": (9, 40), "teaching assistant": (8, 26),
    "pastoral staff": (1, 7), "governor": (6, 12),
}  # fmt: skip
"""Staff of each role at a school, fewest and most."""
ASKED = ("senior leader", "teacher", "teaching assistant", "pastoral staff")
ANSWERS_WAVE = 0.78
AGREES = {"confident": 0.54, "early signs": 0.66, "where to turn": 0.60, "supported": 0.49}
GROWTH, ASSISTANTS = 0.03, -0.10
"""Added each year, and for teaching assistants, to the share who agree."""

POSTS = {"practitioner": 0.6, "senior practitioner": 0.25, "manager": 0.15}
SIZES = dict(zip(SERVICE, (16, 22, 14, 20, 26, 9), strict=True))
"""Full-time equivalents of each service at full size."""
VACANT, SHORT_SERVICE, SHORT_FROM, SHORT_VACANT = 0.09, "educational psychology", 2025, 0.30
CHILDREN_EACH = 38
AGENCY_COVER, AGENCY_MONTH = 0.35, 6_200.0


def write_staff(world: World, writer: Writer) -> None:
    """Training, survey and posts."""
    rng = world.rng("staff")
    silent = rng.random(len(world.schools)) < SILENT_SHARE
    silent[0] = True
    schools = world.schools[~silent]
    training = _training(rng, schools, days_of(world.censuses[-1].day))
    _write_training(writer, training)
    survey = _survey(rng, schools)
    _write_survey(writer, survey)
    posts = _posts(world, rng)
    _write_posts(writer, posts)
    world.truth.setdefault("local", {})["staff"] = staff_truth(world, silent, training, survey)


def _crossed(
    schools: pd.DataFrame, pairs: Sequence[tuple[str, ...]], names: list[str]
) -> pd.DataFrame:
    """Every school with every pair."""
    keys = schools[["urn", "phase"]].reset_index(drop=True)
    return keys.merge(pd.DataFrame(pairs, columns=names), how="cross")


def _training(rng: np.random.Generator, schools: pd.DataFrame, last: int) -> pd.DataFrame:
    """Rows by school, course, role and academic year; no row where a school gave no answer."""
    pairs = [
        (course, role, str(year))
        for year in range(FIRST_YEAR, LAST_YEAR + 1)
        for course, roles in COURSES.items()
        for role in roles
    ]
    frame = _crossed(schools, pairs, ["course", "role", "year"])
    block = frame.groupby(["urn", "course", "year"]).ngroup().to_numpy()
    draw = rng.random(block.max() + 1)[block]
    day = rng.integers(20, 270, block.max() + 1)[block]
    low, high = (frame["role"].map({r: p[i] for r, p in PER_SCHOOL.items()}) for i in (0, 1))
    size = frame["role"].map(dict(zip(PER_SCHOOL, range(6), strict=True))).to_numpy()
    place = (frame["urn"].to_numpy() * 31 + size * 17) % 101 / 100
    frame["eligible"] = np.round(low + place * (high - low)).astype(int)
    takes = draw < TAKES_COURSE
    came = rng.binomial(frame["eligible"], np.where(takes, 0.55, 0.0))
    lead = takes & (frame["course"] == LEAD).to_numpy()
    frame["attended"] = np.where(lead, np.minimum(frame["eligible"], np.maximum(came, 1)), came)
    first = np.array([days_of(date(int(y), 9, 1)) for y in range(FIRST_YEAR, LAST_YEAR + 1)])
    frame["day"] = first[frame["year"].astype(int) - FIRST_YEAR] + day
    says = takes | (draw < TAKES_COURSE + (1 - TAKES_COURSE) * SAYS_NONE)
    return frame[says & (frame["day"] <= last)].sort_values(["day", "urn"], ignore_index=True)


def _write_training(writer: Writer, frame: pd.DataFrame) -> None:
    writer.table("training_row", frame)
    names = {n: n for n in ("urn", "course", "role", "attended", "eligible")}
    values = names | {"on_date": iso_day("day")}
    writer.write("training_attendance", "local/training_attendance.csv", "training_row", values)


def _survey(rng: np.random.Generator, schools: pd.DataFrame) -> pd.DataFrame:
    """Counts of answers by school, role, question and wave."""
    pairs = [
        (str(year), role, question)
        for year in range(FIRST_YEAR + 1, 2027)
        for role in ASKED
        for question in STAFF_QUESTION
    ]
    frame = _crossed(schools, pairs, ["year", "role", "question"])
    wave = frame.groupby(["urn", "year"]).ngroup().to_numpy()
    frame = frame[(rng.random(wave.max() + 1) < ANSWERS_WAVE)[wave]].reset_index(drop=True)
    year = frame["year"].astype(int)
    high = frame["role"].map({r: p[1] for r, p in PER_SCHOOL.items()})
    asked = np.maximum(1, (high * 0.5).astype(int))
    agree = frame["question"].map(AGREES) + GROWTH * (year - FIRST_YEAR - 1)
    agree = agree + ASSISTANTS * (frame["role"] == "teaching assistant")
    shares = np.column_stack(
        [agree * 0.35, agree * 0.65, (1 - agree) * 0.40, (1 - agree) * 0.38, (1 - agree) * 0.22]
    )
    counts = rng.multinomial(asked, shares)
    return frame.join(pd.DataFrame(counts, columns=list(AGREEMENT)[:5]))


def _write_survey(writer: Writer, frame: pd.DataFrame) -> None:
    long = frame.melt(
        ["urn", "phase", "year", "role", "question"], var_name="answer", value_name="answers"
    )
    long = long[long["answers"] > 0].sort_values(["year", "urn", "role"], kind="stable")
    long["phase"] = long["phase"].map(PHASES)
    long["day"] = long["year"].map(
        {str(y): days_of(date(y, 3, 14)) for y in range(FIRST_YEAR, 2027)}
    )
    writer.table("survey_row", long)
    values = {n: n for n in ("urn", "phase", "role", "question", "answer", "answers")}
    values |= {"on_date": iso_day("day")}
    writer.write("staff_survey", "local/staff_survey.csv", "survey_row", values)


def _posts(world: World, rng: np.random.Generator) -> pd.DataFrame:
    """Posts in each service at each month's end."""
    last = np.datetime64(world.censuses[-1].day, "M")
    months = np.arange(np.datetime64(f"{FIRST_YEAR}-04"), last)
    ends = (months + 1).astype("datetime64[D]").astype(int) - 1
    pairs = [(service, post) for service in SIZES for post in POSTS]
    frame = pd.DataFrame(pairs, columns=["service", "post"]).merge(
        pd.DataFrame({"day": ends, "month": months.astype(str)}), how="cross"
    )
    size = frame["service"].map(SIZES) * frame["post"].map(POSTS) * world.scale
    frame["establishment"] = np.maximum(0.5, (size * 2).round() / 2)
    short = (frame["service"] == SHORT_SERVICE) & (frame["month"] >= f"{SHORT_FROM}-09")
    vacant = np.where(short, SHORT_VACANT, VACANT) + rng.normal(0, 0.015, len(frame))
    frame["in_post"] = (frame["establishment"] * (1 - vacant.clip(0, 0.6))).round(2)
    missing = frame["establishment"] - frame["in_post"]
    frame["agency"] = (missing * AGENCY_COVER * AGENCY_MONTH).round(2)
    each = CHILDREN_EACH * rng.normal(1, 0.04, len(frame))
    carries = frame["post"] != "manager"
    frame["caseload"] = np.where(carries, (frame["establishment"] * each).round(), np.nan)
    return frame


def _write_posts(writer: Writer, frame: pd.DataFrame) -> None:
    writer.table("post_row", frame)
    values = {
        "service": "service", "post": "post", "on_date": iso_day("day"),
        "establishment_fte": "establishment", "in_post_fte": "in_post",
        "caseload": "case when isfinite(caseload) then cast(caseload as integer) end",
        "agency_spend": "cast(agency as decimal(12, 2))",
    }  # fmt: skip
    writer.write("workforce_in_post", "local/workforce_in_post.csv", "post_row", values)


def staff_truth(
    world: World, silent: np.ndarray, training: pd.DataFrame, survey: pd.DataFrame
) -> dict[str, object]:
    """What was planted, and what happened by year."""
    lead = training[(training["course"] == LEAD) & (training["attended"] > 0)]
    asked = survey[survey["question"] == "confident"]
    agree = asked["strongly agree"] + asked["agree"]
    answers = agree + asked["neither"] + asked["disagree"] + asked["strongly disagree"]
    waves = pd.DataFrame({"year": asked["year"], "agree": agree, "answers": answers})
    return {
        "planted": {
            "schools_that_never_answer": world.schools.loc[silent, "urn"].tolist(),
            "confident_agree_growth_a_year": GROWTH,
            "teaching_assistants": ASSISTANTS,
            "vacancies": {"service": SHORT_SERVICE, "from": f"{SHORT_FROM}-09", "to": SHORT_VACANT},
            "effect_of_training_on_suspensions": None,
        },
        "schools_with_a_trained_lead_ever": int(lead["urn"].nunique()),
        "confident_by_wave": {
            str(year): {"agree": int(part["agree"].sum()), "answers": int(part["answers"].sum())}
            for year, part in waves.groupby("year")
        },
    }
