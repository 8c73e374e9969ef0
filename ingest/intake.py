"""Finding and reading what is under the paths given: local extracts, other files, broken ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ingest.aliases import Aliases, load_aliases
from ingest.discover import Found, discover
from ingest.errors import BadFile
from ingest.parts import as_text, parts
from ingest.periods import period_in_name
from ingest.recognise import nearest, recognise
from ingest.source import (
    GZIP,
    Bytes,
    Header,
    Part,
    blocks,
    examine,
    header,
    magic,
    unpack,
)
from ingest.staging import Candidate
from ingest.workbench import Workbench
from models.extract import Extract


@dataclass
class Intake:
    """What was found: tables of local extracts, files for other readers, and what is broken."""

    candidates: list[Candidate] = field(default_factory=list)
    others: list[tuple[Found, str]] = field(default_factory=list)
    """Files that no local contract knows, with why."""
    repeats: list[str] = field(default_factory=list)
    """Tables whose bytes came twice in one delivery."""
    broken: list[BadFile] = field(default_factory=list)
    broken_parts: list[tuple[Part, type[Extract]]] = field(default_factory=list)
    """Tables known by their header that can't be read to the end."""


def take_in(bench: Workbench, given: Iterable) -> Intake:
    """Look at every file once: what it is, and whether it can be read."""
    intake = Intake()
    aliases = load_aliases(bench.settings)
    found, intake.broken = discover(list(given))
    known: dict[str, str] = {}
    for one in found:
        _look(bench, one, intake, known, aliases)
    return intake


def _look(
    bench: Workbench, one: Found, intake: Intake, known: dict[str, str], aliases: Aliases
) -> None:
    try:
        tables = [(part, head, recognise(head.columns, aliases))
                  for part in parts(one, bench.scratch, aliases)
                  if (head := _header(part)) is not None]  # fmt: skip
        local = [(part, contract) for part, _, contract in tables if contract]
        if not local:
            _refuse_bombs(one)
            intake.others.append((one, _why(tables)))
    except BadFile as error:
        intake.broken.append(error)
        return
    for part, contract in local:
        try:
            _take(bench, part, contract, intake, known, aliases)
        except BadFile as error:
            intake.broken.append(error)
            intake.broken_parts.append((part, contract))


def _header(part: Part) -> Header | None:
    """A member of an archive that can't be read is passed over: another reader may know it."""
    try:
        return header(part)
    except BadFile:
        if part.member is None:
            raise
        return None


def _refuse_bombs(one: Found) -> None:
    """Other readers unpack whole files; one that unpacks without end never gets to them."""
    if magic(one, one.path).startswith(GZIP):
        for _ in blocks(Part(one)):
            pass


def _take(
    bench: Workbench,
    part: Part,
    contract: type[Extract],
    intake: Intake,
    known: dict[str, str],
    aliases: Aliases,
) -> None:
    part = as_text(part, contract, bench.scratch)
    found = header(part)
    assert found is not None  # it was recognised by it
    head = replace(found, columns=aliases.named(contract, found.columns))
    read: Bytes = examine(part, head)
    # Two terms' empty tables are the same bytes, so the period is part of what makes a repeat.
    period = period_in_name(part.name, contract.family)
    first = known.setdefault(f"{contract.extract} {period} {read.content_hash}", part.name)
    if first != part.name:
        intake.repeats.append(f"{part.name} (the same as {first})")
        return
    source = unpack(part, head, read, bench.scratch)
    intake.candidates.append(Candidate(source, contract))


def _why(tables: list[tuple[Part, Header, type[Extract] | None]]) -> str:
    if not tables:
        return "it is no table in a layout that is known"
    return nearest(tables[0][1].columns)
