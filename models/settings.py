"""Where things are kept and how the program runs; each field can be set by `SEMH_<NAME>`."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from models.borough import Borough, load_borough


class Settings(BaseSettings):
    """Run-time settings, read from the environment."""

    model_config = SettingsConfigDict(env_prefix="SEMH_", extra="ignore", frozen=False)

    home: Path = Field(Path("local"), description="Folder for everything made at run time.")
    borough: str = Field("rotherham", description="Name or path of the borough profile (.toml).")
    host: str = Field("127.0.0.1", description="Address the app listens on.")
    port: int = Field(8050, ge=1, le=65535, description="Port the app listens on.")
    demo_viewers: bool = Field(
        False,
        description="Offer the demonstration viewers; works only while the snapshot is synthetic.",
    )
    memory_limit: str = Field("2GB", description="Most memory DuckDB may use in a pipeline.")
    threads: int = Field(2, ge=1, description="Threads DuckDB may use in a pipeline.")

    state_url: SecretStr | None = Field(
        None,
        description="Database of what people write in the app; SQLite in SEMH_HOME unless set.",
    )
    keep_days: int = Field(
        365,
        ge=0,
        description="Days that refused rows, superseded rows and linkage records are kept.",
    )

    @property
    def warehouse(self) -> Path:
        """The person-level, pseudonymous store; only pipelines open it."""
        return self.home / "warehouse.duckdb"

    @property
    def published(self) -> Path:
        """The folder of immutable snapshots and the pointer to the live one."""
        return self.home / "published"

    @property
    def current(self) -> Path:
        """The pointer: `{"snapshot": "<snapshot_id>"}`."""
        return self.published / "current.json"

    @property
    def quarantine(self) -> Path:
        """Refused rows as they came, sealed, readable by the owner only."""
        return self.home / "quarantine"

    @property
    def keys(self) -> Path:
        """Secret keys, readable by the owner only."""
        return self.home / "keys"

    @cached_property
    def profile(self) -> Borough:
        """The borough's profile."""
        return load_borough(self.borough)
