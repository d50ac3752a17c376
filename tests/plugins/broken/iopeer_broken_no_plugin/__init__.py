"""Its entry point names something else."""
