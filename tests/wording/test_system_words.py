"""What the system says when it refuses a file is told in the reader's own language."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from emergency_desk.domain.errors import BadFile, PaperNotWritten
from emergency_desk.domain.system_faults import SystemFault, fault_of
from emergency_desk.exchange.tables import read_table
from emergency_desk.exchange.written_files import read_written_file
from emergency_desk.wording import catalog, refusals


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    catalog.use_language("zh_CN")
    yield
    catalog.use_language("en")


@pytest.mark.parametrize("number", [
    errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EACCES, errno.EPERM, errno.ENOSPC, errno.EROFS, errno.EEXIST, errno.EIO, errno.ENAMETOOLONG,
    errno.EBUSY, errno.EMFILE, errno.EFBIG, errno.ETIMEDOUT, errno.ELOOP, errno.EINVAL, errno.ENOTEMPTY, errno.ENODEV,
])
def test_a_refusal_of_the_system_is_chinese_in_chinese(number: int) -> None:
    error = PaperNotWritten(name="纸", path="/纸", reason="other", detail=fault_of(OSError(number, os.strerror(number))))
    assert re.search(r"（[\u4e00-\u9fff，]+）|\([\u4e00-\u9fff，]+\)", told := refusals.sentence(error)), told
    assert os.strerror(number) not in told


def test_a_file_that_cannot_be_read_says_why_in_chinese(tmp_path: Path) -> None:
    (tmp_path / "表.csv").write_bytes(b"a,b\n")
    for read, path in ((read_table, tmp_path / "表.csv" / "里.csv"), (read_written_file, tmp_path)):
        with pytest.raises(BadFile) as refusal:
            read(path)
        assert not re.search("[A-Za-z]{4,}", refusals.sentence(refusal.value).replace(path.name, "")), refusals.sentence(refusal.value)


def test_what_windows_says_of_a_file_in_use_is_known_and_anything_else_keeps_its_words() -> None:
    held = OSError(errno.EACCES, "the process cannot access the file")
    held.winerror = 32  # type: ignore[attr-defined]
    assert fault_of(held) is SystemFault.IN_USE
    assert fault_of(OSError(errno.EDOM, "out of domain")) == "out of domain" and fault_of(OSError("nothing more")) == "nothing more"
