"""Who asks, as a reverse proxy says that has signed them in."""

from __future__ import annotations

from ipaddress import ip_address

from flask import request

from qa_service.access import listed
from web.access.owners import owner_of_account
from web.access.roles import role_of
from web.identity import Identity
from web.state import settings_in_force


def identity() -> Identity | None:
    """Return whom a trusted proxy names; None where none does, or somebody else says so."""
    settings = settings_in_force()
    name = _header(settings.proxy_user_header)
    # Two headers of one name arrive as one with a comma: somebody added to what the proxy says.
    if not name or "," in name or not _from_a_proxy():
        return None
    return Identity(owner_of_account(name, settings), name, role_of(listed(_header(settings.proxy_groups_header)), settings))


def _from_a_proxy() -> bool:
    """Tell whether the connection itself comes from an address that is believed, whatever it forwards."""
    before = request.environ.get("werkzeug.proxy_fix.orig", request.environ)
    try:
        address = ip_address(before.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    return any(address in network for network in settings_in_force().proxies)


def _header(name: str) -> str:
    """Return a header as UTF-8, which is what proxies write; WSGI reads it as Latin-1."""
    return request.headers.get(name, "").encode("latin-1", "replace").decode("utf-8", "replace").strip()
