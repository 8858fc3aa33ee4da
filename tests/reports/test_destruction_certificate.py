"""The certificate of destruction says what went, what was found afterwards, which backups are older, and what stays: nobody's name."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from emergency_desk.app import paths
from emergency_desk.domain.ids import Id
from emergency_desk.domain.purge_sheets import CertificateSheet
from emergency_desk.domain.purging import Certificate, CountedBy, Purge, PurgeCheck, PurgeCount, Remnant
from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.domain.shelters import LeftTo, Need
from emergency_desk.reports import destruction_certificate
from tests.builders import START
from tests.reports.sheets import order_sheet, text_of

ONE = Id("1" * 32)


def sheet(found: int = 0) -> CertificateSheet:
    order = order_sheet()
    purge = Purge(ONE, "990101-2026-X0001", order.incident.id, START, ONE, ONE, 241, 240, 61, decided_by="区长", held="调查评估", counts=(
        PurgeCount(CountedBy.AGE, "age_80_on", 174), PurgeCount(CountedBy.NEED, Need.CHRONIC.value, 40),
        PurgeCount(CountedBy.VILLAGE, "港东", 192), PurgeCount(CountedBy.LEFT_TO, LeftTo.HOME.value, 239)))
    check = PurgeCheck(ONE, ONE, START, ONE, 4, 20_600_000, found, found == 0, "desk-purged-1.store",
                       (Remnant("desk-routine-1.store", START - timedelta(hours=3), 10),))
    return CertificateSheet(order.imprint, Certificate(purge, order.incident, check, "周明远", "北河区", "Beihe District"))


@pytest.mark.parametrize(("language", "words"), [
    ("zh_CN", ("个人信息销毁证明", "241", "调查评估", "desk-routine-1.store", "80岁及以上", "174", "慢性病", "港东", "192", "239", "监销人")),
    ("en", ("Certificate of destruction", "241", "240", "desk-routine-1.store", "80 years and over", "174", "went home", "Witnessed")),
])
def test_what_went_what_was_found_and_what_stays(tmp_path: Path, language: str, words: tuple[str, ...]) -> None:
    path = tmp_path / "paper.pdf"
    destruction_certificate.write(sheet(), path, PaperSettings(language, paths.fonts()))
    told = "".join(text_of(path))
    assert not [word for word in words if word.replace(" ", "") not in told.replace(" ", "").replace("\n", "")]
    assert "NOT CLEAN" not in told and "未清净" not in told


def test_a_store_that_is_not_clean_says_so(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    destruction_certificate.write(sheet(found=2), path, PaperSettings("en", paths.fonts()))
    assert "NOTCLEAN" in "".join(text_of(path)).replace(" ", "").replace("\n", "")
