"""The settings an operator may give, read from WARDLINE_* variables and checked."""

import base64
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

KEY_BYTES = 32


class SettingError(Exception):
    """A WARDLINE_* variable cannot be used."""


@dataclass(frozen=True, slots=True)
class Pkcs11:
    """Where a token and its key are; no module: there is none."""

    module: str
    token: str
    pin: str = field(repr=False)
    key: str


class Environment(BaseSettings):
    """Every variable with its meaning; `docs/settings.md` is made from these."""

    model_config = SettingsConfigDict(env_prefix="WARDLINE_", extra="ignore")

    data: Path = Field(Path("var"), description="Folder for database, keys and cache.")
    database_url: str = Field(
        "", description="postgres://… for PostgreSQL; empty for SQLite in the folder."
    )
    site_url: str = Field(
        "http://127.0.0.1:8000", description="The address people open, without path."
    )
    hosts: list[str] = Field(
        ["127.0.0.1", "localhost"], description="Host names to answer to, a JSON list."
    )
    debug: bool = Field(
        default=False, description="Error pages with code. Never where others reach it."
    )
    secret_key: str = Field(
        "", description="Signs sessions; empty: made once and kept in data/keys."
    )
    vault_key: str = Field(
        "", description="Base64 of 32 bytes; empty: made once and kept in data/keys."
    )
    vault_old_keys: list[str] = Field(
        [], description="Keys that still open what they sealed, a JSON list."
    )
    vault_pkcs11_module: str = Field(
        "", description="A PKCS#11 library, if a token keeps the vault's key."
    )
    vault_pkcs11_token: str = Field("wardline", description="The token's label.")
    vault_pkcs11_pin: str = Field("", description="The PIN of the token's user.")
    vault_pkcs11_key: str = Field(
        "wardline", description="The label of the AES key that seals."
    )
    breached_passwords: Path | None = Field(
        None, description="Sorted SHA-1 hashes in hex, one a line, that are refused."
    )
    audit_key: str = Field(
        "", description="Base64 of 32 bytes; empty: made once and kept in data/keys."
    )
    signing_key: str = Field(
        "",
        description="Signs answers to /api/verify, base64 of 32 bytes; empty: made "
        "once and kept in data/keys.",
    )
    old_signing_keys: list[str] = Field(
        [], description="Public keys that signed before, base64, as a JSON list."
    )
    mail_host: str = Field(
        "", description="The SMTP server; empty: letters are written to the output."
    )
    mail_port: int = Field(
        587, description="Its port: 587 STARTTLS, 465 TLS, any other unencrypted."
    )
    mail_user: str = Field("", description="The user of the SMTP server, if any.")
    mail_password: str = Field("", description="The user's password.")
    mail_from: str = Field(
        "wardline@localhost", description="The address that letters come from."
    )
    allowed_hosts: list[str] = Field(
        [], description="Private hosts that channels may reach, a JSON list."
    )
    lease_seconds: int = Field(
        180, ge=1, description="How long a worker may hold one publication."
    )
    grace_minutes: int = Field(
        60, ge=1, description="How late a publication may be sent before it is missed."
    )
    late_minutes: int = Field(
        10,
        ge=1,
        description="How late a publication, or silent every worker, is trouble.",
    )
    send_attempts: int = Field(
        8, ge=1, description="How often sending is tried before a person is asked."
    )
    clearance_days: int = Field(
        30, ge=1, description="How long a granted clearance stays good."
    )
    clearance: Path | None = Field(
        None, description="Who else must clear a post; empty: the shipped routes."
    )
    correct_hours: int = Field(
        24, ge=1, description="How soon a reported error should be corrected."
    )
    checks_per_minute: int = Field(
        120, ge=1, description="POST /api/check calls allowed per address and minute."
    )
    proxies: int = Field(
        0, ge=0, description="Reverse proxies of ours that write X-Forwarded-For."
    )

    @field_validator("vault_key", "audit_key", "signing_key")
    @classmethod
    def _is_key(cls, value: str) -> str:
        if value and len(base64.b64decode(value, validate=True)) != KEY_BYTES:
            raise ValueError("it must be base64 of exactly 32 bytes")
        return value

    @field_validator("vault_old_keys", "old_signing_keys")
    @classmethod
    def _are_keys(cls, values: list[str]) -> list[str]:
        return [cls._is_key(value) for value in values]

    @field_validator("breached_passwords")
    @classmethod
    def _is_there(cls, value: Path | None) -> Path | None:
        if value and not value.is_file():
            raise ValueError("there is no such file")
        return value

    @field_validator("database_url")
    @classmethod
    def _is_known(cls, value: str) -> str:
        if value and not value.startswith(("postgres://", "postgresql://", "sqlite:")):
            raise ValueError("it must begin with postgres://")
        return value


def environment() -> Environment:
    """The settings as they are given.

    Raises:
        SettingError: naming each variable that cannot be used and why; never its value.
    """
    try:
        return Environment()
    except ValidationError as error:
        problems = error.errors(include_url=False, include_input=False)
        msg = "; ".join(f"{_variable(each['loc'])}: {each['msg']}" for each in problems)
        raise SettingError(msg) from None
    except SettingsError as error:
        msg = f'{error}. Write a list as JSON, such as ["posts.example.org"].'
        raise SettingError(msg) from None


def _variable(place: tuple[int | str, ...]) -> str:
    return f"WARDLINE_{place[0]}".upper()
