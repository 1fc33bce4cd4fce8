"""Small parts of SVG that the map and the curve share."""

from html import escape

FONTS = "Pretendard, 'Noto Sans KR', 'Apple SD Gothic Neo', 'Malgun Gothic', 'Helvetica Neue', Arial, sans-serif"


def svg(size: tuple[float, float], style: str, title: str, body: list[str], description: str = "") -> str:
    """Return an SVG document that scales, with its style inside and no script or outside resource.

    With a description it has a title and a description of its own; who cannot see it hears both.
    """
    width, height = size
    view = f"0 0 {plain(width)} {plain(height)}"
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" width="{plain(width)}" height="{plain(height)}"'
    )
    heard = f"{title}. {description}" if description else title
    told = [f"<title>{safe(title)}</title>", f"<desc>{safe(description)}</desc>"] if description else []
    return "\n".join(
        [
            f'{opening} role="img" aria-label="{safe(heard)}">',
            *told,
            f"<style>{style}</style>",
            *body,
            "</svg>",
        ]
    )


def safe(text: str) -> str:
    """Escape text for SVG and HTML, attributes included; what XML cannot hold becomes a blank."""
    return escape("".join(character if _allowed(character) else " " for character in text), quote=True)


def plain(value: float) -> str:
    """Return a coordinate with at most one decimal, never as minus zero."""
    shown = f"{value:.1f}".removesuffix(".0")
    return "0" if shown == "-0" else shown


def width_of(text: str, size: float) -> float:
    """Estimate how wide a text is when set at a size: Korean and Chinese letters are square, others about half as wide."""
    return sum(0.95 if ord(character) >= 0x1100 else 0.56 for character in text) * size


def _allowed(character: str) -> bool:
    code = ord(character)
    return code in {0x9, 0xA, 0xD} or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000
