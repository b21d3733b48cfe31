"""The settings that say who may use the service, and what each may do."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from qa_service.errors import SettingsError

MIN_SECRET = 32  # characters: 128 bits in hexadecimal
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_MAKE_SECRET = "par exemple ce qu'écrit : python3 -c 'import secrets; print(secrets.token_hex(32))'"


class AccessMode(StrEnum):
    """How those who use the service are known."""

    OPEN = "open"  # they are not
    OIDC = "oidc"  # they sign in with an OpenID Connect provider
    PROXY = "proxy"  # a reverse proxy says who they are
    TOKEN = "token"  # programs only, each with a token of its own; tokens are taken with OIDC and PROXY too


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessSettings:
    """Part of `qa_service.settings.Settings`; lists are written with commas."""

    access: AccessMode = AccessMode.OPEN
    secret_key: str = field(default="", repr=False)  # signs the sessions; the same on each machine
    session_hours: int = 10  # then one signs in again
    oidc_issuer: str = ""  # the provider's address
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)
    oidc_roles_claim: str = "groups"  # where the provider says somebody's groups, "a.b" for b inside a
    proxy_addresses: str = ""  # addresses or networks of the proxies that are believed
    proxy_user_header: str = "X-Remote-User"
    proxy_groups_header: str = "X-Remote-Groups"  # somebody's groups, with commas
    editors: str = ""  # groups that may correct answers
    admins: str = ""  # groups that may do everything

    @property
    def proxies(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """The networks in `proxy_addresses`."""
        return tuple(map(ip_network, listed(self.proxy_addresses)))

    def check_access_values(self) -> None:
        """Check each setting that is there; of those that are missing `check_access` tells.

        Raises:
            SettingsError: one cannot be.
        """
        if not _HEADER.fullmatch(self.proxy_user_header) or not _HEADER.fullmatch(self.proxy_groups_header):
            raise SettingsError("QA_PROXY_USER_HEADER et QA_PROXY_GROUPS_HEADER sont des noms d'en-têtes, comme X-Remote-User")
        try:
            _ = self.proxies
        except ValueError as error:
            wrong = error.args[0].split()[0]
            raise SettingsError(f"QA_PROXY_ADDRESSES : « {wrong} » n'est ni une adresse IP ni un réseau") from None
        if self.oidc_issuer and not _is_issuer(self.oidc_issuer):
            raise SettingsError("QA_OIDC_ISSUER commence par « https:// »")

    def check_access(self) -> None:
        """Check that what the access mode needs to serve is there; the commands for the terminal do without its secrets.

        Raises:
            SettingsError: a setting is missing; no secret is shown.
        """
        if self.access is not AccessMode.OPEN and len(self.secret_key) < MIN_SECRET:
            raise SettingsError(
                f"QA_ACCESS={self.access} demande QA_SECRET_KEY, de {MIN_SECRET} caractères au moins, {_MAKE_SECRET}"
            )
        if self.access is AccessMode.PROXY and not self.proxies:
            raise SettingsError("QA_ACCESS=proxy demande QA_PROXY_ADDRESSES : les adresses des proxys, par exemple 127.0.0.1")
        for name in ("oidc_issuer", "oidc_client_id", "oidc_client_secret"):
            if self.access is AccessMode.OIDC and not getattr(self, name):
                raise SettingsError(f"QA_ACCESS=oidc demande QA_{name.upper()}")

    def check_exposed(self, host: str, *, behind_proxies: bool) -> None:
        """Check that who listens where others come from has chosen who they may be.

        Raises:
            SettingsError: nothing is chosen; the message says what may be.
        """
        if self.access is AccessMode.OPEN and (behind_proxies or not is_loopback(host)):
            where = "Derrière un proxy (QA_TRUSTED_PROXIES)" if is_loopback(host) else f"Sur « {host} »"
            raise SettingsError(
                f"{where}, d'autres peuvent atteindre le service : dites qui peut l'utiliser, QA_ACCESS=oidc, proxy ou token, "
                f"et donnez QA_SECRET_KEY, {_MAKE_SECRET}"
            )


def listed(text: str) -> tuple[str, ...]:
    """Return the items of a list that is written with commas."""
    return tuple(item.strip() for item in text.split(",") if item.strip())


def _is_issuer(text: str) -> bool:
    try:
        address = urlsplit(text)
    except ValueError:
        return False
    host = address.hostname or ""
    return bool(host) and (address.scheme == "https" or (address.scheme == "http" and is_loopback(host)))


def is_loopback(host: str) -> bool:
    """Tell whether a host name or address is this machine for itself alone."""
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        return host == "localhost"
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback
