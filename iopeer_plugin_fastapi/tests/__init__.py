"""Tests of the FastAPI plugin."""
