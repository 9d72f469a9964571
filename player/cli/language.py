# SPDX-License-Identifier: Apache-2.0
"""The command that says in which language a course is read."""

from __future__ import annotations

import click

from player.cli.answers import Call, megabytes, speaks
from player.course.languages import languages
from player.store import courses


@click.command()
@click.argument("course")
@click.argument("language", required=False)
@speaks
def language(call: Call, course: str, language: str | None) -> None:
    """Show in which language COURSE is read, or read it in LANGUAGE from now on."""
    services = call.services()
    manifest = services.take_up(course)
    if language:
        manifest = services.languages.choose(course, language)
    original = courses.course(services.db, course) or manifest
    prices = {one: services.languages.price(course, one) for one in languages(original)}
    lacking = prices.get(manifest.language, 0)
    said = f"{manifest.language}  {manifest.title}"
    if lacking:
        said += f"\n{megabytes(lacking)} to fetch: cartable download"
    others = [one for one in prices if one != manifest.language]
    said += "".join(f"\n{one}  {megabytes(prices[one])} to fetch" for one in others)
    facts = {"course": course, "language": manifest.language, "languages": list(prices)}
    call.answer({**facts, "to_fetch": lacking, "prices": prices}, said)
