from waystation.intake.forms.form import Form
from waystation.web.wording import active_language

_SPELLED = {"ko": ("ko", "korean", "한국"), "en": ("en", "english")}


def language_of(form: Form) -> str:
    """Return the language of a form that the reader's is most like; its first one where none is."""
    wanted = _SPELLED.get(active_language(), ())
    for language in form.languages:
        words = language.lower().replace("(", " ").replace(")", " ").split()
        if any(word == each or (len(each) > 2 and each in word) for word in words for each in wanted) or any(
            not each.isascii() and each in language for each in wanted
        ):
            return language
    return form.languages[0] if form.languages else ""
