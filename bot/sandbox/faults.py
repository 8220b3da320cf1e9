"""Troubles that can be asked for: calls that fail, clicks and envelopes that come twice, a slow channel."""

from dataclasses import dataclass

from bot.sandbox.wire import Json, Refused

KINDS = ("429", "500", "reset_before", "reset_after", "delay")


@dataclass
class Fault:
    """What the next `times` calls of `method` (`*`: any) meet; `seconds` is the delay, or the Retry-After."""

    method: str
    kind: str
    times: int
    seconds: float


class Faults:
    """The troubles that are switched on now."""

    def __init__(self) -> None:
        self._planned: list[Fault] = []
        self.clicks_twice = False
        self.envelopes_twice = False  # as after an ack that got lost: the same envelope is delivered again
        self.one_a_second = False

    def plan(self, order: Json) -> None:
        """Add a fault as the page asks for it: {method, kind, times, seconds?}; refuse what makes no sense."""
        kind = str(order.get("kind"))
        times = order.get("times", 1)
        if kind not in KINDS or not isinstance(times, int):
            raise Refused("invalid_arguments", [f"kind is one of {', '.join(KINDS)}; times is a whole number"])
        self._planned.append(Fault(str(order.get("method", "*")), kind, times, float(order.get("seconds", 1))))

    def clear(self) -> None:
        """Switch every trouble off."""
        self._planned.clear()
        self.clicks_twice = self.envelopes_twice = self.one_a_second = False

    def take(self, method: str) -> Fault | None:
        """Return the fault the next call of `method` meets, and count it down."""
        for fault in self._planned:
            if fault.times > 0 and fault.method in (method, "*"):
                fault.times -= 1
                return fault
        return None

    def state(self) -> Json:
        """Return what is switched on, for the page."""
        planned = [vars(fault) for fault in self._planned if fault.times > 0]
        switches = ("clicks_twice", "envelopes_twice", "one_a_second")
        return {"planned": planned} | {switch: getattr(self, switch) for switch in switches}
