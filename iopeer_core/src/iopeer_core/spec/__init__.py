"""Text → Spec: model, names, vocabulary, reader, writer, edit, problems."""
