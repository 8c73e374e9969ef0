"""The statutory tables as one accessible workbook: one table a sheet, nothing merged.

The dedicated schools grant management plan, the capacity survey's forecast of special educational
needs, and the Local SEND Reform Plan, from the same futures the pages show.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import gptables
import pandas as pd

from models.errors import SemhError
from models.principal import PUBLIC
from models.settings import Settings
from models.symbols import legend
from publish.snapshot import Snapshot
from reports.export import whole
from reports.statutory_money import grant, reconciled, spending
from reports.statutory_source import Ahead, read_ahead
from reports.statutory_tables import (
    by_age,
    by_need,
    by_provision,
    capacity,
    scap,
    whole_plan,
)  # fmt: skip
from reports.workbook import tamed

FILE = "semh_statutory_tables.xlsx"
YEARS = 5
"""Years ahead in the management and reform plans."""
SYNTHETIC = "Synthetic data: made by a simulation. No figure is about a real child."
CHECK = (
    "Categories are those the department's guidance names as far as this product knows them; hold"
    " them against the template of the year before a table is sent."
)
RANGES = (
    "Lowest and highest likely: 95 of 100 simulated futures lie between them. They do not add up,"
    " for not all categories are low or high at once; expected figures do."
)
DSG = "Dedicated schools grant management plan"
SCAP_TITLE = "School capacity survey, special educational needs"
REFORM = "Local SEND Reform Plan"


@dataclass(frozen=True)
class Sheet:
    """One table: what its tab says, its title, what it is about, and how it is to be read."""

    tab: str
    title: str
    table: pd.DataFrame
    scope: str
    notes: tuple[str, ...] = ()


def statutory(settings: Settings, out: Path) -> list[Path]:
    """Write the workbook of the live snapshot under `out`; returns the file written.

    It holds what everyone may read. Raises NoSnapshot when nothing is published, SemhError when
    nothing is looked ahead or `out` can't be written.
    """
    snapshot = Snapshot.live(settings)
    sheets = make_sheets(read_ahead(snapshot))
    info = snapshot.info(PUBLIC)
    synthetic = info.get("synthetic") == "true"
    cover = _cover(settings, snapshot, info, synthetic)
    try:
        out.mkdir(parents=True, exist_ok=True)
        return [whole(out / FILE, lambda path: _write(path, sheets, cover, synthetic))]
    except OSError as error:
        raise SemhError(
            f"{out} can't be written to: {error.strerror}.", "choose a folder you may write to"
        ) from error


def make_sheets(ahead: Ahead) -> list[Sheet]:
    """Every sheet of the workbook, in order."""
    children = _children(ahead)
    totals = {sheet.tab: sheet.table for sheet in children if sheet.tab.startswith("DSG")}
    return [*children, *_money(ahead), *_scap(ahead), _reform(ahead),
            _reconciliation(ahead, totals), _assumed(ahead)]  # fmt: skip


_PLANS = "Children and young people with an EHC plan the authority maintains, January counts"


def _children(ahead: Ahead) -> list[Sheet]:
    told = "Ages are told by phase: a phase is not quite its age group."
    young = "Plans of 16 to 25 are projected together: the two age groups are marked [x]."
    return [
        Sheet("DSG 1 Age", f"{DSG}: EHC plans by age group", by_age(ahead, YEARS), _PLANS,
              (told, young)),
        Sheet("DSG 2 Need", f"{DSG}: EHC plans by primary need", by_need(ahead, YEARS), _PLANS,
              ("Needs other than SEMH are projected together: each alone is marked [x].",)),
        Sheet("DSG 3 Provision", f"{DSG}: EHC plans by type of provision",
              by_provision(ahead, YEARS), _PLANS),
    ]  # fmt: skip


def _money(ahead: Ahead) -> list[Sheet]:
    scope = "Pounds in the prices of each financial year, if nothing new is done"
    split = (
        "Place funding and top-ups are divided among state-funded kinds of provision by what the"
        " commissioning register says of them; the rest goes to mainstream schools and colleges."
    )
    return [
        Sheet("DSG 4 Spending", f"{DSG}: high-needs spending", spending(ahead), scope, (split,)),
        Sheet("DSG 5 Grant", f"{DSG}: the high-needs block and the balance", grant(ahead), scope,
              ("Other blocks are taken to spend what they are given.",)),
    ]  # fmt: skip


def _scap(ahead: Ahead) -> list[Sheet]:
    scope = "Children with an EHC plan in specialist places in the borough; January counts"
    notes = ("SEN units and resourced provision are projected together: each alone is marked [x].",
             "Need is where children would be placed if places keep up with it.")  # fmt: skip
    return [
        Sheet("SCAP 1 Capacity", f"{SCAP_TITLE}: capacity", capacity(ahead),
              "Places the authority commissions in the borough"),
        Sheet("SCAP 2 Primary", f"{SCAP_TITLE}: forecast, primary, five years",
              scap(ahead, "Primary"), scope, notes),
        Sheet("SCAP 3 Secondary", f"{SCAP_TITLE}: forecast, secondary and over, seven years",
              scap(ahead, "Secondary"), scope, notes),
    ]  # fmt: skip


def _reform(ahead: Ahead) -> Sheet:
    words = "Groups of fewer than ten children are joined with others, so that none can be told of."
    return Sheet("Reform 1 Plans", f"{REFORM}: EHC plans by need, age and provision",
                 whole_plan(ahead, YEARS), _PLANS, (words,))  # fmt: skip


def _reconciliation(ahead: Ahead, totals: dict[str, pd.DataFrame]) -> Sheet:
    words = "Each total beside the figure the dashboard shows; a difference is nil or said why."
    return Sheet("Reconciliation", "Totals beside the dashboard's figures",
                 reconciled(ahead, totals), words)  # fmt: skip


def _assumed(ahead: Ahead) -> Sheet:
    columns = {"part": "Part", "what": "What is taken as given", "value": "Value",
               "source": "Source"}  # fmt: skip
    rows = ahead.assumptions.sort_values(["part", "seq"]).rename(columns=columns)
    missing = ahead.notes.assign(Value="not worked out", Source=ahead.notes["next_step"])
    missing = missing.rename(columns={"part": "Part", "problem": "What is taken as given"})
    table = pd.concat([rows, missing])[list(columns.values())].reset_index(drop=True)
    if table.empty:
        table.loc[0] = ["", "nothing is noted", "", ""]
    return Sheet("Notes and assumptions", "What the tables take as given", table,
                 "Assumptions of the projection and of the money, with their sources")  # fmt: skip


def _cover(settings: Settings, snapshot: Snapshot, info: dict[str, str], synthetic: bool
           ) -> gptables.Cover:  # fmt: skip
    profile = settings.profile
    about = [SYNTHETIC] if synthetic else []
    about += [
        f"Tables for the {DSG}, the {SCAP_TITLE} and the {REFORM}, from one set of futures.",
        CHECK, RANGES, profile.threshold("open").words(),
        f"Snapshot {snapshot.id}; data to {info.get('data_to', 'not known')}.",
        f"Questions: {profile.contact}.",
    ]  # fmt: skip
    return gptables.Cover(title=f"{profile.name}: statutory tables of SEND", intro=about[:1],
                          about=about[1:], contact=[])  # fmt: skip


def _write(path: Path, sheets: list[Sheet], cover: gptables.Cover, synthetic: bool) -> None:
    gptables.write_workbook(
        filename=str(path), cover=cover, auto_width=True,
        sheets={sheet.tab: _gptable(sheet, synthetic) for sheet in sheets},
        workbook_options={"strings_to_formulas": False, "strings_to_urls": False},
    )  # fmt: skip


def _gptable(sheet: Sheet, synthetic: bool) -> gptables.GPTable:
    return gptables.GPTable(
        table=tamed(sheet.table), table_name=sheet.tab.lower().replace(" ", "_"),
        title=sheet.title, subtitles=[SYNTHETIC] if synthetic else [], scope=sheet.scope,
        source="Simulated futures and figures of the published snapshot",
        legend=list(legend("c", "x")), instructions=" ".join(_read(sheet)), index_columns={1: 0},
    )  # fmt: skip


def _read(sheet: Sheet) -> list[str]:
    """How a sheet is to be read; ranges only where it has some."""
    return [*([RANGES] if "Figure" in sheet.table else []), *sheet.notes]
