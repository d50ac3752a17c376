"""A small Stripe at an address of this machine, over HTTP.

All of it is written here, after Stripe's documentation: it shows that the application asks, hears
and stores as it should, not that Stripe behaves like this. Cards, taxes, prorations are left out.
"""

import hashlib
import hmac
import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

SECRET = "whsec_of_the_tests"
DAY = 24 * 60 * 60
LENGTHS = {"month": 30 * DAY, "year": 365 * DAY}
Thing = dict[str, Any]


class LocalStripe:
    """What there is: things by their id, and the events that tell of their changes, in order."""

    def __init__(self) -> None:
        """Begin with nothing, at this moment."""
        self.things: dict[str, dict[str, Thing]] = {}
        self.events: list[Thing] = []
        self.now = int(time.time())
        self.away = False
        """Whether every request fails."""
        self.url = ""

    def all_of(self, kind: str) -> list[Thing]:
        """Give all things of a kind, the newest first."""
        return list(self.things.get(kind, {}).values())[::-1]

    def add(self, kind: str, prefix: str, **values: Any) -> Thing:
        """Add a thing."""
        kept = self.things.setdefault(kind, {})
        made = {"id": f"{prefix}_{len(kept) + 1}", "object": kind, "created": self.now, **values}
        kept[made["id"]] = made
        return made

    def tell(self, kind: str, thing: Thing) -> Thing:
        """Note an event: the thing as it is now."""
        told = {"id": f"evt_{len(self.events) + 1}", "object": "event", "type": kind}
        event: Thing = {
            **told,
            "created": self.now,
            "data": {"object": json.loads(json.dumps(thing))},
        }
        self.events.append(event)
        return event

    def pay(self, session: str) -> Thing:
        """Complete a checkout, as a customer does who enters a card."""
        wanted = self.things["checkout.session"][session]
        days = int(wanted.get("subscription_data", {}).get("trial_period_days", 0))
        price = self.things["price"][wanted["line_items"][0]["price"]]
        made = self.add(
            "subscription",
            "sub",
            customer=wanted["customer"],
            status="trialing" if days else "active",
            trial_end=self.now + days * DAY if days else None,
            cancel_at_period_end=False,
            items={"object": "list", "data": [self._item(price, days)]},
        )
        self.tell("customer.subscription.created", made)
        self.tell("checkout.session.completed", wanted)
        self._invoice(made, 0 if days else price["unit_amount"])
        return made

    def _item(self, price: Thing, days: int = 0) -> Thing:
        length = days * DAY or LENGTHS[price["recurring"]["interval"]]
        return {
            "id": f"si_{len(self.events)}",
            "price": price,
            "current_period_end": self.now + length,
        }

    def _invoice(self, subscription: Thing, total: int, status: str = "paid") -> None:
        customer, number = subscription["customer"], f"{len(self.all_of('invoice')) + 1:04}"
        values = {"customer": customer, "number": number, "total": int(total), "currency": "eur"}
        url = f"{self.url}/invoices/{number}"
        made = self.add("invoice", "in", **values, status=status, hosted_invoice_url=url)
        self.tell("invoice.paid" if status == "paid" else "invoice.payment_failed", made)

    def renew(self, subscription: Thing, *, paid: bool = True) -> None:
        """End a period or a trial: the next one is paid for, or is not."""
        item = subscription["items"]["data"][0]
        self.now = max(self.now, item["current_period_end"])
        if subscription["cancel_at_period_end"]:
            subscription["status"] = "canceled"
            self.tell("customer.subscription.deleted", subscription)
            return
        subscription["items"]["data"] = [self._item(item["price"])]
        subscription["status"] = "active" if paid else "past_due"
        self.tell("customer.subscription.updated", subscription)
        self._invoice(subscription, item["price"]["unit_amount"], "paid" if paid else "open")

    def update(self, subscription: Thing, wanted: Thing) -> Thing:
        """Change a subscription, as the API does."""
        if "cancel_at_period_end" in wanted:
            subscription["cancel_at_period_end"] = wanted["cancel_at_period_end"] == "true"
        if "items" in wanted:
            price = self.things["price"][wanted["items"][0]["price"]]
            item = {**subscription["items"]["data"][0], "price": price}
            subscription["items"]["data"] = [item]
        self.tell("customer.subscription.updated", subscription)
        return subscription

    def answer(self, method: str, path: str, wanted: Thing) -> tuple[int, Thing]:
        """Answer a request of the API."""
        if self.away:
            return 500, {"error": {"message": "away", "type": "api_error"}}
        kind = path.removeprefix("/v1/")
        if method == "GET":
            return 200, {"object": "list", "data": self._found(kind, wanted), "has_more": False}
        match kind.split("/"):
            case ["customers"]:
                return 200, self.add("customer", "cus", **wanted)
            case ["prices"]:
                return 200, self._price(wanted)
            case ["checkout", "sessions"]:
                made = self.add("checkout.session", "cs", **wanted)
            case ["billing_portal", "sessions"]:
                made = self.add("billing_portal.session", "bps", **wanted)
            case ["subscriptions", key] if key in self.things.get("subscription", {}):
                return 200, self.update(self.things["subscription"][key], wanted)
            case _:
                return 404, {"error": {"message": path, "type": "invalid_request_error"}}
        made["url"] = f"{self.url}/pages/{made['id']}"
        return 200, made

    def _price(self, wanted: Thing) -> Thing:
        for other in self.all_of("price"):
            if other["lookup_key"] == wanted["lookup_key"]:
                other["lookup_key"] = None
        product = wanted.get("product", f"prod_{len(self.all_of('price')) + 1}")
        values = wanted | {"unit_amount": int(wanted["unit_amount"]), "product": product}
        return self.add("price", "price", **values)

    def _found(self, kind: str, wanted: Thing) -> list[Thing]:
        found = self.all_of(kind.removesuffix("s"))
        if keys := wanted.get("lookup_keys"):
            return [each for each in found if each["lookup_key"] in keys]
        if kind == "subscriptions" and wanted.get("status") != "all":
            found = [each for each in found if each["status"] != "canceled"]
        customer = wanted.get("customer")
        return [each for each in found if customer in (None, each["customer"])]


def signed(event: Thing, secret: str = SECRET, at: int | None = None) -> tuple[bytes, str]:
    """Give an event's body and its signature, as Stripe makes it."""
    body, moment = json.dumps(event).encode(), at or int(time.time())
    proof = hmac.new(secret.encode(), b"%d." % moment + body, hashlib.sha256).hexdigest()
    return body, f"t={moment},v1={proof}"


def nested(text: str) -> Thing:
    """Read `items[0][price]=…` into things within things, as Stripe's libraries write it."""
    made: Thing = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        *path, last = re.findall(r"[^\[\]]+", name)
        place = made
        for part in path:
            place = place.setdefault(part, {})
        place[last] = value
    return {name: _listed(value) for name, value in made.items()}


def _listed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {name: _listed(each) for name, each in value.items()}
    return list(inner.values()) if all(name.isdigit() for name in inner) else inner


@contextmanager
def local_stripe(port: int = 0) -> Iterator[LocalStripe]:
    """Let it answer until the end."""
    stripe = LocalStripe()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            address = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            status, told = stripe.answer(self.command, address.path, nested(address.query or body))
            text = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.send_header("Stripe-Should-Retry", "false")
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = answer  # noqa: N815  # names of the library

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the library's word
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", port), Handler) as server:
        stripe.url = f"http://127.0.0.1:{server.server_port}"
        Thread(target=server.serve_forever, daemon=True).start()
        yield stripe
        server.shutdown()
