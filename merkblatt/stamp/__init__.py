"""Writes finished personal PDFs from a leaflet that was laid out once, without laying it out again.

A *master* is a leaflet as `page.layout` lays it out, cut open where a person's own words stand; stamping fills it. The
words are broken into lines (`line_breaking`) and shaped by HarfBuzz (`face`, `shaping`) as the layout engine would do
it. The lines that they take select the master, so that a stamped page is the page that a layout of the same order
gives. What is not certain to come out the same raises `NeedsLayout`.
"""

from merkblatt.stamp.face import NeedsLayout
from merkblatt.stamp.setting import MARK
from merkblatt.stamp.stamper import Stamped, Stamper

__all__ = ["MARK", "NeedsLayout", "Stamped", "Stamper"]
