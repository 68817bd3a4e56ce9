"""Where things are, and the error that ends a command with one line."""

from pathlib import Path

#: The core, whose addon is the checkout itself; the optional ones stand in addons/.
MODULE = "one_entrance"
LANGUAGES = ("en_US", "da_DK")

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / "tools"
BUILD = ROOT / "build"
ADDONS = BUILD / "addons"
ADDON = ADDONS / MODULE
LOGS = BUILD / "logs"
DATA = BUILD / "data"
CONFIG = BUILD / "odoo.conf"
DEMO = BUILD / "demo"


class StopError(Exception):
    """What is wrong and what to do about it, in one line for the user."""
