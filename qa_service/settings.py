"""Every setting of the service: one frozen value, made once from the environment and a file, that checks itself."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from qa_service.access import AccessSettings
from qa_service.errors import SettingsError

PREFIX = "QA_"
MAX_PORT = 65_535
_RANGES = (
    ("port", 0, MAX_PORT),
    ("workers", 1, 64),
    ("trusted_proxies", 0, 8),
    ("retention_days", 0, 36_500),
    ("session_hours", 1, 720),
)
_REDIS = r"rediss?://([^\s:@/?#]*:[^\s:@/?#]+@)?([\w.-]+|\[[\da-fA-F:.]+\])(:(?P<port>\d{1,5}))?(/\d{1,4})?"
CONFIG = "QA_CONFIG"  # names a TOML file of settings


class LogLevel(StrEnum):
    """From which level on the server logs."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class LogFormat(StrEnum):
    """How a log line is written; AUTO: as text on a terminal, as JSON elsewhere."""

    AUTO = "auto"
    JSON = "json"
    TEXT = "text"


class MetricsAccess(StrEnum):
    """Who may read the metrics."""

    ON = "on"
    OFF = "off"
    LOOPBACK = "loopback"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(AccessSettings):
    """The settings in force; each is read from `QA_` and its name in capitals, or from a file by its name."""

    var_dir: Path = Path("var")  # what is built: indexes, conversations
    seeds_dir: Path = Path("seeds")  # the reports and what is known about them
    evaluation_dir: Path = Path("evaluation")  # the measures that the reports came with
    encoder: str = "french-static"  # the embedding model: the shipped one, or a sentence-transformers name or folder
    cards: bool = True  # whether the index uses the fact cards; "off" measures what the report alone gives
    llm_url: str = ""  # an OpenAI-compatible address, only for `qa-service facts draft`
    llm_model: str = ""  # the model's name there
    llm_key: str = field(default="", repr=False)  # its key, if it asks for one
    database_url: str = field(default="", repr=False)  # PostgreSQL for the conversations; none: a SQLite file in var_dir
    retention_days: int = 365  # conversations not used for so long are deleted; 0 keeps them
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1  # server processes
    trusted_proxies: int = 0  # reverse proxies in front, whose X-Forwarded-… headers are believed
    rate_limit: str = "60/minute"  # questions of whoever is known, else of an address; "off" for no limit
    limiter_store: str = field(default="", repr=False)  # a Redis that counts for all processes; none: each by itself
    log_level: LogLevel = LogLevel.INFO
    log_format: LogFormat = LogFormat.AUTO
    log_questions: bool = False  # whether the log may tell what is asked, and from where
    metrics: MetricsAccess = MetricsAccess.LOOPBACK

    def __post_init__(self) -> None:
        for name, lowest, highest in _RANGES:
            if not lowest <= getattr(self, name) <= highest:
                raise SettingsError(f"{_variable(name)} va de {lowest} à {highest}, pas {getattr(self, name)}")
        if not re.fullmatch(r"off|[1-9]\d{0,5}/(second|minute|hour|day)", self.rate_limit):
            raise SettingsError(f"QA_RATE_LIMIT vaut « off » ou par exemple « 60/minute », pas « {self.rate_limit} »")
        if not re.match(r"$|postgres(ql)?(\+psycopg)?://", self.database_url):  # not shown: a password may stand in it
            raise SettingsError("QA_DATABASE_URL est vide, ou commence par « postgresql:// »")
        if self.limiter_store and not _is_redis(self.limiter_store):  # as above
            raise SettingsError(
                "QA_LIMITER_STORE est vide, ou de la forme redis://compte:mot-de-passe@serveur:6379/0 (rediss:// avec TLS) ; "
                "écrivez dans le mot de passe %40 pour @, %3A pour :, %2F pour /, %23 pour #, %3F pour ?, %25 pour %"
            )
        self.check_access_values()

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Self:
        """Return the settings that `environ` gives, else those of the file that its `QA_CONFIG` names, else the defaults.

        Raises:
            SettingsError: a name that no setting has, a value that it cannot have, or a file that cannot be read.
        """
        given = {name: text for name, text in environ.items() if name.startswith(PREFIX) and name != CONFIG}
        values = cls._values(given, _variable)
        if path := environ.get(CONFIG):
            values = {**cls._from_file(Path(path)), **values}
        return cls(**values)

    @classmethod
    def _from_file(cls, path: Path) -> dict[str, Any]:
        try:
            values = cls._values(_read(path), str)
            cls(**values)  # what is wrong in the file is told with its name
        except SettingsError as error:
            raise SettingsError(f"« {path} » : {error}") from error
        return values

    @classmethod
    def _values(cls, given: Mapping[str, str], called: Callable[[str], str]) -> dict[str, Any]:
        """Return the values of what is given, by the names of the fields; `called` makes a field's name into the given one."""
        known = {called(setting.name): setting for setting in fields(cls)}
        for name in given:
            if name not in known:
                raise SettingsError(_unknown(name, list(known)))
        return {known[name].name: _parse(name, text, known[name].default) for name, text in given.items()}


def _read(path: Path) -> dict[str, str]:
    """Return what a TOML file gives, written as in the environment."""
    try:
        with path.open("rb") as file:
            given = tomllib.load(file)
    except OSError as error:
        raise SettingsError(f"ce fichier ne se lit pas ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"ce fichier n'est pas du TOML en UTF-8 ({error})") from error
    return {name: _as_text(name, value) for name, value in given.items()}


def _as_text(name: str, value: object) -> str:
    match value:
        case bool():
            return "on" if value else "off"
        case str() | int():
            return str(value)
        case _:
            raise SettingsError(f"{name} vaut un texte entre guillemets, un nombre entier, true ou false")


def _is_redis(address: str) -> bool:
    found = re.fullmatch(_REDIS, address)
    return found is not None and int(found["port"] or 1) <= MAX_PORT


def _variable(name: str) -> str:
    return PREFIX + name.upper()


def _parse(variable: str, text: str, default: object) -> str | int | bool | Path:
    """Return `text` as a value of the type of `default`."""
    if isinstance(default, Path):
        return Path(text)
    if isinstance(default, StrEnum):
        return _choice(variable, text, type(default))
    if isinstance(default, bool):
        if text not in ("on", "off"):
            raise SettingsError(f"{variable} vaut « on » ou « off », pas « {text} »")
        return text == "on"
    if not isinstance(default, int):
        return text
    if not re.fullmatch(r"-?[0-9]{1,9}", text):
        raise SettingsError(f"{variable} est un nombre entier, pas « {text} »")
    return int(text)


def _choice(variable: str, text: str, choices: type[StrEnum]) -> StrEnum:
    try:
        return choices(text)
    except ValueError:
        valid = ", ".join(f"« {choice} »" for choice in choices)
        raise SettingsError(f"{variable} vaut {valid}, pas « {text} »") from None


def _unknown(variable: str, known: list[str]) -> str:
    nearest = difflib.get_close_matches(variable, known, n=1, cutoff=0.5)
    hint = f"vouliez-vous dire {nearest[0]} ?" if nearest else f"les réglages sont {', '.join(known)}"
    return f"{variable} est inconnu ; {hint}"
