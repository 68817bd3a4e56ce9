"""The rows of the table, in the order they are measured."""

from . import contacts, register, dashboard, printing, finding, reminders, writing, dialogue  # isort: skip
from .row import ROWS

__all__ = ["ROWS"]
