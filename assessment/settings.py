"""Typed settings from the environment; without any, everything lives in ``./var``."""

from functools import lru_cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

NO_SIGN_IN, ACCOUNTS, OIDC = "none", "accounts", "oidc"
PROJECT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """What whoever runs the product may set, each as ``ASSESSMENT_<NAME>``."""

    model_config = SettingsConfigDict(env_prefix="ASSESSMENT_", frozen=True)

    home: Path = Field(default=PROJECT / "var", description="Folder for the database and files")
    database_url: str = Field(default="", description="PostgreSQL URL; empty means SQLite in home")
    data: Path = Field(default=PROJECT / "data", description="Frameworks, boundaries, pilots")
    tiles_url: str = Field(default="", description="Map tiles with {z}, {x}, {y}; empty: none")
    tiles_subdomains: str = Field(default="", description="What {s} in the tile URL stands for")
    tiles_attribution: str = Field(default="", description="Whom to credit for the tiles")
    tiles_datum: str = Field(default="wgs84", description="How tiles are drawn: wgs84 or gcj02")

    sign_in: str = Field(default="none", description="How people sign in: none, accounts or oidc")
    hosts: str = Field(default="", description="Host names under which the proxy offers it")
    behind_tls_proxy: bool = Field(default=False, description="Only a proxy with TLS reaches it")
    idle_minutes: int = Field(default=120, description="A sign-in ends after so long without use")
    session_hours: int = Field(default=12, description="A sign-in ends after so long in any case")

    @property
    def needs_sign_in(self) -> bool:
        """Whether people have to say who they are."""
        return self.sign_in != NO_SIGN_IN

    @property
    def cookie(self) -> str:
        """The name of the sign-in's cookie; browsers take the prefix only over TLS."""
        return f"{'__Host-' if self.behind_tls_proxy else ''}assessment-sign-in"

    @property
    def host_names(self) -> tuple[str, ...]:
        """The names in ``hosts``, in small letters."""
        return tuple(one.strip().lower() for one in self.hosts.split(",") if one.strip())

    @property
    def url(self) -> str:
        """The database that is used, as a SQLAlchemy URL."""
        return self.database_url or f"sqlite:///{self.home.resolve() / 'assessment.db'}"


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process."""
    return Settings()


def leaflet_folder() -> Path:
    """Where the installed Leaflet package keeps its files."""
    import xstatic.pkg.leaflet

    return Path(xstatic.pkg.leaflet.BASE_DIR)
