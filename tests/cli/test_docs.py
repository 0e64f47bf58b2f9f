import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WRITE = [*("-m", "typer", "provender.cli.main", "utils", "docs"), *("--name", "provender", "--title", "The terminal")]


def test_the_page_of_commands_is_what_the_commands_say(tmp_path):
    made = tmp_path / "cli.md"
    environment = {k: v for k, v in os.environ.items() if k != "PROVENDER_MEMBER"}
    subprocess.run([sys.executable, *WRITE, "--output", str(made)], env=environment, check=True, capture_output=True)
    again = f"python {' '.join(WRITE[:-1])} 'The terminal' --output docs/cli.md"
    assert (ROOT / "docs" / "cli.md").read_text() == made.read_text(), f"write it anew: {again}"
