"""Text to Spec and back: vocabulary, reader, writer, edit, problems."""
