"""XmR charts and funnels of the fixture snapshot, by the methods the pipeline uses."""

import json
from pathlib import Path

import duckdb

from metrics.judged import judged_tables
from models.borough import load_borough
from models.metric import Metric

EMPTY = ("signal", "signal_summary", "funnel", "funnel_point", "funnel_limit")


def judge(path: Path) -> None:
    """Fill the tables of what is more than chance, where the fixture left them empty."""
    with duckdb.connect(str(path)) as con:
        if con.execute("select count(*) from signal_summary").fetchall() != [(0,)]:
            return
        documents = [
            json.loads(d) for (d,) in con.execute("select document from metric").fetchall()
        ]
        metrics = {
            d["id"]: Metric.model_validate({k: v for k, v in d.items() if k in Metric.model_fields})
            for d in documents
        }
        tables = judged_tables(
            con.execute("select * from observation").df(),
            metrics,
            con.execute("select * from area").df(),
            load_borough("rotherham").targets,
        )
        for name in EMPTY:
            con.register("frame", tables[name])
            con.execute(f"insert into {name} by name select * from frame")
            con.unregister("frame")
