"""The answer to whoever asked, in their language: texts are data, one file for each language."""
