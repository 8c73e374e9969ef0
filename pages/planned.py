"""Which schemes to build, for what budget: what each saves, and who is left without a place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pandas as pd

from models.likely import odds
from pages.ahead_read import rows_of
from pages.blocks import (
    About,
    Bar,
    BarFigure,
    Block,
    Bullet,
    Bullets,
    Card,
    Cards,
    Details,
    Entry,
    Form,
    Note,
    Section,
    Table,
)
from pages.gaps import designation, place
from pages.queries import SufficiencyQuery
from pages.view import View
from pages.words import MINUS, number, sentence_case

TITLE = "Which schemes to build, for what budget?"
FAIR, FREE = "fair", "free"
_USUAL = 0.5


_POUNDS = re.compile(r"£([\d,]+)")


def money(value: float) -> str:
    """Pounds as exact as a plan can be: £5.5 million, £380,000."""
    sign, size = (MINUS if value < 0 else ""), abs(value)
    if size >= 1_000_000:
        return f"{sign}£{size / 1_000_000:,.1f} million"
    return f"{sign}£{round(size, -4 if size >= 100_000 else -3):,.0f}"


def _less_exact(found: re.Match[str]) -> str:
    return money(float(found[1].replace(",", "")))


def planned(view: View, query: SufficiencyQuery) -> Sequence[Block]:
    """The plan for the budget asked for; why there is none; nothing where none was looked for."""
    runs = rows_of(view, "plan_run")
    if runs.empty:
        return _nothing(view)
    run = _chosen(runs, query)
    parts: list[Block] = [_form(runs, run)]
    if run["problem"]:
        words = f"{sentence_case(str(run['problem']))}."
        parts.append(Note("No plan keeps to these limits", words, "concern"))
    else:
        parts += _plan(view, run)
    parts.append(_assumptions(view))
    subtitle = (
        "Chosen for the least cost expected over the simulated futures: places outside the borough,"
        " transport, running costs and capital"
    )
    return (Section(TITLE, tuple(parts), subtitle, "plan"),)


def _nothing(view: View) -> Sequence[Block]:
    notes = rows_of(view, "outlook_note")
    why = notes[notes["part"] == "schemes"]
    if len(why):
        words = f"{sentence_case(str(why['problem'].iloc[0]))}. {why['next_step'].iloc[0]}."
        return (Section(TITLE, (Note("Not planned", words),)),)
    if rows_of(view, "gap").empty:
        return ()
    words = "Schemes are places in one locality, so they are for those who are signed in."
    return (Section(TITLE, (Note("Not shown to the public", words, "none"),)),)


def _chosen(runs: pd.DataFrame, query: SufficiencyQuery) -> dict[Any, Any]:
    """The run the address asks for, else the one of half of what all schemes would cost."""
    share = _USUAL if query.budget is None else query.budget / 100
    kind = runs["margin"].isna() if query.fair == "no" else runs["margin"].notna()
    rows = runs[kind] if kind.any() else runs
    nearest = rows.assign(off=(rows["budget_share"] - share).abs()).sort_values("off")
    return dict(nearest.iloc[0].items())


def _form(runs: pd.DataFrame, run: dict[Any, Any]) -> Form:
    each = runs.drop_duplicates("budget_share").sort_values("budget_share")
    options = tuple(
        (f"{100 * r['budget_share']:.0f}", _budget_words(r)) for r in each.to_dict("records")
    )
    kinds = [("yes", "Keep it fair between localities"), ("no", "Whatever costs least")]
    both = tuple(kinds if runs["margin"].notna().any() else kinds[1:])
    fair = "no" if pd.isna(run["margin"]) else "yes"
    return Form(
        "Try a budget",
        ((
            Entry("budget", "Capital to spend", f"{100 * run['budget_share']:.0f}",
                  options=options),
            Entry("fair", "Between localities", fair, options=both),
        ),),
        "Every plan was worked out beforehand, so the answer comes at once.",
    )  # fmt: skip


def _budget_words(row: dict[Any, Any]) -> str:
    if not row["budget_share"]:
        return "Nothing to spend"
    said = money(row["budget"])
    return f"{said}, enough for all" if row["budget_share"] >= 1 else said


def _plan(view: View, run: dict[Any, Any]) -> list[Block]:
    rows = rows_of(view, "plan_choice")
    rows = rows[rows["plan_id"] == run["plan_id"]].sort_values("worth", ascending=False)
    mine = rows[rows["chosen"]]
    return [
        _cards(run, mine),
        *([_figure(view, mine)] if len(mine) else []),
        _table(view, mine, "What to build", "Saves") if len(mine) else _none(run),
        *_unmet(view, run),
        _doubts(rows, run),
        Details("Schemes not chosen, and why", (_left(view, rows[~rows["chosen"]]),)),
    ]


def _none(run: dict[Any, Any]) -> Note:
    words = "With nothing to spend, nothing is built." if not run["budget"] else (
        "No scheme saves more than it costs.")  # fmt: skip
    return Note("Nothing is built in this plan", words, "none")


def _cards(run: dict[Any, Any], mine: pd.DataFrame) -> Cards:
    saved = run["nothing"] - run["expected"]
    worth = "over the years planned"
    return Cards((
        Card("Schemes to build", number(len(mine)), "of those on the list",
             f"{number(mine['places'].sum())} places", "chosen, not decided", "neutral"),
        Card("Capital", money(run["capital"]), "of the budget",
             f"{money(run['budget'])} to spend", "spent once", "neutral"),
        Card("Expected to save", money(saved) if saved > 0 else "nothing", worth,
             f"costs of {money(run['expected'])}, not {money(run['nothing'])} with nothing built",
             "costs less" if saved > 0 else "no saving", "improvement" if saved > 0 else "neutral"),
    ))  # fmt: skip


def _figure(view: View, mine: pd.DataFrame) -> BarFigure:
    top = mine.iloc[0]
    return BarFigure(
        id="plan-worth",
        title=f"Most saved by: {str(top['name']).split(',')[0]}, {_where(view, top)}",
        subtitle="What each scheme saves beside the others chosen, pounds, with the range of 19"
        " in 20 futures",
        table=_worth_table(view, mine),
        about=_about(view),
        note="A bar to the left of nought is a scheme that costs more than it saves, built so that"
        " the limits are kept." if (mine["worth"] < 0).any() else "",
        bars=tuple(
            Bar(_name(view, r), float(r["worth"]), money(r["worth"]), float(r["worth_low"]),
                float(r["worth_high"]))
            for r in mine.to_dict("records")
        ),
    )  # fmt: skip


def _name(view: View, row: dict[Any, Any]) -> str:
    return f"{row['scheme_id']} {str(row['name']).split(',')[0]}, {_where(view, row)}"


def _where(view: View, row: Any) -> str:
    return place(view, str(row["locality"]))


def _worth_table(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        [
            (_name(view, r), money(r["worth"]), _range(r), odds(r["right_share"]))
            for r in rows.to_dict("records")
        ],
        columns=["Scheme", "Expected to save", "In 19 of 20 futures", "Right in"],
    )


def _range(row: dict[Any, Any]) -> str:
    return f"{money(row['worth_low'])} to {money(row['worth_high'])}"


def _table(view: View, rows: pd.DataFrame, caption: str, last: str) -> Table:
    """Schemes by name; the last column is what each saves, or why it was not chosen."""
    listed = [
        (*_scheme(view, r), money(r["worth"]) if last == "Saves" else _why(r))
        for r in rows.to_dict("records")
    ]
    columns = ["Scheme", "Where", "For", "Places", "Open by", "Capital", last]
    file = "schemes-to-build" if last == "Saves" else "schemes-not-chosen"
    return Table(caption, pd.DataFrame(listed, columns=columns), file=file)


def _why(row: dict[Any, Any]) -> str:
    return _POUNDS.sub(_less_exact, str(row["reason"]))


def _scheme(view: View, row: dict[Any, Any]) -> tuple[str, ...]:
    return (
        f"{row['scheme_id']} {row['name']}", _where(view, row),
        f"{designation(str(row['designation']))}, {row['phase']}", number(row["places"]),
        f"January {row['opens']}", money(row["capital"]),
    )  # fmt: skip


def _left(view: View, rows: pd.DataFrame) -> Table:
    return _table(view, rows, "Schemes not chosen at this budget, and why", "Why")


def _unmet(view: View, run: dict[Any, Any]) -> list[Block]:
    """Who is left without a place by locality, beside the same with nothing built."""
    rows = rows_of(view, "plan_unmet")
    mine = rows[rows["plan_id"] == run["plan_id"]].sort_values("share", ascending=False)
    before = rows[rows["plan_id"] == f"0-{str(run['plan_id']).split('-')[1]}"]
    before = before.set_index(["need", "locality"])
    whom = {"SEMH": "with SEMH need", "all": "of all needs the schemes are for"}
    out: list[Block] = []
    for need, words in whom.items():
        part = mine[mine["need"] == need]
        listed = [_left_row(view, r, before) for r in part.to_dict("records")]
        columns = ["Living in", "Without a place under this plan", "With nothing built"]
        if listed:
            caption = f"Who is left without a place in January {part['year'].iloc[0]}: {words}"
            table = pd.DataFrame(listed, columns=columns)
            out.append(Table(caption, table, file=f"without-a-place-{need.lower()}"))
    return out


def _left_row(view: View, row: dict[Any, Any], before: pd.DataFrame) -> tuple[str, str, str]:
    key = (row["need"], row["locality"])
    built = _share_words(before.loc[key]) if key in before.index else "not known"
    return place(view, str(row["locality"])), _share_words(row), built


def _share_words(row: Any) -> str:
    return f"{number(row['children'])} ({100 * row['share']:.0f}% of those who need one)"


def _doubts(rows: pd.DataFrame, run: dict[Any, Any]) -> Bullets:
    """Regret, the runner-up and how sure the solver is."""
    names = rows.set_index("scheme_id")["name"].to_dict()
    items = [
        Bullet("If the future turns out otherwise:", f"looking back, this plan costs"
               f" {money(run['regret'])} more than the best one on average, and in 1 future in 20"
               f" {money(run['regret_high'])} or more."),
    ]  # fmt: skip
    if run["runner_up"]:
        items.append(Bullet("Next best plan:", f"{_swap(rows, run, names)} It would cost"
                            f" {money(run['runner_up_more'])} more."))  # fmt: skip
    gap = float(run["proved_gap"] or 0)
    sure = (
        f"of every choice of these schemes within the budget none is expected to cost less"
        f" ({number(run['weighed'])} were costed in full)."
        if gap == 0
        else f"time ran out; a better plan could save at most {gap:.1%} of the cost."
    )
    items.append(Bullet("Is it the best plan?", sentence_case(sure)))
    return Bullets("How far to trust it", "", tuple(items))


def _swap(rows: pd.DataFrame, run: dict[Any, Any], names: dict[Any, Any]) -> str:
    out = rows[rows["chosen"] & ~rows["runner_up"]]["scheme_id"].map(names)
    new = rows[~rows["chosen"] & rows["runner_up"]]["scheme_id"].map(names)
    said = []
    if len(new):
        said.append(f"build {_and(new)} too" if out.empty else f"build {_and(new)}")
    if len(out):
        said.append(f"instead of {_and(out)}" if len(new) else f"leave out {_and(out)}")
    return sentence_case(f"{' '.join(said)}.")


def _and(names: pd.Series) -> str:
    listed = [str(name) for name in names]
    return listed[0] if len(listed) == 1 else f"{'; '.join(listed[:-1])} and {listed[-1]}"


def _assumptions(view: View) -> Details:
    rows = rows_of(view, "outlook_assumption")
    rows = rows[rows["part"].isin(["places", "plans"])].sort_values(["part", "seq"])
    table = rows[["what", "value", "source"]].map(sentence_case)
    table.columns = pd.Index(["What", "Taken to be", "From"])
    made_up = " Synthetic data: no child, school or scheme in it is real." if view.synthetic else ""
    caption = f"What these figures take as given.{made_up}"
    return Details("Assumptions", (Table(caption, table, file="assumptions-places"),))


def _about(view: View) -> About:
    made_up = " Synthetic data." if view.synthetic else ""
    return About(
        source="Source: the list of schemes that could be built, and the simulated futures."
        + made_up,
        coverage="A plan to weigh, not a decision: pounds are discounted by the Green Book.",
        words=("Saved: what the plan would cost more without the scheme, over the years planned.",),
        file="schemes-saved",
    )
