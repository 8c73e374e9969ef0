"""Search finds measures by the words people use, and no reader finds what they may not see."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from asking import choose, top

from metrics.catalogue import load_catalogue
from pages.everyday import EVERYDAY, search_words

ASSET = Path(__file__).resolve().parents[2] / "assets" / "find.js"
METRICS = [file.metric.model_dump(mode="json") for file in load_catalogue()]
RUN = """
const fs = require('fs'); global.window = {};
const script = fs.readFileSync(process.argv[1], 'utf8');
eval(script + ';global.find = window.dashMantineFunctions.semhFind');
const {options, typed} = JSON.parse(fs.readFileSync(0, 'utf8'));
const limit = 12;
console.log(JSON.stringify(typed.map(t => find({options, search: t, limit}))));
"""


def fits(typed: str) -> list[str]:
    """Measures whose words hold every word typed, by the same rule as in the browser."""
    stems = [re.sub(r"(sions?|ded|ding|ing|ed|es|s)$", "", w) for w in typed.lower().split()]
    stems = [s if len(s) >= 3 else w for s, w in zip(stems, typed.lower().split(), strict=True)]
    texts = {m["id"]: f"{m['title'].lower()} {search_words(m)}" for m in METRICS}
    return [name for name, text in texts.items() if all(stem in text for stem in stems)]


@pytest.mark.parametrize(
    ("typed", "measure"),
    [
        ("exclusions", "semh_suspension_rate"),
        ("expelled", "permanent_exclusions"),
        ("waiting list", "camhs_waiting"),
        ("EHCP late", "ehc_plans_within_20_weeks"),
        ("mental health wait", "camhs_wait_median"),
        ("attendance", "semh_absence"),
        ("home schooling", "home_educated_children"),
        ("part-time timetable", "reduced_timetable_pupils"),
        ("PRU", "school_arranged_ap_pupils"),
        ("out of area cost", "oob_spend"),
        ("taxi", "oob_transport_per_placement"),
        ("DSG deficit", "dsg_balance"),
        ("counselling", "intervention_children"),
        ("teacher confidence", "staff_confident"),
        ("CPD", "training_coverage"),
        ("fresh start", "managed_moves"),
        ("appeal", "tribunal_appeal_rate"),
        ("poverty", "camhs_deprivation_gap"),
    ],
)
def test_a_measure_is_found_by_the_words_people_use(typed: str, measure: str):
    assert measure in fits(typed)


def test_everyday_words_are_found_nowhere_in_vain():
    said = [" ".join(str(m[n]) for n in ("title", "question", "population")) for m in METRICS]
    unused = [stem for stem, _ in EVERYDAY if not any(stem in text.lower() for text in said)]
    assert unused == []


def test_the_public_finds_no_school(demo: Any):
    choose(demo, "head")
    assert "Schools" in [g["group"] for g in top(demo)["find"]["data"]]
    choose(demo, "public")
    assert "Schools" not in [g["group"] for g in top(demo)["find"]["data"]]


def test_nonsense_is_not_found():
    assert fits("xyzzy") == []


@pytest.mark.skipif(shutil.which("node") is None, reason="no node to run the script with")
def test_the_script_that_browsers_run_sorts_by_label():
    options = [
        {"group": "Pages", "items": [{"value": "/p", "label": "Pathways and waits"}]},
        {
            "group": "Figures",
            "items": [
                {"value": "/a", "label": "Suspension rate", "words": "exclusion excluded"},
                {"value": "/b", "label": "Permanent exclusions", "words": ""},
                *({"value": f"/{i}", "label": f"Waits {i}"} for i in range(40)),
            ],
        },
    ]
    sent = json.dumps({"options": options, "typed": ["exclusions", "wait", "none such"]})
    run = subprocess.run(
        ["node", "-e", RUN, str(ASSET)], input=sent, capture_output=True, text=True, check=True
    )
    exclusions, waits, none = json.loads(run.stdout)
    assert [item["value"] for item in exclusions[0]["items"]] == ["/b", "/a"]
    assert [group["group"] for group in waits] == ["Pages", "Figures"]
    assert sum(len(group["items"]) for group in waits) == 12
    assert none == []
