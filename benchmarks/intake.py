"""Typing, checking, quarantining and pseudonymising a census table, against a bare read of it.

    python benchmarks/intake.py [--rows 2000000] [--runs 5] [--big 5] [--quick]

Both are timed in turn in one run, so that the ratio does not hang on what else the machine does;
medians are printed. `--big` writes a file of so many gigabytes by repetition, loads it in a process
of its own and prints that process's peak resident memory.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from data.synthetic import generate
from ingest import raw_lines, refused, staging
from ingest.discover import Found
from ingest.pseudonyms import use_pseudonyms
from ingest.recognise import recognise
from ingest.source import Part, examine, header, unpack
from ingest.staging import Candidate
from ingest.workbench import Workbench, open_workbench
from models.settings import Settings

RATIO, MEMORY_GB = 2.0, 3.0
CENSUS = "school_census/2025_spring_{}.csv"


def enlarge(borough: Path, out: Path, rows: int) -> Path:
    """The pupils on roll of a borough, repeated under keys and UPNs of their own."""
    source = (borough / CENSUS.format("pupilonroll")).as_posix()
    target = out / "2025_spring_pupilonroll.csv"
    with duckdb.connect() as con:
        con.execute("set threads = 2")
        con.execute(f"create table once as select * from read_csv('{source}', all_varchar = true)")
        [(held,)] = con.execute("select count(*) from once").fetchall()
        con.execute(
            "copy (select * replace (pupilonrolltableid || 'x' || r as pupilonrolltableid,"
            " case when upn similar to '[A-Z][0-9]{11}[0-9A-Z]' then left(upn, 1)"
            " || printf('%011d', (row_number() over ()) % 100000000000) || right(upn, 1)"
            " else upn end as upn)"
            f" from once, range({-(-rows // held)}) t(r) limit {rows}) to '{target}' (header)"
        )
    return target


def bare(path: Path) -> float:
    """Seconds of `read_csv` of every column into a table, in memory."""
    with duckdb.connect() as con:
        con.execute("set threads = 2")
        began = time.perf_counter()
        con.execute(f"create table bare as select * from read_csv('{path}')")
        return time.perf_counter() - began


def candidate(bench: Workbench, path: Path) -> Candidate:
    part = Part(Found(path, path.name, True))
    head = header(part)
    assert head is not None
    source = unpack(part, head, examine(part, head), bench.scratch)
    contract = recognise(head.columns)
    assert contract is not None
    return Candidate(source, contract)


def checked(path: Path, census: Path, home: Path) -> tuple[float, dict[str, float]]:
    """Seconds to type, check, quarantine and pseudonymise the same file, and each part of that."""
    shutil.rmtree(home, ignore_errors=True)
    settings = Settings(home=home, memory_limit="2GB", threads=2)
    parts: dict[str, float] = {}
    with open_workbench(settings) as bench:
        con = bench.con
        use_pseudonyms(con, settings)
        header_file, pupils = candidate(bench, census), candidate(bench, path)
        staging.make_tables(con, [header_file, pupils])
        staging.stage(con, [header_file])
        began = time.perf_counter()

        def step(name: str, job: Callable[[], object]) -> None:
            start = time.perf_counter()
            job()
            parts[name] = time.perf_counter() - start

        step("type and check", lambda: staging.stage(con, [pupils]))
        step("quarantine", lambda: quarantine(bench, pupils))
        step(
            "pseudonymise",
            lambda: con.execute(
                "create table staging.known as select file, pseudonym('upn', upn) as person_id,"
                " date_trunc('month', dob)::date as birth_month from staging.sc_pupilonroll"
            ),
        )
        return time.perf_counter() - began, parts


def quarantine(bench: Workbench, pupils: Candidate) -> None:
    """Lines, reasons and the sealed rows, as a load writes them."""
    con, sources = bench.con, {pupils.key: pupils.source}
    staging.count_rejects(con)
    refused.number_lines(con, sources)
    refused.list_rules(con)
    con.execute("update staging.files set take = file = ?, load_id = 'one'", [pupils.key])
    refused.write_quarantine(con)
    raw_lines.write_raw_lines(bench, sources)


def compare(rows: int, runs: int, folder: Path) -> bool:
    borough = folder / "borough"
    generate(borough, scale=0.05)
    path, census = enlarge(borough, folder, rows), borough / CENSUS.format("schoolcensus")
    times: list[tuple[float, float]] = []
    worked: list[tuple[float, float]] = []
    parts: list[dict[str, float]] = []
    bare(path)  # so that both find the file in the system's cache
    for _ in range(runs):
        start = time.process_time()
        plain = bare(path)
        between = time.process_time()
        whole, each = checked(path, census, folder / "home")
        times.append((plain, whole))
        worked.append((between - start, time.process_time() - between))
        parts.append(each)
    ratio = statistics.median(whole / plain for plain, whole in times)
    print(f"rows {rows:,}, file {path.stat().st_size / 1e6:,.0f} MB, {runs} runs, medians")
    print(f"bare read_csv of all columns, s        {statistics.median(p for p, _ in times):8.2f}")
    print(f"typed, checked, refused, pseudonyms, s {statistics.median(w for _, w in times):8.2f}")
    for name in parts[0]:
        print(f"  {name:<36} {statistics.median(p[name] for p in parts):8.2f}")
    held = ratio <= RATIO
    busy = statistics.median(w / b for b, w in worked)
    print(f"ratio of processor time, median        {busy:8.2f}")
    print(f"ratio, best of runs                    {min(w / p for p, w in times):8.2f}")
    print(f"ratio, median of runs                  {ratio:8.2f}   limit {RATIO}"
          f" {'held' if held else 'MISSED'}")  # fmt: skip
    return held


def big(gigabytes: float, folder: Path) -> bool:
    """Load a file of so many gigabytes; what is printed is the loading process's peak."""
    borough = folder / "big"
    generate(borough, scale=0.02)
    piece = enlarge(borough, folder, 200_000)
    delivery = folder / "delivery"
    delivery.mkdir()
    shutil.copy(borough / CENSUS.format("schoolcensus"), delivery)
    _repeat(piece, delivery / piece.name, int(gigabytes * 1e9))
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, __file__, "--load", str(delivery), "--home", str(folder / "home")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    print(done.stderr[-800:], end="")
    said = json.loads(done.stdout.splitlines()[-1])
    size = (delivery / piece.name).stat().st_size / 1e9
    held = said["peak_gb"] <= MEMORY_GB
    print(f"{size:.1f} GB, {said['rows']:,} rows in {time.perf_counter() - began:,.0f} s,"
          f" {said['refused']:,} refused")  # fmt: skip
    print(f"peak resident memory, GB {said['peak_gb']:8.2f}   limit {MEMORY_GB}"
          f" {'held' if held else 'MISSED'}")  # fmt: skip
    return held


def _repeat(piece: Path, out: Path, size: int) -> None:
    """The piece again and again, each time under other keys, up to a size."""
    head, _, rows = piece.read_bytes().partition(b"\n")
    marks = rows.replace(b"x", b"~")
    with out.open("wb") as whole:
        whole.write(head + b"\n")
        for number in range(max(1, size // len(rows))):
            whole.write(marks.replace(b"~", b"x%d." % number))


def load(delivery: Path, home: Path) -> None:
    from ingest.pipeline import load_paths

    report = load_paths(Settings(home=home, memory_limit="2GB", threads=2), [delivery])
    if report.failed:
        raise SystemExit(str(report.failed))
    rows = [r for r in report.loads if r.extract == "sc_pupilonroll"]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9
    said = {"rows": rows[0].rows_read, "refused": rows[0].rows_quarantined, "peak_gb": peak}
    print(json.dumps(said))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=2_000_000)
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--big", type=float, help="gigabytes of the large file")
    arguments.add_argument("--quick", action="store_true", help="20,000 rows, one run, no verdict")
    arguments.add_argument("--load", type=Path, help=argparse.SUPPRESS)
    arguments.add_argument("--home", type=Path, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.load:
        load(given.load, given.home)
        return
    with tempfile.TemporaryDirectory() as folder:
        if given.big:
            held = big(given.big, Path(folder))
        else:
            rows, runs = (20_000, 1) if given.quick else (given.rows, given.runs)
            held = compare(rows, runs, Path(folder)) or given.quick
    raise SystemExit(0 if held else 1)


if __name__ == "__main__":
    main()
