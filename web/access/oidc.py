"""Signing in with an OpenID Connect provider: authorization code with PKCE, by Authlib (OpenID Connect Core 1.0, RFC 7636)."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import quote

from authlib.integrations.flask_client import FlaskOAuth2App, OAuth, OAuthError
from flask import Blueprint, Flask, current_app, redirect, render_template, request, session, url_for
from flask.sessions import SecureCookieSessionInterface
from flask.typing import ResponseReturnValue
from joserfc.errors import JoseError
from requests import RequestException

from qa_service.access import AccessMode
from qa_service.settings import Settings
from web.access.owners import owner_of_account
from web.access.roles import role_of
from web.identity import Identity, Role
from web.problems import ProblemError, problem_of
from web.security import SESSION_COOKIE
from web.state import settings_in_force

bp = Blueprint("access", __name__)
_CLIENT = "qa_oidc"
_TIMEOUT_S = 5  # a provider that does not answer holds up one thread so long
_LEEWAY_S = 60  # by which two machines' clocks may differ
_STATE, _LAST_STATES = "_state_", 3  # Authlib's, of sign-ins begun; of those never ended the cookie keeps so many
_MAX_ADDRESS = 1000  # of where one comes from: with the sign-ins begun the cookie stays below 4,096 bytes
_ALGORITHMS = "id_token_signing_alg_values_supported"  # Authlib takes all that the provider lists, "none" among them
_SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_NAMES = ("name", "preferred_username", "email")  # of whoever signs in, the best first
_CODE = re.compile(r"[a-z_]{1,40}")  # of an error (RFC 6749, 4.1.2.1); whoever comes back may have written it
# What Authlib and what it stands on raise of an answer that is none, or is of another shape than a provider's.
_BROKEN = (RequestException, ValueError, RuntimeError, LookupError, TypeError, AttributeError)
_UNREACHABLE = "Le service de connexion ne répond pas comme il faut ; réessayez dans un instant."
_REFUSED = "La réponse du service de connexion n'est pas valable ; recommencez la connexion."
_DENIED = "Le service de connexion ne vous donne pas accès."
_log = logging.getLogger(__name__)


class _Provider(FlaskOAuth2App):  # type: ignore[misc]  # authlib ships no annotations
    """The provider, of whose own description only what is safe is believed."""

    def load_server_metadata(self) -> dict[str, Any]:
        """Return the description; raises RuntimeError if it is another provider's (OpenID Connect Discovery, 4.3)."""
        told: dict[str, Any] = super().load_server_metadata()
        issuer = settings_in_force().oidc_issuer
        if told.get("issuer") != issuer:
            told.pop("_loaded_at", None)  # to be asked again
            raise RuntimeError(f"QA_OIDC_ISSUER is not what the provider calls itself: {told.get('issuer')!r}")
        told[_ALGORITHMS] = [name for name in told.get(_ALGORITHMS, ()) if name in _SIGNATURES] or ["RS256"]
        return told


class _Sessions(SecureCookieSessionInterface):
    """The signed cookie of a session; over https no other site of the domain can set it (`__Host-`, RFC 6265bis)."""

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure

    def get_cookie_name(self, app: Flask) -> str:
        return f"__Host-{SESSION_COOKIE}" if request.is_secure else SESSION_COOKIE


def init_app(app: Flask, settings: Settings) -> None:
    """Let people sign in, where the settings say so."""
    app.add_template_global(signed_in)
    app.add_template_global(lambda: settings.access is AccessMode.OIDC, "signs_in")
    if settings.access is not AccessMode.OIDC:
        return
    app.secret_key, app.session_interface = settings.secret_key, _Sessions()
    app.config.update(
        PERMANENT_SESSION_LIFETIME=settings.session_hours * 3600,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
    )
    app.extensions[_CLIENT] = OAuth(app).register(
        "provider",
        client_cls=_Provider,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        server_metadata_url=settings.oidc_issuer.rstrip("/") + "/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256", "default_timeout": _TIMEOUT_S},
    )
    app.register_blueprint(bp)


def way_in(address: str) -> str:
    """Return where to sign in, to come back to an address of this service."""
    return url_for("access.sign_in", suite=address if len(quote(address)) <= _MAX_ADDRESS else None)


def signed_in() -> Identity | None:
    """Return who has signed in with this browser, None for nobody, or where nobody can."""
    who = session.get("who") if _CLIENT in current_app.extensions else None
    if who is None or session.get("until", 0) <= time.time():
        return None
    return Identity(who["owner"], who["name"], Role[who["role"]])


@bp.get("/connexion")
def sign_in() -> ResponseReturnValue:
    """Lead to the provider, or back to where one came from if that is done."""
    address = request.args.get("suite", "")
    if signed_in():
        return redirect(_local(address))
    begun = sorted((key for key in session if key.startswith(_STATE)), key=lambda key: session[key]["exp"])
    for state in begun[:-_LAST_STATES]:
        del session[state]
    session["suite"] = address if _is_local(address) else ""
    try:
        response: ResponseReturnValue = _client().authorize_redirect(url_for("access.come_back", _external=True))
    except _BROKEN as error:
        raise _unreachable(error) from error
    return response


@bp.get("/connexion/retour")
def come_back() -> ResponseReturnValue:
    """Make the session of whom the provider names."""
    claims = _claims()
    settings, address = settings_in_force(), _local(session.get("suite", ""))
    role = role_of(_groups(claims, settings.oidc_roles_claim), settings)
    name = next(str(claims[key]) for key in (*_NAMES, "sub") if claims.get(key))
    session.clear()
    session.permanent = True
    session["who"] = {"owner": owner_of_account(claims["sub"], settings), "name": name[:200], "role": role.name}
    session["until"] = int(time.time()) + settings.session_hours * 3600
    _log.info("signed in", extra={"role": role.name.lower()})
    return redirect(address)


@bp.post("/deconnexion")
def sign_out() -> ResponseReturnValue:
    """End the session here; the provider's own is ended there, by whoever wants that."""
    session.clear()
    _log.info("signed out")
    try:
        elsewhere = _client().create_logout_url(client_id=settings_in_force().oidc_client_id)["url"]
    except _BROKEN:  # it offers none, or does not answer
        elsewhere = ""
    return render_template("signed_out.html", elsewhere=elsewhere)


def _claims() -> Mapping[str, Any]:
    """Return what the provider says of whoever comes back from it, checked.

    Raises:
        ProblemError: they are not let in (403), what comes back is not valid (403), or the provider fails (503).
    """
    settings, client = settings_in_force(), _client()
    wanted = {"iss": {"values": [settings.oidc_issuer]}, "aud": {"essential": True, "value": settings.oidc_client_id}}
    try:
        token = client.authorize_access_token(claims_options=wanted, leeway=_LEEWAY_S)
        told: dict[str, Any] = dict(token["userinfo"])
        if not (isinstance(told["sub"], str) and told["sub"]):
            raise KeyError("sub")
        lacking = settings.oidc_roles_claim.split(".")[0] not in told or not any(map(told.get, _NAMES))
        if lacking and "userinfo_endpoint" in client.load_server_metadata():
            more = dict(client.userinfo(token=token))
            told = {**more, **told} if more.get("sub") == told["sub"] else told  # OpenID Connect Core, 5.3.2
    except OAuthError as error:
        _log.warning("sign-in refused", extra={"reason": error.error if _CODE.fullmatch(str(error.error)) else "other"})
        why = _DENIED if error.error == "access_denied" else _REFUSED
        raise ProblemError(problem_of(403, why)) from None
    except (JoseError, KeyError) as error:
        _log.warning("sign-in refused", extra={"reason": type(error).__name__})
        raise ProblemError(problem_of(403, _REFUSED)) from None
    except _BROKEN as error:
        raise _unreachable(error) from error
    return told


def _groups(claims: Mapping[str, Any], path: str) -> Collection[str]:
    """Return what stands at a path of the claims, as names; () if nothing does."""
    found: Any = claims
    for part in path.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    if isinstance(found, str):
        return (found,)
    return tuple(filter(lambda one: isinstance(one, str), found)) if isinstance(found, list) else ()


def _local(address: str) -> str:
    """Return where an address of this service is reached, or its first page: no link leads elsewhere through a sign-in."""
    return request.script_root + address if _is_local(address) else url_for("pages.home")


def _is_local(address: str) -> bool:
    safe = address.startswith("/") and not address.startswith("//") and address.isprintable() and "\\" not in address
    return safe and len(quote(address)) <= _MAX_ADDRESS


def _unreachable(error: Exception) -> ProblemError:
    _log.error("the provider does not answer as it should", exc_info=error)
    return ProblemError(problem_of(503, _UNREACHABLE))


def _client() -> FlaskOAuth2App:
    client: FlaskOAuth2App = current_app.extensions[_CLIENT]
    return client
