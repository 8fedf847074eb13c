"""The generated source: readable, the same every time, and free of any text that is not ours."""

from __future__ import annotations

import io
import keyword
import linecache
import os
import re
import subprocess
import sys
import tokenize
import traceback
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.compiler.agreeing import agree
from tests.compiler.dense import dense_encounter
from tests.compiler.test_measures import FORMS, FUNCTIONS, _criteria
from tests.compiler.test_rubrics import ENTANGLED
from tests.reference.conftest import read_criteria

from palvelumittari.compiler import Compiled, compile_rubric
from palvelumittari.compiler.source import Constants, Source
from palvelumittari.reading.terms import Terms
from palvelumittari.records.condition import (
    Compare,
    Comparison,
    Condition,
    Connective,
    Join,
    Literal,
    Name,
    Node,
    Scope,
    Seen,
    Throughout,
    Values,
)
from palvelumittari.records.encounter import Actor, Encounter, Event, Modality, Record
from palvelumittari.records.measure import (
    Avoids,
    Calls,
    Ceases,
    Grade,
    Grades,
    Measure,
    Precedes,
    Prompt,
    Responds,
    Rule,
    Shows,
    Window,
)
from palvelumittari.records.rubric import Criterion, Cue, Reading, Role, Rubric, RubricRef, Scoring, Situation, Start
from palvelumittari.records.selector import ANYBODY, Alternative, Selector
from palvelumittari.records.vocabulary import Act, Tag, Vocabulary
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.text import Text

ALL_FORMS = [form for forms in FORMS.values() for form in forms]

OWN_NAMES = re.compile(
    r"[a-z]\d+|K\d+|_|i|code|codes|event|events|encounter|lists|place|tags|count|known|phases|is_full|judge_encounter"
    r"|(own|firsts|lasts|turns|ends)_(customer|staff)|customer|staff|setting|channel|sector|language|observer|observed"
    r"|by|act|at_ms|lasts_ms|ends_ms|to|scene|get|field_value|append|fromkeys|dict|sorted|sum|min|max|len|range|round"
    r"|bool|float|enumerate|fsum|bisect_left|bisect_right|ask_plugin|make_scene|beyond|covered_by|find_phases|find_runs"
    r"|next_after|zip|phase_changes|points_after|points_at|run_start|states_up_to|turn_end|gains|losses|duties|graves|away"
    r"|excused|delights|whole|seen|rating|gained|lost|turnover|kept|balance|band|ungated|score|calculated|coverage"
)
"""Every name that may stand in generated source."""

OWN_COMMENTS = re.compile(r"# (criterion \d+: \w+|the walk|the account|where criteria and situations apply)")


def tokens_of(source: str) -> Iterator[tokenize.TokenInfo]:
    """The tokens of a source."""
    return tokenize.generate_tokens(io.StringIO(source).readline)


def assert_is_ours(source: str) -> None:
    """No string, no name but our own, no comment but our own words, no number but small whole ones."""
    for token in tokens_of(source):
        assert token.type != tokenize.STRING, token
        if token.type == tokenize.NAME:
            assert keyword.iskeyword(token.string) or OWN_NAMES.fullmatch(token.string), token
        if token.type == tokenize.NUMBER:
            assert re.fullmatch(r"\d{1,6}|[01]\.0", token.string), token
        if token.type == tokenize.COMMENT:
            assert OWN_COMMENTS.fullmatch(token.string)


# --- foreign text -----------------------------------------------------------------------------------------------

NASTY = (
    "'",
    '"',
    '"""',
    "'''",
    "\\",
    "\\'",
    "\n",
    "\r\nraise SystemExit",
    "{0}",
    "{{}}",
    "%s",
    "#",
    "\x00",
    "\u2028",
    "K0",
    "x0",
    "')\n__import__('os').abort()\n('",
    "__import__('os').abort()",
    "]; import os; os.abort() #",
    "\u00e9\u0301 \ud800",
)
NAMES = st.sampled_from(NASTY) | st.text(min_size=1, max_size=12)


@st.composite
def nasty_rubrics(draw: st.DrawFn) -> tuple[Rubric, Vocabulary, Encounter]:
    """A rubric, a vocabulary and an encounter, made by hand, in which every name and every text is foreign."""
    act, other, tag, reading, field, text = draw(st.lists(NAMES, min_size=6, max_size=6, unique=True))
    words = Text(FrozenMap({"en": text}))
    speech = frozenset({Modality.SPEECH})
    acts = {name: Act(name, words, modalities=speech) for name in (act, other)}
    fields = (f"setting.{field}", f"customer.{field}")
    vocabulary = Vocabulary(FrozenMap(acts), FrozenMap({tag: Tag(tag, words)}))
    first = Selector(
        f"{act} {text}", (Alternative(ANYBODY, act, tags=(tag,)), Alternative(frozenset({Actor.CUSTOMER}), act))
    )
    second = Selector(f"{other} {text}", (Alternative(ANYBODY, other, without=(tag,)),))

    def condition(name: str, node: Node) -> Condition:
        return Condition(f"{name} {text}", node)

    noted = condition("noted", Compare(Name(fields[0]), Comparison.EQUAL, Literal(text)))
    listed = condition("listed", Compare(Name(fields[1]), Comparison.IN, Values((Literal(text), Literal(tag)))))
    moved = condition("moved", Compare(Name(reading), Comparison.LESS, Literal(0.4)))
    ever = condition("ever", Join(Connective.OR, (Throughout(Scope.EVER, moved.root), Seen(first), listed.root)))
    cues = (Cue(on=first, add=-0.2), Cue(on=second, set=0.9))
    readings = {reading: Reading(id=reading, title=words, start=0.5, starts=(Start(when=listed, set=0.1),), cues=cues)}
    measures: tuple[Measure, ...] = (
        Shows(act=first, while_=moved),
        Avoids(act=first, while_=moved, healed=second),
        Responds(rules=(Rule(after=first, with_=second, within=Window(20_000, 1)),)),
        Ceases(act=second, once=moved, until=noted),
        Precedes(act=first, first=second),
        Prompt(after=first, act=second, full=1000, none=9000),
        Grades(acts=(Grade(act=first, is_=0.3, while_=noted), Grade(act=second, is_=1.0))),
        Calls(function=text, options=FrozenMap({other: text})),
    )
    situation = Situation(when=listed, excuse=True, criterion=FrozenMap({"weight": 0.7}), title=words)
    criteria = tuple(
        Criterion(
            id=f"{text}/{number}",
            role=draw(st.sampled_from(list(Role))),
            weight=1.0,
            title=words,
            why=words,
            when=ever if number % 2 else None,
            measure=measure,
            situations=(situation,),
            refines=(f"{text}/{number - 1}",),
            declared_in=text,
        )
        for number, measure in enumerate(measures)
    )
    rubric = Rubric(
        id=text,
        title=words,
        criteria=criteria,
        readings=FrozenMap(readings),
        scoring=Scoring(),
        parts=(RubricRef(text, text, text),),
        digest=text,
    )
    drawn = st.tuples(st.sampled_from([act, other]), st.sampled_from(list(Actor)), st.booleans())
    events = draw(st.lists(drawn, max_size=6))
    encounter = Encounter(
        text,
        tuple(Event(by, name, text=text, who=text, tags=(tag,) if tagged else ()) for name, by, tagged in events),
        sector=text,
        record=Record.FULL,
        setting={field: text},
        customer={field: draw(st.sampled_from([text, other]))},
    )
    return rubric, vocabulary, encounter


@settings(max_examples=100, deadline=None)
@given(nasty_rubrics())
def test_no_foreign_text_gets_into_the_source(drawn: tuple[Rubric, Vocabulary, Encounter]) -> None:
    """Quotes, braces, newlines and calls in every name and text change nothing: they are constants."""
    rubric, vocabulary, encounter = drawn
    functions = {rubric.id: lambda _, **options: None if options else 1}
    compiled = compile_rubric(rubric, vocabulary, functions)
    assert_is_ours(compiled.source)
    agree(compiled, encounter, vocabulary, functions)
    legend = compiled.listing.removeprefix(compiled.source)
    assert all(line.startswith("# ") and line.isascii() for line in legend.splitlines() if line)


def test_a_name_cannot_change_the_source() -> None:
    """Two rubrics that differ in names alone have the same source."""
    one, two = (_renamed(name) for name in ("a", "')\n__import__('os').abort()\n('"))
    assert one.source == two.source
    assert one.constants != two.constants


def _renamed(name: str) -> Compiled:
    words = Text(FrozenMap({"en": name}))
    vocabulary = Vocabulary(FrozenMap({name: Act(name, words, modalities=frozenset({Modality.TASK}))}))
    selector = Selector(name, (Alternative(ANYBODY, name, tags=(name,)),))
    criterion = Criterion(id=name, role=Role.MUST, weight=1, title=words, measure=Shows(act=selector))
    rubric = Rubric(
        id=name,
        title=words,
        criteria=(criterion,),
        readings=FrozenMap(),
        scoring=Scoring(),
        parts=(),
        digest=name,
    )
    return compile_rubric(rubric, vocabulary)


def test_the_source_of_every_form_is_ours(terms: Terms) -> None:
    """Every emitter, in every form of its measure, writes only names of ours."""
    rubric = read_criteria(_criteria(ALL_FORMS), terms, FUNCTIONS)
    assert_is_ours(compile_rubric(rubric, terms.vocabulary, FUNCTIONS).source)
    assert_is_ours(compile_rubric(read_criteria(ENTANGLED, terms), terms.vocabulary).source)


# --- the function -----------------------------------------------------------------------------------------------

_PRINTED = """
import palvelumittari as pm
from palvelumittari.compiler import compile_rubric
meter = pm.Meter()
print(compile_rubric(meter.rubric("taxi/ride"), meter.vocabulary, meter.catalog.measures).listing)
"""


def test_the_source_is_the_same_every_time() -> None:
    """Whatever order sets happen to have in a process."""

    def printed(seed: str) -> bytes:
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
        return subprocess.run(
            [sys.executable, "-c", _PRINTED], env=environment, stdout=subprocess.PIPE, check=True
        ).stdout

    first = printed("1")
    assert first == printed("2")
    assert b"def judge_encounter(encounter):" in first


def test_a_traceback_shows_the_generated_line(terms: Terms) -> None:
    """As the source is registered where tracebacks and debuggers look for it."""
    compiled = compile_rubric(read_criteria(ENTANGLED, terms), terms.vocabulary)
    with pytest.raises(AttributeError) as raised:
        compiled.function("no encounter")  # type: ignore[arg-type]
    shown = "".join(traceback.format_exception(raised.value))
    assert "<palvelumittari " in shown
    assert "    events = encounter.events\n" in shown


def test_equal_sources_share_a_file_name(terms: Terms) -> None:
    """So that compiling again and again fills no memory with copies."""
    compile_rubric(read_criteria(ENTANGLED, terms), terms.vocabulary)
    before = len(linecache.cache)
    compile_rubric(read_criteria(ENTANGLED, terms), terms.vocabulary)
    assert len(linecache.cache) == before


def test_the_listing_tells_what_numbers_and_constants_stand_for(terms: Terms) -> None:
    """Below the source, which itself names neither."""
    compiled = compile_rubric(read_criteria(ENTANGLED, terms), terms.vocabulary)
    assert "test/greeting" not in compiled.source
    assert "# criterion 0 = 'test/greeting'" in compiled.listing
    assert "# criterion 0: shows" in compiled.source
    assert re.search(r"^# K\d+ = 'busy'$", compiled.listing, re.MULTILINE)
    assert re.search(r"^# K\d+ = 0\.4$", compiled.listing, re.MULTILINE)


def test_one_function_may_be_used_again_and_again(terms: Terms) -> None:
    """It keeps nothing from one encounter to the next."""
    compiled = compile_rubric(read_criteria(_criteria(ALL_FORMS), terms, FUNCTIONS), terms.vocabulary, FUNCTIONS)
    first, second = (dense_encounter(Random(seed)) for seed in ("first", "second"))
    before = compiled.numbers(first)
    compiled.numbers(second)
    again = compiled.numbers(first)
    assert (again.judgements, again.score, again.coverage) == (before.judgements, before.score, before.coverage)


# --- writing ----------------------------------------------------------------------------------------------------


def test_blocks_are_indented_and_never_empty() -> None:
    """An empty block gets a `pass`."""
    source, inner = Source(), Source()
    inner.line("c = 1")
    with source.block("if a"):
        with source.block("for b in a"):
            source.line("a += b")
        source.join(inner)
    with source.block("else"):
        pass
    assert source.text == "if a:\n    for b in a:\n        a += b\n    c = 1\nelse:\n    pass\n"


def test_equal_constants_of_one_type_share_a_name() -> None:
    """1, 1.0 and True are equal, but not the same."""
    constants = Constants()
    assert [constants.name(value) for value in (1, 1.0, True, "a", 1, "a")] == ["K0", "K1", "K2", "K3", "K0", "K3"]
    assert constants.add("a") == "K4"
    assert constants.values == {"K0": 1, "K1": 1.0, "K2": True, "K3": "a", "K4": "a"}
