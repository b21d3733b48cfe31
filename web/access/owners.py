"""The ids by which the conversations of those who are known go: digests, so that the database names nobody."""

from __future__ import annotations

from hashlib import sha256

from qa_service.access import AccessMode, AccessSettings
from qa_service.errors import SettingsError


def owner_of_account(account: str, settings: AccessSettings) -> str:
    """Return the id of whoever has signed in: by the provider's `sub`, or by the name that the proxy gives.

    Raises:
        SettingsError: nobody signs in with this access mode, or the provider is not named.
    """
    match settings.access:
        case AccessMode.OIDC:
            if not settings.oidc_issuer:
                raise SettingsError("QA_ACCESS=oidc demande QA_OIDC_ISSUER, par lequel les comptes se distinguent.")
            return _digest("oidc", settings.oidc_issuer, account)
        case AccessMode.PROXY:
            return _digest("proxy", account)
        case _:
            raise SettingsError(f"Avec QA_ACCESS={settings.access}, personne n'a de compte ; donnez --owner ou --token.")


def owner_of_token(token_id: str) -> str:
    """Return the id of whoever uses an API token."""
    return _digest("token", token_id)


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()
