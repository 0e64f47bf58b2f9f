import stat
from pathlib import Path

import pytest

from provender import settings
from provender.terms.errors import SettingError

PAGE = Path(__file__).resolve().parents[1] / "docs" / "settings.md"


def test_every_setting_has_its_heading_and_sentence_in_the_docs():
    text = PAGE.read_text()
    headings = [line.removeprefix("## PROVENDER_") for line in text.splitlines() if line.startswith("## ")]
    assert headings == [row.name for row in settings.ROWS]
    for row in settings.ROWS:
        assert row.sentence in text


def test_a_wrong_word_names_the_setting_the_word_and_the_words_allowed(monkeypatch):
    monkeypatch.setenv("PROVENDER_DEBUG", "perhaps")
    with pytest.raises(SettingError, match=r"PROVENDER_DEBUG: found 'perhaps', expected one of: yes, no"):
        settings.read_choice("DEBUG", {"yes": True, "no": False})


def test_the_secret_key_is_made_once_and_readable_by_its_owner_only(tmp_path):
    key = settings.kept_secret(tmp_path / "data")
    assert settings.kept_secret(tmp_path / "data") == key
    assert len(key) > 50
    assert stat.S_IMODE((tmp_path / "data" / "secret_key").stat().st_mode) == 0o600


def test_a_data_folder_that_cannot_be_made_is_said_with_what_to_do(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingError, match="PROVENDER_DATA_DIR"):
        settings.kept_secret(tmp_path / "file" / "data")


def test_one_setting_moves_the_diary_to_postgresql(tmp_path):
    found = settings.database("postgres://alice:secret@db.example.org/diary", tmp_path)
    assert (found["ENGINE"], found["NAME"]) == ("django.db.backends.postgresql", "diary")


def test_sqlite_syncs_every_commit(tmp_path):
    assert "synchronous=FULL" in settings.database("", tmp_path)["OPTIONS"]["init_command"]


@pytest.mark.parametrize("url", ["mysql://host/name", "foo", "postgres://host:port/name"])
def test_a_database_that_is_none_is_refused_by_name(tmp_path, url):
    with pytest.raises(SettingError, match="PROVENDER_DATABASE_URL"):
        settings.database(url, tmp_path)


@pytest.mark.parametrize("url", ["smtp://host:port", "http://host", "smtp://"])
def test_a_mail_server_that_is_none_is_refused_by_name(url):
    with pytest.raises(SettingError, match="PROVENDER_MAIL_URL"):
        settings.mail(url)


def test_mail_goes_encrypted_by_default():
    found = settings.mail("smtp://me:p%40ss@mail.example.org")
    assert (found["EMAIL_PORT"], found["EMAIL_USE_TLS"], found["EMAIL_HOST_PASSWORD"]) == (587, True, "p@ss")
    assert settings.mail("smtps://mail.example.org")["EMAIL_USE_SSL"]
