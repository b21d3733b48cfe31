"""Every setting of the service: one frozen value, made once from the environment, that checks itself."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Self

from index.errors import QAError

PREFIX = "QA_"
_RANGES = (("port", 0, 65_535), ("workers", 1, 64), ("trusted_proxies", 0, 8), ("retention_days", 0, 36_500))


class SettingsError(QAError):
    """A setting is unknown or has a value that it cannot have; the message names both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings in force; each is read from `QA_` and its name in capitals."""

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
    workers: int = 1  # server processes; each keeps its own count for the rate limit
    trusted_proxies: int = 0  # reverse proxies in front, whose X-Forwarded-… headers are believed
    rate_limit: str = "60/minute"  # questions that one client address may ask; "off" for no limit

    def __post_init__(self) -> None:
        for name, lowest, highest in _RANGES:
            if not lowest <= getattr(self, name) <= highest:
                raise SettingsError(f"{_variable(name)} va de {lowest} à {highest}, pas {getattr(self, name)}")
        if not re.fullmatch(r"off|[1-9]\d{0,5}/(second|minute|hour|day)", self.rate_limit):
            raise SettingsError(f"QA_RATE_LIMIT vaut « off » ou par exemple « 60/minute », pas « {self.rate_limit} »")
        if not re.match(r"$|postgres(ql)?(\+psycopg)?://", self.database_url):  # not shown: a password may stand in it
            raise SettingsError("QA_DATABASE_URL est vide, ou commence par « postgresql:// »")

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Self:
        """Return the settings that `environ` gives, defaults elsewhere.

        Raises:
            SettingsError: a `QA_` name that no setting has, or a value that it cannot have.
        """
        defaults = {_variable(setting.name): setting.default for setting in fields(cls)}
        values: dict[str, Any] = {}
        for variable, text in environ.items():
            if not variable.startswith(PREFIX):
                continue
            if variable not in defaults:
                raise SettingsError(_unknown(variable, list(defaults)))
            values[variable.removeprefix(PREFIX).lower()] = _parse(variable, text, defaults[variable])
        return cls(**values)


def _variable(name: str) -> str:
    return PREFIX + name.upper()


def _parse(variable: str, text: str, default: object) -> str | int | bool | Path:
    """Return `text` as a value of the type of `default`."""
    if isinstance(default, Path):
        return Path(text)
    if isinstance(default, bool):
        if text not in ("on", "off"):
            raise SettingsError(f"{variable} vaut « on » ou « off », pas « {text} »")
        return text == "on"
    if not isinstance(default, int):
        return text
    if not re.fullmatch(r"-?[0-9]{1,9}", text):
        raise SettingsError(f"{variable} est un nombre entier, pas « {text} »")
    return int(text)


def _unknown(variable: str, known: list[str]) -> str:
    nearest = difflib.get_close_matches(variable, known, n=1, cutoff=0.5)
    hint = f"vouliez-vous dire {nearest[0]} ?" if nearest else f"les réglages sont {', '.join(known)}"
    return f"{variable} est inconnu ; {hint}"
