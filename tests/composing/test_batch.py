"""Pages in batches: of like weight, in order, and a fault names its page."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest
from mkdocs_briefings.composing.batch import (
    HEAVY,
    MANY,
    Packed,
    PageError,
    PageTask,
    batches,
    compose,
)
from mkdocs_briefings.composing.inputs import BodyInput, Frame, PageInput
from mkdocs_briefings.rendering.markdown import RenderedBody
from mkdocs_briefings.viewing.parts import Chrome
from mkdocs_briefings.viewing.records import View

CHROME = Chrome(name="Specimen", purpose="", url="", lang="en", dir="ltr", sections=(), footer=())
FRAME = Frame(
    chrome=CHROME,
    templates={"page.html": "<h1>{{ view.title }}</h1>{{ body }}", "odd.html": "{{ no.such }}"},
    extensions=["tables"],
)


def task(title: str, text: str = "", *, template: str = "page.html") -> PageTask:
    view = View(
        template=template, url=f"{title}/", title=title, description="", source=f"{title}.md"
    )
    body = BodyInput(markdown=text, lang="en") if text else None
    return PageTask(page=PageInput(view=view, body=body))


def packed(frame: Frame = FRAME) -> Packed:
    made = Packed.of(frame)
    assert made
    return made


def test_batches_hold_every_task_in_order_and_are_of_like_weight() -> None:
    tasks = [task(f"a{n}", "word " * (40 * n)) for n in range(120)]
    made = list(batches(packed(), tasks))
    assert [one for batch in made for one in batch.tasks] == tasks
    heaviest = max(one.weight for one in tasks)
    for batch in made[:-1]:
        weight = sum(one.weight for one in batch.tasks)
        assert len(batch.tasks) == MANY or HEAVY <= weight < HEAVY + heaviest


def test_a_body_that_is_known_is_light_and_not_rendered_again() -> None:
    one = task("a", "x " * 50_000)
    known = replace(one, known=RenderedBody(html="<p>known</p>"))
    assert known.weight < one.weight / 10
    (batch,) = batches(packed(), [known])
    (made,) = compose(batch)
    assert made.content == b"<h1>a</h1><p>known</p>"
    assert made.body is None


def test_a_batch_makes_the_same_wherever_it_was_sent() -> None:
    (batch,) = batches(packed(), [task("a", "One *word*."), task("b")])
    here, there = compose(batch), compose(pickle.loads(pickle.dumps(batch)))
    assert here == there
    assert here[0].content == b"<h1>a</h1><p>One <em>word</em>.</p>"
    assert here[1].content == b"<h1>b</h1>"
    assert here[0].body
    assert here[1].body is None


def test_one_process_makes_pages_of_two_sites_by_turns() -> None:
    other = replace(FRAME, templates={"page.html": "{{ view.title }}!"})
    for _ in range(2):
        for frame, content in ((FRAME, b"<h1>a</h1>"), (other, b"a!")):
            (batch,) = batches(packed(frame), [task("a")])
            assert [one.content for one in compose(batch)] == [content]


def test_a_page_that_cannot_be_made_is_named_and_its_fault_kept() -> None:
    (batch,) = batches(packed(), [task("a"), task("b", template="odd.html")])
    with pytest.raises(PageError, match=r"page of 'b\.md'.*UndefinedError") as raised:
        compose(batch)
    assert type(raised.value.__cause__).__name__ == "UndefinedError"
    again = pickle.loads(pickle.dumps(raised.value))
    assert str(again) == str(raised.value)
