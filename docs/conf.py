"""How the documents are built: `make docs`."""

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from waystation import __version__

project = "Waystation"
author = "The Waystation founders"
copyright = "2026, the Waystation founders; AGPL-3.0-or-later"
version = release = __version__

extensions = [
    "myst_parser",
    "numpydoc",
    "sphinx.ext.autodoc",
]

source_suffix = {".md": "markdown", ".rst": "restructuredtext"}
exclude_patterns = ["guide/*/*.md"]
root_doc = "index"
default_role = "py:obj"

myst_enable_extensions = ["attrs_block", "colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = "Waystation"
html_static_path = ["static"]
html_css_files = ["formula.css"]
html_copy_source = False
html_show_sphinx = False

autodoc_typehints = "none"  # the signature shows them; the docstring says what they mean
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
autosummary_generate = False
html_math_renderer = "mathml"
numpydoc_show_class_members = False
numpydoc_xref_param_type = False

nitpicky = True
nitpick_ignore = [
    ("py:obj", "BEDS"),  # a member of an enumeration, named in a docstring of its own module
    ("py:obj", "Leg.not_for"),  # an attribute described in the class's own docstring
]


def inline_formula(page: HTML5Translator, node: nodes.math) -> None:
    """Write a formula as MathML, which browsers draw by themselves: the documents load nothing from anywhere."""
    page.body.append(convert(node.astext()))
    raise nodes.SkipNode


def block_formula(page: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula that stands alone."""
    page.body.append(f'<div class="formula">{convert(node.astext(), display="block")}</div>\n')
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Tell Sphinx how formulas are written."""
    app.add_html_math_renderer("mathml", (inline_formula, None), (block_formula, None))
