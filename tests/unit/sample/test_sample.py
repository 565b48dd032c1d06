"""The sample shop: its binary files are reproducible, and its answers are where the expectations say."""

import csv
import email
import email.policy
import html
import importlib.util
import json
import re
import zipfile
from collections import Counter
from email.message import EmailMessage
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree

import pypdfium2
import pytest
import python_calamine

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "iaposte_desktop/resources/sample"
KNOWLEDGE = SAMPLE / "knowledge"
MAILS = SAMPLE / "mails"
EXPECTED: list[dict[str, Any]] = json.loads((SAMPLE / "expected.json").read_text(encoding="utf-8"))
QUESTIONS = [(mail["file"], question) for mail in EXPECTED for question in mail["questions"]]
TYPES = {".txt", ".md", ".html", ".pdf", ".docx", ".xlsx", ".csv", ".eml"}
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_sample", ROOT / "packaging/make_sample.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_mail(path: Path) -> EmailMessage:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def mail_text(path: Path) -> str:
    body = read_mail(path).get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def pdf_pages(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        pages = []
        for page in document:
            text = page.get_textpage()
            pages.append(text.get_text_range())
            text.close()
            page.close()
        return pages


def docx_paragraphs(path: Path) -> list[tuple[str, str]]:
    """The style and the text of each paragraph, those of the tables included."""
    with zipfile.ZipFile(path) as archive:
        tree = ElementTree.fromstring(archive.read("word/document.xml"))
    paragraphs = []
    for paragraph in tree.iter(f"{WORD}p"):
        style = paragraph.find(f"{WORD}pPr/{WORD}pStyle")
        name = "" if style is None else style.attrib[f"{WORD}val"]
        paragraphs.append((name, "".join(run.text or "" for run in paragraph.iter(f"{WORD}t"))))
    return paragraphs


def sheets(path: Path) -> dict[str, list[list[Any]]]:
    workbook = python_calamine.CalamineWorkbook.from_path(str(path))
    return {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}


def extract(path: Path) -> str:
    match path.suffix:
        case ".pdf":
            return "\n".join(pdf_pages(path))
        case ".docx":
            return "\n".join(text for _, text in docx_paragraphs(path))
        case ".xlsx":
            return "\n".join(str(cell) for rows in sheets(path).values() for row in rows for cell in row)
        case ".eml":
            return mail_text(path)
        case ".html":
            return html.unescape(re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8")))
        case _:
            return path.read_text(encoding="utf-8")


def flat(text: str) -> str:
    return " ".join(text.split())


def test_generator_reproduces_the_committed_files(tmp_path: Path) -> None:
    made = load_script().make(tmp_path)
    binaries = {path.name for path in KNOWLEDGE.iterdir() if path.suffix in (".pdf", ".docx", ".xlsx")}
    assert {path.name for path in made} == binaries
    for path in made:
        assert path.read_bytes() == (KNOWLEDGE / path.name).read_bytes(), path.name


def test_knowledge_has_every_type() -> None:
    suffixes = Counter(path.suffix for path in KNOWLEDGE.iterdir())
    assert set(suffixes) == TYPES
    assert suffixes.total() >= 20


@pytest.mark.parametrize("path", sorted(KNOWLEDGE.iterdir()), ids=lambda path: path.name)
def test_every_knowledge_file_has_text(path: Path) -> None:
    text = flat(extract(path))
    assert len(text) > 500
    assert "\ufffd" not in text


def test_conditions_have_thirty_different_pages() -> None:
    pages = [flat(page) for page in pdf_pages(KNOWLEDGE / "conditions-generales-guide-client.pdf")]
    assert len(pages) == 30
    assert len(set(pages)) == 30
    for number, page in enumerate(pages, 1):
        assert "Maison Lumen - Conditions générales" in page
        assert f"Page {number} / 30" in page
        assert len(page) > 500, number


def test_returns_procedure_has_real_styles() -> None:
    styles = {style for style, _ in docx_paragraphs(KNOWLEDGE / "procedure-retours.docx")}
    assert {"Heading1", "Heading2", "Heading3", "ListBullet", "ListNumber"} <= styles


def test_workbook_holds_numbers() -> None:
    book = sheets(KNOWLEDGE / "livraison-produits.xlsx")
    assert list(book) == ["Livraison", "Produits"]
    belgium = next(row for row in book["Livraison"] if row[1] == "Belgique")
    assert belgium[5] == 9.9
    assert all(row[3] in (2, 5) for row in book["Produits"][1:])


def test_mails_are_twelve() -> None:
    files = sorted(path.name for path in MAILS.iterdir())
    assert files == [mail["file"] for mail in EXPECTED]
    assert len(files) == 12
    assert Counter(mail["language"] for mail in EXPECTED) == {"fr": 7, "en": 5}


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda mail: mail["file"])
def test_mail_headers(expected: dict[str, Any]) -> None:
    message = read_mail(MAILS / expected["file"])
    assert not message.defects
    sender = message["From"].addresses[0]
    assert (sender.display_name, sender.addr_spec) == (expected["customer"], expected["email"])
    assert message["To"].addresses[0].addr_spec == "support@boutique-lumen.example"
    assert message["Date"].datetime.strftime("%a") == message["Date"][:3]
    assert message["Subject"]
    assert message["Message-ID"]


def test_mails_have_the_forms_of_real_mail() -> None:
    messages = [read_mail(path) for path in sorted(MAILS.iterdir())]
    encodings = {part["Content-Transfer-Encoding"] for message in messages for part in message.walk()}
    assert {"base64", "quoted-printable", "7bit", "8bit"} <= encodings
    assert sum(message.get_content_type() == "multipart/alternative" for message in messages) >= 3
    assert sum(message["In-Reply-To"] is not None for message in messages) == 2
    assert any("Envoyé de mon iPhone" in mail_text(path) for path in MAILS.iterdir())


def test_hostile_mail() -> None:
    body = read_mail(MAILS / "08-hostile-instructions.eml").get_body(("html",))
    assert body is not None
    source = body.get_content()
    for trap in ('src="https://', 'src="file:///', "display: none", "<script>", "ignore your instructions"):
        assert trap in source


@pytest.mark.parametrize(("file", "question"), QUESTIONS, ids=lambda value: str(value)[:30])
def test_question_and_its_answer(file: str, question: dict[str, Any]) -> None:
    assert flat(question["text"]) in flat(mail_text(MAILS / file))
    if not question["answer_files"]:
        assert question["must_contain"] == ""
    for name in question["answer_files"]:
        assert flat(question["must_contain"]) in flat(extract(KNOWLEDGE / name)), name


def test_unanswerable_question_is_the_only_one() -> None:
    assert [file for file, question in QUESTIONS if not question["answer_files"]] == ["07-question-sans-reponse.eml"]
    for path in KNOWLEDGE.iterdir():
        assert not re.search("atelier|workshop", extract(path), re.IGNORECASE), path.name


def test_orders_name_the_customers_of_the_mails() -> None:
    with (SAMPLE / "orders.csv").open(encoding="utf-8", newline="") as file:
        orders = {row["order"]: row for row in csv.DictReader(file)}
    assert len(orders) >= 40
    assert orders["CMD-1042"]["customer"] == "Claire Martin"
    for mail in EXPECTED:
        text = mail_text(MAILS / mail["file"])
        mentioned = set(re.findall(r"CMD-\d{4}", text))
        own = {order for order, row in orders.items() if row["email"] == mail["email"]}
        assert mentioned <= set(orders)
        if mail["file"] != "08-hostile-instructions.eml":  # It names the order of someone else.
            assert mentioned == own
            assert {orders[order]["customer"] for order in own} == {mail["customer"]}
