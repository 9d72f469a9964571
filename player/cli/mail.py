# SPDX-License-Identifier: Apache-2.0
"""What came back from the platform, on the command line."""

from __future__ import annotations

import click
import msgspec

from player.app.mail import Came, Collected
from player.cli.answers import Call, speaks
from player.journal.items import Mark


@click.command()
@click.argument("course", required=False, default="")
@click.option("--fetch", is_flag=True, help="Look now whether something came.")
@speaks
def mail(call: Call, course: str, *, fetch: bool) -> None:
    """Show what came from the platform, the latest first: marks, news, attestations."""
    services = call.services()
    found = services.mail.collect() if fetch else Collected()
    came = services.mail.items(course)
    lines = [_line(one) for one in came] or ["Nothing came yet."]
    facts = {"new": found.new, "unread": services.mail.unread(course)}
    items = [
        msgspec.to_builtins(one.item)
        | {"type": one.type, "course": one.course, "read": one.is_read}
        for one in came
    ]
    call.answer_with(facts | {"items": items}, "\n".join(lines), found.problems)


def _line(came: Came) -> str:
    said = came.item.title
    if isinstance(came.item, Mark):
        mark = came.item
        scored = "" if mark.score is None else f"{mark.score:.0%}"
        said = "  ".join(filter(None, [mark.title or mark.activity, scored, mark.feedback]))
    new = " " if came.is_read else "*"
    return f"{new} {came.item.at}  {came.type:<12}  {came.course}  {said}"
