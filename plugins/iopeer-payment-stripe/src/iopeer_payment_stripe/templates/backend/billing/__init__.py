"""Plans that accounts pay for, their limits, and what Stripe says of who has paid."""
