"""What engagement measures of itself."""
