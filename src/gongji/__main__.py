"""`python -m gongji` is `gongji`."""

from __future__ import annotations

from gongji.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
