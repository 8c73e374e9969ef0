"""The SEN2 person-level return as XML, streamed into the same nine tables as its CSV export.

An element named like a module starts a row of that module; a leaf is a field of the row it stands
in; elements that only group others are passed through. So versions 1.1 to 1.3 read alike, and the
only list of fields is the contract. The export's table keys are made here: the file's own mark and
a number. A document type or an entity is refused, so nothing can be expanded or fetched.
"""

from __future__ import annotations

import csv
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from xml.parsers import expat

from ingest.errors import BadFile
from ingest.source import CHUNK, Part
from models.extract import Extract
from models.extracts import EXTRACTS

MODULES = {n.removeprefix("sen2_"): c for n, c in EXTRACTS.items() if c.family == "sen2"}
ROOT = "sen2"
DEEPEST = 50
LONGEST_CELL = 100_000
TELLING = (b"person", b"requests")
EXPORT_AGAIN = "export the return from the SEN case system again and send it whole"


def may_be(start: bytes) -> bool:
    """Whether the first bytes of an XML file look like a SEN2 return."""
    plain = start.replace(b"\0", b"").lower()
    return b"sen2" in plain and b"<" in plain


def parts(part: Part) -> Iterator[Part]:
    """The nine tables of a return, or the file as text where it is another kind of XML."""
    with part.place.open("rb") as raw:
        start = raw.read(1 << 16)
    if not may_be(start):
        yield part
        return
    _parse(part, _Sniffer())
    for module, contract in MODULES.items():
        member = f"{part.member}!{module}" if part.member else module
        columns = tuple(contract.layout().values())
        yield Part(part.found, member, part.path, kind="xml", columns=columns)


def flatten(part: Part, contract: type[Extract], scratch: Path) -> Path:
    """The table of one module as CSV in the scratch folder; all nine are written at once.

    Raises BadFile where the XML is broken or holds a document type or an entity.
    """
    with part.place.open("rb") as raw:
        mark = hashlib.file_digest(raw, "sha256").hexdigest()[:12]
    paths = {m: scratch / f"{mark}_{m}.csv" for m in MODULES}
    wanted = paths[contract.extract.removeprefix("sen2_")]
    if not wanted.exists():
        with ExitStack() as stack:
            writers = {m: _writer(stack, m, path) for m, path in paths.items()}
            _parse(part, Flattener(mark, writers))
    return wanted


def _writer(stack: ExitStack, module: str, path: Path) -> Any:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    out = stack.enter_context(open(handle, "w", encoding="utf-8", newline=""))
    writer = csv.DictWriter(out, list(MODULES[module].columns()), lineterminator="\n")
    writer.writerow(MODULES[module].layout())
    return writer


class _Sniffer:
    """Reads through without keeping anything: is it well-formed, and free of entities?"""

    def start(self, name: str, attributes: dict) -> None:
        """An element starts."""

    def text(self, piece: str) -> None:
        """Text inside an element."""

    def end(self, name: str) -> None:
        """An element ends."""


class Flattener(_Sniffer):
    """Rows of the nine modules, written as their elements end."""

    def __init__(self, mark: str, writers: dict[str, Any]) -> None:
        self.mark, self.writers = mark, writers
        self.counts = dict.fromkeys(writers, 0)
        self.rows: list[tuple[str, dict[str, str]]] = []
        self.depth_of: list[str] = []
        self.cell: list[str] = []
        self.root = self._row(ROOT)

    def _row(self, module: str) -> dict[str, str]:
        """A new row with its own key and those of the rows it stands in."""
        self.counts[module] += 1
        above = {f"{m}tableid": row[f"{m}tableid"] for m, row in self.rows}
        if module != ROOT:
            above[f"{ROOT}tableid"] = self.root[f"{ROOT}tableid"]
        fields = MODULES[module].columns()
        keys = above | {f"{module}tableid": f"{self.mark}{module[:2]}{self.counts[module]}"}
        return {name: value for name, value in keys.items() if name in fields}

    def start(self, name: str, attributes: dict) -> None:
        """A row of a module starts, or a leaf, or a group that is passed through."""
        self.cell = []
        if name in MODULES and name != ROOT:
            self.rows.append((name, self._row(name)))

    def text(self, piece: str) -> None:
        """Part of a cell."""
        self.cell.append(piece)

    def end(self, name: str) -> None:
        """A cell or a row is whole."""
        if name in MODULES and name != ROOT:
            module, row = self.rows.pop()
            self.writers[module].writerow(row)
            return
        module, row = self.rows[-1] if self.rows else (ROOT, self.root)
        value = " ".join("".join(self.cell).split())
        if value and name in MODULES[module].columns():
            row.setdefault(name, value)
        self.cell = []

    def close(self) -> None:
        """The header's row, once the whole is read."""
        self.writers[ROOT].writerow(self.root)


def _parse(part: Part, reader: _Sniffer) -> None:
    parser = _parser(part, reader)
    try:
        with part.place.open("rb") as raw:
            while block := raw.read(CHUNK):
                parser.Parse(block, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise BadFile(
            part.name, "XML that is broken", "a whole, well-formed return", EXPORT_AGAIN,
            line=error.lineno,
        ) from error  # fmt: skip
    if isinstance(reader, Flattener):
        reader.close()


def _parser(part: Part, reader: _Sniffer) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    refuse = _refusal(part, parser)
    parser.StartDoctypeDeclHandler = refuse("a document type (DTD)")
    parser.EntityDeclHandler = refuse("an entity of its own")
    parser.ExternalEntityRefHandler = refuse("a reference to another file")
    depth = Depth(part)

    def start(name: str, attributes: dict) -> None:
        depth.down()
        reader.start(_local(name), attributes)

    def end(name: str) -> None:
        depth.up()
        reader.end(_local(name))

    def text(piece: str) -> None:
        depth.count(len(piece))
        reader.text(piece)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    return parser


def _refusal(part: Part, parser: expat.XMLParserType) -> Callable[[str], Callable]:
    def refuse(found: str) -> Callable:
        def handler(*_: object) -> None:
            raise BadFile(
                part.name, found, "plain XML without any", EXPORT_AGAIN,
                line=parser.CurrentLineNumber,
            )  # fmt: skip

        return handler

    return refuse


class Depth:
    """How deep the elements stand and how long the text between them is, both limited."""

    def __init__(self, part: Part) -> None:
        self.part, self.depth, self.length = part, 0, 0

    def down(self) -> None:
        """One element deeper."""
        self.depth, self.length = self.depth + 1, 0
        if self.depth > DEEPEST:
            raise BadFile(
                self.part.name, "elements in elements without end", f"{DEEPEST} at most",
                EXPORT_AGAIN,
            )  # fmt: skip

    def up(self) -> None:
        """One element up."""
        self.depth, self.length = self.depth - 1, 0

    def count(self, characters: int) -> None:
        """More text in the same place."""
        self.length += characters
        if self.length > LONGEST_CELL:
            raise BadFile(
                self.part.name, "a cell of more than a hundred thousand characters",
                "a code, a date or a name", EXPORT_AGAIN,
            )  # fmt: skip


def _local(name: str) -> str:
    """An element's name without its namespace, as the CSV export spells it."""
    return name.rpartition(":")[2].lower()
