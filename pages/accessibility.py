"""The accessibility statement, on the model form public bodies use."""

from __future__ import annotations

from components.guard import screen
from pages.blocks import Block, Links, Page, Section, Text
from pages.memory import kept
from pages.queries import Query
from pages.view import View

TITLE, PATH = "Accessibility statement", "/accessibility"


@screen(PATH, title=TITLE, group=None, order=1, query=Query)
@kept
def page(view: View, query: Query) -> Page:
    """What works for everyone, what does not yet, how it was checked, and whom to ask."""
    council = view.profile.long_name
    return Page(
        "Everyone should be able to read these figures",
        f"Accessibility statement · {council}",
        [
            _section("What you can do", _CAN),
            _section("How accessible it is", _STATUS),
            _section("What does not work well yet", _NOT_YET),
            _section("How it was checked", _CHECKED),
            Section(
                "Tell us, or ask for another form",
                (
                    Text(
                        f"Ask {view.profile.contact} at {council} for any figure in another form,"
                        " such as large print, easy read or a spreadsheet, or to report a problem."
                        " Say which page and which figure."
                    ),
                    Text(
                        "If you are not content with the answer, the Equality Advisory and Support"
                        " Service can help. The Equality and Human Rights Commission enforces the"
                        " Public Sector Bodies (Websites and Mobile Applications) (No. 2)"
                        " Accessibility Regulations 2018."
                    ),
                ),
            ),
            Links("What to do next", (("Read what the words mean", "/glossary"),)),
        ],
    )


def _section(title: str, paragraphs: tuple[str, ...]) -> Section:
    parts: tuple[Block, ...] = tuple(Text(words) for words in paragraphs)
    return Section(title, parts)


_CAN = (
    "Zoom to 400% without losing anything, use only a keyboard, listen with a screen reader, and"
    " read every figure as a table: each chart has its numbers one click away.",
    "No meaning is carried by colour alone: a word always stands beside a coloured dot.",
)
_STATUS = (
    "The pages are written to meet the Web Content Accessibility Guidelines, version 2.2, at level"
    " AA. No independent audit has been made, so conformance is not claimed.",
)
_NOT_YET = (
    "Charts can't be explored point by point with a keyboard. Their tables can, and hold the same"
    " numbers.",
    "The map of wards gives its values in a table, which is the accessible form of the map.",
)
_CHECKED = (
    "Automatic checks against the guidelines are part of the tests of every page, at the width of a"
    " desktop screen and of a telephone. They find only part of what may be wrong; no screen"
    " reader users have tested these pages yet.",
)
