# SPDX-License-Identifier: Apache-2.0
"""Video blocks. An export almost never holds the films: of 364 real blocks, 169 knew only YouTube.

So each block is a slot that a file may fill, from `static/` or from the folder the teacher gives;
an empty slot becomes a page that says so and carries the transcript.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from player.publish.olx.captions import cues_of, webvtt
from player.publish.olx.desk import FILMS, spelling
from player.publish.olx.model import Activity
from player.publish.olx.words import say
from player.publish.olx.xml import decode, plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from player.publish.olx.captions import Cue
    from player.publish.olx.desk import Desk, Spot
    from player.publish.olx.model import Block

_LTI_VIDEO = re.compile(r"/lti/videos/([\w-]+)")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_CUTS = ("start_time", "end_time")
_TOGETHER = 1500  # milliseconds of silence that end a paragraph of the transcript
_PARAGRAPH = 600  # characters after which one ends at the next full stop, twice that: anywhere


def is_video(block: Block) -> bool:
    """Also FUN's `libcast_xblock`, and an LTI block whose address is a film on Marsha."""
    return block.kind in {"video", "libcast_xblock"} or _lti_video(block) is not None


def films_in(folder: Path | None) -> dict[str, Path]:
    """The films of a folder and its subfolders, by their full name and by their stem."""
    found: dict[str, Path] = {}
    for path in sorted(folder.rglob("*")) if folder else ():
        if path.suffix.lower() in FILMS and path.is_file():
            found.setdefault(spelling(path.name), path)
            found.setdefault(spelling(path.stem), path)
    return found


def video(block: Block, desk: Desk, spot: Spot) -> Activity:
    """A video activity with its captions, or the page that stands for it."""
    name = desk.new_id(block.name or block.title or "video")
    title = block.title or say("no title", desk.language)
    captions = _captions(block, desk, spot)
    wanted = list(dict.fromkeys(_wanted(block)))
    film = _film(wanted, desk)
    if film is None:
        names = " or ".join(f"“{_file_name(one)}”" for one in wanted[:3])
        desk.leave(spot, f"The film is not in the export. Put it in the --media folder as {names}.")
        page = _instead(block, captions, desk)
        return Activity(name, "page", f"pages/{name}.html", title, (block.name,), page)
    if any(plain(block.settings.get(key)) not in {"", "00:00:00", "0.0"} for key in _CUTS):
        desk.change("A video that was set to start or end in the middle plays from end to end.")
    file, ending = film
    path = f"media/{name}{ending}"
    desk.put(file, path)
    for language, cues in captions.items():
        desk.write(f"media/{name}.{language}.vtt", webvtt(cues))
    return Activity(name, "video", path, title, (block.name,))


def _lti_video(block: Block) -> str | None:
    match = _LTI_VIDEO.search(block.settings.get("launch_url", ""))
    return match[1] if match and block.kind.startswith("lti") else None


def _wanted(block: Block) -> Iterator[str]:
    """The names the film may have, likeliest first: files with their ending, then ids."""
    sources = [plain(element.get("src")) for element in block.element.iter("source")]
    listed = decode(block.settings.get("html5_sources"))
    sources += [str(one) for one in listed] if isinstance(listed, list) else []
    sources.append(block.settings.get("source", ""))
    for source in sources:
        base = PurePosixPath(unquote(source.split("?")[0])).name
        if base.lower().endswith(FILMS):
            yield base
    for asset in block.element.iter("video_asset"):
        base = PurePosixPath(plain(asset.get("client_video_id"))).name
        if base.lower().endswith(FILMS):
            yield base
    ids = ("edx_video_id", "video_id")
    yield from (block.settings[key] for key in ids if block.settings.get(key))
    if _youtube(block):
        yield _youtube(block)
    if uuid := _lti_video(block):
        yield uuid
    if block.name:
        yield block.name


def _youtube(block: Block) -> str:
    listed = dict(
        part.split(":", 1) for part in block.settings.get("youtube", "").split(",") if ":" in part
    )
    return block.settings.get("youtube_id_1_0", "") or listed.get("1.00", "")


def _film(wanted: list[str], desk: Desk) -> tuple[Path, str] | None:
    """The file and its ending: an unpacked file has a number for a name."""
    for name in wanted:
        if film := desk.media.get(spelling(name)):
            return film, film.suffix.lower()
    for name in wanted:
        endings = ("",) if name.lower().endswith(FILMS) else FILMS
        for ending in endings:
            if found := desk.named(name + ending):
                return desk.files[found], PurePosixPath(found).suffix.lower()
    return None


def _file_name(wanted: str) -> str:
    return wanted if wanted.lower().endswith(FILMS) else wanted + ".mp4"


def _captions(block: Block, desk: Desk, spot: Spot) -> dict[str, tuple[Cue, ...]]:
    """Captions by language; each language from the first file that has any."""
    captions: dict[str, tuple[Cue, ...]] = {}
    missing: dict[str, str] = {}
    for language, name in _transcripts(block, desk):
        if language in captions or not _LANGUAGE.fullmatch(language):
            continue
        file = desk.named(name)
        cues = cues_of(desk.files[file].read_bytes()) if file else ()
        if cues:
            captions[language] = cues
        else:
            missing.setdefault(language, name)
    for language, name in missing.items():
        if language not in captions:
            reason = f"The transcript “{language}” is missing or empty ({name})."
            desk.leave(spot, reason, "transcript")
    return captions


def _transcripts(block: Block, desk: Desk) -> Iterator[tuple[str, str]]:
    """Language and file name, in the order in which Open edX looks."""
    for element in block.element.iterchildren("transcript"):
        if plain(element.get("src")):
            yield _tag(element.get("language", "")), plain(element.get("src"))
    listed = decode(block.settings.get("transcripts"))
    if isinstance(listed, dict):
        yield from ((_tag(str(language)), str(name)) for language, name in listed.items())
    if sub := block.settings.get("sub"):
        yield "en", f"subs_{sub}.srt.sjson"
    for pattern in _patterns(block):
        for name in sorted(desk.static):
            if match := pattern.fullmatch(name):
                yield _tag(match[1]), desk.static[name].removeprefix("static/")


def _patterns(block: Block) -> Iterator[re.Pattern[str]]:
    if identity := block.settings.get("edx_video_id"):
        yield re.compile(rf"{re.escape(spelling(identity))}-([a-z_-]+)\.(?:srt|vtt|sjson)")
    if sub := block.settings.get("sub"):
        yield re.compile(rf"([a-z_-]+?)_subs_{re.escape(spelling(sub))}\.srt\.sjson")


def _tag(language: str) -> str:
    return language.strip().replace("_", "-")


def _instead(block: Block, captions: dict[str, tuple[Cue, ...]], desk: Desk) -> str:
    """The page for an empty slot: that it is empty, where the film is, what is said in it."""
    lines = [f"<p>{_safe(say('no video', desk.language))}</p>"]
    if youtube := _youtube(block):
        address = f"https://www.youtube.com/watch?v={youtube}"
        words = f'<a href="{_safe(address)}">{_safe(say("watch", desk.language))}</a>'
        lines.append(f"<p>{_safe(say('online', desk.language))} {words} ({_safe(address)})</p>")
    for language in sorted(captions, key=lambda one: (one != desk.language, one)):
        mark = f" ({language})" if len(captions) > 1 else ""
        lines.append(f"<h2>{_safe(say('transcript', desk.language))}{mark}</h2>")
        lines += [f'<p lang="{language}">{_safe(text)}</p>' for text in _prose(captions[language])]
    return "\n".join(lines)


def _safe(text: str) -> str:
    return escape(text, quote=False)


def _prose(cues: tuple[Cue, ...]) -> Iterator[str]:
    """The captions as paragraphs, parted where nobody speaks."""
    words: list[str] = []
    last = 0
    for cue in cues:
        length = len(" ".join(words))
        ended = bool(words) and words[-1].endswith((".", "!", "?", "…"))
        long = length > 2 * _PARAGRAPH or (length > _PARAGRAPH and ended)
        if words and (cue.start - last > _TOGETHER or long):
            yield " ".join(words)
            words = []
        words.append(cue.text.replace("\n", " "))
        last = cue.end
    if words:
        yield " ".join(words)
