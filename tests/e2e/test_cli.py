"""The command line as a person uses it: real processes, a real profile, the sample shop."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from iaposte_desktop.compose import sample_folder

SAMPLE = sample_folder()


def iaposte(*arguments: object, profile: Path, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    plain = {
        key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    return subprocess.run(
        [sys.executable, "-m", "iaposte_desktop", *map(str, arguments)],
        env={**plain, "IAPOSTE_PROFILE": str(profile), "IAPOSTE_LANGUAGE": "en", "COLUMNS": "200", **environment},
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=100,
    )


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile that knows the sample shop's files."""
    profile = tmp_path_factory.mktemp("shop")
    added = iaposte("stores", "add", SAMPLE / "knowledge", profile=profile)
    assert added.returncode == 0, added.stderr
    assert added.stdout == f"{len(list((SAMPLE / 'knowledge').iterdir()))} ready, 0 failed\n"
    return profile


def test_a_draft_cites_its_sources_and_costs_nothing(shop: Path) -> None:
    done = iaposte("draft", SAMPLE / "mails" / "01-retard-livraison.eml", "--json", profile=shop)
    assert done.returncode == 0, done.stderr
    run = json.loads(done.stdout)
    assert run["status"] == "completed"
    assert run["language"] == "fr"
    assert "Claire Martin" in run["text"]
    assert "4 à 6 jours ouvrés de retard" in run["text"]
    assert {citation["match"] for citation in run["citations"]} == {"exact"}
    assert all(run["text"].startswith(f"[{c['marker']}]", c["position"]) for c in run["citations"])
    assert run["usage"]["input_tokens"] > 0
    assert run["cost_usd"] == "0"


def test_the_plain_report_names_steps_sources_and_totals(shop: Path) -> None:
    done = iaposte("draft", SAMPLE / "mails" / "06-gift-card-two-questions.eml", profile=shop)
    assert done.returncode == 0, done.stderr
    assert "no language model: quotes your files" in done.stdout
    assert "searched “" in done.stdout
    assert "gift-cards-and-loyalty.md" in done.stdout
    assert "tokens · free" in done.stdout


def test_files_are_looked_at_without_being_kept(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Write to ada@example.org about the returns of the last week.\n", "utf-8")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    files = [tmp_path / "good.txt", tmp_path / "photo.jpg"]
    profile = tmp_path / "profile"
    told = iaposte("stores", "check", *files, profile=profile)
    assert told.returncode == 1, told.stderr
    assert "1 e-mail address" in told.stdout
    assert "This type of file is not supported." in told.stdout
    assert "1 good, 1 cannot be read, 0 twice" in told.stdout
    good, bad = json.loads(iaposte("stores", "check", *files, "--json", profile=profile).stdout)
    assert (good["state"], good["language"], good["personal_data"]) == ("new", "en", {"email": 1})
    assert (bad["state"], bad["problem"]) == ("unreadable", "unsupported")
    assert json.loads(iaposte("stores", "list", "--json", profile=profile).stdout) == []


def test_search_finds_the_passage_with_its_place_and_score(shop: Path) -> None:
    done = iaposte("stores", "search", "How do I reset the dimmer?", "--json", "--limit", 3, profile=shop)
    first = json.loads(done.stdout)[0]
    assert first["file"] == "aurore-lamp-manual.pdf"
    assert first["page"] == 3
    assert 0.5 < first["score"] <= 1


def test_a_bad_file_is_named_with_its_reason_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text("# Hours\n\nThe shop opens at nine.", encoding="utf-8")
    (tmp_path / "lying.pdf").write_bytes(b"this is no PDF at all")
    done = iaposte("stores", "add", tmp_path / "good.md", tmp_path / "lying.pdf", profile=tmp_path / "profile")
    assert done.returncode == 1
    assert done.stdout == "1 ready, 1 failed\n"
    assert "lying.pdf: The file is not what its name says." in done.stderr


def test_an_exported_assistant_can_be_imported_again(shop: Path, tmp_path: Path) -> None:
    iaposte("draft", SAMPLE / "mails" / "02-refund-return.eml", profile=shop)
    (assistant,) = json.loads(iaposte("assistants", "list", "--json", profile=shop).stdout)
    exported = tmp_path / "assistant.json"
    assert iaposte("assistants", "export", assistant["name"], "-o", exported, profile=shop).returncode == 0
    other = tmp_path / "other"
    assert iaposte("assistants", "import", exported, profile=other).returncode == 0
    (imported,) = json.loads(iaposte("assistants", "list", "--json", profile=other).stdout)
    assert imported["name"] == assistant["name"]


@pytest.mark.parametrize(("language", "sentence"), [("en", "There is no display"), ("fr", "Il n’y a pas d’écran")])
def test_without_a_display_the_headless_commands_are_named(tmp_path: Path, language: str, sentence: str) -> None:
    done = iaposte(profile=tmp_path, IAPOSTE_LANGUAGE=language)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "iaposte draft MAIL.eml" in done.stderr
    assert done.stdout == ""


def test_a_mail_that_is_none_is_refused_in_words(tmp_path: Path) -> None:
    done = iaposte("draft", tmp_path / "absent.eml", profile=tmp_path / "profile")
    assert done.returncode == 1
    assert "cannot be opened" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_doctor_finds_this_installation_well(tmp_path: Path) -> None:
    done = iaposte("doctor", profile=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "problem" not in done.stdout


def test_a_profile_in_use_is_told_and_left_alone(tmp_path: Path) -> None:
    from iaposte_desktop.launch import session
    from iaposte_desktop.platform.paths import Profile

    with session(Profile.at(tmp_path)):
        done = iaposte("stores", "list", profile=tmp_path)
    assert done.returncode == 3
    assert "open already with this profile" in done.stderr
