"""What is sealed opens with its key, in its place and unchanged; otherwise it says why it does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from secretariat.core import sealed
from secretariat.core.journal import storable
from secretariat.core.sealed import Unsealable, WithheldField

WORDS = b"The firewall lets everything in."


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> Path:
    """A folder of files and a file of keys of its own."""
    settings.FILES_ROOT, settings.SEALING_KEYS = tmp_path / "files", str(tmp_path / "keys" / "sealing_keys")
    return tmp_path


def keys(folder: Path) -> Path:
    return folder / "keys" / "sealing_keys"


@given(content=st.binary(max_size=300), place=st.text(max_size=20))
@how(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_sealed_opens_in_its_place(content: bytes, place: str) -> None:
    assert sealed.unseal(sealed.seal(content, place), place) == content


@given(data=st.data())
@how(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_changed_byte_is_told(data: st.DataObject) -> None:
    envelope = bytearray(sealed.seal(WORDS, "here"))
    envelope[data.draw(st.integers(0, len(envelope) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Unsealable):
        sealed.unseal(bytes(envelope), "here")


def test_an_envelope_tells_nothing_and_is_another_each_time() -> None:
    first, second = sealed.seal(WORDS, "here"), sealed.seal(WORDS, "here")
    assert first != second
    assert not any(word in first for word in WORDS.split())


def test_an_envelope_put_in_anothers_place_does_not_open() -> None:
    with pytest.raises(Unsealable, match="put in another's place"):
        sealed.unseal(sealed.seal(WORDS, "here"), "there")


def test_the_key_is_its_owners_alone_and_lies_outside_the_files(own_folder: Path) -> None:
    name = sealed.keep_sealed(WORDS)
    assert keys(own_folder).stat().st_mode & 0o077 == 0
    assert [path for path in (own_folder / "files").rglob("*") if path.is_file() and WORDS in path.read_bytes()] == []
    assert sealed.read_sealed(name) == WORDS


def test_a_file_of_keys_among_the_files_is_refused(settings: Any, own_folder: Path) -> None:
    settings.SEALING_KEYS = str(own_folder / "files" / "keys")
    with pytest.raises(Unsealable, match="Keep it elsewhere"):
        sealed.seal(WORDS, "here")


def test_a_missing_key_is_named(own_folder: Path) -> None:
    name = sealed.keep_sealed(WORDS)
    (gone,) = sealed.key_names()
    keys(own_folder).unlink()
    sealed.add_key()
    with pytest.raises(Unsealable, match=f"key {gone}, which is not"):
        sealed.read_sealed(name)


def test_no_new_key_is_made_while_files_wait_for_the_old_one(own_folder: Path) -> None:
    sealed.keep_sealed(WORDS)
    keys(own_folder).unlink()
    with pytest.raises(Unsealable, match="is missing. Put it back"):
        sealed.keep_sealed(b"more")


@pytest.mark.parametrize("text", ["", "nonsense", "0011aabb c2hvcnQ=\n"])
def test_a_spoilt_file_of_keys_is_told(text: str, own_folder: Path) -> None:
    keys(own_folder).parent.mkdir()
    keys(own_folder).write_text(text, encoding="ascii")
    with pytest.raises(Unsealable, match="sealing keys"):
        sealed.seal(WORDS, "here")


def test_a_renewed_key_seals_what_comes_and_the_old_one_still_opens_what_was() -> None:
    before = sealed.keep_sealed(WORDS)
    new = sealed.add_key()
    after = sealed.keep_sealed(b"later")
    assert sealed.key_of(sealed.seal(b"", "here")) == new
    assert (sealed.read_sealed(before), sealed.read_sealed(after)) == (WORDS, b"later")
    assert sorted(sealed.keys_in_use().values()) == [1, 1]


@pytest.mark.django_db
def test_resealing_needs_no_old_key_afterwards(own_folder: Path) -> None:
    name = sealed.keep_sealed(WORDS)
    new = sealed.add_key()
    assert sealed.reseal() == 1
    line = keys(own_folder).read_text(encoding="ascii").splitlines()[-1]
    keys(own_folder).write_text(f"{line}\n", encoding="ascii")
    assert sealed.read_sealed(name) == WORDS
    assert sealed.keys_in_use() == {new: 1}


def test_what_does_not_open_is_listed(own_folder: Path) -> None:
    whole, cut = sealed.keep_sealed(WORDS), sealed.keep_sealed(WORDS)
    place = own_folder / "files" / "sealed" / cut[:2] / cut
    place.write_bytes(place.read_bytes()[:10])
    (told,) = sealed.unopenable()
    assert cut in told
    assert whole not in told
    assert sealed.keys_in_use()[""] == 1


def test_a_file_that_is_gone_is_told() -> None:
    with pytest.raises(Unsealable, match="not where they were kept"):
        sealed.read_sealed("0" * 32)


def test_a_withheld_text_says_nothing_wherever_it_is_printed() -> None:
    told = WithheldField(max_length=50).clean("The firewall lets everything in.")
    assert told.text == "The firewall lets everything in."
    assert "firewall" not in f"{told} {told!r} {storable({'why': told})}"
