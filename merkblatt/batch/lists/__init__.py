"""Reads lists of people and leaflets: CSV, XLSX, JSON Lines, YAML. Says what a list asks for, and prints nothing.

| room | takes and gives |
|---|---|
| `columns` | a heading, German or English -> the field it means |
| `values` | a cell -> the value that an order takes |
| `source` | file or standard input -> bytes, their form, encoding and fingerprint |
| `table` | CSV, XLSX -> rows |
| `records` | JSON Lines, YAML -> rows |
| `rows` | a row -> an order, or all findings about it |
| `rejects` | rows that were left out -> a file that can be mended and fed again |
"""
