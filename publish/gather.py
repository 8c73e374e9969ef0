"""What goes into a snapshot, read from the warehouse: never a row about one child."""

from __future__ import annotations

import hashlib
import json
from importlib import metadata
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from metrics.catalogue import MetricFile
from models.borough import Borough
from models.observation import OBSERVATION_COLUMNS
from models.snapshot import SNAPSHOT_VERSION
from publish.errors import PublishError

SYNTHETIC_NOTE = (
    "Synthetic data: made by a simulation."
    " No figure here describes a real child, school or provider."
)

_LIVE = "select load_id from load where superseded_by is null"

QUERIES = {
    "area_shape": "select area_kind, area_id, ring, seq, lon, lat from area_shape",
    "series": f"""
        select series, arg_max(title, rank) as title, arg_max(publisher, rank) as publisher,
            arg_max(unit, rank) as unit, arg_max(decimals, rank) as decimals,
            arg_max(polarity, rank) as polarity, arg_max(topic, rank) as topic,
            arg_max(source, rank) as source, max(source_date) as source_date
        from (select *, coalesce(source_date, '') || source || title as rank
              from published_statistic where load_id in ({_LIVE}))
        group by series""",
    "published": f"""
        select series, area_code, area_name, area_kind, breakdown, category, period_label,
            period_start, period_end, period_kind, value, raw, symbol, status, flag
        from published_statistic where load_id in ({_LIVE})""",
    "load": r"""
        select load_id, regexp_extract(file, '[^/\\]*$') as file, content_hash, extract, period,
            rows_read, rows_accepted, rows_quarantined, loaded_at, synthetic, note
        from load where superseded_by is null""",
    "quality": f"""
        select e.extract, e.label, e.severity, e.passed, e.found, e.unit, e.action, e.owner,
            e.check_id, e.facts, 'Accepted by ' || a.by_role || ' on '
                || strftime(a.accepted_at, '%-d %B %Y') || ': ' || a.reason as accepted
        from expectation_result e
        left join (select check_id, load_id, arg_max(by_role, accepted_at) as by_role,
                arg_max(reason, accepted_at) as reason, max(accepted_at) as accepted_at
            from acceptance group by check_id, load_id) a
            on a.check_id = e.check_id and a.load_id = e.load_id and not e.passed
        where e.load_id is null or e.load_id in ({_LIVE})""",
    "unrecognised": r"""
        select distinct regexp_extract(file, '[^/\\]*$') as file, why from unrecognised""",
}
"""Snapshot table to the warehouse query that fills it. File names go without their folders."""


def gather(
    con: duckdb.DuckDBPyConnection, files: list[MetricFile], profile: Borough
) -> dict[str, pa.Table | pd.DataFrame]:
    """Every snapshot table but `info`, from a warehouse connection; observations unprotected.

    Raises PublishError when the warehouse has no observations yet.
    """
    _require_observations(con)
    tables = {name: con.sql(query).to_arrow_table() for name, query in QUERIES.items()}
    tables["metric"] = _metrics(files)
    tables["area"] = _areas(con, profile)
    tables["observation"] = _observations(con)
    return tables


def _observations(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """OBSERVATION_COLUMNS and, where measuring kept them, `people` and `base` behind each row."""
    columns = ", ".join(f"o.{name}" for name in OBSERVATION_COLUMNS)
    kept = ("observation_base",) in con.execute("show tables").fetchall()
    if not kept:
        return con.execute(
            f"select {columns}, null::double as people, null::double as base from observation o"
        ).df()
    return con.execute(
        f"select {columns}, b.people, b.base from observation o left join observation_base b"
        " using (metric_id, period_start, period_end, area_kind, area_id, breakdown, category)"
    ).df()


def largest(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The largest contributions to sums of pounds (LARGEST_COLUMNS), kept by measuring.

    Raises PublishError when an older program measured, which kept none.
    """
    if ("observation_largest",) in con.execute("show tables").fetchall():
        return con.execute("select * from observation_largest").df()
    raise PublishError(
        "The figures were measured by an older program, which did not keep what protects prices."
        " What was live still is.",
        "run semh measure, then semh publish",
    )


def _require_observations(con: duckdb.DuckDBPyConnection) -> None:
    names = {row[0] for row in con.execute("show tables").fetchall()}
    counted = (
        names >= {"observation"} and con.execute("select count(*) from observation").fetchall()
    )
    if not counted or counted[0][0] == 0:
        raise PublishError(
            "The warehouse has no measured figures. What was live still is.",
            "run semh measure, then semh publish",
        )


def _metrics(files: list[MetricFile]) -> pd.DataFrame:
    rows = [
        (file.metric.id, file.metric.priority, seq, json.dumps(file.document(), sort_keys=True))
        for seq, file in enumerate(files)
    ]
    return pd.DataFrame(rows, columns=["metric_id", "priority", "seq", "document"])


def _areas(con: duckdb.DuckDBPyConnection, profile: Borough) -> pd.DataFrame:
    """The borough, its localities and wards for all; schools and providers for partners.

    `grouping` (a school's phase, a provider's type) is for disclosure control, not published.
    """
    columns = ["area_kind", "area_id", "name", "parent_id", "phase", "tier"]
    rows: list[tuple[Any, ...]] = [("borough", profile.ons_code, profile.name, None, None, "open")]
    for place in profile.localities:
        rows.append(("locality", place.id, place.name, profile.ons_code, None, "open"))
        rows += [("ward", w.code, w.name, place.id, None, "open") for w in place.wards]
    known = pd.DataFrame(rows, columns=columns)
    bodies = con.execute(
        """
        select 'school' as area_kind, urn::varchar as area_id, name,
            coalesce(ward_code, locality) as parent_id, phase, 'partner' as tier,
            phase as grouping
        from school where urn is not null
        union all
        select 'provider', provider_id, name, null, null, 'partner', provider_type from provider
        union all
        select 'provider', v.provision_id, v.name, v.provider_id, v.phase, 'partner',
            p.provider_type
        from provision v left join provider p using (provider_id)
        """
    ).df()
    bodies = bodies.dropna(subset=["area_id"])
    bodies["name"] = bodies["name"].fillna(bodies["area_id"])
    return pd.concat([known, bodies], ignore_index=True).drop_duplicates(["area_kind", "area_id"])


def describe(
    tables: dict[str, Any], profile: Borough, not_published: dict[str, int]
) -> dict[str, str]:
    """The part of `info` that follows from the content: same inputs, same text."""
    loads = tables["load"].to_pandas()
    synthetic = bool(loads["synthetic"].any())
    return {
        "snapshot_version": str(SNAPSHOT_VERSION),
        "synthetic": str(synthetic).lower(),
        "synthetic_note": SYNTHETIC_NOTE if synthetic else "",
        "code_version": code_version(),
        "profile": profile.model_dump_json(),
        "profile_hash": hashlib.sha256(profile.model_dump_json().encode()).hexdigest(),
        "thresholds": json.dumps([rule.model_dump(mode="json") for rule in profile.thresholds]),
        "definitions_hash": hashlib.sha256(
            "\n".join(tables["metric"].sort_values("metric_id")["document"]).encode()
        ).hexdigest(),
        "data_to": _data_to(tables["observation"]),
        "not_published": json.dumps(not_published, sort_keys=True),
    }


def code_version() -> str:
    """The version of this program."""
    try:
        return metadata.version("semh")
    except metadata.PackageNotFoundError:
        return "unknown"


def _data_to(observations: pd.DataFrame) -> str:
    """The last day any figure covers; months say it best, being shown only once they are over."""
    shown = observations[observations["status"].isin(["ok", "low_base"])]
    fine = shown[shown["period_kind"].isin(["month", "census"])]
    ends = (fine if len(fine) else shown)["period_end"]
    return "" if ends.empty else str(pd.Timestamp(ends.max()).date())
