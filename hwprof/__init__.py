"""The command line: parse options, call one function, print, choose an exit code."""

__version__ = "0.1.0"
