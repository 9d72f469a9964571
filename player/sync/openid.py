# SPDX-License-Identifier: Apache-2.0
"""Signing in where the platform does: OAuth 2 with OpenID's discovery. This PC holds no secret.

Two ways: with a code on another device (RFC 8628), or in the browser of this PC with a key that
proves that it is the same PC that comes back (RFC 7636) to a port of its own (RFC 8252). Either
ends in tokens; the second of them brings new ones for as long as the platform lets it.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode, urlsplit

import msgspec

from player.course.platform import SignIn
from player.errors import QT_TRANSLATE_NOOP, NotTheServer, Offline, ServerBusy, SignInFailed
from player.transport import Transport, place, refusal

T = TypeVar("T")

_MOST = 256 * 1024  # bytes of an answer
_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
_LATE = QT_TRANSLATE_NOOP("errors", "nobody signed in within the time")
_REFUSALS = {
    "": QT_TRANSLATE_NOOP("errors", "no answer"),
    "access_denied": QT_TRANSLATE_NOOP("errors", "it was refused there"),
    "expired_token": _LATE,
    "temporarily_unavailable": QT_TRANSLATE_NOOP("errors", "it is too busy just now"),
}
"""By the word of RFC 6749 §4.1.2.1 or RFC 8628 §3.5."""
_SLOWER = 5.0  # seconds more between two questions, when the server says so (RFC 8628 §3.5)


class Server(msgspec.Struct, frozen=True):
    """What a server says of itself (RFC 8414 §2), as far as it is needed here."""

    issuer: str
    token_endpoint: str
    authorization_endpoint: str = ""
    device_authorization_endpoint: str = ""


class Tokens(msgspec.Struct, frozen=True):
    """What a server gave: the first opens the store for `expires_in` seconds, 0 where unsaid."""

    access_token: str
    refresh_token: str = ""
    expires_in: float = 0


class Code(msgspec.Struct, frozen=True):
    """What to type where (RFC 8628 §3.2), on any device."""

    device_code: str
    user_code: str
    verification_uri: str
    expires_in: float
    verification_uri_complete: str = ""
    interval: float = 5


class NotGranted(Exception):
    """The server's own word for it (RFC 6749 §5.2), and its explanation if it gives one."""

    def __init__(self, error: str, reason: str = "") -> None:
        self.error, self.reason = error, reason
        super().__init__(error)

    @property
    def words(self) -> str:
        """What to say of it: ours where we have them, else the server's."""
        ours = _REFUSALS.get(self.error, self.error or _REFUSALS[""])
        return ours if self.error in _REFUSALS else self.reason or ours


def discover(transport: Transport, sign_in: SignIn) -> Server:
    """Ask the issuer where what is.

    Raises:
        ConnectionProblem: no answer, or somebody else's.
        SignInFailed: it does not say, or speaks for another issuer.
    """
    issuer = sign_in.issuer.rstrip("/")
    parts = urlsplit(issuer)
    oauth = f"{parts.scheme}://{parts.netloc}/.well-known/oauth-authorization-server{parts.path}"
    for url in (f"{issuer}/.well-known/openid-configuration", oauth):
        with transport.request("GET", url) as reply:
            data = reply.read(_MOST)
        if reply.status == 404:
            continue
        if reply.status != 200:
            raise refusal(reply, url)
        try:
            server = msgspec.json.decode(data, type=Server)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise NotTheServer(place=place(url)) from error
        if server.issuer.rstrip("/") != issuer:  # RFC 8414 §3.3: else it could be anybody's
            raise SignInFailed(
                place=place(url), reason=QT_TRANSLATE_NOOP("errors", "it speaks for another issuer")
            )
        return server
    raise SignInFailed(
        place=place(issuer), reason=QT_TRANSLATE_NOOP("errors", "it does not say where to sign in")
    )


def renewed(transport: Transport, sign_in: SignIn, server: Server, token: str) -> Tokens:
    """New tokens for a refresh token; a server may keep the old one valid, or not.

    Raises:
        NotGranted: it is over.
        ConnectionProblem: nobody knows; ask again another time.
    """
    form = {"grant_type": "refresh_token", "refresh_token": token, "client_id": sign_in.client}
    tokens = _granted(transport, server, form)
    return tokens if tokens.refresh_token else msgspec.structs.replace(tokens, refresh_token=token)


def ask_for_code(transport: Transport, sign_in: SignIn, server: Server) -> Code:
    """Have a code to be typed on another device. Raises as `signed_in_by_code`."""
    form = {"client_id": sign_in.client, "scope": " ".join(sign_in.scopes)}
    try:
        return _form(transport, server.device_authorization_endpoint, form, Code)
    except NotGranted as refused:
        raise _failed(server, refused) from refused


def signed_in_by_code(
    transport: Transport,
    sign_in: SignIn,
    server: Server,
    code: Code,
    sleep: Callable[[float], None],
) -> Tokens:
    """Wait until somebody typed the code; `sleep` may raise to stop.

    Raises:
        SignInFailed: nobody did in time, or they declined.
        ConnectionProblem: the server failed for good; a line that breaks is waited out.
    """
    form = {"grant_type": _GRANT, "device_code": code.device_code, "client_id": sign_in.client}
    interval, waited = code.interval, 0.0
    while waited <= code.expires_in:
        sleep(interval)
        waited += interval
        try:
            return _granted(transport, server, form)
        except NotGranted as refused:
            if refused.error == "slow_down":
                interval += _SLOWER
            elif refused.error != "authorization_pending":
                raise _failed(server, refused) from refused
        except (Offline, ServerBusy):
            interval = min(2 * interval, 60.0)
    raise SignInFailed(place=place(server.issuer), reason=_LATE)


@dataclass(frozen=True, slots=True)
class Question:
    """What the browser is sent to the server with; what comes back has to fit it."""

    url: str
    back: str
    state: str
    verifier: str


def question(sign_in: SignIn, server: Server, back: str) -> Question:
    """Make the question for the browser, that leads `back` to this PC."""
    verifier, state = secrets.token_urlsafe(48), secrets.token_urlsafe(24)
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    asked = {
        "response_type": "code",
        "client_id": sign_in.client,
        "redirect_uri": back,
        "scope": " ".join(sign_in.scopes),
        "state": state,
        "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
        "code_challenge_method": "S256",
    }
    joint = "&" if urlsplit(server.authorization_endpoint).query else "?"
    url = f"{server.authorization_endpoint}{joint}{urlencode(asked)}"
    return Question(url, back, state, verifier)


def signed_in_by_browser(
    transport: Transport,
    sign_in: SignIn,
    server: Server,
    asked: Question,
    answer: Mapping[str, str],
) -> Tokens:
    """Change what the browser brought back for tokens. Raises SignInFailed, ConnectionProblem."""
    where = place(server.issuer)
    if answer.get("iss", server.issuer).rstrip("/") != server.issuer.rstrip("/"):  # RFC 9207
        raise SignInFailed(
            place=where, reason=QT_TRANSLATE_NOOP("errors", "another server answered")
        )
    if "code" not in answer:
        refused = NotGranted(answer.get("error", ""), answer.get("error_description", ""))
        raise SignInFailed(place=where, reason=refused.words)
    form = {
        "grant_type": "authorization_code",
        "code": answer["code"],
        "redirect_uri": asked.back,
        "client_id": sign_in.client,
        "code_verifier": asked.verifier,
    }
    try:
        return _granted(transport, server, form)
    except NotGranted as refused:
        raise _failed(server, refused) from refused


def _failed(server: Server, refused: NotGranted) -> SignInFailed:
    return SignInFailed(place=place(server.issuer), reason=refused.words)


def _granted(transport: Transport, server: Server, form: Mapping[str, str]) -> Tokens:
    return _form(transport, server.token_endpoint, form, Tokens)


class _Refusal(msgspec.Struct):
    error: str
    error_description: str = ""


def _form(transport: Transport, url: str, form: Mapping[str, str], kind: type[T]) -> T:
    """POST a form and read what it is answered with. Raises NotGranted, ConnectionProblem."""
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    with transport.request("POST", url, headers=headers, body=urlencode(form).encode()) as reply:
        data = reply.read(_MOST)
    try:
        if reply.status == 200:
            return msgspec.json.decode(data, type=kind)
        if reply.status in (400, 401, 403):
            said = msgspec.json.decode(data, type=_Refusal)
            raise NotGranted(said.error, said.error_description)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise NotTheServer(place=place(url)) from error
    raise refusal(reply, url) if reply.status >= 400 else NotTheServer(place=place(url))
