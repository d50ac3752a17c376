"""Plans that accounts pay for by Stripe."""
