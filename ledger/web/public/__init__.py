"""Pages before the door: sign-in, language, health."""
