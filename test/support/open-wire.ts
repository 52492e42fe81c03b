import { connect, createServer, type Socket } from 'node:net';

export interface Wire {
  url: string;
  /** Every connection breaks, at whatever byte it is. */
  cut(): void;
  /** As a server that is being restarted: connections break and new ones are refused until `up`. */
  down(): void;
  up(): void;
  /** Of what the server says on each connection only so many bytes come through, until `release`. */
  hold(afterBytes: number): void;
  release(): void;
  stop(): Promise<void>;
}

/** A network of its own to a server on this machine, from `port` to `target`, that can be broken. */
export async function openWire(port: number, target: number): Promise<Wire> {
  const open = new Set<Socket>();
  const held = new Set<() => void>();
  let isDown = false;
  let limit = Number.POSITIVE_INFINITY;
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  const server = createServer((here) => {
    if (isDown) return void here.destroy();
    const there = connect(target, '127.0.0.1');
    join(here, there, (part) => there.write(part));
    let passed = 0;
    const waiting: Buffer[] = [];
    const pass = () => {
      for (const part of waiting.splice(0)) here.write(part);
    };
    held.add(pass);
    join(there, here, (part) => {
      const now = part.subarray(0, Math.max(0, limit - passed));
      passed += now.length;
      here.write(now);
      if (now.length < part.length) waiting.push(part.subarray(now.length));
    });
    here.once('close', () => held.delete(pass));
  });
  function join(from: Socket, to: Socket, said: (part: Buffer) => void): void {
    open.add(from);
    from.on('data', said);
    from.on('error', () => {});
    from.once('close', () => {
      open.delete(from);
      to.destroy();
    });
  }
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${port}`,
    cut,
    down() {
      isDown = true;
      cut();
    },
    up() {
      isDown = false;
    },
    hold(afterBytes) {
      limit = afterBytes;
    },
    release() {
      limit = Number.POSITIVE_INFINITY;
      for (const pass of held) pass();
    },
    stop() {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
