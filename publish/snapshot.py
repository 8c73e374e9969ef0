"""The reader of the published snapshot: the only door between the web side and the figures.

A snapshot is one immutable DuckDB file. Every call says who is asking, as a `Principal` without a
default; the tier is applied in SQL, before a row leaves the file.
"""

from __future__ import annotations

import json
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import duckdb
import pandas as pd

from models.borough import Borough
from models.extracts import EXTRACTS
from models.observation import PUBLISHED_COLUMNS
from models.principal import Principal
from models.settings import Settings
from publish.opening import AGAIN, OPENING, NoSnapshot, open_snapshot

NOTICE_SECONDS = 1.0
"""How long a change of the live snapshot may go unnoticed."""

__all__ = ["OPENING", "NoSnapshot", "Snapshot", "live_path"]

REMEMBERED = 512
"""Most query results one snapshot keeps in memory."""

_OBSERVATION = ", ".join(PUBLISHED_COLUMNS)

# The same figure may be written for several tiers; a reader sees the fullest they may.
_VISIBLE = """
    select {columns} from observation
    where tier in (select unnest($tiers))
      and (tier <> 'restricted'
           or (area_kind = 'school' and area_id in (select unnest($schools)))
           or (area_kind = 'locality' and area_id in (select unnest($localities))))
      and {where}
    qualify row_number() over (
        partition by metric_id, period_start, period_end, area_kind, area_id, breakdown, category
        order by case tier when 'restricted' then 0 when 'partner' then 1 else 2 end) = 1
    order by metric_id, period_start, area_kind, area_id, breakdown, category
"""


_LOADS = """
    with asked as (
        select *, extract in (select unnest($local)) and not list_contains($tiers, 'partner') as own
        from load
    ), told as (
        select * exclude own replace (
            case when own then '' else file end as file,
            case when own then '' else content_hash end as content_hash,
            case when own then 10 * ceil(rows_accepted / 10.0)::bigint
                 else rows_accepted end as rows_accepted)
        from asked
    )
    select * replace (case when file = '' then rows_accepted + rows_quarantined
                           else rows_read end as rows_read)
    from told order by loaded_at desc, file, load_id
"""


_QUALITY = """
    with asked as (
        select *, not list_contains($tiers, 'partner')
            and extract in (select unnest($local)) as rounded from quality
    )
    select * replace (case when rounded then 10 * ceil(found / 10.0)::bigint else found end
        as found)
    from asked order by passed, severity, extract, label
"""


class Snapshot:
    """An open snapshot. Get the live one with `Snapshot.live(settings)`; safe across threads."""

    _lives: ClassVar[dict[Path, _Live]] = {}
    _lock: ClassVar[threading.Lock] = threading.Lock()

    def __init__(self, path: Path) -> None:
        """Open one snapshot file read-only. Raises NoSnapshot when it can't be read."""
        self.path = path
        self.id = path.stem
        self._con = open_snapshot(path)
        self._results: OrderedDict[Any, Any] = OrderedDict()
        self._results_lock = threading.Lock()

    @classmethod
    def live(cls, settings: Settings) -> Snapshot:
        """The snapshot that is live now; a swap is noticed within two seconds.

        Raises NoSnapshot when nothing is published yet or what is live can't be read.
        """
        pointer = settings.current.resolve()
        with cls._lock:
            live = cls._lives.get(pointer)
            if live is None:
                live = cls._lives[pointer] = _Live(pointer)
            return live.get()

    def info(self, principal: Principal) -> dict[str, str]:
        """Snapshot id, when it was made, data_to, synthetic, code version and borough profile."""
        rows = self._frame(principal, "select key, value from info")
        return dict(zip(rows["key"], rows["value"], strict=True))

    def profile(self, principal: Principal) -> Borough:
        """The borough profile it was published with, thresholds included."""
        return Borough.model_validate_json(self.info(principal)["profile"])

    def metrics(self, principal: Principal) -> list[dict[str, Any]]:
        """Every metric's document, in the order pages show them."""
        rows = self._frame(principal, "select document from metric order by seq, metric_id")
        return [json.loads(text) for text in rows["document"]]

    def metric(self, principal: Principal, metric_id: str) -> dict[str, Any]:
        """One metric's document. Raises KeyError naming the id when there is no such metric."""
        rows = self._frame(
            principal, "select document from metric where metric_id = $id", {"id": metric_id}
        )
        if rows.empty:
            raise KeyError(f"no metric {metric_id!r} in snapshot {self.id}")
        document: dict[str, Any] = json.loads(rows["document"].iloc[0])
        return document

    def observations(
        self,
        principal: Principal,
        metric_id: str,
        *,
        area_kind: str | None = None,
        area_id: str | None = None,
        breakdown: str | None = None,
        category: str | None = None,
    ) -> pd.DataFrame:
        """A metric's observations (PUBLISHED_COLUMNS), oldest first; empty when none match."""
        wanted = {
            "metric_id": metric_id,
            "area_kind": area_kind,
            "area_id": area_id,
            "breakdown": breakdown,
            "category": category,
        }
        return self._observations(principal, wanted)

    def release(self, principal: Principal) -> pd.DataFrame:
        """Every observation this reader may see, of all metrics (PUBLISHED_COLUMNS)."""
        return self._observations(principal, {})

    def headlines(self, principal: Principal) -> pd.DataFrame:
        """The borough's own figure of every metric and period (PUBLISHED_COLUMNS)."""
        wanted = {"area_kind": "borough", "breakdown": "all", "category": "all"}
        return self._observations(principal, wanted)

    def areas(self, principal: Principal, area_kind: str) -> pd.DataFrame:
        """Areas of one kind: area_kind, area_id, name, parent_id, phase, tier; by name."""
        query = (
            "select * from area where area_kind = $kind and tier in (select unnest($tiers))"
            " order by name, area_id"
        )
        return self._frame(principal, query, {"kind": area_kind})

    def shapes(self, principal: Principal, area_kind: str) -> pd.DataFrame:
        """Outlines of one kind of area (ring, seq, lon, lat in degrees), in drawing order."""
        query = "select * from area_shape where area_kind = $kind order by area_id, ring, seq"
        return self._frame(principal, query, {"kind": area_kind})

    def series(self, principal: Principal) -> pd.DataFrame:
        """The published national series: id, title, publisher, unit, polarity, topic, source."""
        return self._frame(principal, "select * from series order by topic, title, series")

    def published(
        self,
        principal: Principal,
        *,
        series: str | None = None,
        area_kinds: tuple[str, ...] | None = None,
        breakdown: str | None = None,
        category: str | None = None,
    ) -> pd.DataFrame:
        """Published national statistics as their publishers print them, oldest first.

        They are public, and shown as published, to every reader.
        """
        equal = {"series": series, "breakdown": breakdown, "category": category}
        where, values = _where(equal)
        if area_kinds is not None:
            where += " and area_kind in (select unnest($kinds))"
            values["kinds"] = list(area_kinds)
        query = (
            f"select * from published where {where}"
            " order by series, area_code, breakdown, category, period_start"
        )
        return self._frame(principal, query, values)

    def loads(self, principal: Principal) -> pd.DataFrame:
        """Every load behind this snapshot, newest first.

        Signed-in readers see it as it is. Of local extracts others see neither the file's name,
        which may say something about a child, nor its hash, and rows accepted are rounded up to
        the next ten: a small file's rows are children.
        """
        return self._frame(principal, _LOADS, {"local": list(EXTRACTS)})

    def quality(self, principal: Principal) -> pd.DataFrame:
        """What each check of the data found; failures first.

        Signed-in readers see counts as they are; others see them rounded up to the next ten where
        they are of local extracts, since few rows there are few children.
        """
        return self._frame(principal, _QUALITY, {"local": list(EXTRACTS)})

    def unrecognised(self, principal: Principal) -> pd.DataFrame:
        """Files that no reader knew, and why.

        Signed-in readers only: the name of a stray file may say something about a child.
        """
        query = (
            "select * from unrecognised where list_contains($tiers, 'partner') order by file, why"
        )
        return self._frame(principal, query)

    def signals(self, principal: Principal, metric_id: str) -> pd.DataFrame:
        """XmR chart of the borough's months or terms (table `signal`), oldest first, or no rows."""
        query = "select * from signal where metric_id = $id order by period_end"
        return self._frame(principal, query, {"id": metric_id})

    def signal_summary(self, principal: Principal) -> pd.DataFrame:
        """What the latest month or term of each metric says, in words (table `signal_summary`)."""
        return self._frame(principal, "select * from signal_summary order by metric_id")

    def funnel(self, principal: Principal, metric_id: str) -> dict[str, pd.DataFrame]:
        """Schools against their like, in the latest period: frames summary, points and limits.

        Tables `funnel`, `funnel_point` and `funnel_limit`; schools are named to partners only, so
        the frames are empty for other readers.
        """
        tables = {"summary": "funnel", "points": "funnel_point", "limits": "funnel_limit"}
        query = (
            "select * from {table} where metric_id = $id and tier in (select unnest($tiers))"
            " order by all"
        )
        return {
            name: self._frame(principal, query.format(table=table), {"id": metric_id})
            for name, table in tables.items()
        }

    def _observations(self, principal: Principal, wanted: Mapping[str, str | None]) -> pd.DataFrame:
        _require(principal)
        where, values = _where(wanted)
        query = _VISIBLE.format(columns=_OBSERVATION, where=where)
        values |= {
            "schools": sorted(principal.schools),
            "localities": sorted(principal.localities),
        }
        return self._frame(principal, query, values)

    def _frame(
        self, principal: Principal, query: str, values: dict[str, Any] | None = None
    ) -> pd.DataFrame:
        _require(principal)
        values = dict(values or {})
        if "$tiers" in query:
            values["tiers"] = list(principal.tiers)
        key = (query, repr(sorted(values.items())))
        frame = self._recall(key)
        if frame is None:
            frame = self._query(query, values)
            self._remember(key, frame)
        # Copy-on-write makes this cheap: a reader who changes their frame changes only theirs.
        return frame.copy(deep=False)

    def _query(self, query: str, values: dict[str, Any]) -> pd.DataFrame:
        try:
            return self._con.cursor().execute(query, values or None).df()
        except duckdb.CatalogException as error:
            problem = f"Snapshot {self.id} is not whole: {str(error).splitlines()[0]}"
            raise NoSnapshot(problem, AGAIN) from error

    def _recall(self, key: Any) -> pd.DataFrame | None:
        with self._results_lock:
            if key in self._results:
                self._results.move_to_end(key)
                found: pd.DataFrame = self._results[key]
                return found
        return None

    def _remember(self, key: Any, frame: pd.DataFrame) -> None:
        with self._results_lock:
            self._results[key] = frame
            while len(self._results) > REMEMBERED:
                self._results.popitem(last=False)


class _Live:
    """The handle behind `Snapshot.live`: looks at the pointer at most once a second."""

    def __init__(self, pointer: Path) -> None:
        self.pointer = pointer
        self.lock = threading.Lock()
        self.looked = float("-inf")
        self.snapshot: Snapshot | None = None

    def get(self) -> Snapshot:
        with self.lock:
            now = time.monotonic()
            if self.snapshot is None or now - self.looked >= NOTICE_SECONDS:
                self._refresh()
                self.looked = now
            assert self.snapshot is not None
            return self.snapshot

    def _refresh(self) -> None:
        try:
            path = live_path(self.pointer)
            if self.snapshot is None or path != self.snapshot.path:
                self.snapshot = Snapshot(path)
        except NoSnapshot:
            # Readers keep what they have: a pointer that is gone or broken harms no page.
            if self.snapshot is None:
                raise


def live_path(pointer: Path) -> Path:
    """The file that `current.json` points to. Raises NoSnapshot saying what to do."""
    try:
        name = json.loads(pointer.read_text(encoding="utf-8"))["snapshot"]
    except FileNotFoundError:
        raise NoSnapshot(
            f"Nothing is published: {pointer} does not exist.",
            "run semh demo to try the synthetic borough, or semh build PATH with your extracts",
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoSnapshot(
            f"{pointer} can't be read ({type(error).__name__}).", "run semh publish to write it"
        ) from error
    return pointer.parent / f"{Path(str(name)).name}.duckdb"


def _require(principal: object) -> None:
    if not isinstance(principal, Principal):
        raise TypeError(f"who is asking must be a Principal, not {type(principal).__name__}")


def _where(equal: Mapping[str, str | None]) -> tuple[str, dict[str, Any]]:
    """Equality conditions on the columns that are asked for, as SQL and its values."""
    asked: dict[str, Any] = {name: value for name, value in equal.items() if value is not None}
    return " and ".join(f"{name} = ${name}" for name in asked) or "true", asked
