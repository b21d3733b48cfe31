"""The ids by which conversations go: another one after an upgrade, and nobody would find theirs again."""

from __future__ import annotations

import pytest

from qa_service.access import AccessMode, AccessSettings
from qa_service.errors import SettingsError
from web.access.owners import owner_of_account, owner_of_token

ISSUER = "https://id.example.fr/realms/agglo"


@pytest.mark.parametrize(
    ("access", "account", "owner"),
    [
        (AccessMode.PROXY, "Zoé", "fd896acf805e3b51429772fe68348890ca719cfd92aa81ed4a1a0c2151bafcca"),
        (AccessMode.OIDC, "u1", "002a06a54ffdf655ed33ce7baa9f4c165c0bce4ec9aaa384bd3f4dfc7d41d7f7"),
    ],
)
def test_people(access: AccessMode, account: str, owner: str) -> None:
    """Digests, which stay as they are."""
    assert owner_of_account(account, AccessSettings(access=access, oidc_issuer=ISSUER)) == owner


def test_programs() -> None:
    """Each token is somebody of its own."""
    assert owner_of_token("ab12cd34ef56") == "51985c2209db31bb055c81534319697b488c76c2a0babe65aeff69df35b05bd0"


@pytest.mark.parametrize("access", [AccessMode.OPEN, AccessMode.TOKEN])
def test_where_nobody_signs_in(access: AccessMode) -> None:
    """There are no accounts, and it is said what there is."""
    with pytest.raises(SettingsError, match="donnez --owner ou --token"):
        owner_of_account("Zoé", AccessSettings(access=access))


def test_no_account_without_its_provider() -> None:
    """Nothing would be found, and nobody would know why."""
    with pytest.raises(SettingsError, match="demande QA_OIDC_ISSUER"):
        owner_of_account("u1", AccessSettings(access=AccessMode.OIDC))
