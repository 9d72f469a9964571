# SPDX-License-Identifier: Apache-2.0
"""The command that shows what the line was used for."""

from __future__ import annotations

from datetime import date, datetime

import click

from player.app.allowance import Traffic
from player.cli.answers import Call, megabytes, speaks


def _month(_context: click.Context, _parameter: click.Parameter, text: str | None) -> date | None:
    try:
        return datetime.strptime(text, "%Y-%m").date() if text else None  # noqa: DTZ007 - a month
    except ValueError as error:
        raise click.BadParameter("say a month as 2026-11.") from error


@click.command()
@click.argument("month", required=False, callback=_month)
@speaks
def traffic(call: Call, month: date | None) -> None:
    """Show what was spent on the line in MONTH (2026-11), in this month otherwise, by day."""
    found = call.services().traffic(month)
    days = [f"  {day}  {megabytes(size)}" for day, size in found.by_day]
    call.answer(found, "\n".join([_summary(found), *days, *_left(found)]))


def _summary(found: Traffic) -> str:
    parts = (
        (found.content, "courses"),
        (found.catalogue, "catalogue"),
        (found.answers, "answers"),
        (found.overhead, "overhead"),
    )
    said = ", ".join(f"{megabytes(size)} {what}" for size, what in parts)
    return f"{found.month}: {megabytes(found.total)}, of it {said}."


def _left(found: Traffic) -> list[str]:
    budgets = (
        ("today", found.left_day, found.budget_day),
        ("this month", found.left_month, found.budget_month),
    )
    return [
        f"{megabytes(left)} of {megabytes(budget)} are left {when}."
        for when, left, budget in budgets
        if left is not None and budget is not None
    ]
