"""The sealed file by which plans travel between desks (.edplan): a line with the digest of all that follows, then an archive of plan texts.

The digest covers the whole file, so one flipped bit anywhere is found before a byte of it is looked at. It keeps out accidents, not forgers:
what the archive holds is read like any foreign file, in the limited child.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from emergency_desk.domain.errors import BadFile
from emergency_desk.domain.plan_travel import Ancestry, History, PlanBundle, PlanNode, digest_of
from emergency_desk.domain.system_faults import fault_of
from emergency_desk.exchange.bundle_manifest import FORMAT, MEMBER, NAME, Listed, Manifest, read_manifest, write_manifest
from emergency_desk.exchange.plan_files import read_plan
from emergency_desk.exchange.plan_mark import MAGIC
from emergency_desk.exchange.plan_writing import write_plan

ENDING = ".edplan"
_HEAD = re.compile(rb"EDPLAN ([1-9][0-9]{0,3}) ([0-9a-f]{64})\n")
# House settings: thousands of plans fit, and what is larger is no set of plans.
MOST_BYTES, MOST_MEMBERS, MOST_OF_A_MEMBER, MOST_OF_ALL = 128 << 20, 20_000, 4 << 20, 512 << 20
_ANY_DAY = (2000, 1, 1, 0, 0, 0)  # the same plans give the same file


class AnyWord(Collection[str]):
    """Words of another desk: whether this one knows them is asked later, by name."""

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,59}", word) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


# -- writing ----------------------------------------------------------------------------------------------------------
def write_bundle(bundle: PlanBundle, path: Path) -> None:
    """Write a sealed file, whole or not at all. Raises BadFile."""
    content = bundle_bytes(bundle)
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise BadFile(name=path.name, reason="bundle_not_written", detail=fault_of(error)) from error


def bundle_bytes(bundle: PlanBundle) -> bytes:
    """Return the sealed file of a set of plans."""
    files = {f"plans/{node.plan.code}/{place}-{node.plan.version}.yaml": node for history in bundle.plans for place, node in enumerate(history)}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in ((NAME, write_manifest(bundle, files)), *((name, write_plan(node.plan)) for name, node in files.items())):
            archive.writestr(zipfile.ZipInfo(name, _ANY_DAY), text.encode(), zipfile.ZIP_DEFLATED)
    return sealed(packed.getvalue())


def sealed(payload: bytes, *, format_: str = FORMAT) -> bytes:
    """Return a payload below the line that seals it."""
    return b"%s%s %s\n%s" % (MAGIC, format_.encode(), _seal(format_.encode(), payload), payload)


def _seal(format_: bytes, payload: bytes) -> bytes:
    return sha256(MAGIC + format_ + b"\n" + payload).hexdigest().encode()


# -- reading ----------------------------------------------------------------------------------------------------------
def read_bundle(path: Path) -> PlanBundle:
    """Read a sealed file, whole or not at all. Raises BadFile."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadFile(name=path.name, reason="bundle_too_large", most=MOST_BYTES >> 20)
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise BadFile(name=path.name, reason="not_found") from error
    except OSError as error:
        raise BadFile(name=path.name, reason="unreadable", detail=fault_of(error)) from error
    return parse_bundle(content, path.name)


def parse_bundle(content: bytes, name: str) -> PlanBundle:
    """Read the bytes of a sealed file. Raises BadFile."""
    payload = _opened(content, name)
    try:
        with zipfile.ZipFile(io.BytesIO(payload)) as archive:
            texts = _texts(archive, name)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as error:
        raise BadFile(name=name, reason="bundle_damaged") from error
    manifest = read_manifest(texts.pop(NAME), f"{name}: {NAME}")
    return _bundle(manifest, texts, name)


def _opened(content: bytes, name: str) -> bytes:
    """Return what stands below the seal. Raises BadFile where the file is none, is damaged, or comes from a later program."""
    head = _HEAD.match(content)
    if head is None:
        raise BadFile(name=name, reason="bundle_damaged" if content.startswith(MAGIC) else "not_a_bundle")
    payload = content[head.end():]
    if head.group(2) != _seal(head.group(1), payload):
        raise BadFile(name=name, reason="bundle_damaged")
    if head.group(1) != FORMAT.encode():
        raise BadFile(name=name, reason="bundle_newer", detail=head.group(1).decode())
    return payload


def _texts(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    members = archive.infolist()
    twice = [member for member, count in Counter(member.filename for member in members).items() if count > 1]
    if twice:
        raise BadFile(name=name, reason="bundle_twice", detail=twice[0])
    for member in members:
        if member.filename != NAME and not re.fullmatch(MEMBER, member.filename):
            raise BadFile(name=name, reason="bundle_member", detail=member.filename[:80])
    if NAME not in archive.namelist():
        raise BadFile(name=name, reason="not_a_bundle")
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_OF_ALL:
        raise BadFile(name=name, reason="bundle_too_large", most=MOST_OF_ALL >> 20)
    return {member.filename: _text(archive, member, name) for member in members}


def _text(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> str:
    """Read one member; what it declares is not believed."""
    with archive.open(member) as file:
        content = file.read(MOST_OF_A_MEMBER + 1)
    if len(content) > MOST_OF_A_MEMBER:
        raise BadFile(name=name, reason="bundle_too_large", most=MOST_OF_A_MEMBER >> 20)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadFile(name=name, reason="bundle_encoding", detail=member.filename) from error


def _bundle(manifest: Manifest, texts: dict[str, str], name: str) -> PlanBundle:
    listed = Counter(version.file for version in manifest.versions)
    if set(listed) != set(texts) or any(count > 1 for count in listed.values()):
        odd = next(iter((set(listed) ^ set(texts)) or {file for file, count in listed.items() if count > 1}))
        raise BadFile(name=name, reason="bundle_list", detail=odd)
    nodes = [_node(version, texts[version.file], name) for version in manifest.versions]
    own = {version.digest: node.digest for version, node in zip(manifest.versions, nodes, strict=True)}
    histories: dict[str, list[PlanNode]] = {}
    for node in nodes:
        histories.setdefault(node.plan.code, []).append(replace(node, parents=tuple(own.get(one, one) for one in node.parents)))
    for code, history in histories.items():
        if Ancestry(history).circle():
            raise BadFile(name=name, reason="bundle_circle", detail=code)
    return PlanBundle(manifest.desk_code, manifest.desk_name, manifest.person, manifest.written_at, tuple(map(tuple, histories.values())))


def _node(version: Listed, text: str, name: str) -> PlanNode:
    plan = read_plan(text, f"{name}: {version.file}", capabilities=AnyWord(), incident_types=AnyWord())
    code, number = version.file.split("/")[1], version.file.rpartition("-")[2].removesuffix(".yaml")
    if (plan.code, plan.version) != (code, number):
        raise BadFile(name=name, reason="bundle_list", detail=version.file)
    moves = tuple(replace(move, code=code, plan_version=number) for move in version.moves)
    return PlanNode(plan, digest_of(plan), version.parents, is_draft=version.state != "issued", is_memory=version.state == "memory",
                    author=version.author, part_authors=version.part_authors, moves=moves)


def history_of(bundle: PlanBundle, code: str) -> History:
    """Return one plan's history, empty where it is not in the file."""
    return next((history for history in bundle.plans if history[0].plan.code == code), ())
