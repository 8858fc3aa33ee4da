"""Write installer/requirements-hashed.txt: the pins of requirements.txt with the digest of every file there is of each version.

Run by hand after a pin was changed: `python installer/make_hashes.py` (needs `uv` on the path, which asks the index of packages that this
machine has set up). What is built to be shipped is installed from it, so nobody can slip another file under a version.
"""

from __future__ import annotations

import os
import subprocess
import sys

from shipment import ROOT, pins

TARGET = ROOT / "installer" / "requirements-hashed.txt"
HEAD = "# The pins of requirements.txt with their digests, for what ships. Made by `python installer/make_hashes.py`; do not edit.\n"


def main() -> int:
    """Ask for the digests and write them."""
    wanted = "".join(f"{name}=={version}\n" for name, version in pins().items())
    command = ["uv", "pip", "compile", "--generate-hashes", "--no-header", "--no-annotate", "--no-deps", "--universal"]
    told = subprocess.run([*command, "--python-version", "3.11", "-"], input=wanted, capture_output=True, text=True,
                          env={"UV_NATIVE_TLS": "1", **os.environ})  # fmt: skip
    if told.returncode != 0:
        print(told.stderr, file=sys.stderr)
        return 1
    TARGET.write_text(HEAD + told.stdout, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
