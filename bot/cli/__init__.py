"""The command line: run, import, export, facts, migrate."""
