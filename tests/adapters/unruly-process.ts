import { z } from 'zod';

/** Stands in for the process that parses seeds: what a seed's text says is what happens. */
const seedSchema = z.object({ key: z.string(), bytes: z.instanceof(Uint8Array) });

const behaviours: Readonly<Record<string, () => unknown>> = {
  hang: () => {
    for (;;);
  },
  // Native code, which does not notice that its thread is to end.
  hangInside: () => `a${'\u0301\u0323'.repeat(2_000_000)}`.normalize('NFC'),
  takeMemory: () => {
    const all: string[] = [];
    for (;;) all.push('x'.repeat(1000).toUpperCase() + all.length);
  },
  // At once, so that no warning comes before it.
  takeMemoryAtOnce: () => 'ab|'.repeat(100_000_000).match(/ab/g),
  abort: () => process.abort(),
  exit: () => process.exit(3),
  beStopped: () => process.kill(process.pid, 'SIGTERM'),
};

process.on('message', (message) => {
  const { key, bytes } = seedSchema.parse(message);
  const behaviour = behaviours[new TextDecoder().decode(bytes)];
  if (behaviour) behaviour();
  else process.send?.({ rejection: { reason: `${key} by ${process.pid} with ${Object.keys(process.env)}` } });
});
process.send?.('ready');
