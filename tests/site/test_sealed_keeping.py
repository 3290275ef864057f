"""What the commands say of sealed files: a backup holds them and not their keys, and every one is known to open."""

from __future__ import annotations

import argparse
import tarfile
from pathlib import Path
from typing import Any

import pytest

from secretariat.core import sealed
from secretariat.site import commands, keeping


@pytest.fixture
def own_home(settings: Any, tmp_path: Path) -> Path:
    """A home of its own with one sealed file."""
    settings.HOME, settings.FILES_ROOT = tmp_path, tmp_path / "files"
    settings.SEALING_KEYS = str(tmp_path / "sealing_keys")
    sealed.keep_sealed(b"The firewall lets everything in.")
    return tmp_path


def test_a_backup_holds_what_is_sealed_and_no_key(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(keeping, "_copy", lambda copy: copy.write_bytes(b""))
    monkeypatch.setattr(keeping, "_dump", lambda copy: copy.write_bytes(b""))
    target = own_home / "backup.tar.gz"
    assert commands.backup(argparse.Namespace(file=target)) == 0
    with tarfile.open(target) as archive:
        names = archive.getnames()
        contents = [file.read() for one in archive if (file := archive.extractfile(one))]
    (key,) = sealed.key_names()
    secret = (own_home / "sealing_keys").read_bytes().split()[1]
    assert any("files/sealed/" in name for name in names)
    assert not [one for one in contents if secret in one or b"firewall" in one]
    said = capsys.readouterr().out
    assert f"1 of its files are sealed, with the keys {key}." in said
    assert "The keys are not in a backup." in said


def test_where_nothing_is_sealed_nothing_is_said(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT, settings.SEALING_KEYS = tmp_path / "files", str(tmp_path / "sealing_keys")
    assert keeping.about_keys() == []


def test_a_key_that_is_lacking_after_a_restore_is_named(own_home: Path) -> None:
    (gone,) = sealed.key_names()
    (own_home / "sealing_keys").unlink()
    assert gone in keeping.about_keys()[1]


@pytest.mark.django_db
def test_sealing_anew_says_which_keys_are_needed_no_more(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (old,) = sealed.key_names()
    assert commands.reseal(argparse.Namespace(new_key=True)) == 0
    said = capsys.readouterr().out
    assert f"Nothing here needs {old} any more." in said
    assert set(sealed.keys_in_use()) == set(sealed.key_names()) - {old}


@pytest.mark.django_db
def test_what_does_not_open_is_told_by_verify_and_stops_sealing_anew(
    own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (path,) = [one for one in (own_home / "files" / "sealed").rglob("*") if one.is_file()]
    path.write_bytes(path.read_bytes()[:-1])
    assert commands.verify(argparse.Namespace(seal=None)) == 1
    assert commands.reseal(argparse.Namespace(new_key=False)) == 1
    said = capsys.readouterr().err
    assert said.count("It was changed after it was sealed") == 2
    assert path.name in said
