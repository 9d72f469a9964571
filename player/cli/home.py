# SPDX-License-Identifier: Apache-2.0
"""The command that brings home what a learner did on another PC."""

from __future__ import annotations

import click

from player.cli.answers import Call, speaks


@click.command("bring-home")
@click.option("--all", "whole", is_flag=True, help="However long ago it was done, or handed in.")
@click.option("--code", metavar="CODE", help="The learner's code, as their other PC shows it.")
@click.option("--name", metavar="NAME", default="", help="What the learner is called here.")
@click.option("--show-code", is_flag=True, help="Show that code, to be typed on another PC.")
@speaks
def bring_home(call: Call, *, whole: bool, code: str | None, name: str, show_code: bool) -> None:
    """Bring home from the platform what the learner did on another PC."""
    services = call.services()
    learner = services.learner
    if code and not (name.strip() or learner):
        raise click.UsageError("say what the learner is called here: --name NAME.")
    if code:
        learner = services.homecoming.adopt(code, name)
    if learner is None:
        raise click.UsageError("nobody learns here yet: give a --code, or a name with `learner`.")
    if show_code:
        shown = services.homecoming.code(learner)
        call.answer({"code": shown}, shown)
        return
    found = services.homecoming.bring(learner, whole=whole)
    call.answer_with(
        {"learner": learner.name, "new": found.new, "known": found.known}
        | {"passed_over": found.passed_over},
        f"{found.new} acts are new here; {found.known} were here, {found.passed_over} passed over.",
        [found.problem] if found.problem else [],
    )
