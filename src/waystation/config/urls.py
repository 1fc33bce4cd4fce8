from waystation.web.urls import urlpatterns

__all__ = ["urlpatterns"]
