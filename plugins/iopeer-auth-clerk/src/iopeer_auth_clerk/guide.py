"""What the product's README says of signing in."""

GUIDE = """Clerk signs people in; the API takes its session tokens and nothing else.

1. Put the address of your instance (`https://….clerk.accounts.dev`, or your own) into `CLERK_ISSUER`, and that of the
   web application into `CLERK_PARTIES`.
2. In the dashboard of Clerk, add to the claims of sessions: `{"email": "{{user.primary_email_address}}",
   "email_verified": "{{user.email_verified}}", "name": "{{user.full_name}}", "role": "{{user.public_metadata.role}}",
   "external_id": "{{user.external_id}}"}`.
3. Give people roles as `{"role": "…"}` in their public metadata. An unknown role is that of newcomers; whoever has none
   there keeps the role of the account. Somebody needs the first role, or nobody administers.
4. Have Clerk tell `https://…/api/v1/clerk/webhook` of `user.*`, `session.*` and `organizationMembership.*`, and put the
   secret of that webhook into `CLERK_WEBHOOK_SECRET`: who is banned, locked or deleted is refused at once, and so is a
   session that has ended.

Who was here before Clerk keeps the account: the user of Clerk with its id as `external_id`, or with its verified
address. Users of Clerk stay in the table of accounts, so that another way to sign in finds them later. Who is in which
organization is kept, and nothing reads it yet.
"""
