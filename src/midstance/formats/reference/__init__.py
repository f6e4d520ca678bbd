"""Reference pages as Markdown, rendered from the objects they tell about; ``docs/generate.py`` writes them."""
