"""The command does the job or says why not, and what is published stays published."""

import json
import os
import shutil
import socket
from pathlib import Path

import pytest


@pytest.fixture()
def home(demo_home: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "home"
    shutil.copytree(demo_home, copy, ignore=shutil.ignore_patterns("synthetic"))
    return copy


def live(home: Path) -> str:
    return json.loads((home / "published" / "current.json").read_text())["snapshot"]


def refused(done, home: Path, before: str) -> str:
    assert done.returncode != 0
    assert "Traceback" not in done.stderr + done.stdout
    assert "Next:" in done.stderr + done.stdout or "Failed:" in done.stderr
    assert live(home) == before
    return done.stderr + done.stdout


BAD = {
    "empty.csv": b"",
    "binary.csv": os.urandom(4096),
    "half.csv.gz": b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xcb\x48",
    "half.zip": b"PK\x03\x04" + b"\x00" * 40,
    "header_only_half.csv": b"pupilonrolltableid,NativeId,dob,\xff\xfe\x00surn",
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_bad_file_is_said_and_harms_nothing(semh, home: Path, tmp_path: Path, name: str):
    (tmp_path / name).write_bytes(BAD[name])
    before = live(home)
    done = semh(home, "load", str(tmp_path / name))
    said = done.stderr + done.stdout
    assert "Traceback" not in said
    assert name in said.replace("\n", "")
    assert live(home) == before


def test_a_missing_file_is_said(semh, home: Path):
    said = refused(semh(home, "load", "nowhere/at/all.csv"), home, live(home))
    assert "nowhere" in said


def test_unknown_metric_is_said(semh, home: Path):
    said = refused(semh(home, "metrics", "no_such_metric"), home, live(home))
    assert "no_such_metric" in said


def test_a_port_in_use_is_said(semh, home: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = refused(semh(home, "serve", "--port", str(port), timeout=60), home, live(home))
    assert str(port) in said


def test_nothing_to_roll_back_to_is_said(semh, home: Path):
    refused(semh(home, "publish", "--rollback"), home, live(home))


def test_publish_then_roll_back(semh, home: Path):
    before = live(home)
    assert semh(home, "publish").returncode == 0
    after = live(home)
    done = semh(home, "publish", "--rollback")
    assert done.returncode == 0
    assert live(home) == before
    assert after in semh(home, "publish", "--list").stdout


def test_a_home_without_a_warehouse_is_said(semh, tmp_path: Path):
    done = semh(tmp_path / "new", "measure")
    assert done.returncode == 1
    assert "semh load" in done.stderr.replace("\n", " ")


def test_status_says_what_is_live(semh, home: Path):
    done = semh(home, "status")
    assert done.returncode == 0
    assert live(home) in done.stdout


def test_audit_finds_nothing(semh, home: Path):
    done = semh(home, "audit")
    assert done.returncode == 0, done.stdout + done.stderr


def test_demo_will_not_mix_with_real_extracts(semh, home: Path):
    import duckdb

    with duckdb.connect(str(home / "warehouse.duckdb")) as con:
        con.execute("update load set synthetic = false")
    refused(semh(home, "demo", "--no-serve", "--fresh"), home, live(home))
