"""What `briefings import` makes of whole sites and documents."""
