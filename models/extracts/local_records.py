"""The council's own records of panels, support, staff, voice, money and places, in one list."""

from __future__ import annotations

from models.extract import Extract
from models.extracts import capital, finance, interventions, panel, voice, workforce

LOCAL_RECORDS: list[type[Extract]] = [
    *panel.MODULES,
    *interventions.MODULES,
    *workforce.MODULES,
    *voice.MODULES,
    *finance.MODULES,
    *capital.MODULES,
]
