"""An OpenID Connect provider over HTTP, which signs in at once whoever a test names, and can be told to do wrong."""

from __future__ import annotations

import hmac
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from authlib.common.encoding import to_unicode, urlsafe_b64encode
from flask import Flask, Response, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.support.app_server import serving

CLIENT_ID, CLIENT_SECRET = "qa-service", "secret-of-the-service"


@dataclass
class Provider:
    """What it does next: `claims` are those of whoever signs in, `changes` what is wrong with the next ID token."""

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, Any] = field(default_factory=dict)
    in_userinfo: dict[str, Any] = field(default_factory=dict)
    denies: bool = False
    fails: bool = False
    algorithm: str = "RS256"  # by which the next ID token is signed: "none" leaves it unsigned
    answers: dict[str, Any] = field(default_factory=dict)  # JSON that an address gives instead, by its path
    key: RSAKey = field(default_factory=lambda: new_key("k1"))
    signs_with: RSAKey | None = None  # another key than the one it publishes
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def sign_in(self, sub: str, **claims: Any) -> None:  # noqa: ANN401  # a claim may be anything
        """Name who is to be signed in next, without any fault."""
        self.claims, self.changes, self.in_userinfo = {"sub": sub, **claims}, {}, {}
        self.denies = self.fails = False
        self.signs_with, self.algorithm, self.answers = None, "RS256", {}


def _signed(claims: dict[str, Any], key: RSAKey, algorithm: str) -> str:
    """Return a token; by HS256 the key that is published stands in for a secret that everybody knows."""
    header = {"kid": key.kid, "alg": algorithm}
    if algorithm == "RS256":
        return jwt.encode(header, claims, key)
    signed = f"{_encoded(json.dumps(header).encode())}.{_encoded(json.dumps(claims).encode())}"
    if algorithm == "none":
        return f"{signed}."
    return f"{signed}.{_encoded(hmac.digest(key.as_pem(private=False), signed.encode(), 'sha256'))}"


def _encoded(value: bytes) -> str:
    return str(to_unicode(urlsafe_b64encode(value)))


def new_key(kid: str) -> RSAKey:
    """Return a key to sign with."""
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig", "alg": "RS256"})


@contextmanager
def running_provider() -> Iterator[Provider]:
    """Yield the provider, which listens on a free port; it ends with the block."""
    provider = Provider()
    with serving(_app(provider)) as provider.issuer:
        yield provider


def _app(provider: Provider) -> Flask:
    app = Flask(__name__)

    @app.before_request
    def go_wrong() -> Response | None:
        if provider.fails:
            return Response("out of order", 500)
        return jsonify(provider.answers[request.path]) if request.path in provider.answers else None

    @app.get("/.well-known/openid-configuration")
    def discovery() -> Response:
        paths = {"authorization_endpoint": "a", "token_endpoint": "t", "jwks_uri": "k", "userinfo_endpoint": "u"}
        addresses = {name: f"{provider.issuer}/{path}" for name, path in paths.items()}
        algorithms = ["RS256", "HS256", "none"]  # it may list them all; which of them are taken is not for it to say
        out = f"{provider.issuer}/out"
        return jsonify(
            issuer=provider.issuer, **addresses, id_token_signing_alg_values_supported=algorithms, end_session_endpoint=out
        )

    @app.get("/a")
    def authorize() -> ResponseReturnValue:
        asked = request.args
        assert (asked["client_id"], asked["response_type"], asked["code_challenge_method"]) == (CLIENT_ID, "code", "S256")
        if provider.denies:
            return redirect(f"{asked['redirect_uri']}?error=access_denied&state={asked['state']}")
        code = secrets.token_urlsafe(8)
        provider.codes[code] = asked.to_dict()
        return redirect(f"{asked['redirect_uri']}?code={code}&state={asked['state']}")

    @app.post("/t")
    def token() -> ResponseReturnValue:
        asked = provider.codes.pop(request.form["code"], None)  # good once
        challenge = _encoded(sha256(request.form["code_verifier"].encode()).digest())
        known = request.authorization and (request.authorization.username, request.authorization.password)
        if asked is None or known != (CLIENT_ID, CLIENT_SECRET) or challenge != asked["code_challenge"]:
            return jsonify(error="invalid_grant"), 400
        now = int(time.time())
        told = {"iat": now, "exp": now + 300, **provider.claims, **provider.changes}
        claims = {"iss": provider.issuer, "aud": CLIENT_ID, "nonce": asked["nonce"], **told}
        signed = _signed(claims, provider.signs_with or provider.key, provider.algorithm)
        return jsonify(access_token="x" + provider.claims["sub"], token_type="Bearer", expires_in=300, id_token=signed)

    @app.get("/k")
    def keys() -> Response:
        return jsonify(keys=[provider.key.as_dict(private=False)])

    @app.get("/u")
    def userinfo() -> Response:
        return jsonify({"sub": provider.claims["sub"], **provider.in_userinfo})

    return app
