"""The face: one module per group of commands; each parses, calls and prints, nothing else."""
