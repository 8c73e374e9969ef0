"""Ten thousand spoilt files: no traceback, no hang, rows conserved, reasons given.

    python benchmarks/fuzz.py [--files 10000] [--each 400] [--seed 1] [--quick]

Small synthetic extracts are spoilt in every way below and loaded, many in one load. For each load
it is checked that it ends, in time, without an error of the program; that for every file taken rows
accepted and refused add up to the records in it, counted here on its own; that every refused row
has a reason, an action and an owner; and that every file not taken is named with why and a next
step. It prints what it measured, and ends with status 1 where anything failed.
"""

from __future__ import annotations

import argparse
import csv
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
from spoil import KINDS, RARE

from data.synthetic import generate
from ingest.pipeline import LoadReport, load_paths
from models.settings import Settings

LONGEST_LOAD = 120
"""Seconds one load may take before it counts as a hang."""
csv.field_size_limit(1 << 30)
ROWS_KEPT = 25
"""Rows of each extract that is spoilt: enough for every fault, small enough for ten thousand."""
AS_XML = 3
"""How often the return sent as XML stands among the sources, so that it is drawn now and then."""


@dataclass
class Measured:
    """What the run showed."""

    files: int = 0
    loads: int = 0
    taken: int = 0
    named: int = 0
    rows: int = 0
    refused: int = 0
    slowest: float = 0.0
    kinds: Counter = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def sources(folder: Path) -> list[tuple[str, bytes]]:
    """Small synthetic extracts, each a few rows of one file."""
    generate(folder, scale=0.01)
    found = []
    for path in sorted(folder.rglob("*.csv")):
        lines = path.read_text(encoding="utf-8").splitlines()[: ROWS_KEPT + 1]
        if len(lines) > 1:
            found.append((path.name, ("\n".join(lines) + "\n").encode()))
    found += [(path.name, path.read_bytes()) for path in sorted(folder.rglob("*.xml"))] * AS_XML
    return found


def spoil(
    delivery: Path,
    given: list[tuple[str, bytes]],
    chance: random.Random,
    count: int,
    measured: Measured,
) -> None:
    """Write so many spoilt files, each in one to three ways, some of them in a zip."""
    for number in range(count):
        name, data = chance.choice(given)
        for kind in chance.sample(sorted(KINDS), chance.choice([1, 1, 2, 3])):
            if kind in RARE and chance.random() < 0.8:
                continue
            try:
                data = KINDS[kind](data, chance)
            except (UnicodeDecodeError, IndexError, ValueError, csv.Error):
                continue  # spoilt already beyond what this way takes
            measured.kinds[kind] += 1
        folder = delivery / f"{number:04d}"
        folder.mkdir(parents=True)
        if chance.random() < 0.05:
            with zipfile.ZipFile(folder / f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(name, data)
        else:
            (folder / name).write_bytes(data)
        measured.files += 1


def alarm(_: int, __: Any) -> None:
    raise TimeoutError(f"a load took more than {LONGEST_LOAD} s")


def load(delivery: Path, home: Path, measured: Measured) -> None:
    began = time.perf_counter()
    signal.alarm(LONGEST_LOAD)
    try:
        report = load_paths(Settings(home=home), [delivery])
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        where = traceback.format_exc()[-1500:]
        measured.faults.append(f"{type(error).__name__}: {error}\n{where}")
        shutil.copytree(delivery, delivery.with_name("failed"), dirs_exist_ok=True)
        return
    finally:
        signal.alarm(0)
    measured.slowest = max(measured.slowest, time.perf_counter() - began)
    measured.loads += 1
    check(report, delivery, home, measured)


def check(report: LoadReport, delivery: Path, home: Path, measured: Measured) -> None:
    local = [row for row in report.loads if row.file.split("/")[0].isdigit()]
    measured.taken += len(local)
    measured.named += len(report.failed) + len(report.unrecognised)
    for row in local:
        measured.rows += row.rows_read
        measured.refused += row.rows_quarantined
        if row.rows_read != row.rows_accepted + row.rows_quarantined:
            measured.faults.append(f"{row.file}: rows do not add up")
        expected = records(delivery / row.file)
        if expected is not None and expected != row.rows_read:
            measured.faults.append(f"{row.file}: {expected} records, {row.rows_read} rows read")
    for file, why in [*report.failed, *report.unrecognised]:
        if not why.strip() or "Traceback" in why:
            measured.faults.append(f"{file}: no reason")
    _all_named(report, delivery, measured)
    _reasons(home, measured)


def _all_named(report: LoadReport, delivery: Path, measured: Measured) -> None:
    said = " ".join([*(f"{n} {w}" for n, w in report.failed + report.unrecognised),
                     *report.unchanged, *(r.file for r in report.loads)])  # fmt: skip
    for path in delivery.rglob("*"):
        name = path.relative_to(delivery).as_posix()
        if path.is_file() and name not in said:
            measured.faults.append(f"{name}: nothing is said of it")


def records(path: Path) -> int | None:
    """Records of a plain UTF-8 file without stray quotes, the header left out; None for others."""
    if not path.is_file():
        return None
    data = path.read_bytes()
    if (
        b'"' in data
        or b"\0" in data
        or b"\r" in data
        or data[:2] in (b"\xff\xfe", b"\xfe\xff", b"\x1f\x8b")
    ):
        return None
    lines = data.split(b"\n")
    return sum(bool(line) for line in lines[1:])


def _reasons(home: Path, measured: Measured) -> None:
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as con:
        bad = con.execute(
            "select count(*) from quarantine where reason is null or reason = '' or action is null"
            " or action = '' or owner is null or line < 2"
        ).fetchall()[0][0]
        uneven = con.execute(
            "select count(*) from load l where l.rows_quarantined <> (select count(distinct q.line)"
            " from quarantine q where q.load_id = l.load_id) and l.rows_quarantined > 0"
        ).fetchall()[0][0]
    if bad:
        measured.faults.append(f"{bad} refused rows without a reason, action, owner or line")
    if uneven:
        measured.faults.append(f"{uneven} loads whose refused rows are not all listed")


def run(files: int, each: int, seed: int, minutes: float, folder: Path) -> Measured:
    """Spoil and load; a new home every few loads, as a warehouse of rubbish only slows the rest."""
    signal.signal(signal.SIGALRM, alarm)
    measured, given = Measured(), sources(folder / "borough")
    began = time.perf_counter()
    for batch in range(-(-files // each)):
        if time.perf_counter() - began > minutes * 60:
            break
        chance = random.Random(f"{seed}-{batch}")
        delivery, home = folder / "delivery", folder / "home"
        for old in (delivery, home):
            shutil.rmtree(old, ignore_errors=True)
        spoil(delivery, given, chance, min(each, files - batch * each), measured)
        load(delivery, home, measured)
        print(f"{measured.files} files, {len(measured.faults)} faults", file=sys.stderr)
    return measured


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--files", type=int, default=10_000)
    arguments.add_argument("--each", type=int, default=400, help="files in one load")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--minutes", type=float, default=240, help="stop after so long")
    arguments.add_argument("--quick", action="store_true", help="200 files")
    given = arguments.parse_args()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        measured = run(
            200 if given.quick else given.files, given.each, given.seed, given.minutes, Path(folder)
        )
    took = time.perf_counter() - began
    print(f"{measured.files:,} spoilt files in {measured.loads:,} loads, {took:,.0f} s")
    print(f"slowest load {measured.slowest:.1f} s")
    print(f"tables taken row by row {measured.taken:,}: {measured.rows:,} rows read,")
    print(f"  of which refused with reasons {measured.refused:,}")
    print(f"files refused or passed over by name {measured.named:,}")
    print("ways: " + ", ".join(f"{name} {n:,}" for name, n in measured.kinds.most_common()))
    print(f"faults: {len(measured.faults)}")
    for fault in measured.faults[:20]:
        print(f"  {fault}")
    raise SystemExit(1 if measured.faults else 0)


if __name__ == "__main__":
    main()
