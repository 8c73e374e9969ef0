"""Wards, LSOAs and their outlines: which LSOA is in which ward, and polygons to draw."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from ingest.published.areas import Areas
from ingest.published.frames import Reading
from ingest.published.sheets import Sheet

SHAPES = {"ward": "ward", "lsoa21": "lsoa", "ltla": "authority"}
"""The outlines that are read, by the start of the code's property, and their area kind. Outlines
of 2011 LSOAs and of MSOAs are not: nothing here is counted by them."""


def recognise_lookup(sheet: Sheet) -> bool:
    """A table of the borough's 2021 LSOAs and the ward each is in."""
    names = ward_columns(sheet.columns)
    return sheet.has("lsoa21_code", "ltla24_code") and names is not None


def ward_columns(columns: tuple[str, ...]) -> tuple[str, str] | None:
    """The names of the ward's code and name columns, whichever year they carry."""
    codes = [c for c in columns if c.startswith("ward") and c.endswith("_code")]
    return (codes[0], codes[0].replace("_code", "_name")) if codes else None


def read_lookup(sheet: Sheet, areas: Areas) -> Reading:
    """Fill `area` with the ward and locality of each of the borough's LSOAs."""
    frame = sheet.read()
    names = ward_columns(sheet.columns)
    assert names is not None
    held = ward_rows(frame, names, areas)
    note = f"{held['ward_code'].nunique()} wards and {len(held)} LSOAs placed"
    return Reading(
        "lsoa_ward_lookup", len(frame), note=note, apply=lambda con: put_wards(con, held)
    )


def ward_rows(frame: pd.DataFrame, names: tuple[str, str], areas: Areas) -> pd.DataFrame:
    """Columns lsoa, ward_code, ward_name, locality (by the profile; null in no locality)."""
    locality = {w.code: place.id for place in areas.profile.localities for w in place.wards}
    code, name = names
    return pd.DataFrame(
        {
            "lsoa": frame["lsoa21_code"],
            "ward_code": frame[code],
            "ward_name": frame[name],
            "locality": frame[code].map(locality),
        }
    )


def put_wards(con: duckdb.DuckDBPyConnection, held: pd.DataFrame) -> None:
    """Set the ward and locality of LSOAs in `area`, adding those not there yet."""
    _put(con, held, ("ward_code", "ward_name", "locality"))


def put_deciles(con: duckdb.DuckDBPyConnection, held: pd.DataFrame) -> None:
    """Set the deprivation decile of LSOAs in `area`, adding those not there yet."""
    _put(con, held, ("imd_decile",))


def _put(con: duckdb.DuckDBPyConnection, held: pd.DataFrame, names: tuple[str, ...]) -> None:
    con.register("_held", held)
    try:
        changes = ", ".join(f"{n} = h.{n}" for n in names)
        con.execute(f"update area set {changes} from _held h where h.lsoa = area.lsoa")
        con.execute(
            f"insert into area (lsoa, {', '.join(names)}) select lsoa, {', '.join(names)}"
            " from _held where lsoa not in (select lsoa from area)"
        )
    finally:
        con.unregister("_held")


def read_shapes(path: Path) -> Reading | None:
    """Outlines from a GeoJSON file of wards, 2021 LSOAs or authorities; None where it is not one.

    Rings are numbered within an area, points within a ring; degrees, WGS84.
    """
    document = _geojson(path)
    found = _kind(document) if document else None
    if document is None or found is None:
        return None
    kind, code, name = found
    shapes = pd.concat([_outline(f, kind, code, name) for f in document["features"]])
    areas = shapes["area_id"].nunique()
    return Reading(
        f"shapes_{kind}",
        len(document["features"]),
        note=f"{areas} outlines, {len(shapes):,} points",
        apply=lambda con: _put_shapes(con, shapes),
    )


def _geojson(path: Path) -> dict[str, Any] | None:
    with path.open("rb") as file:
        if not file.read(64).lstrip().startswith(b"{"):
            return None
    document = json.loads(path.read_text(encoding="utf-8"))
    return document if document.get("type") == "FeatureCollection" else None


def _kind(document: dict[str, Any]) -> tuple[str, str, str] | None:
    properties = document["features"][0]["properties"] if document["features"] else {}
    for start, kind in SHAPES.items():
        for key in properties:
            if key.startswith(start) and key.endswith("_code"):
                return kind, key, key.replace("_code", "_name")
    return None


def _outline(feature: dict[str, Any], kind: str, code: str, name: str) -> pd.DataFrame:
    shape = feature["geometry"]
    parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    rings = [np.asarray(ring, dtype=float)[:, :2] for part in parts for ring in part]
    sizes = [len(ring) for ring in rings]
    points = np.concatenate(rings)
    return pd.DataFrame(
        {
            "area_kind": kind,
            "area_id": feature["properties"][code],
            "name": feature["properties"][name],
            "ring": np.repeat(np.arange(len(rings)), sizes),
            "seq": np.concatenate([np.arange(n) for n in sizes]),
            "lon": points[:, 0],
            "lat": points[:, 1],
        }
    )


def _put_shapes(con: duckdb.DuckDBPyConnection, shapes: pd.DataFrame) -> None:
    con.register("_shapes", shapes)
    try:
        con.execute(
            "delete from area_shape where area_kind in (select distinct area_kind from _shapes)"
        )
        con.execute("insert into area_shape select * from _shapes")
    finally:
        con.unregister("_shapes")
