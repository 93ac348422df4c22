"""A body holds its texts in less memory, and is a record as any other."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, replace

import pytest
from mkdocs_briefings.building.codec import Codec
from mkdocs_briefings.catalog.briefing import Body

BODY = Body(markdown="The “toll”", text="The “toll”", line=3, words=2)


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(lambda: replace(BODY, words=2), id="replaced"),
        pytest.param(lambda: Codec(Body).decode(Codec(Body).encode(BODY)), id="kept and found"),
        pytest.param(lambda: pickle.loads(pickle.dumps(BODY)), id="sent"),
        pytest.param(lambda: copy.deepcopy(BODY), id="copied"),
    ],
)
def test_a_body_that_was_made_of_another_equals_it(made: object) -> None:
    assert callable(made)
    other = made()
    assert other == BODY
    assert (other.markdown, other.text, other.prose) == ("The “toll”", "The “toll”", "")
    assert hash(other) == hash(BODY)


@pytest.mark.parametrize("text", ["", "a", "é", "“a”", "稲", "\U0001f33e", "a\ud800b"])
def test_every_text_is_given_back_as_it_was(text: str) -> None:
    assert Body(markdown=text, text=text).markdown == text
    assert Body(markdown="", prose=text) != Body(markdown="", prose=f"{text}.")


def test_a_body_has_a_text_and_never_changes() -> None:
    with pytest.raises(TypeError, match="markdown"):
        Body()
    with pytest.raises(FrozenInstanceError):
        BODY.markdown = "b"  # type: ignore[misc]
    assert "“toll”" in repr(BODY)
