"""What young people and parents say, wave by wave, as counts.

Planted: parents' confidence that needs are met falls from one wave on; young people's feeling of
being listened to does not move; one service asks nobody.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from data.synthetic.clock import days_of
from data.synthetic.world import World
from data.synthetic.write import Writer, iso_day
from models.extracts._local import AGREEMENT
from models.extracts.voice import AUDIENCE, VOICE_QUESTION

WAVES = range(2022, 2027)
THROUGH = {
    "young people": {"school": 520, "CAMHS": 110, "youth council": 45},
    "parents and carers": {"school": 240, "CAMHS": 90, "SEND service": 160,
                           "parent carer forum": 85},
}  # fmt: skip
"""How many answer through each service at full size."""
NEVER = "early help"
AGREES = {
    ("young people", "listened to"): 0.58, ("young people", "needs met"): 0.55,
    ("young people", "knows whom to ask"): 0.63, ("young people", "waited too long"): 0.41,
    ("parents and carers", "listened to"): 0.49, ("parents and carers", "needs met"): 0.46,
    ("parents and carers", "knows whom to ask"): 0.52,
    ("parents and carers", "waited too long"): 0.60,
}  # fmt: skip
FALL, FALL_FROM = 0.10, 2025
"""Planted: parents' answer on needs met, down by this share from this wave on."""


def write_voices(world: World, writer: Writer) -> None:
    """The survey's counts."""
    rng = world.rng("voices")
    rows = [
        (audience, service, question, year, size)
        for audience in AUDIENCE
        for service, size in THROUGH[audience].items()
        for question in VOICE_QUESTION
        for year in WAVES
    ]
    frame = pd.DataFrame(rows, columns=["audience", "service", "question", "year", "size"])
    asked = np.maximum(12, (frame["size"] * world.scale).round().astype(int))
    pairs = zip(frame["audience"], frame["question"], strict=True)
    agree = np.array([AGREES[pair] for pair in pairs])
    falls = (frame["audience"] == "parents and carers") & (frame["question"] == "needs met")
    agree = agree - FALL * (falls & (frame["year"] >= FALL_FROM)).to_numpy()
    rest = 1 - agree
    shares = [agree * 0.3, agree * 0.7, rest * 0.3, rest * 0.4, rest * 0.2, rest * 0.1]
    counts = rng.multinomial(asked, np.column_stack(shares))
    frame = frame.join(pd.DataFrame(counts, columns=list(AGREEMENT)))
    _write(writer, frame)
    world.truth.setdefault("local", {})["voice"] = voice_truth(frame)


def _write(writer: Writer, frame: pd.DataFrame) -> None:
    keys = ["audience", "service", "question", "year"]
    long = frame.drop(columns="size").melt(keys, var_name="answer", value_name="answers")
    long = long[long["answers"] > 0].sort_values(keys, kind="stable", ignore_index=True)
    long["answer_id"] = [f"V{i + 1:05d}" for i in range(len(long))]
    long["day"] = long["year"].map({year: days_of(date(year, 6, 20)) for year in WAVES})
    writer.table("voice_row", long)
    names = ("answer_id", "audience", "service", "question", "answer", "answers")
    values = {n: n for n in names} | {"on_date": iso_day("day")}
    writer.write("voice_survey", "local/voice_survey.csv", "voice_row", values)


def voice_truth(frame: pd.DataFrame) -> dict[str, object]:
    """What was planted, and the share who agree by wave for the two headline questions."""
    said = frame.assign(agree=frame["strongly agree"] + frame["agree"])
    said["answered"] = said[list(AGREEMENT)[:5]].sum(axis=1)
    heads = {"young people": "listened to", "parents and carers": "needs met"}
    waves = {}
    for audience, question in heads.items():
        mine = said[(said["audience"] == audience) & (said["question"] == question)]
        sums = mine.groupby("year")[["agree", "answered"]].sum()
        waves[f"{audience}: {question}"] = {
            str(year): {"agree": int(row["agree"]), "answered": int(row["answered"])}
            for year, row in sums.iterrows()
        }
    return {
        "planted": {
            "parents_needs_met_falls_by": FALL,
            "from_wave": FALL_FROM,
            "young_people_listened_to": "no change",
            "asked_nobody": NEVER,
        },
        "by_wave": waves,
    }
