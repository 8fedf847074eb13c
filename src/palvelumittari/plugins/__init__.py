"""Plugins: who may add what, how they are found, and what came of it.

Everything is loaded once, into a frozen `Catalog`. The core's own content goes through the same steps as a plugin's.
"""

from palvelumittari.plugins.catalog import Catalog
from palvelumittari.plugins.contribution import CaseFile
from palvelumittari.plugins.loading import find_installed, load_catalog
from palvelumittari.plugins.status import PluginStatus, State

__all__ = ["CaseFile", "Catalog", "PluginStatus", "State", "find_installed", "load_catalog"]
