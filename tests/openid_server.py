# SPDX-License-Identifier: Apache-2.0
"""A small server on loopback where one signs in: OpenID's discovery, device codes, PKCE, RS256.

Strict where the standards are: a wrong verifier, an old refresh token or another client is refused.
Its access tokens are signed, so that a store which knows its address can check them.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

CLIENT = "cartable"
AUDIENCE = "records"
DEVICE = "urn:ietf:params:oauth:grant-type:device_code"


class OpenIdServer(ThreadingHTTPServer):
    """`device` says what a device code is answered with: an error, or 'granted'.

    `given` are the refresh tokens that hold, `valid` the access tokens; `asked` what was posted.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.issuer = f"http://127.0.0.1:{self.server_port}/realm"
        self.key = rsa.generate_private_key(65537, 2048)
        self.scope = "openid statements/write"
        self.lasts = 300
        self.interval = 5
        self.device: list[str] = []
        self.given: set[str] = set()
        self.valid: set[str] = set()
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.codes: dict[str, dict[str, str]] = {}
        self.hidden: set[str] = set()
        self.claims: dict[str, object] = {}
        self.status: int | None = None
        self.rotates = True

    @property
    def metadata(self) -> dict[str, object]:
        found = {
            "issuer": self.issuer,
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint": f"{self.issuer}/token",
            "authorization_endpoint": f"{self.issuer}/authorize",
            "device_authorization_endpoint": f"{self.issuer}/device",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }
        return {name: value for name, value in found.items() if name not in self.hidden}

    def revoke(self) -> None:
        """Take everything back that was given."""
        self.given.clear()
        self.valid.clear()

    def tokens(self) -> dict[str, object]:
        access, refresh = self.signed(), secrets.token_urlsafe(8)
        self.given.add(refresh)
        self.valid.add(access)
        return {
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": self.lasts,
            "refresh_token": refresh,
        }

    def signed(self) -> str:
        """A JSON Web Token (RFC 7519) for the store."""
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": AUDIENCE,
            "sub": "awa",
            "iat": now,
            "exp": now + self.lasts,
            "scope": self.scope,
            "jti": secrets.token_hex(4),
        } | self.claims
        head = {"alg": "RS256", "typ": "JWT", "kid": "one"}
        signed = f"{_text(json.dumps(head).encode())}.{_text(json.dumps(claims).encode())}"
        signature = self.key.sign(signed.encode(), padding.PKCS1v15(), SHA256())
        return f"{signed}.{_text(signature)}"

    def keys(self) -> dict[str, object]:
        public = self.key.public_key().public_numbers()
        size = (public.n.bit_length() + 7) // 8
        key = {
            "kty": "RSA",
            "kid": "one",
            "alg": "RS256",
            "use": "sig",
            "n": _text(public.n.to_bytes(size, "big")),
            "e": _text(public.e.to_bytes(3, "big")),
        }
        return {"keys": [key]}

    def handle_error(self, *args: object) -> None:
        """A client that leaves is no fault."""


class _Handler(BaseHTTPRequestHandler):
    server: OpenIdServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        server = self.server
        if parts.path == "/realm/.well-known/openid-configuration":
            hidden = "openid" in server.hidden
            self.say(404 if hidden else 200, {} if hidden else server.metadata)
        elif parts.path == "/.well-known/oauth-authorization-server/realm":
            self.say(200, server.metadata)
        elif parts.path == "/realm/keys":
            self.say(200, server.keys())
        elif parts.path == "/realm/authorize":
            self.authorize(dict(parse_qsl(parts.query)))
        else:
            self.say(404, {})

    def authorize(self, asked: dict[str, str]) -> None:
        """As if somebody typed their password at once."""
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        assert urlsplit(asked["redirect_uri"]).hostname == "127.0.0.1"
        code = secrets.token_urlsafe(8)
        self.server.codes[code] = asked
        answer = urlencode({"code": code, "state": asked["state"], "iss": self.server.issuer})
        self.say(302, {}, location=f"{asked['redirect_uri']}?{answer}")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = dict(parse_qsl(body))
        server = self.server
        server.asked.append((urlsplit(self.path).path.rpartition("/")[2], form))
        if server.status is not None:
            self.say(server.status, {})
        elif self.path not in ("/realm/device", "/realm/token"):
            self.say(404, {})
        elif form.get("client_id") != CLIENT:
            self.say(401, {"error": "invalid_client", "error_description": "not known here"})
        elif self.path == "/realm/device":
            self.say(200, self.device())
        else:
            self.token(form)

    def device(self) -> dict[str, object]:
        return {
            "device_code": "the-device",
            "user_code": "WDJB-MJHT",
            "verification_uri": f"{self.server.issuer}/code",
            "expires_in": 60,
            "interval": self.server.interval,
        }

    def token(self, form: dict[str, str]) -> None:
        server = self.server
        error = "invalid_grant"
        match form["grant_type"]:
            case grant if grant == DEVICE:
                error = server.device.pop(0) if server.device else "granted"
            case "refresh_token" if form["refresh_token"] in server.given:
                if server.rotates:
                    server.given.discard(form["refresh_token"])
                error = "granted"
            case "authorization_code" if asked := server.codes.pop(form["code"], None):
                digest = hashlib.sha256(form["code_verifier"].encode()).digest()
                fits = _text(digest) == asked["code_challenge"]
                if fits and form["redirect_uri"] == asked["redirect_uri"]:
                    error = "granted"
        self.say(*((200, server.tokens()) if error == "granted" else (400, {"error": error})))

    def say(self, status: int, what: Any, **headers: str) -> None:
        body = json.dumps(what).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


@contextmanager
def signing_in() -> Iterator[OpenIdServer]:
    """The server, while the block runs."""
    server = OpenIdServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
