"""The command that serves the app."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from midstance.cli.diary import Diary, diary_place
from midstance.cli.printing import tell


def serve(*, port: int = 8765, host: str = "127.0.0.1", diary: Diary = None) -> int:
    """Serve the app: open the printed address in a browser; Ctrl-C stops it.

    On an address that others can reach, each device is asked once for a code, or for MIDSTANCE_PASSWORD where set.

    Parameters
    ----------
    port
        Port to listen at; 0 takes a free one.
    host
        Address to listen at; 0.0.0.0 lets other devices of the network in, with the code.
    """
    from midstance.cli.mirror_fetch import folder  # noqa: PLC0415
    from midstance.services.figures import figures_folder  # noqa: PLC0415
    from midstance.web.serve import Door  # noqa: PLC0415
    from midstance.web.serve import serve as served  # noqa: PLC0415

    door = Door(host=host, port=port, password=os.environ.get("MIDSTANCE_PASSWORD", ""),
                figures=figures_folder(os.environ, Path.home(), windows=os.name == "nt"), mirror=folder())
    served(diary_place(diary), door, clock=lambda: dt.datetime.now().astimezone(), tell=tell)
    return 0


COMMANDS = (serve,)
