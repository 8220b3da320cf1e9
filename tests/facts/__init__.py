"""Tests of the prod facts: configuration, running, and reading what a script printed."""
