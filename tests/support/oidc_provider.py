"""An OpenID Connect provider over HTTP, which signs in at once whoever a test names, and can be told to do wrong."""

from __future__ import annotations

import json
import secrets
import threading
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
from werkzeug.serving import make_server

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
    unsigned: bool = False
    key: RSAKey = field(default_factory=lambda: new_key("k1"))
    signs_with: RSAKey | None = None  # another key than the one it publishes
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def sign_in(self, sub: str, **claims: Any) -> None:  # noqa: ANN401  # a claim may be anything
        """Name who is to be signed in next, without any fault."""
        self.claims, self.changes, self.in_userinfo = {"sub": sub, **claims}, {}, {}
        self.denies = self.fails = self.unsigned = False
        self.signs_with = None


def _part(value: object) -> str:
    return str(to_unicode(urlsafe_b64encode(json.dumps(value).encode())))


def new_key(kid: str) -> RSAKey:
    """Return a key to sign with."""
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig", "alg": "RS256"})


@contextmanager
def running_provider() -> Iterator[Provider]:
    """Yield the provider, which listens on a free port; it ends with the block."""
    provider = Provider()
    server = make_server("127.0.0.1", 0, _app(provider), threaded=True)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield provider
    server.shutdown()
    thread.join()
    server.server_close()


def _app(provider: Provider) -> Flask:
    app = Flask(__name__)

    @app.before_request
    def fail() -> Response | None:
        return Response("out of order", 500) if provider.fails else None

    @app.get("/.well-known/openid-configuration")
    def discovery() -> Response:
        paths = {"authorization_endpoint": "a", "token_endpoint": "t", "jwks_uri": "k", "userinfo_endpoint": "u"}
        addresses = {name: f"{provider.issuer}/{path}" for name, path in paths.items()}
        algorithms = {"id_token_signing_alg_values_supported": ["RS256"], "end_session_endpoint": f"{provider.issuer}/out"}
        return jsonify(issuer=provider.issuer, **addresses, **algorithms)

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
        challenge = to_unicode(urlsafe_b64encode(sha256(request.form["code_verifier"].encode()).digest()))
        known = request.authorization and (request.authorization.username, request.authorization.password)
        if asked is None or known != (CLIENT_ID, CLIENT_SECRET) or challenge != asked["code_challenge"]:
            return jsonify(error="invalid_grant"), 400
        now = int(time.time())
        told = {"iat": now, "exp": now + 300, **provider.claims, **provider.changes}
        claims = {"iss": provider.issuer, "aud": CLIENT_ID, "nonce": asked["nonce"], **told}
        key = provider.signs_with or provider.key
        signed = jwt.encode({"kid": key.kid, "alg": "RS256"}, claims, key)
        if provider.unsigned:
            signed = ".".join((_part({"alg": "none", "kid": key.kid}), _part(claims), ""))
        return jsonify(access_token="x" + provider.claims["sub"], token_type="Bearer", expires_in=300, id_token=signed)

    @app.get("/k")
    def keys() -> Response:
        return jsonify(keys=[provider.key.as_dict(private=False)])

    @app.get("/u")
    def userinfo() -> Response:
        return jsonify({"sub": provider.claims["sub"], **provider.in_userinfo})

    return app
