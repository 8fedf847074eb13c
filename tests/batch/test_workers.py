"""Other processes score what they are given, in order, and their death is no riddle."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from palvelumittari.batch import Question, Recipe
from palvelumittari.batch.inputs import Position, Span, look_at, spans_of
from palvelumittari.batch.setups import setup_of
from palvelumittari.batch.workers import (
    Order,
    meter_after,
    score_span,
    scored_by_workers,
    scored_here,
    work,
)
from palvelumittari.meter import Meter
from palvelumittari.words.errors import EncounterError, EvaluationError, PluginError
from palvelumittari.words.frozen import FrozenMap

pytestmark = pytest.mark.usefixtures("_ready")


@pytest.fixture
def order(many: Path, meter: Meter, recipe: Recipe) -> Order:
    """What workers must know to score a file of sixty lines."""
    inputs = look_at([str(many)], meter)
    setup = setup_of(meter, Question())
    return Order(recipe=recipe, question=Question(), inputs=inputs, names=("many",), setup=setup)


@pytest.fixture
def _deaf() -> Iterator[None]:
    """Whoever works here takes no notice of Ctrl-C; afterwards this process does again."""
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


def spans(order: Order, length: int = 300) -> Iterator[Span]:
    """The file in small spans."""
    return spans_of(order.inputs, Position(), length)


def test_workers_give_what_one_process_gives_in_its_order(order: Order, meter: Meter) -> None:
    """Whoever is ready first."""
    alone = list(scored_here(meter, spans(order), order))
    assert len(alone) > 20
    assert list(scored_by_workers(spans(order), order, 3, "fork")) == alone


def test_no_more_spans_are_cut_than_are_needed(order: Order) -> None:
    """However long the input is, only so many are on their way."""
    taken: list[Span] = []

    def counted() -> Iterator[Span]:
        for span in spans(order, 1):
            taken.append(span)
            yield span

    scored = scored_by_workers(counted(), order, 2, "fork")
    next(scored)
    assert len(taken) <= 2 * 4 + 2
    scored.close()
    assert multiprocessing.active_children() == []


def test_a_worker_that_is_killed_is_told(order: Order) -> None:
    """As the system does where memory runs out; the other processes end, too."""
    scored = scored_by_workers(spans(order), order, 2, "fork")
    next(scored)
    victim = multiprocessing.active_children()[0]
    assert victim.pid is not None
    os.kill(victim.pid, signal.SIGKILL)
    with pytest.raises(EvaluationError) as caught:
        list(scored)
    assert str(caught.value) == (
        "a worker process came to an unexpected end\n    found signal 9 (Killed)\n"
        "    try: fewer --jobs need less memory"
    )
    assert multiprocessing.active_children() == []


def test_what_a_worker_fails_with_is_told_here(order: Order, many: Path) -> None:
    """A file that is gone is a message as ever."""
    scored = scored_by_workers(iter([Span(0, 0, 5, first_line=1, line_count=1)]), order, 1, "fork")
    many.unlink()
    with pytest.raises(EncounterError) as caught:
        list(scored)
    assert str(caught.value) == f"{many}: there is no such file"


def test_a_worker_with_other_rubrics_refuses(order: Order) -> None:
    """Half of the results by one rubric and half by another would be worse than none."""
    other = attrs.evolve(order, setup=FrozenMap({**order.setup, "rubrics": "x"}))
    with pytest.raises(PluginError) as caught:
        meter_after(other)
    assert str(caught.value) == (
        "a worker process found other rubrics or plugins than the process that started it\n"
        "    found a change of rubrics\n    try: change nothing while a batch starts"
    )


@pytest.mark.usefixtures("_deaf")
def test_a_worker_answers_each_task_and_ends_when_told(order: Order, meter: Meter) -> None:
    """Here within this process."""
    ours, theirs = multiprocessing.Pipe()
    tasks = list(spans(order))[:2]
    for task in (*enumerate(tasks), None):
        ours.send(task)
    work(theirs, order)
    assert [ours.recv() for _ in tasks] == [(n, score_span(meter, span, order)) for n, span in enumerate(tasks)]
    ours.send((2, attrs.evolve(tasks[0], end=10**9)))
    work(theirs, order)
    assert isinstance(ours.recv(), EncounterError)


@pytest.mark.usefixtures("_deaf")
def test_a_worker_ends_when_nobody_is_there(order: Order) -> None:
    """Whoever asked is gone, before asking or before the answer."""
    ours, theirs = multiprocessing.Pipe()
    ours.close()
    work(theirs, order)
    ours, theirs = multiprocessing.Pipe()
    ours.send((0, next(spans(order))))
    ours.close()
    work(theirs, attrs.evolve(order, setup=FrozenMap({"engine": "another"})))
