"""Files that come in and go out: plans, walks, reference data, tables from elsewhere.

May import domain and file-format libraries. Text in, frozen records or a BadFile naming the line out; nothing is
kept here. Papers that never come back belong to `reports`.
"""
