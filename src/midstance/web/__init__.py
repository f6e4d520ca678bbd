"""The app: pages, their JSON, and the session player, served on one's own machine."""
