"""Tables made by hand and edited ones: what becomes of them, and what is told of which cell."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from palvelumittari.authoring.tables import Imported, import_table, rubric_table
from palvelumittari.authoring.tables.importing import rubric_id
from palvelumittari.authoring.tables.writing import BYTE_ORDER_MARK
from palvelumittari.meter import Meter
from palvelumittari.words.errors import RubricError


@cache
def core() -> Meter:
    """The rubrics without plugins."""
    return Meter(installed=False)


def imported(text: str, name: str = "ferry.csv") -> Imported:
    """What becomes of a table."""
    return import_table(text.encode(), name, core().catalog.rubrics, core().catalog.terms)


def faults(text: str) -> list[str]:
    """Everything that is wrong with a table."""
    with pytest.raises(RubricError) as caught:
        imported(text)
    return [str(problem) for problem in caught.value.problems]


Row = dict[str, str]
Edit = Callable[[list[Row]], Any]


def edited(edit: Edit, rubric: str = "salon") -> str:
    """The table of a rubric after somebody has edited its rows."""
    table = rubric_table(core().catalog.rubrics[rubric], core().catalog.rubrics).removeprefix(BYTE_ORDER_MARK)
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    headings = list(rows[0])
    edit(rows)
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, headings)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def row_of(rows: list[Row], name: str) -> Row:
    """The row of a criterion."""
    return next(row for row in rows if row["id"] == name)


def changed(edit: Edit, rubric: str = "salon") -> dict[str, Any]:
    """The document of an edited table."""
    return tomllib.loads(imported(edited(edit, rubric)).toml)


# --- made by hand -----------------------------------------------------------------------------------------------

BY_HAND = """\
id;role;weight;title;title.fi;measure;act;when;why;#mine
hello;must;2;A hello;Tervehdys;shows;staff.greet;;It opens.;done
quiet;linear;2,5;Quiet;;avoids;staff.small_talk;ever(talk < 0.3);A hum is an answer.;
"""


def test_a_table_of_a_few_columns_is_enough() -> None:
    """The rubric is called as the file; what is doubtful is told by its cell."""
    found = imported(BY_HAND, "Our Ferry.csv")
    document = tomllib.loads(found.toml)
    assert {key: document[key] for key in ("schema", "id", "version", "title")} == {
        "schema": 1,
        "id": "our_ferry",
        "version": "1.0.0",
        "title": {"en": "Our Ferry"},
    }
    assert document["criterion"][1] == {
        "id": "quiet",
        "role": "linear",
        "weight": 2.5,
        "title": {"en": "Quiet"},
        "why": "A hum is an answer.",
        "when": "ever(talk < 0.3)",
        "avoids": {"act": "staff.small_talk"},
    }
    assert found.what == "our_ferry 1.0.0, 2 criteria"
    assert found.notes == ("Our Ferry.csv has no row `rubric`, so the rubric is called `our_ferry`, version 1.0.0",)
    assert [str(warning).splitlines()[0] for warning in found.warnings] == [
        "Our Ferry.csv: warning: the title lacks its translation to fi and sv",
        "Our Ferry.csv: cell D2 (title): warning: the title lacks its translation to sv",
        "Our Ferry.csv: cell D3 (title): warning: the title lacks its translation to fi and sv",
    ]


@pytest.mark.parametrize(
    ("name", "rubric"), [("Lauttaväylä 2", "lauttavayla_2"), ("2026", "rubric_2026"), ("漢", "rubric"), ("-a-", "a")]
)
def test_every_file_name_gives_an_id(name: str, rubric: str) -> None:
    """Letters that no id may hold are left out."""
    assert rubric_id(name) == rubric


WHOLE = """\
row,id,version,title.en,extends,drop,role,weight,measure,act,is,after,with,within,when,excuse,phase,pick,otherwise,advice
rubric,cable,1.2.0,Cable ferry,service,service/closing,,,,,,,,,,,,,,
override,service/task,,,,,,5,responds,,,,,5 s,,,,,,
criterion,chat,,Chat,,,linear,2,responds,,,,,,,,,,,Talk.
rule,,,,,,,,,,,customer.ask,staff.answer,1 turn,,,,,,
rule,,,,,,,,,,,customer.request,staff.serve,,,,,,,
situation,,,Busy,,,,,,,,,,,setting.queue > 3,yes,,,,
criterion,delay,,Delay,,,bonus,1,grades,,,system.delay,,,,,,best,0,
step,,,,,,,,,staff.explain,50 %,,,,,,,,,
step,,,,,,,,,staff.host,1,,,,queue,,closing,,,
situation,,,,,,bonus,3,,,,,,,customer.regular,,,,1,Tell.
step,,,,,,,,,staff.smile,1,,,,,,,,,
"""


def test_every_kind_of_row_says_its_part() -> None:
    """Rules, steps and situations belong to the criterion above, and steps to its last situation."""
    document = tomllib.loads(imported(WHOLE.replace("yes", "true").replace(",queue,,closing", ",,,closing")).toml)
    assert (document["id"], document["extends"], document["drop"]) == ("cable", ["service"], ["service/closing"])
    assert document["override"] == {"service/task": {"weight": 5, "responds": {"within": "5 s"}}}
    chat, delay = document["criterion"]
    assert chat["responds"]["rules"] == [
        {"after": "customer.ask", "with": "staff.answer", "within": "1 turn"},
        {"after": "customer.request", "with": "staff.serve"},
    ]
    assert chat["situation"] == [{"title": {"en": "Busy"}, "when": "setting.queue > 3", "excuse": True}]
    assert chat["advice"] == {"en": "Talk."}
    assert delay["grades"] == {
        "acts": [{"act": "staff.explain", "is": 0.5}, {"act": "staff.host", "is": 1, "phase": "closing"}],
        "pick": "best",
        "otherwise": 0,
        "after": "system.delay",
    }
    assert delay["situation"] == [
        {
            "when": "customer.regular",
            "role": "bonus",
            "weight": 3,
            "advice": {"en": "Tell."},
            "otherwise": 1,
            "acts": [{"act": "staff.smile", "is": 1}],
        }
    ]


# --- what is wrong ----------------------------------------------------------------------------------------------


def test_every_problem_is_told_by_its_cell() -> None:
    """Those of single cells and those that only the rubric shows, in the order of the sheet."""
    table = """\
id,role,weight,title,measure,act,when,within
greeting,bonus,two,Hello,shows,staff.greet,,
chat,linear,30,Chat,avoid,staff.smalltalk,talk > 0.5 and customer.first_tme,
third,must,,Foo,responds,,,soon
fourth,mus,3,Foo,,staff.greet,,
"""
    assert faults(table) == [
        "ferry.csv: cell C2 (weight): found `two`, expected a positive number, such as 2",
        "ferry.csv: cell C3 (weight): the weight 30 is out of range\n    expected more than 0, at most 10",
        "ferry.csv: cell E3 (measure): found `avoid`, expected one of shows, avoids, responds, ceases, precedes, "
        "prompt, grades, calls\n    try: did you mean `avoids`?",
        "ferry.csv: cell F3 (act):1: unknown act `smalltalk`\n    staff.smalltalk\n    ^^^^^^^^^^^^^^^\n"
        "    try: did you mean `small_talk`?",
        "ferry.csv: cell G3 (when):1: a reading moves all the time\n    talk > 0.5 and customer.first_tme\n    ^^^^\n"
        "    try: wrap it in ever(...) or always(...)",
        "ferry.csv: cell G3 (when):16: unknown field or reading `customer.first_tme`\n"
        "    talk > 0.5 and customer.first_tme\n                   ^^^^^^^^^^^^^^^^^^\n"
        "    try: did you mean `customer.first_time`?",
        "ferry.csv: row 4: the key `after` is missing\n    try: add a column `after`",
        "ferry.csv: row 4: the key `with` is missing\n    try: add a column `with`",
        "ferry.csv: cell C4 (weight): the key `weight` is missing\n    try: add `weight`",
        "ferry.csv: cell H4 (within): a value of the wrong kind\n    found text ('soon'); "
        'expected a window such as "20 s", "1 turn" or "90 s or 1 turn"',
        "ferry.csv: cell B5 (role): a value of the wrong kind\n    found text ('mus'); "
        "expected one of must, linear, bonus, penalty\n    try: did you mean `must`?",
        "ferry.csv: cell E5 (measure): no measure is named for `act`, expected one of shows, avoids, responds, ceases, "
        "precedes, prompt, grades, calls",
    ]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (
            "id,role,weight,title\na,must,2,A\n",
            "row 2: a criterion has exactly one measure, this one has none\n"
            "    expected one of shows, avoids, responds, ceases, precedes, prompt, grades, calls\n"
            "    try: add a column `measure`",
        ),
        (
            "id,role,weight,title,measure,act,at_least\na,must,2,A,avoids,staff.greet,2\n",
            "cell G2 (at_least): unknown key `at_least`\n    expected one of act, while, allow, each, healed\n"
            "    try: leave it out",
        ),
        (
            "id,role,weight,title,measure,act\na,must,2,A,shows,staff.greet\n,must,3,B,shows,staff.nod\n",
            "cell A3 (id): this row has no `id`, so it is not clear what it is\n"
            "    expected rubric, criterion, override, drop, situation, rule or step in the column `row`\n"
            "    try: a criterion has an `id`; any other row says in the column `row` what it is",
        ),
        (
            "row,when\nsituation,customer.regular\n",
            "cell A2 (row): this situation stands below no criterion\n"
            "    try: it belongs below the row of its criterion",
        ),
        (
            "row,id\ncriterium,a\n",
            "cell A2 (row): found `criterium`, expected one of rubric, criterion, override, drop, situation, rule, "
            "step\n"
            "    try: did you mean `criterion`?",
        ),
        (
            "row,id,version,title\nrubric,a,1.0.0,A\nrubric,b,1.0.0,B\n",
            "cell A3 (row): this is another row `rubric`, and there is one already\n    try: a table holds one rubric",
        ),
        (
            "row,id,version,title\nrubric,a,1,A\n",
            "cell C2 (version): `1` does not fit here\n    expected three numbers such as 1.0.0",
        ),
        (
            "row,id,version,title,extends\nrubric,a,1.0.0,A,servise\n",
            "cell E2 (extends): unknown rubric `servise`\n    try: did you mean `service`?",
        ),
        ("row,version,title\nrubric,1.0.0,A\n", "row 2: the key `id` is missing\n    try: add a column `id`"),
        ("id,weight\n[1],2\n", 'cell A2 (id): the key `id` is missing or no text\n    try: add id = "dose-of-talk"'),
        (
            "row,id,weight\noverride,,3\n",
            "cell B2 (id): the criterion is not named\n    try: write its id in full, such as service/greeting",
        ),
        (
            "id,role,weight,title,why,why.en,measure,act\na,must,2,A,x,y,shows,staff.greet\n",
            "cell F2 (why.en): another column says the `why` of this row, too\n    try: leave one out",
        ),
        (
            "id,role,weight,title,title.en,measure,act\na,must,2,A,B,shows,staff.greet\n",
            "cell E2 (title.en): another column says the `title` of this row, too\n    try: leave one out",
        ),
        (
            "id,role,weight,title,calls\na,must,2,A,no.such\n",
            "cell E2 (calls): no plugin brings the measure `no.such`\n    try: install the plugin that brings it",
        ),
        (
            "row,id,role,weight,title,measure,situation,when\ncriterion,a,must,2,A,shows,nothing,\n"
            "rule,,,,,,,\nsituation,,,,,,,customer.regular\n",
            "row 2: the key `act` is missing\n    try: add a column `act`",
        ),
    ],
)
def test_problems_tell_where_and_what_to_do(table: str, message: str) -> None:
    """Each at the cell, or at the row where there is no column for it."""
    assert f"ferry.csv: {message}" in faults(table)


def test_a_caret_stands_only_where_the_text_is_as_in_the_cell() -> None:
    """Not below a text that TOML must escape."""
    table = 'id,role,weight,title,measure,act,when\na,must,2,A,shows,staff.greet,"sektor == ""a"""\n'
    assert faults(table) == [
        "ferry.csv: cell G2 (when): unknown field or reading `sektor`\n    try: did you mean `sector`?"
    ]


# --- inherited --------------------------------------------------------------------------------------------------


def test_an_edited_row_of_a_parent_becomes_an_override() -> None:
    """Only what differs, beside what was overridden before; the note tells which."""
    text = edited(lambda rows: row_of(rows, "service/greeting").update({"weight": "4", "why.en": "Ours."}))
    before = tomllib.loads(imported(edited(lambda rows: None)).toml)
    found = imported(text)
    document = tomllib.loads(found.toml)
    override = document["override"].pop("service/greeting")
    assert document["override"] == before["override"]
    assert (override["weight"], override["why"]["en"]) == (4, "Ours.")
    assert "service/greeting (weight, why)" in found.notes[-1]
    assert found.notes[-1].startswith("overridden, because the parents have it otherwise: ")


def test_a_row_that_is_gone_is_dropped() -> None:
    """As is one that is marked so."""

    def edit(rows: list[Row]) -> None:
        row_of(rows, "service/closing")["row"] = "drop"
        rows[:] = [row for row in rows if row["id"] != "service/eye-contact"]

    found = imported(edited(edit))
    assert tomllib.loads(found.toml)["drop"] == ["service/closing", "service/eye-contact"]
    assert found.notes[0] == "dropped, because the table has no row for it: service/eye-contact"


def test_what_is_left_of_a_deleted_criterion_is_not_given_to_another() -> None:
    """Each row below a criterion names it."""
    found = faults(edited(lambda rows: rows.remove(row_of(rows, "service/closing"))))
    assert [fault.partition(": ")[2] for fault in found] == [
        f"cell B{number} (id): this step belongs to `service/closing`, but stands below `service/positive-surprise`\n"
        "    try: move it below `service/closing`, or delete it with that"
        for number in range(int(found[0].split()[2][1:]), int(found[0].split()[2][1:]) + 3)
    ]


def test_a_cell_that_is_emptied_takes_back_what_has_another_way_of_being_unset() -> None:
    """A must that never capped now does."""
    document = changed(lambda rows: row_of(rows, "service/greeting").update({"caps": "", "instead": ""}))
    assert document["override"]["service/greeting"]["caps"] == "poor"


def test_situations_can_be_taken_away() -> None:
    """The override says that there are none."""

    def edit(rows: list[Row]) -> None:
        at = rows.index(row_of(rows, "service/warmth"))
        rows.remove(next(row for row in rows[at:] if row["row"] == "situation"))

    assert changed(edit)["override"]["service/warmth"] == {"situation": []}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"when": ""},
            "(when): no override takes `when` away from an inherited criterion\n"
            "    try: put it back, or drop this criterion and write one of your own",
        ),
        ({"advice.fi": ""}, "(advice.fi): no override takes `advice.fi` away from an inherited criterion"),
        (
            {"measure": "shows"},
            "(measure): no override changes the measure, which is grades\n"
            "    try: put grades back, or drop this criterion and write one of your own",
        ),
        (
            {"id": "service/greting"},
            "(id): no parent declares `service/greting`\n    try: did you mean `service/greeting`?",
        ),
        ({"id": "service/warmth"}, "(id): `service/warmth` stands in row 4, too\n    try: leave one out"),
        ({"weight": "40"}, "(weight): the weight 40 is out of range"),
        ({"pick": "least"}, "(pick): a value of the wrong kind"),
    ],
)
def test_what_no_override_can_do_is_told(change: Row, message: str) -> None:
    """At the cell that was edited."""
    found = faults(edited(lambda rows: row_of(rows, "service/greeting").update(change)))
    assert any(message in fault for fault in found), found


def test_an_own_criterion_may_be_named_in_full() -> None:
    """With the rubric before it."""
    edit = changed(lambda rows: row_of(rows, "consultation").update({"id": "salon/consultation"}))
    assert edit["criterion"][0]["id"] == "consultation"


def test_rows_of_unknown_parents_wait_until_these_are_known() -> None:
    """The unknown parent alone is told."""
    (fault,) = faults(edited(lambda rows: rows[0].update({"extends": "servise"})))
    assert "unknown rubric `servise`" in fault


def test_a_head_that_cannot_be_read_is_told_first() -> None:
    """Nothing is compared with parents then."""
    found = faults(edited(lambda rows: rows[0].update({"extends": '"service"'})))
    assert any("(extends)" in fault for fault in found)
