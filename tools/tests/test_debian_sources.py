"""The private source list is derived from the machine's own, in both of apt's formats."""

import subprocess
from pathlib import Path

TOOL = Path(__file__).resolve().parents[1] / "debian-sources"

ONE_LINE = """
# deb http://old.example/debian bookworm main
deb [ arch=amd64,arm64 signed-by=/usr/share/keyrings/debian.gpg ] http://deb.example/debian/ bookworm main contrib # ours
deb-src http://deb.example/debian bookworm main
deb http://deb.example/debian-security bookworm-security main
deb https://other.example/apt packages-bookworm main
"""

DEB822 = """# a comment
Types: deb deb-src
URIs: http://deb.example/debian
# between
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 abc
 -----END PGP PUBLIC KEY BLOCK-----

Types: deb
URIs: http://deb.example/debian-security
Suites: bookworm-security
Components: main

Enabled: no
Types: deb
URIs: http://off.example/debian
Suites: bookworm
Components: main
"""


def derive(apt_dir, name, text, suites="sid"):
    file = apt_dir / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    return subprocess.run([str(TOOL), suites, str(apt_dir), "bookworm"], check=False, capture_output=True, text=True)


def test_one_line_format(tmp_path):
    done = derive(tmp_path, "sources.list", ONE_LINE, "sid bookworm")
    assert done.returncode == 0
    assert done.stdout == (
        "Types: deb\nURIs: http://deb.example/debian/\nSuites: sid bookworm\nComponents: main\n"
        "Architectures: amd64 arm64\nSigned-By: /usr/share/keyrings/debian.gpg\n\n"
    )


def test_deb822_format_with_a_key_inside(tmp_path):
    done = derive(tmp_path, "sources.list.d/debian.sources", DEB822)
    assert done.returncode == 0
    assert done.stdout.startswith(
        "Types: deb\nURIs: http://deb.example/debian\nSuites: sid\nComponents: main\nSigned-By:\n -----BEGIN PGP"
    )
    assert "off.example" not in done.stdout and "security" not in done.stdout
    assert done.stdout.count("Types:") == 1


def test_a_list_file_and_a_suite_by_its_role(tmp_path):
    done = derive(tmp_path, "sources.list.d/mirror.list", "deb http://m.example/debian stable main\n")
    assert done.returncode == 0
    assert done.stdout == "Types: deb\nURIs: http://m.example/debian\nSuites: sid\nComponents: main\n\n"


def test_without_debian_archive_it_fails(tmp_path):
    done = derive(tmp_path, "sources.list", "deb https://other.example/apt packages main\n")
    assert done.returncode == 1
    assert done.stdout == ""
