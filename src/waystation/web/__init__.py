"""Pages: translate, call one service, translate back."""
