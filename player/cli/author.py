# SPDX-License-Identifier: Apache-2.0
"""The author's commands. What they stand on loads slowly, so each loads it when it is called."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import click

from player.catalogue.address import normalise
from player.cli.answers import Call, megabytes, speaks, whisper
from player.errors import NotARepository


@click.command()
@click.argument("source", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("repository", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--key",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The publisher's secret key; made where it does not exist.",
)
@click.option(
    "--keys",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the key files of what the platform marks go; otherwise `keys` of the home.",
)
@click.option(
    "--mirror",
    "mirrors",
    multiple=True,
    metavar="URL",
    help="Where else the repository lies; may be given again. `none` forgets them.",
)
@click.option(
    "--fresh-for",
    type=click.IntRange(0, 3650),
    metavar="DAYS",
    help="Promise to publish again within so many days, each time; players say when it is late.",
)
@click.option(
    "--i-may-adapt",
    "may_adapt",
    is_flag=True,
    help="The owner of a course whose licence allows no changes has permitted this one.",
)
@speaks
def publish(  # noqa: PLR0913 - one for each option
    call: Call,
    source: Path,
    repository: Path,
    *,
    key: Path | None,
    folder: Path | None,
    mirrors: tuple[str, ...],
    fresh_for: int | None,
    may_adapt: bool,
) -> None:
    """Turn the course in the folder SOURCE into a signed course repository."""
    from player.publish import keys  # noqa: PLC0415 - see above
    from player.publish import repository as shelf  # noqa: PLC0415 - see above

    urls = _mirrors(mirrors) if mirrors else None
    days = None if fresh_for is None else timedelta(days=fresh_for)
    secret = keys.own_key(key or call.home / "publisher.key")
    keys_to = folder or call.home / "keys"
    published = shelf.publish(
        source, repository, secret, keys=keys_to, report=whisper, may_adapt=may_adapt
    )
    if urls is not None or days is not None:
        number = shelf.promise(repository, secret, mirrors=urls, fresh_for=days)
        published = replace(published, catalogue_number=number)
    for warning in published.warnings:
        whisper(str(warning))
    for note in published.notes:
        whisper(note)
    text = (
        f"{published.course} version {published.version} is published: "
        f"{megabytes(published.new_bytes)} new of {megabytes(published.total_bytes)}."
        if published.changed
        else f"{published.course} is already published as version {published.version}."
    )
    if published.key_file:
        text += f"\nKey file, to be guarded: {published.key_file}"
    call.answer(published, f"{text}\nPublic key: {keys.public_text(secret)}")


def _mirrors(given: tuple[str, ...]) -> list[str]:
    if given == ("none",):
        return []
    try:
        urls = [normalise(one) for one in given]
    except NotARepository as error:
        raise click.BadParameter(str(error), param_hint="--mirror") from error
    for url in urls:
        if url.startswith("file:"):
            raise click.BadParameter("say an address of the web.", param_hint="--mirror")
    return urls


@click.command()
@click.argument("repository", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("course")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--as",
    "renditions",
    multiple=True,
    metavar="RENDITION",
    help="audio, 240p, 480p …, or `none` without video; may be given again. Otherwise all.",
)
@speaks
def pack(
    call: Call, repository: Path, course: str, file: Path, renditions: tuple[str, ...]
) -> None:
    """Write a course of the folder REPOSITORY into one FILE.course, to be handed over."""
    from player.publish.single import ENDING, pack_course  # noqa: PLC0415 - see above

    if file.suffix.lower() != ENDING:
        raise click.BadParameter(f"its name has to end in {ENDING}.", param_hint="FILE")
    if not all(re.fullmatch(r"audio|none|\d{2,5}p", one) for one in renditions):
        raise click.BadParameter("say audio, 240p, 480p … or none.", param_hint="--as")
    wanted = ["" if one == "none" else one for one in renditions]
    single = pack_course(repository, course, file, wanted, report=whisper)
    text = f"{single.course} version {single.version} is in {file}: {megabytes(single.size)}."
    call.answer(single, "\n".join((text, *single.notes)))


_KEY_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_REPOSITORY = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("repository", type=_REPOSITORY)
@click.option(
    "--key",
    type=_KEY_FILE,
    help="The publisher's secret key until now; otherwise that of the home.",
)
@click.option(
    "--new",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The key that follows it; made where it does not exist.",
)
@speaks
def rotate(call: Call, repository: Path, key: Path | None, new: Path) -> None:
    """Let another key sign REPOSITORY from now on; whoever believes the old one believes it."""
    from player.publish import keys, rotation  # noqa: PLC0415 - see above

    old = keys.load_key(key or call.home / "publisher.key")
    changed = rotation.rotate(repository, old, keys.own_key(new))
    call.answer(
        changed,
        f"Publisher document {changed.number}; catalogue {changed.catalogue_number} is signed anew."
        f"\nPublic key: {keys.public_text(keys.load_key(new))}"
        "\nThe old key is believed too until it is revoked: cartable revoke.",
    )


@click.command()
@click.argument("repository", type=_REPOSITORY)
@click.argument("key_id", metavar="KEYID")
@click.option(
    "--key", type=_KEY_FILE, help="The publisher's secret key that stays; otherwise the home's."
)
@speaks
def revoke(call: Call, repository: Path, key_id: str, key: Path | None) -> None:
    """Take the key KEYID back: no PC that hears of it believes what it signed any more."""
    from player.publish import keys, rotation  # noqa: PLC0415 - see above

    secret = keys.load_key(key or call.home / "publisher.key")
    changed = rotation.revoke(repository, key_id.upper(), secret)
    call.answer(
        changed, f"Publisher document {changed.number}; revoked: {', '.join(changed.revoked)}."
    )


@click.command(name="import")
@click.argument("archive", type=click.Path(exists=True, path_type=Path))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--media",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with the videos that the export does not hold.",
)
@click.option(
    "--i-may-adapt",
    "may_adapt",
    is_flag=True,
    help="The owner of a course whose licence allows no changes has permitted this one.",
)
@speaks
def import_(
    call: Call, archive: Path, folder: Path, media: Path | None, *, may_adapt: bool
) -> None:
    """Turn an Open edX export (OLX) into a course source FOLDER that `publish` takes."""
    from player.publish.olx import import_olx  # noqa: PLC0415 - see above

    result = import_olx(archive, folder, media, whisper, may_adapt=may_adapt)
    lines = [
        f"{one.where}: {one.title or one.url_name} ({one.block}): {one.reason}"
        for one in result.left_out
    ]
    lines.append(
        f"{result.title}: written to {folder}; {len(result.left_out)} parts were left out."
    )
    call.answer(result, "\n".join(lines))
