"""What every plugin must keep: it loads, its rubric is in order, its measures can be relied on, its cases come out."""

from palvelumittari.testing import assert_plugin_contract


def test_the_plugin_keeps_the_contract():
    """All that can be checked without knowing what the plugin is about."""
    assert_plugin_contract("palvelumittari_bar")
