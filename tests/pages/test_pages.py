"""Every page can be made for every reader in every state of its address."""

import importlib

import pytest

from components.guard import SCREENS, NotFound
from pages import MODULES
from pages.blocks import Beside, Details, Figure, Note, Page, Section, Table, WaterfallFigure
from pages.queries import read_query

for name in MODULES:
    importlib.import_module(f"pages.{name}")

PLAIN = sorted(path for path, screen in SCREENS.items() if not screen.variable)


def make(view, path, *name, **state) -> Page:
    one = SCREENS[path]
    query, _ = read_query(one.query, state)
    return one.build(view, query, *name)


def parts_of(parts):
    for part in parts:
        yield part
        if isinstance(part, Section | Details):
            yield from parts_of(part.parts)
        if isinstance(part, Beside):
            yield from parts_of([*part.wide, *part.narrow])


@pytest.fixture(params=["public", "partner"])
def view(request):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("path", PLAIN)
def test_every_page_is_made_for_every_reader(view, path):
    page = make(view, path)
    assert page.headline
    assert not page.headline.endswith(".")
    assert list(page.parts)


def test_the_pages_agreed_are_registered():
    agreed = {
        "/", "/this-month", "/demand", "/sufficiency", "/pathways", "/out-of-borough-cost",
        "/outcomes", "/partnerships", "/evidence", "/workforce", "/schools", "/compare", "/data",
        "/measure/<metric_id>", "/accessibility",
        "/glossary",
    }  # fmt: skip
    assert agreed <= set(SCREENS)


def test_every_measure_has_its_page_in_every_group(view):
    for metric in view.metrics:
        for show in ["all", *metric["breakdowns"]]:
            page = make(view, "/measure/<metric_id>", metric["id"], show=show)
            assert str(metric["title"])[:10].lower() in str(page).lower()


def test_an_unknown_measure_is_not_found(public):
    with pytest.raises(NotFound):
        make(public, "/measure/<metric_id>", "no_such_thing")


@pytest.mark.parametrize("path", ["/demand", "/sufficiency", "/out-of-borough-cost", "/outcomes"])
def test_topic_pages_show_groups(view, path):
    for metric in view.metrics:
        for show in view.named_breakdowns([metric]):
            make(view, path, measure=metric["id"], show=show)


@pytest.mark.parametrize("part", ["loads", "files", "checks", "missing", "measures", "rules"])
def test_every_part_of_the_data_page(view, part):
    assert list(make(view, "/data", part=part).parts)


def test_no_reader_gets_another_readers_page(public, partner):
    for path in PLAIN:
        make(partner, path)
    assert "not shown to the public" in make(public, "/schools").headline
    assert "Choose your school" in make(partner, "/schools").headline


def test_rows_read_are_rows_accepted_and_refused(public):
    part = next(p for p in parts_of(make(public, "/data").parts) if isinstance(p, Table))
    for row in part.rows.to_dict("records"):
        read, good, bad = (
            int(row[n].replace(",", "")) for n in ("Rows read", "Accepted", "Refused")
        )
        assert read == good + bad


def test_a_worked_example_is_shown_as_tables():
    from pages.measure import _examples

    spec = [
        {
            "example": "One of two pupils",
            "given": {"pupil_census": [{"person_id": "A", "urn": 900001}]},
            "expect": [{"period": "2024/25", "value": 50.0}],
        }
    ]
    note, section = _examples(spec)
    assert "Invented" in note.words
    assert section.title == "One of two pupils"
    assert [t.caption for t in section.parts] == ["Given: pupil census", "Comes out"]
    assert _examples(None)[0].title == "No worked example"


def test_schools_for_the_public_says_why_and_what_instead(public):
    page = make(public, "/schools", school="900001")
    assert "not shown to the public" in page.headline
    assert not any(isinstance(p, Figure | Table) for p in parts_of(page.parts))


def test_a_headteacher_sees_one_school_and_no_ranking(partner):
    page = make(partner, "/schools", school="900001")
    assert page.headline.startswith("Alder")
    tables = [p for p in parts_of(page.parts) if isinstance(p, Table)]
    named = next(t for t in tables if "alphabetical" in t.caption)
    assert list(named.rows["School"]) == sorted(named.rows["School"])


def test_no_figure_has_more_than_four_lines(partner):
    for path in PLAIN:
        for part in parts_of(make(partner, path).parts):
            assert len(getattr(part, "lines", ())) <= 4


def test_every_figure_has_title_source_and_table(partner):
    figures = [p for path in PLAIN for p in parts_of(make(partner, path).parts)]
    figures = [f for f in figures if isinstance(f, Figure)]
    assert len(figures) > 6
    for figure in figures:
        assert figure.title and figure.subtitle and figure.about.source
        assert len(figure.table)


def test_figure_ids_are_fit_for_an_address(partner):
    for path in PLAIN:
        for part in parts_of(make(partner, path).parts):
            if isinstance(part, Figure):
                assert part.id.replace("-", "").replace("_", "").isalnum()


def test_the_public_sees_no_school_name(public, partner):
    from pages.similar import schools

    names = {s.name for s in schools(partner).values()}
    for path in PLAIN:
        said = str(make(public, path))
        assert not [name for name in names if name in said]


@pytest.mark.parametrize(
    "state",
    [
        {"show": "<script>"},
        {"show": "x" * 500},
        {"measure": "'; drop table"},
        {"measure": "no_such"},
        {"show": "school"},
        {"other": "1"},
    ],
)
def test_what_the_address_says_never_breaks_a_page(public, state):
    assert make(public, "/demand", **state).headline


def test_compare_finds_a_series_and_a_topic(public):
    page = make(public, "/compare", topic="Behaviour", indicator="TotPermEx")
    assert {s.name: s.value for s in page.selectors} == {
        "topic": "Behaviour",
        "indicator": "TotPermEx",
    }
    figures = [p for p in parts_of(page.parts) if isinstance(p, Figure)]
    assert figures[0].id == "series-totpermex"
    assert len(figures[1].bars) == 11


def test_the_parts_of_the_cost_add_up_and_no_cell_looks_like_a_formula(view):
    page = make(view, "/out-of-borough-cost")
    drawn = next(p for p in parts_of(page.parts) if isinstance(p, WaterfallFigure))
    first, *parts, last = (step.amount for step in drawn.steps)
    assert first + sum(parts) == pytest.approx(last)
    assert not any(str(cell).startswith(("+", "-", "\u2212")) for cell in drawn.table["A year"])


def test_the_public_is_told_why_schools_are_not_listed(public):
    page = make(public, "/demand", show="school")
    titles = [p.title for p in page.parts if isinstance(p, Note)]
    assert "Figures by school are not shown to the public" in titles


def test_years_say_of_what_kind_they_are(public):
    page = make(public, "/measure/<metric_id>", "oob_spend")
    figure = next(p for p in parts_of(page.parts) if isinstance(p, Figure))
    assert ", financial years 20" in figure.subtitle


def test_other_topics_of_the_comparison_are_folded(public):
    page = make(public, "/compare")
    tables = [p for p in page.parts if isinstance(p, Section) for p in p.parts]
    assert sum(isinstance(p, Table) for p in tables) == 1
