"""Publishing in processes of their own; see `tests.forked`.

A request is `{"home": …, "before": code}`.
"""

from __future__ import annotations

from pathlib import Path

from tests.forked import Done, Forked, serve


class Publisher(Forked):
    """Starts publishes; each runs in a fresh process."""

    def __init__(self) -> None:
        super().__init__(__file__)

    def start(self, home: Path, before: str = "") -> int:
        """Start one; returns its process number."""
        return self.begin({"home": str(home), "before": before})

    def run(self, home: Path, before: str = "") -> Done:
        """Start one and wait for it."""
        self.start(home, before)
        return self.wait()


def _publish(asked: dict[str, str]) -> str:
    from models.settings import Settings
    from publish import write

    exec(asked["before"], {"write": write})
    return str(write.publish(Settings(home=Path(asked["home"]))))


if __name__ == "__main__":
    import publish.write  # noqa: F401

    serve(_publish)
