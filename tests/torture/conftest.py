"""The ordeals fork, kill and mount: on other systems than Linux they are not collected."""

from __future__ import annotations

import os

collect_ignore = [] if os.name == "posix" else ["test_short.py"]
