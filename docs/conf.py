"""How the documents are built: `make docs`."""

from waystation import __version__

project = "Waystation"
author = "The Waystation founders"
copyright = "2026, the Waystation founders; AGPL-3.0-or-later"
version = release = __version__

extensions = [
    "myst_parser",
    "numpydoc",
    "sphinx.ext.autodoc",
    "sphinx.ext.mathjax",
]

source_suffix = {".md": "markdown", ".rst": "restructuredtext"}
exclude_patterns = ["guide/*/*.md"]
root_doc = "index"
default_role = "py:obj"

myst_enable_extensions = ["attrs_block", "colon_fence", "deflist", "dollarmath", "amsmath"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = "Waystation"
html_copy_source = False
html_show_sphinx = False

autodoc_typehints = "none"  # the signature shows them; the docstring says what they mean
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
autosummary_generate = False
numpydoc_show_class_members = False
numpydoc_xref_param_type = False

nitpicky = True
nitpick_ignore = [
    ("py:obj", "BEDS"),  # a member of an enumeration, named in a docstring of its own module
    ("py:obj", "Leg.not_for"),  # an attribute described in the class's own docstring
]
