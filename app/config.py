"""Every setting, typed, from the environment; refuses to run outside the demo without a secret of its own."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Read once at start. Each name stands in the environment as RAADGIVER_<NAME>."""

    model_config = SettingsConfigDict(env_prefix="RAADGIVER_", extra="ignore")

    database_url: str = Field(default="", description="SQLAlchemy address; empty = SQLite in the state folder")
    state_dir: Path = Field(default=ROOT / "var", description="database, keys, history.json, backups")
    secret_key: str = Field(default="", description="signs cursors and seals backups; at least 16 characters, random ones, outside the demo")
    box_secrets: str = Field(default="", description="what opens phones' sealed boxes, newest first, spaces between; empty = the secret key")
    port: int = Field(default=8000, description="port on 127.0.0.1")
    bind: str = Field(default="127.0.0.1", description="address to listen on")
    workers: int = Field(default=2, description="worker processes")
    threads: int = Field(default=8, description="threads in each worker")
    limits: str = Field(default="on", description="'off' switches the sign-in throttle off for load tests")
    oidc_issuer: str = Field(default="", description="the organisation's OpenID provider, e.g. https://login.example.dk; empty = none")
    oidc_client_id: str = Field(default="", description="what the provider calls this installation")
    oidc_client_secret: str = Field(default="", description="what the provider knows this installation by")
    oidc_name: str = Field(default="organisationens konto", description="what the link on the sign-in page calls it")
    sftp_host: str = Field(default="", description="where closed months are delivered by »month send«; empty = nowhere")
    sftp_port: int = Field(default=22, description="its port")
    sftp_user: str = Field(default="", description="who we are there")
    sftp_key_file: Path = Field(default=Path("/etc/raadgiver/sftp_key"), description="our private key, readable by us only")
    sftp_known_hosts: Path = Field(default=Path("/etc/raadgiver/known_hosts"), description="the receiver's host keys, as ssh-keyscan writes them")
    sftp_folder: str = Field(default="", description="the folder there")
    sftp_first_month: str = Field(default="", description="the first month that is delivered, e.g. 2026-10; empty = every closed one")
    package_recipient: str = Field(default="", description="age public key (age1…) that a delivered file is encrypted to; empty = as it is")
    proxies: int = Field(default=0, description="how many reverse proxies stand in front and set X-Forwarded-*")

    def address(self) -> str:
        """The database as SQLAlchemy wants it."""
        if not self.database_url:
            return f"sqlite:///{self.state_dir / 'raadgiver.db'}"
        return self.database_url.replace("postgres://", "postgresql://", 1).replace("postgresql://", "postgresql+psycopg://", 1)

    def box_keys(self) -> list[str]:
        """What the keys of the sealed box are made of, newest first (`app/ledger/box.py`)."""
        return self.box_secrets.split() or [self.secret_key]

    @property
    def sqlite_path(self) -> Path | None:
        return Path(self.address().removeprefix("sqlite:///")) if self.address().startswith("sqlite") else None


def load(make_secret: bool = False) -> Settings:
    """The settings of this process. `make_secret`: the demo makes a secret of its own on its first start and keeps it."""
    settings = Settings()
    settings.state_dir = settings.state_dir.absolute()
    settings.state_dir.mkdir(parents=True, exist_ok=True)
    kept = settings.state_dir / "demo-secret"
    if not settings.secret_key and (make_secret or kept.exists()):
        settings.secret_key = _kept_secret(kept)
    if 0 < len(settings.secret_key) < 16:
        raise SystemExit("RAADGIVER_SECRET_KEY skal være på mindst 16 tegn.")
    return settings


def _kept_secret(path: Path) -> str:
    """The demo's own secret: made on the first start, readable by the owner only."""
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text()
