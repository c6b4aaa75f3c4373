"""Commands of the house: manage.py demo_accounts."""
