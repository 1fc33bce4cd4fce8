"""The pages about what travellers agreed to: how it stands, a new answer, taking one back."""

from django.urls import path

from waystation.web.views.consent.pages import consent_page, record, withdraw, words

urlpatterns = [
    path("cases/<uuid:case_id>/consent", consent_page, name="consent.page"),
    path("cases/<uuid:case_id>/consent/words", words, name="consent.words"),
    path("cases/<uuid:case_id>/consent/record/<uuid:traveller_id>", record, name="consent.record"),
    path("cases/<uuid:case_id>/consent/<uuid:consent_id>/withdraw", withdraw, name="consent.withdraw"),
]
