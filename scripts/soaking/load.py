"""Clients who redeem at the counter of Liuhe through HTTP, as programs do."""

import http.client
import json
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from scripts.soaking.service import ENOUGH_SECONDS, Service, ask
from scripts.soaking.shop import Shop
from tests.journaltext import COUNTY_TIME


def redeem(shop: Shop, service: Service, key: str) -> tuple[int, Any, Any]:
    """Redeem one soap for the household H001, as a program does."""
    basket = [{"item": "SOAP", "quantity": 1}]
    form = {"household": "H001", "occurred_on": datetime.now(COUNTY_TIME).date().isoformat(), "basket": basket}
    headers = {
        "Authorization": f"Bearer {shop.token}", "Idempotency-Key": key, "Content-Type": "application/json",
    }
    return ask(service, "POST", "/api/v1/books/LY01/redemptions", body=json.dumps(form), headers=headers)


@dataclass
class Load:
    """Clients who redeem one after the other until they are called off, each time under a key that is known."""

    shop: Shop
    service: Service
    name: str
    clients: int = 4
    sent: list[str] = field(default_factory=list)
    acknowledged: dict[str, Any] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)

    def __enter__(self) -> "Load":
        self.over = threading.Event()
        self.threads = [threading.Thread(target=self.redeem_on, args=(n,)) for n in range(self.clients)]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join(ENOUGH_SECONDS)

    def redeem_on(self, client: int) -> None:
        """Redeem without end; whoever finds nobody there goes home."""
        for n in count():
            if self.over.is_set():
                return
            key = f"{self.name}-client-{client}-{n}"
            self.sent.append(key)
            try:
                status, answer, _ = redeem(self.shop, self.service, key)
            except (OSError, http.client.HTTPException):
                return
            if status == 201:
                self.acknowledged[key] = answer
            else:
                self.refused[key] = status
                time.sleep(0.1)
