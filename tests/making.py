"""Records, extractors and files for the tests of writing, batch and the command line; no pytest, workers import it."""

import hashlib
import os
import signal
import struct
import time
from pathlib import Path

from pipeline.errors import AnnexError
from pipeline.extraction import Annex
from pipeline.recognising import DEFAULT_MODEL
from pipeline.records.models import AnnexHead, Mention, OrganisationRecord, Period, ProjectRecord, Source, Warning
from pipeline.records.slugs import slug, unique_slugs
from pipeline.register import Overlay
from pipeline.settings import ReadingSettings

TEXT = "De stichting Koraal voert dit uit in Ède."


def head(annex_id: str = "bijlage", content: bytes = b"x") -> AnnexHead:
    source = Source(
        file=f"{annex_id}.txt",
        sha256=hashlib.sha256(content).hexdigest(),
        media_type="text/plain",
        pages=0,
        text_layer="none",
    )
    return AnnexHead(id=annex_id, label="Bijlage I", title="Overzicht", period="2024", source=source)


def organisation(name: str = "Koraal", start: int = 13) -> OrganisationRecord:
    place = Mention(
        field="text", start=start, end=start + len(name), text=name, page=None, boxes=[], next_page_boxes=[]
    )
    return OrganisationRecord(
        name=name,
        register_id=None,
        kind=None,
        status="new",
        link="none",
        confidence=0.9,
        roles=[],
        mentions=[place],
    )


def records(of: AnnexHead, *titles: str, warned: bool = False) -> tuple[ProjectRecord, ...]:
    return tuple(
        ProjectRecord(
            schema_version="1.0",
            id=f"{of.id}/{name}",
            annex=of,
            ordinal=ordinal,
            title=title,
            pages=[],
            text=TEXT,
            repairs=[],
            organisations=[organisation()],
            locations=[],
            dates=[],
            figures=[],
            period=Period(earliest=None, latest=None),
            footnotes=[],
            warnings=[Warning(code="empty_section", message="m")] if warned else [],
        )
        for ordinal, (title, name) in enumerate(zip(titles, unique_slugs(titles), strict=True), start=1)
    )


def fake_extract(
    path: Path,
    *,
    annex_id: str | None,
    settings: ReadingSettings | None,
    model: str = DEFAULT_MODEL,  # noqa: ARG001  # as those that extract
    overlay: Overlay | None = None,
) -> list[Annex]:
    """Give a record for each line of a file, and do what a line says where it says what to do."""
    assert settings is not None
    assert overlay is not None
    content = path.read_bytes() if path.is_file() else b""
    of = head(annex_id or slug(path.stem), content)
    lines = content.decode().splitlines()
    if not path.exists():
        raise AnnexError("not_found", "there is no such file; check the name and the folder")
    if "!error" in lines:
        raise AnnexError("encrypted", "the PDF is protected by a password; give it with --password")
    if "!fault" in lines:
        raise ZeroDivisionError("secret of the program")
    if "!die" in lines:
        os.kill(os.getpid(), signal.SIGKILL)
    if "!slow" in lines:
        time.sleep(0.4)
    if "!stop" in lines:
        raise KeyboardInterrupt
    if "!two" in lines:
        both = (head(f"{of.id}-{part}", content) for part in ("bijlage-i", "bijlage-ii"))
        return [Annex(one, records(one, "Eén"), ()) for one in both]
    made = records(of, *lines, warned="warned" in lines)
    if "!broken" in lines:
        made = (made[0].model_copy(update={"organisations": [organisation("Fier")]}), *made[1:])
    return [Annex(of, made, ())]


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file under a folder with its content."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


PROJECTS = (
    ("b", "Bijlage I"),
    ("", ""),
    ("b", "Samen fietsen in de wijk"),
    ("", "De gemeente Utrecht heeft het project in 2023 samen met de Fietsersbond uitgevoerd. Er"),
    ("", "deden ruim 200 bewoners mee, en dat waren er meer dan verwacht."),
    ("b", "Lezen met opa en oma"),
    ("", "De Koninklijke Bibliotheek werkte in dit project met 12 bibliotheken aan het lezen van"),
    ("", "kinderen. Het project liep tot en met oktober 2024 en is daarna door anderen voortgezet."),
)
GOOD_TEXT = "\n\n".join(["Bijlage I", *(text for _look, text in PROJECTS[2:])])
_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def pdf(lines: tuple[tuple[str, str], ...] = PROJECTS, password: str | None = None) -> bytes:
    """Return a PDF of one page with lines, those of ``b`` bold; with a password it is encrypted.

    Encryption is RC4 of 40 bits: ISO 32000-1, 7.6, algorithms 1 to 4.
    """
    drawn = [
        f"BT /{'F2' if look else 'F1'} {13 if look else 11} Tf 60 {780 - 20 * row} Td ({text}) Tj ET"
        for row, (look, text) in enumerate(lines)
    ]
    content = "\n".join(drawn).encode("latin-1")
    file_id = bytes(16)
    encrypt = b""
    if password is not None:
        padded = (password.encode() + _PADDING)[:32]
        owner = _rc4(hashlib.md5(padded, usedforsecurity=False).digest()[:5], padded)
        permissions = struct.pack("<i", -4)
        key = hashlib.md5(padded + owner + permissions + file_id, usedforsecurity=False).digest()[:5]
        user = _rc4(key, _PADDING)
        object_key = hashlib.md5(key + struct.pack("<I", 4)[:3] + b"\0\0", usedforsecurity=False).digest()[:10]
        content = _rc4(object_key, content)
        encrypt = b"<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (owner.hex().encode(), user.hex().encode())
    font = b"<</Type/Font/Subtype/Type1/BaseFont/%s/Encoding/WinAnsiEncoding>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R/F2 6 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        font % b"Helvetica",
        font % b"Helvetica-Bold",
        *([encrypt] if encrypt else []),
    ]
    made = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"/Encrypt 7 0 R/ID[<%s><%s>]" % (file_id.hex().encode(), file_id.hex().encode()) if encrypt else b""
    return made + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        table,
        len(objects) + 1,
        trailer,
        len(made),
    )


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
