"""Foreign files of every kind the desk imports: fuzzed by chance, made to hurt, and taken while the desk is killed.

A reader may answer with records or with BadFile and nothing else; a file made to hurt is refused within seconds and changes nothing; an
import that is killed is there whole or not at all.
"""

from __future__ import annotations

import io
import os
import pickle
import shutil
import signal
import time
import traceback
import zipfile
from collections.abc import Callable
from functools import partial
from itertools import pairwise, zip_longest
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter
from PIL import Image

from emergency_desk.app import paths
from emergency_desk.domain.errors import BadFile, DeskError
from emergency_desk.errands import child_limits, drill_scripts, head_counts, imports, limited_child, plan_bundles, plan_import, walks
from emergency_desk.errands.head_counts import CountAnswers
from emergency_desk.errands.item_photos import read_picture
from emergency_desk.exchange.columns import title
from emergency_desk.exchange.head_count_files import read_count_file
from emergency_desk.exchange.photo_files import read_photo
from emergency_desk.exchange.plan_bundles import parse_bundle, sealed
from emergency_desk.exchange.plan_files import read_plan
from emergency_desk.exchange.plan_texts import read_plan_text
from emergency_desk.exchange.register_files import NAMES, Register, read_register_file
from emergency_desk.services.desk import Desk
from emergency_desk.wording.refusals import sentence
from tests.benchmarks import bench_hostile
from tests.errands import test_hostile_files as hostile
from tests.torture.judge import faults
from tests.torture.office import open_office, template
from tests.torture.verdict import Verdict

FUZZED, HURTING, TAKEN = "fuzzed files of every imported kind", "files made to hurt, of every imported kind", "killed while a list is taken"
SECONDS = 20.0  # for one file made to hurt, on a busy machine
WORDS = (
    "消防一站", "北河区", "东台街道", "2026-13-45", "平成30年1月1日", "36.08,120.36", "１２３", "=1+1", "-", "", "0532-88880000", "毛毯", "条",
    "1e999", "NaN", "2026/11/5 8:00", "\x00", "\u202e", "队" * 3000, "😀", "'", '"', "是", "√", "10.5公斤", "12箱*24条", "长期", "2026年3月",
    "１．５万", "x\ny")
Read = Callable[[Path], object]


def run(rounds: int, folder: Path, seed: int) -> list[Verdict]:
    """Fuzz so many files, hurt with a twelfth as many, kill a sixtieth as many imports."""
    shutil.copyfile(template(), folder / "files.store")
    desk = open_office(folder / "files.store")
    known = {kind: imports.known_to(desk, kind) for kind in imports.KINDS}
    bundle = folder / "plans.edplan"
    plan_bundles.export_plans(desk, path=bundle)
    desk.store.close()
    return [_fuzz(rounds, folder, seed, known, bundle), _hurt(rounds // 12, folder, seed), _kill(max(1, rounds // 60), folder, seed)]


# -- fuzzed -----------------------------------------------------------------------------------------------------------
def table_text(register: Register, random: Random) -> str:
    """Return a list with the headers of a register and cells that are anything."""
    fields = random.sample(list(NAMES[register]), min(9, len(NAMES[register])))
    fields = list(dict.fromkeys(("name", *fields))) if "name" in NAMES[register] else fields
    headers = [title(NAMES[register], field, chinese=True) for field in fields]
    rows = [[random.choice(WORDS).replace("\n", " ").replace(",", "，") for _ in headers] for _ in range(random.randrange(1, 12))]
    return "\n".join(",".join(row) for row in (headers, *rows))


def workbook(text: str) -> bytes:
    """Return a list as a workbook."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet()
        for at, line in enumerate(text.split("\n")):
            for column, cell in enumerate(line.split(",")):
                page.write_string(at, column, "".join(sign for sign in cell if sign >= " "))
    return content.getvalue()


def mutated(content: bytes, random: Random) -> bytes:
    """Return a file in which some bytes are others."""
    raw = bytearray(content)
    for _ in range(random.choice((0, 1, 1, 2, 5, 40))):
        at, size = random.randrange(len(raw) + 1), random.choice((1, 1, 2, 8, 200))
        match random.randrange(5):
            case 0:
                raw[at:at + size] = random.randbytes(size)
            case 1:
                del raw[at:at + size]
            case 2:
                raw[at:at] = random.choice(WORDS).encode("utf-8", "surrogatepass")
            case 3:
                raw[at:at] = raw[max(0, at - size):at] * random.randrange(1, 4)
            case _:
                raw[:] = raw[:at] if random.random() < 0.2 else raw
        if not raw:
            break
    return bytes(raw)


def mutated_zip(content: bytes, random: Random) -> bytes:
    """Return an archive in which one member is another, packed well again."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        changed = random.choice(old.namelist())
        for name in old.namelist():
            new.writestr(name, mutated(old.read(name), random) if name == changed else old.read(name))
    return made.getvalue()


def _sealed_again(content: bytes, random: Random) -> bytes:
    """Change what stands below a seal and seal it again: a seal keeps out accidents, not forgers."""
    payload = content[content.index(b"\n") + 1:]
    return sealed(mutated_zip(payload, random))


def picture(random: Random) -> bytes:
    """Return a small photograph."""
    content = io.BytesIO()
    Image.frombytes("RGB", (40, 30), random.randbytes(3600)).save(content, random.choice(("JPEG", "PNG")))
    return content.getvalue()


def _cases(folder: Path, known: dict[str, Any], bundle: Path, random: Random) -> tuple[tuple[str, Callable[[], bytes], Read], ...]:
    """Return every kind of foreign file: its ending, how a fuzzed one is made, and who reads it."""
    plans, drills, tours = (sorted(paths.plans().glob("*.yaml")), sorted((paths.plans() / "drills").glob("*.drill")),
                            sorted((paths.plans() / "walks").glob("*.yaml")))
    words = read_plan_text

    def text_of(some: list[Path]) -> bytes:
        return mutated(random.choice(some).read_bytes(), random)

    lists = [(f"{kind.replace(':', '-')}.{ending}", partial(_list, register, ending, random),
              partial(read_register_file, register=register, about=about, known=known[kind]))
             for kind, (register, about) in imports.KINDS.items() for ending in ("csv", "xlsx")]
    return (*lists, ("counts.csv", partial(_list, Register.SHELTERS, "csv", random), read_count_file),
            ("plan.txt", lambda: text_of(plans), words), ("plan.docx", lambda: mutated_zip(_docx(random), random), words),
            ("plans.edplan", lambda: _sealed_again(bundle.read_bytes(), random), lambda path: parse_bundle(path.read_bytes(), path.name)),
            ("plan.yaml", lambda: text_of(plans), lambda path: read_plan(path.read_bytes().decode("utf-8", "replace"), path.name)),
            ("a.drill", lambda: text_of(drills), drill_scripts.read_file), ("walk.yaml", lambda: text_of(tours), walks.read_file),
            ("photo.jpg", lambda: mutated(picture(random), random), read_photo))


def _list(register: Register, ending: str, random: Random) -> bytes:
    text = table_text(register, random)
    if ending == "xlsx":
        return mutated_zip(workbook(text), random)
    return mutated(text.encode(random.choice(("utf-8", "gb18030", "utf-16"))), random)


def _docx(random: Random) -> bytes:
    text = random.choice(sorted(paths.plans().glob("*.yaml"))).read_text(encoding="utf-8")[:4000]
    lines = "".join(f"<w:p><w:r><w:t>{line.replace('&', '').replace('<', '')}</w:t></w:r></w:p>" for line in text.splitlines())
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
        archive.writestr("word/document.xml", '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
                                              f"<w:body>{lines}</w:body></w:document>")
    return made.getvalue()


def _fuzz(rounds: int, folder: Path, seed: int, known: dict[str, Any], bundle: Path) -> Verdict:
    """Read the files in a child of a gigabyte, as the desk does; what is neither read nor refused is told with its trace."""
    began = time.monotonic()
    hears, tells = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(hears)
        _fuzz_in_child(rounds, folder, seed, known, bundle, tells)
    os.close(tells)
    with os.fdopen(hears, "rb") as said:
        words = said.read()
    _pid, status = os.waitpid(child, 0)
    if status or not words:
        read = (folder / "fuzzed").read_text() if (folder / "fuzzed").exists() else "nothing yet"
        return Verdict(FUZZED, 1, {}, (f"the child ended with {status} while reading {read}",), seconds=time.monotonic() - began)
    told, broken = pickle.loads(words)
    return Verdict(FUZZED, rounds, told, broken, "read or refused, never anything else", time.monotonic() - began)


def _fuzz_in_child(rounds: int, folder: Path, seed: int, known: dict[str, Any], bundle: Path, tells: int) -> None:
    random, broken, told = Random(seed), list[str](), {"kinds": 0, "read": 0, "refused": 0}
    child_limits.lay_on(memory_mb=1536, seconds=300)
    cases = _cases(folder, known, bundle, random)
    told["kinds"] = len(cases)
    for number in range(rounds):
        name, make, read = cases[number % len(cases)]
        path = folder / f"fuzz-{name}"
        try:
            path.write_bytes(make())
        except (zipfile.BadZipFile, ValueError, IndexError):
            continue
        (folder / "fuzzed").write_text(f"{name}, {number} of seed {seed}")
        try:
            read(path)
            told["read"] += 1
        except BadFile:
            told["refused"] += 1
        except Exception:
            where = traceback.format_exc().splitlines()
            broken.append(f"{name}, {number} of seed {seed}: {where[-1][:160]} at {where[-3].strip()[-90:]}")
    os.write(tells, pickle.dumps((told, tuple(broken))))
    os._exit(0)


# -- made to hurt -----------------------------------------------------------------------------------------------------
def _bomb_png(path: Path) -> None:
    """Write a picture of 60,000 by 60,000 points in a few megabytes."""
    import struct
    import zlib

    def part(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(bytes(50_000_000))) + part(b"IEND", b""))


def _laughs(path: Path) -> None:
    """Write a Word file whose text grows a billionfold when it is read."""
    entities = '<!ENTITY a0 "哈">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<!DOCTYPE d [{entities}]><w:document xmlns:w=\"http://schemas.openxmlformats.org/"
                                              "wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body></w:document>")


def _deep_docx(path: Path) -> None:
    """Write a Word file of elements within elements."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w:p xmlns:w='x'>" * 200_000)


def _bomb_docx(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w", force_zip64=True) as part:
        for _megabyte in range(600):
            part.write(b" " * (1 << 20))


def _deep_yaml(path: Path) -> None:
    path.write_text("format: " + "[" * 100_000, encoding="utf-8")


def _anchors(path: Path) -> None:
    more = (f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]" for before, name in pairwise("abcdefghij"))
    path.write_text("\n".join(("a: &a [x,x,x,x,x,x,x,x,x]", *more)), encoding="utf-8")


def _sealed_bomb(path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("bundle.yaml", "w", force_zip64=True) as part:
        for _megabyte in range(600):
            part.write(b" " * (1 << 20))
    path.write_bytes(sealed(content.getvalue()))


def _sealed_way_out(path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("../../outside.yaml", "format: x")
    path.write_bytes(sealed(content.getvalue()))


def _hurts(desk: Desk) -> list[tuple[str, Callable[[Path], None], Callable[[Path], object]]]:
    """Return every file made to hurt, with the errand that imports its kind."""
    table = [(file, make) for _name, file, make in bench_hostile.CASES]
    found = [(f"{kind.replace(':', '-')}-{file}", make, partial(_preview, desk, kind)) for kind in imports.KINDS for file, make in table]
    counts = [(f"counts-{file}", make, lambda path: head_counts.preview(desk, path=path, answers=CountAnswers())) for file, make in table]
    words = [(name, make, lambda path: plan_import.read_plans(desk, path=path)) for name, make in (
        ("laughs.docx", _laughs), ("deep.docx", _deep_docx), ("bomb.docx", _bomb_docx), ("nothing.docx", hostile.nothing))]
    plans = [(name, make, lambda path: plan_bundles.preview(desk, path=path)) for name, make in (
        ("bomb.edplan", _sealed_bomb), ("way-out.edplan", _sealed_way_out), ("nothing.edplan", hostile.nothing))]
    photos = [("bomb.png", _bomb_png, lambda path: limited_child.run(read_picture, path)),
              ("nothing.png", hostile.nothing, lambda path: limited_child.run(read_picture, path))]
    scripts = [(name, make, read) for read, ending in ((drill_scripts.read_file, "drill"), (walks.read_file, "yaml"))
               for name, make in ((f"deep.{ending}", _deep_yaml), (f"anchors.{ending}", _anchors), (f"nothing.{ending}", hostile.nothing))]
    return [*words, *plans, *photos, *scripts, *found, *counts]


def _preview(desk: Desk, kind: str, path: Path) -> object:
    return imports.preview(desk, kind=kind, path=path)


def _hurt(most: int, folder: Path, seed: int) -> Verdict:
    """Import files made to hurt, tables and others in turn."""
    began, broken, told = time.monotonic(), list[str](), {"refused": 0, "slowest ms": 0}
    desk = open_office(folder / "files.store")
    with desk.reading() as reading:
        before = reading.journal_number()
    cases = _hurts(desk)
    tables = [case for case in cases if case[0].endswith(("csv", "xlsx", "xlsm", "xls"))]
    others = [case for case in cases if case not in tables]
    random = Random(seed)
    random.shuffle(tables)
    random.shuffle(others)
    chosen = [case for pair in zip_longest(others, tables) for case in pair if case is not None][:most]
    for name, make, read in chosen:
        path = folder / f"hurts-{name}"
        make(path)
        start = time.monotonic()
        try:
            read(path)
            broken.append(f"{name}: it was read")
        except DeskError as error:
            told["refused"] += 1
            if not sentence(error) or error.values.get("reason") == "crashed":
                broken.append(f"{name}: {error!r}")
        except Exception as error:  # nothing else may come out of a foreign file
            broken.append(f"{name}: raised {error!r}")
        taken = time.monotonic() - start
        told["slowest ms"] = max(told["slowest ms"], round(taken * 1000))
        if taken > SECONDS:
            broken.append(f"{name}: took {taken:.0f} s")
        path.unlink(missing_ok=True)
    with desk.reading() as reading:
        if reading.journal_number() != before:
            broken.append("something was written")
    desk.store.close()
    return Verdict(HURTING, len(chosen), told, tuple(broken), "refused in a sentence, nothing changed", time.monotonic() - began)


# -- taken and killed -------------------------------------------------------------------------------------------------
def _kill(rounds: int, folder: Path, seed: int) -> Verdict:
    """Kill the desk while it takes a list of 4,000 teams: they are there whole or not at all."""
    began, random, broken, told = time.monotonic(), Random(seed), list[str](), {"taken whole": 0, "not at all": 0}
    path, many = folder / "files.store", 4_000
    for number in range(rounds):
        lines = "\n".join(f"{number}号第{one}队,北河区,灭火,专业队伍,0532-88880000" for one in range(many))
        (folder / "list.csv").write_text(f"队伍名称,区县,能力,队伍类型,值班电话\n{lines}\n", encoding="utf-8")
        desk = open_office(path)
        preview, before = imports.preview(desk, kind="teams", path=folder / "list.csv"), _teams(desk)
        desk.store.close()
        child = os.fork()
        if child == 0:
            try:
                imports.take(open_office(path), preview)
            finally:
                os._exit(0)
        time.sleep(random.uniform(0.02, 0.9))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        desk = open_office(path)
        now = _teams(desk) - before
        desk.store.close()
        told["taken whole" if now else "not at all"] += 1
        if now not in (0, len(preview.good)) or not preview.good:
            broken.append(f"round {number} of seed {seed}: {now} of {len(preview.good)} rows")
        broken += [f"round {number} of seed {seed}: {fault}" for fault in faults(path, ())]
    return Verdict(TAKEN, rounds, told, tuple(broken), "all of its good rows or none", time.monotonic() - began)


def _teams(desk: Desk) -> int:
    with desk.reading() as reading:
        return int(reading.teams.count())
