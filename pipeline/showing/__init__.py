"""Records in words and marks for people, whatever the medium: terminal, Markdown, HTML."""
