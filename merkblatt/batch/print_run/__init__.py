"""Joins leaflets into files for a print room: what they have in common stands in a file once.

A print file is for paper: it has no tags and claims no conformance. Each leaflet begins on the front of a sheet, is
found by bookmark and page label under the number of its row, and in an index beside the file. Nothing of a person
stands in bookmarks, labels or index.
"""

from merkblatt.batch.print_run.joining import Printed, PrintFile

__all__ = ["PrintFile", "Printed"]
