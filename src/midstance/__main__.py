"""Run ``python -m midstance``."""

from midstance.cli.main import main

main()
