"""A line between browser and service that can be cut, or lose the answer after the service has done what was asked."""

import contextlib
import socket
import threading

PIECE = 65_536


class Line:
    """Carries bytes to `upstream`. `cut`: nobody gets through; `lose`: what was asked arrives, the answer does not."""

    def __init__(self, upstream: int) -> None:
        self.upstream, self.cut, self.lose = upstream, False, False
        self.lost = 0
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.door.getsockname()[1]

    @property
    def address(self) -> str:
        """Where a browser finds the service."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "Line":
        threading.Thread(target=self.serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.door.close()

    def serve(self) -> None:
        """Take connections until the line is taken down."""
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.door.accept()
                threading.Thread(target=self.carry, args=(client,), daemon=True).start()

    def carry(self, client: socket.socket) -> None:
        """Carry one connection to the service and back."""
        with client, contextlib.suppress(OSError):
            if self.cut:
                return
            with socket.create_connection(("127.0.0.1", self.upstream)) as server:
                threading.Thread(target=self.asked, args=(client, server), daemon=True).start()
                self.answered(server, client)

    def asked(self, client: socket.socket, server: socket.socket) -> None:
        """Carry what is asked; a line that was cut meanwhile carries nothing more."""
        with contextlib.suppress(OSError):
            while (piece := client.recv(PIECE)) and not self.cut:
                server.sendall(piece)
            server.shutdown(socket.SHUT_RDWR)

    def answered(self, server: socket.socket, client: socket.socket) -> None:
        """Carry what is answered, unless answers are lost now: then both sides hang up."""
        try:
            while piece := server.recv(PIECE):
                if self.lose or self.cut:
                    self.lost += 1
                    return
                client.sendall(piece)
        finally:
            # The other thread may still wait for what is asked: only this makes the browser hear that nobody is there.
            client.shutdown(socket.SHUT_RDWR)
