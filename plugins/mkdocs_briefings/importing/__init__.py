"""WHAT PEOPLE HAVE → BRIEFINGS: whole sites, HTML and Word files read, translated and reported.

Pure: a folder of files in, the texts of new files and a report out. Nothing here writes.
"""
