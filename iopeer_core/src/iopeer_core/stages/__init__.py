"""The stages of the pipeline, one file each, and the runner that walks them."""
