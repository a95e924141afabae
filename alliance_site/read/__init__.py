"""Room 1: disk → documents.

Never: gives a field a meaning.
"""

from alliance_site.read.code import CodeDigests, code_digests
from alliance_site.read.documents import Document, decode, parse_document
from alliance_site.read.files import InputFile, Inputs, look_at, scan_inputs
from alliance_site.read.font import read_font
from alliance_site.read.images import MOST_PIXELS, ImageHeader, read_image_header
from alliance_site.read.template_refs import TemplateRefs, find_template_refs
from alliance_site.read.yaml_nodes import Mapping, Node, Scalar, Sequence, parse_yaml
from alliance_site.read.yaml_slips import odd_character

__all__ = [
    "MOST_PIXELS",
    "CodeDigests",
    "Document",
    "ImageHeader",
    "InputFile",
    "Inputs",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "TemplateRefs",
    "code_digests",
    "decode",
    "find_template_refs",
    "look_at",
    "odd_character",
    "parse_document",
    "parse_yaml",
    "read_font",
    "read_image_header",
    "scan_inputs",
]
