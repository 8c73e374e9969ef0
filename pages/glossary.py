"""Glossary: the words of the field in plain English."""

from __future__ import annotations

from components.guard import screen
from pages.blocks import Links, Page, Section, Terms
from pages.data import SYMBOLS
from pages.memory import kept
from pages.queries import Query
from pages.terms import TERMS
from pages.view import View

TITLE, PATH = "Glossary", "/glossary"


@screen(PATH, title=TITLE, group="Behind the numbers", order=2, query=Query)
@kept
def page(view: View, query: Query) -> Page:
    """Every term, and every symbol in the tables."""
    return Page(
        "What the words mean",
        f"{len(TERMS)} terms, in plain English",
        [
            Section("Terms", (Terms(tuple((t.name, t.meaning) for t in TERMS)),)),
            Section("Symbols", (Terms(SYMBOLS),)),
            Links("What to do next", (("See how figures are made", "/data?part=rules"),)),
        ],
    )
