"""Is configured wrongly."""
