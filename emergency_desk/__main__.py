"""python -m emergency_desk."""

from __future__ import annotations

import sys

from emergency_desk.app.main import main

if __name__ == "__main__":
    sys.exit(main())
