# SPDX-License-Identifier: Apache-2.0
"""An announcement or a weekly digest as somebody writes it: Markdown below a few lines of head.

---
title: The exam is a week later
language: en
by: Dr Okafor
date: 2026-11-26
---
The hall is flooded. …
"""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from player.clock import stamp
from player.course.fragment import clean
from player.course.manifest import Language
from player.errors import BadNotice
from player.journal.items import Announcement, Digest
from player.publish.markdown import from_markdown
from player.publish.pages import first_heading

_HEAD = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_KEYS = ("title", "language", "by", "week", "date")
_LONGEST = 200_000  # characters: everybody in the course fetches it


def read_notice(
    path: Path, kind: type[Announcement | Digest], now: datetime
) -> Announcement | Digest:
    """Return what stands in a file, of `now` where it has no `date`; the same text is one item.

    Pictures are left out, for a letter carries none; links stay.

    Raises:
        BadNotice: it cannot be read, has no title, no text, or a head that makes no sense.
    """
    try:
        return _read(path, kind, now)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise BadNotice(place=path.name, reason=reason or "it cannot be read") from error


def _read(path: Path, kind: type[Announcement | Digest], now: datetime) -> Announcement | Digest:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError("it is not in UTF-8") from error
    match = _HEAD.match(text)
    head = _head(match[1], kind) if match else {}
    body = clean(from_markdown(text[match.end() :] if match else text), lambda _: None).strip()
    title = head.get("title") or first_heading(body)
    if not title or not body:
        raise ValueError(f"it has no {'text' if title else 'title'}")
    if len(body) > _LONGEST:
        raise ValueError(f"it is longer than {_LONGEST} characters")
    fields = {key: head[key] for key in ("language", "by", "week") if key in head}
    what = [kind.__name__, title, body, fields, head.get("date", "")]
    id_ = str(uuid.uuid5(uuid.NAMESPACE_URL, msgspec.json.encode(what).decode()))
    at = _date(head["date"]) if head.get("date") else now
    return kind(id=id_, at=stamp(at, "milliseconds"), title=title, text=body, **fields)


def _head(lines: str, kind: type[Announcement | Digest]) -> dict[str, str]:
    keys = [key for key in _KEYS if key == "date" or key in kind.__struct_fields__]
    found = {}
    for line in filter(str.strip, lines.splitlines()):
        key, colon, value = line.partition(":")
        if not colon or key.strip() not in keys:
            raise ValueError(f"“{line.strip()[:60]}” is none of {', '.join(keys)}")
        found[key.strip()] = value.strip().strip('"')
    if found.get("language"):
        try:
            msgspec.convert(found["language"], Language)
        except msgspec.ValidationError as error:
            raise ValueError(f"“{found['language']}” is no language tag, such as fr") from error
    return found


def _date(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"“{text}” is no date, such as 2026-11-26") from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)
