"""The settings check themselves."""

from pathlib import Path

import pytest

from qa_service.errors import SettingsError
from qa_service.settings import MetricsAccess, Settings


def test_defaults_hold_without_environment() -> None:
    """On loopback, sixty questions a minute."""
    settings = Settings.from_env({"HOME": "/root"})
    assert (settings.host, settings.port, settings.rate_limit) == ("127.0.0.1", 8000, "60/minute")


def test_the_environment_gives_each_its_type() -> None:
    """Paths, numbers, switches and words."""
    environ = {"QA_VAR_DIR": "/srv/qa", "QA_PORT": "8001", "QA_CARDS": "off", "QA_METRICS": "off"}
    assert Settings.from_env(environ) == Settings(var_dir=Path("/srv/qa"), port=8001, cards=False, metrics=MetricsAccess.OFF)


def test_no_secret_shows() -> None:
    """Settings are printed without the passwords that they hold."""
    secrets = {"database_url": "postgresql://qa:secret-1@h/b", "llm_key": "secret-2", "limiter_store": "redis://:secret-3@h"}
    settings = Settings.from_env({f"QA_{name.upper()}": value for name, value in secrets.items()})
    assert "secret" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("QA_PROT", "1", r"QA_PROT est inconnu ; vouliez-vous dire QA_PORT \?"),
        ("QA_ZZZZZZ", "1", r"QA_ZZZZZZ est inconnu ; les réglages sont QA_ACCESS, "),
        ("QA_PORT", "huit", r"QA_PORT est un nombre entier, pas « huit »"),
        ("QA_PORT", "70000", r"QA_PORT va de 0 à 65535, pas 70000"),
        ("QA_WORKERS", "0", r"QA_WORKERS va de 1 à 64, pas 0"),
        ("QA_TRUSTED_PROXIES", "-1", r"QA_TRUSTED_PROXIES va de 0 à 8, pas -1"),
        ("QA_CARDS", "oui", r"QA_CARDS vaut « on » ou « off », pas « oui »"),
        ("QA_RATE_LIMIT", "60 par minute", r"QA_RATE_LIMIT vaut « off » ou par exemple « 60/minute »"),
        ("QA_RATE_LIMIT", "0/minute", r"QA_RATE_LIMIT vaut « off »"),
        ("QA_RETENTION_DAYS", "-1", r"QA_RETENTION_DAYS va de 0 à 36500, pas -1"),
        ("QA_DATABASE_URL", "mysql://h/b", r"QA_DATABASE_URL est vide, ou commence par « postgresql:// »$"),
        ("QA_LOG_LEVEL", "warn", r"QA_LOG_LEVEL vaut « debug », « info », « warning », « error », pas « warn »"),
        ("QA_CONFIG", "/nowhere/qa.toml", r"« /nowhere/qa.toml » : ce fichier ne se lit pas"),
    ],
)
def test_a_wrong_setting_is_named_with_its_remedy(name: str, value: str, message: str) -> None:
    """The message has the name, the value and what would be right."""
    with pytest.raises(SettingsError, match=message):
        Settings.from_env({name: value})


@pytest.mark.parametrize(
    "address", ["redis://h", "redis://127.0.0.1:6379/0", "rediss://:p%40ss@h.example.fr:6380", "redis://qa:p@[::1]:6379/12"]
)
def test_addresses_of_a_limiter_store(address: str) -> None:
    """Redis, with and without account, password, TLS, port and number of the database."""
    assert Settings(limiter_store=address).limiter_store == address


@pytest.mark.parametrize(
    "address",
    ["memory://", "redis:h", "redis://", "redis://:se/cret@h", "redis://secret@h", "redis://h:secret", "redis://h:65536",
     "redis://h/secret", "redis://h?password=secret", "redis://h \n"],
)  # fmt: skip
def test_no_other_limiter_store_is_taken_and_none_is_shown(address: str) -> None:
    """The message says the form, not what was given: a password may stand anywhere in it."""
    with pytest.raises(SettingsError, match=r"^QA_LIMITER_STORE est vide, ou de la forme redis://compte:") as caught:
        Settings(limiter_store=address)
    assert "secret" not in str(caught.value)


def config(tmp_path: Path, text: str) -> Path:
    """Return a file of settings."""
    path = tmp_path / "qa.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_environment_goes_before_the_file_and_the_file_before_defaults(tmp_path: Path) -> None:
    """Each setting by itself."""
    path = config(tmp_path, 'port = 8001\nworkers = 2\nmetrics = "off"\ncards = false\nvar_dir = "/srv/qa"\n')
    settings = Settings.from_env({"QA_CONFIG": str(path), "QA_PORT": "8002", "QA_CARDS": "on"})
    assert settings == Settings(port=8002, workers=2, metrics=MetricsAccess.OFF, cards=True, var_dir=Path("/srv/qa"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("prot = 1", r"prot est inconnu ; vouliez-vous dire port \?"),
        ("QA_PORT = 1", r"QA_PORT est inconnu ; "),
        ('port = "huit"', r"port est un nombre entier, pas « huit »"),
        ("port = 70000", r"QA_PORT va de 0 à 65535, pas 70000"),
        ("port = 8000.5", r"port vaut un texte entre guillemets, un nombre entier, true ou false"),
        ("[port]", r"port vaut un texte entre guillemets"),
        ("port", r"ce fichier n'est pas du TOML en UTF-8"),
        ("log_level = true", r"log_level vaut « debug »"),
    ],
)
def test_what_is_wrong_in_the_file_is_told_with_its_name(tmp_path: Path, text: str, message: str) -> None:
    """As in the environment, with the names that the file has."""
    path = config(tmp_path, text)
    with pytest.raises(SettingsError, match=rf"« {path} » : .*{message}"):
        Settings.from_env({"QA_CONFIG": str(path)})
