# SPDX-License-Identifier: Apache-2.0
"""Blocks that ask something and are no CAPA problem: polls, surveys, essays, drag and drop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from player.publish.olx.dragging import dragged
from player.publish.olx.model import Question
from player.publish.olx.numbers import number
from player.publish.olx.pages import clean
from player.publish.olx.responses import Unfit, escaped
from player.publish.olx.xml import decode, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lxml.etree import _Element as Element

    from player.publish.olx.desk import Desk, Spot
    from player.publish.olx.model import Block

    Fields = dict[str, Any]
    Render = Callable[[str], str]
    Reader = Callable[[Block, Render, Desk], Iterator[tuple[str, Fields]]]

_RESULTS = "The results of a poll or survey are not shown here as soon as one has voted."
_PEERS = "Work that learners assessed among themselves is marked by the teacher here."
_SELF = "Work that learners assessed themselves is marked by the teacher here."


def asked_of(block: Block, desk: Desk, spot: Spot) -> tuple[Question, ...]:
    """Read one block.

    Raises:
        Unfit: it cannot be asked here.
    """

    def render(markup: object) -> str:
        return clean(str(markup), desk, spot).html

    named = block.settings.get("block_name") or block.element.findtext("title")
    title = block.title or named or spot.where.rpartition(" / ")[2] or block.kind
    thanks = plain(block.settings.get("feedback"))
    try:
        made = list(READERS[block.kind](block, render, desk))
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        raise Unfit("What it asks cannot be read.") from error
    return tuple(
        Question(
            fields["type"],
            title,
            body or f"<p>{escaped(title)}</p>",
            feedback=render(thanks) if thanks else "",
            asked=(fields,),
        )
        for body, fields in made
    )


def _poll(block: Block, render: Render, desk: Desk) -> Iterator[tuple[str, Fields]]:
    choices = _labels(block, "answers", render)
    if not choices:
        raise Unfit("It has no choices.")
    desk.change(_RESULTS)
    asked = {"type": "choice", "shuffle": False, "scoring": "none", "choices": choices}
    yield _paragraphs(block.settings.get("question", ""), render), asked


def _survey(block: Block, render: Render, desk: Desk) -> Iterator[tuple[str, Fields]]:
    items, scale = (_labels(block, name, render) for name in ("questions", "answers"))
    if not items or len(scale) < 2:
        raise Unfit("It has no questions, or nothing to answer with.")
    desk.change(_RESULTS)
    yield "", {"type": "survey", "items": items, "scale": scale}


def _cloud(block: Block, render: Render, desk: Desk) -> Iterator[tuple[str, Fields]]:
    del desk
    body = _paragraphs(block.settings.get("instructions", ""), render)
    yield body, {"type": "freetext", "scoring": "completion"}


def _essay(block: Block, render: Render, desk: Desk) -> Iterator[tuple[str, Fields]]:
    """Each prompt is a text to write, by one rubric; files may go along."""
    here = block.element
    prompts = here.findall("prompts/prompt") or here.findall("prompt")
    if not prompts:
        raise Unfit("It has no question text.")
    kinds = {one.get("name") for one in here.iter("assessment")}
    if "peer-assessment" in kinds:
        desk.change(_PEERS)
    elif "self-assessment" in kinds:
        desk.change(_SELF)
    rubric = [_criterion(one, render) for one in here.iter("criterion")]
    for prompt in prompts:
        body = _paragraphs(prompt.findtext("description") or prompt.text or "", render)
        yield body, {"type": "freetext", "rubric": rubric}
    if plain(block.settings.get("file_upload_type")):
        yield "", {"type": "upload"}


def _criterion(criterion: Element, render: Render) -> Fields:
    levels = [
        {
            "text": render(_words(one, "explanation")),
            "points": number(one.get("points", "0")) or 0.0,
        }
        for one in criterion.findall("option")
    ]
    return {"text": render(_words(criterion, "prompt")), "levels": levels}


def _words(element: Element, more: str) -> str:
    """What a criterion or a level is called, and what is said of it."""
    name = element.findtext("label") or element.findtext("name")
    return escaped(": ".join(filter(None, [name, element.findtext(more)])))


def _upload(block: Block, render: Render, desk: Desk) -> Iterator[tuple[str, Fields]]:
    del block, render, desk
    yield "", {"type": "upload"}


def _drag(block: Block, render: Render, desk: Desk) -> Iterator[tuple[str, Fields]]:
    data = decode(block.settings.get("data"))
    if not isinstance(data, dict):
        raise Unfit("What it asks is not in the export.")
    said = data.get("question_text") or (data.get("feedback") or {}).get("start") or ""
    yield _paragraphs(str(said), render), dragged(data, render, desk)


def _labels(block: Block, name: str, render: Render) -> list[Fields]:
    """`[["R", {"label": "Red"}], …]`, or with a text in place of the table."""
    found = decode(block.settings.get(name))
    labels = [one[1] for one in found] if isinstance(found, list) else []
    words = [
        one.get("label") or one.get("img_alt") if isinstance(one, dict) else one for one in labels
    ]
    return [{"text": render(one or "…")} for one in words]


def _paragraphs(markup: str, render: Render) -> str:
    return render(markup if "<" in markup else f"<p>{markup}</p>")


READERS: Mapping[str, Reader] = {
    "poll": _poll,
    "survey": _survey,
    "word_cloud": _cloud,
    "openassessment": _essay,
    "edx_sga": _upload,
    "drag-and-drop-v2": _drag,
}
"""What reads each block: a body, '' for none, and an interaction as a TOML file has it."""
