"""kombu's `filesystem://` broker, made safe for several processes.

kombu writes a message into the folder that others read from, and an exchange's table in place: a reader may
meet half of either, and a worker ends at broken JSON. Here all is written aside and renamed into place.
kombu also drops a message without a word while another thread is still binding its queue, or after somebody
emptied the folder. `newsroom.celery` puts this behind the ordinary `filesystem://` address.
"""

import contextlib
import fcntl
import os
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps, loads


def write_whole(path: Path, text: str) -> None:
    """Readers see the old content or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    aside.write_text(text)
    aside.replace(path)


class Channel(filesystem.Channel):
    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        self.control_folder.mkdir(parents=True, exist_ok=True)
        with (self.control_folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        entry = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        with self._locked():
            table = self.get_table(exchange)
            if entry not in table:
                write_whole(self._exchange_file(exchange), dumps([entry, *table]))

    def _lookup(self, exchange: str, routing_key: str, default: str | None = None) -> list[str]:
        """The queues of an exchange; bound again from this process's memory when their table is not there."""
        if queues := super()._lookup(exchange, routing_key, default):
            return queues
        for bound in list(self.state.bindings):
            if bound.exchange == exchange:
                meta = self.typeof(exchange).prepare_bind(bound.queue, exchange, bound.routing_key, None)
                self._queue_bind(exchange, *meta)
        return super()._lookup(exchange, routing_key, default)

    def _put(self, queue: str, payload: dict[str, Any], **kwargs: Any) -> None:
        # The wall clock first: the order must hold across a restart of the machine.
        name = f"{time.time_ns():020d}_{uuid.uuid4().hex}.{queue}.msg"
        write_whole(Path(self.data_folder_out) / name, dumps(payload))

    def _get(self, queue: str) -> Any:
        inbox = Path(self.data_folder_in)
        try:
            names = sorted(os.listdir(inbox))
        except FileNotFoundError:
            raise Empty from None  # emptied under us; whoever writes next makes it again
        for name in names:
            if name.startswith(".") or name.partition(".")[2] != f"{queue}.msg":
                continue
            taken = inbox / f".taken-{name}"
            try:
                (inbox / name).rename(taken)
            except FileNotFoundError:
                continue  # another worker was faster
            message = loads(taken.read_text())
            taken.unlink()
            return message
        raise Empty


class Transport(filesystem.Transport):
    Channel = Channel

    def drain_events(self, connection: Any, timeout: float | None = None, **kwargs: Any) -> Any:
        # A worker looks whether it shall stop only between two waits, and asks for waits of seconds.
        return super().drain_events(connection, timeout and min(timeout, 0.3), **kwargs)
