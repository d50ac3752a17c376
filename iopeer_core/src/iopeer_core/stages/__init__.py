"""The stages of the pipeline: planner, coder, tester, fixer, zipper; one file each."""
