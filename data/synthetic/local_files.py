"""The council's own records, written one after another."""

from __future__ import annotations

from data.synthetic.budgets import write_money
from data.synthetic.panels import write_panels
from data.synthetic.partners import write_partners
from data.synthetic.staff import write_staff
from data.synthetic.support import write_support
from data.synthetic.voices import write_voices
from data.synthetic.world import World
from data.synthetic.write import Writer


def write_local(world: World, writer: Writer) -> None:
    """Panels, returns, support, staff, voice, money and places."""
    for write in (
        write_panels,
        write_partners,
        write_support,
        write_staff,
        write_voices,
        write_money,
    ):
        write(world, writer)
