"""The throw-away PostgreSQL server."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import psycopg
import pytest

from tests import postgres


def test_the_server_answers_asks_for_its_password_and_leaves_nothing_behind() -> None:
    with postgres.server() as url:
        with psycopg.connect(url) as connection:
            folder = Path(connection.execute("SHOW data_directory").fetchone()[0]).parent
            encoding = connection.execute("SHOW server_encoding").fetchone()[0]
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(url, password="wrong")
        assert folder.exists()
    assert encoding == "UTF8"
    assert not folder.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=2)


def test_a_machine_without_binaries_says_so_by_its_exit_status(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def nothing() -> Path:
        raise postgres.Unavailable("no initdb")

    monkeypatch.setattr(postgres, "find_installation", nothing)
    assert postgres.main(["true"]) == os.EX_UNAVAILABLE
    assert "no initdb" in capsys.readouterr().err


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to step down to run PostgreSQL")
def test_root_runs_a_copy_where_the_installation_is_closed_to_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = postgres.find_installation()
    (tmp_path / "closed").mkdir()
    closed = postgres.copied_installation(real, tmp_path / "closed")
    (tmp_path / "closed").chmod(0o700)
    monkeypatch.setattr(postgres, "find_installation", lambda: closed)
    with postgres.server() as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_the_command_sees_the_database_and_its_exit_status_is_kept() -> None:
    program = "import os, sys; sys.exit(7 if os.environ['DATABASE_URL'].startswith('postgresql://') else 1)"
    assert postgres.main([sys.executable, "-c", program]) == 7
