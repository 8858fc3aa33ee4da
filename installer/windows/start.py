"""Where the frozen program begins: it is the desk, or one of the desk's own processes, which it starts from itself."""

from __future__ import annotations

import sys

from emergency_desk.errands.child_processes import serve_if_child

if __name__ == "__main__":
    if not serve_if_child(sys.argv[1:]):
        from emergency_desk.app.main import main

        sys.exit(main())
