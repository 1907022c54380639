"""One file per command; each holds a function named as its command."""
