# SPDX-License-Identifier: Apache-2.0
"""The commands that sign in at the platform, and out."""

from __future__ import annotations

import click

from player.app.signing_in import Asks, Code
from player.cli.answers import Call, speaks, whisper


@click.command("sign-in")
@click.option("--browser", is_flag=True, help="In the browser of this PC, not with a code.")
@speaks
def sign_in(call: Call, *, browser: bool) -> None:
    """Sign in at the platform, where it asks people to."""
    services = call.services()
    asks = Asks(browse=_browse, show=_show)
    services.signing_in.start(asks, browser=browser)
    kept = "keyring" if services.signing_in.in_keyring else "file"
    where = {"keyring": "in the keyring of this system", "file": "in a file of the home folder"}
    call.answer({"signed_in": True, "kept": kept}, f"Signed in. This is kept {where[kept]}.")


@click.command("sign-out")
@speaks
def sign_out(call: Call) -> None:
    """Be signed in no longer on this PC. Nothing of the work is lost."""
    call.services().signing_in.end()
    call.answer({"signed_in": False}, "Signed out.")


def _browse(url: str) -> None:
    whisper(f"Open this page in the browser of this computer, and sign in:\n{url}")
    click.launch(url)


def _show(code: Code) -> None:
    whisper(f"On any device, open {code.verification_uri} and type {code.user_code}")
