"""Who may use the service: what each way needs, and a service that others reach without one does not start."""

from __future__ import annotations

import pytest

from qa_service.access import AccessMode
from qa_service.errors import SettingsError
from qa_service.settings import Settings

KEY = "0123456789abcdef" * 2
OIDC = {
    "QA_ACCESS": "oidc", "QA_SECRET_KEY": KEY, "QA_OIDC_ISSUER": "https://id.example.fr/realms/agglo",
    "QA_OIDC_CLIENT_ID": "qa", "QA_OIDC_CLIENT_SECRET": "tres-secret",
}  # fmt: skip


@pytest.mark.parametrize(
    "environ",
    [
        OIDC,
        {**OIDC, "QA_OIDC_ISSUER": "http://127.0.0.1:8080"},
        {"QA_ACCESS": "proxy", "QA_SECRET_KEY": KEY, "QA_PROXY_ADDRESSES": "127.0.0.1, 10.0.0.0/8, ::1"},
        {"QA_ACCESS": "token", "QA_SECRET_KEY": KEY},
    ],
)
def test_a_complete_choice_is_taken(environ: dict[str, str]) -> None:
    """And lets the service listen where others come from."""
    settings = Settings.from_env(environ)
    settings.check_access()
    assert settings.access == environ["QA_ACCESS"]
    settings.check_exposed("0.0.0.0", behind_proxies=True)  # nothing listens here


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"QA_ACCESS": "all"}, "QA_ACCESS vaut « open », « oidc », « proxy », « token », pas « all »"),
        ({"QA_ACCESS": "token"}, "QA_ACCESS=token demande QA_SECRET_KEY, de 32 caractères au moins"),
        ({"QA_ACCESS": "token", "QA_SECRET_KEY": "court-secret"}, "QA_ACCESS=token demande QA_SECRET_KEY"),
        ({"QA_ACCESS": "proxy", "QA_SECRET_KEY": KEY}, "QA_ACCESS=proxy demande QA_PROXY_ADDRESSES"),
        ({"QA_PROXY_ADDRESSES": "10.0.0.0/8,ici"}, "« 'ici' » n'est ni une adresse IP ni un réseau"),
        ({"QA_PROXY_USER_HEADER": "X User"}, "QA_PROXY_USER_HEADER et QA_PROXY_GROUPS_HEADER sont des noms"),
        ({**OIDC, "QA_OIDC_CLIENT_ID": ""}, "QA_ACCESS=oidc demande QA_OIDC_CLIENT_ID"),
        ({**OIDC, "QA_OIDC_ISSUER": "http://id.example.fr"}, "QA_OIDC_ISSUER commence par « https:// »"),
        ({**OIDC, "QA_OIDC_ISSUER": "https://[id"}, "QA_OIDC_ISSUER commence par « https:// »"),
        ({**OIDC, "QA_OIDC_ISSUER": "https://"}, "QA_OIDC_ISSUER commence par « https:// »"),
        ({**OIDC, "QA_OIDC_ISSUER": ""}, "QA_ACCESS=oidc demande QA_OIDC_ISSUER"),
        ({"QA_SESSION_HOURS": "0"}, "QA_SESSION_HOURS va de 1 à 720, pas 0"),
    ],
)
def test_what_is_missing_is_named(environ: dict[str, str], said: str) -> None:
    """Without showing a secret."""
    with pytest.raises(SettingsError) as raised:
        Settings.from_env(environ).check_access()
    assert said in str(raised.value)
    assert not any(secret in str(raised.value) for secret in ("court-secret", "tres-secret", KEY))


@pytest.mark.parametrize("access", ["oidc", "proxy", "token"])
def test_the_terminal_needs_no_secret(access: str) -> None:
    """Who builds an index or makes a token under the service's account cannot read the server's secrets."""
    assert Settings.from_env({"QA_ACCESS": access}).access == access


def test_secrets_are_not_shown() -> None:
    """Neither by a log of the settings nor in a traceback."""
    assert not any(secret in repr(Settings.from_env(OIDC)) for secret in ("tres-secret", KEY))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "qa.example.fr", ""])
def test_others_do_not_reach_an_open_service(host: str) -> None:
    """It does not start, and says what to choose."""
    with pytest.raises(SettingsError, match=r"QA_ACCESS=oidc, proxy ou token, et donnez QA_SECRET_KEY"):
        Settings().check_exposed(host, behind_proxies=False)


def test_a_proxy_in_front_brings_others() -> None:
    """Though the service itself listens to its machine only."""
    with pytest.raises(SettingsError, match=r"^Derrière un proxy \(QA_TRUSTED_PROXIES\)"):
        Settings(trusted_proxies=1).check_exposed("127.0.0.1", behind_proxies=True)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost", "::ffff:127.0.0.1"])
def test_the_machine_itself_needs_no_choice(host: str) -> None:
    """Open is the default."""
    assert Settings().access is AccessMode.OPEN
    Settings().check_exposed(host, behind_proxies=False)
