"""The registers of EHC disputes and of waits for a specialist place."""

from __future__ import annotations

import numpy as np

from data.synthetic.world import World
from data.synthetic.write import Writer, iso_day, text

FOLDER = "placement"


def write_disputes(world: World, writer: Writer) -> None:
    """One file each."""
    upn = world.people["upn"].to_numpy()
    for name in ("disputes", "waits"):
        frame = world.tables[name]
        writer.table(name, frame.assign(upn=upn[frame["person"].to_numpy().astype(np.int64)]))
    dispute = {
        "dispute_id": "printf('ED%05d', number)",
        "upn": "upn",
        "kind": "kind",
        "about": "about",
        "primary_need": text("need"),
        "registered_date": iso_day("registered"),
        "decided_date": iso_day("ended"),
        "result": text("result"),
    }
    writer.write("dispute", f"{FOLDER}/dispute.csv", "disputes", dispute)
    wait = {
        "wait_id": "printf('PW%05d', number)",
        "upn": "upn",
        "primary_need": "need1",
        "wanted_provision_id": text("provision"),
        "wanted_establishment": "establishment",
        "wanted_designation": "case when semh then 'SEMH' else need1 end",
        "asked_date": iso_day("asked"),
        "placed_date": iso_day("placed"),
        "withdrawn_date": iso_day("withdrawn"),
        "meanwhile": text("meanwhile"),
    }
    writer.write("place_wait", f"{FOLDER}/place_wait.csv", "waits", wait)
