"""Packages of several files that hold a whole document, brought in."""
