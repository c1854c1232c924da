import { findFreePort, PortInUseError } from './base/http-server.ts';

/** Ports by their flags. */
export type WantedPorts = Readonly<Record<string, number>>;

const isPortFree = async (port: number): Promise<boolean> => {
  try {
    await findFreePort(port);
    return true;
  } catch (error) {
    if (error instanceof PortInUseError) return false;
    throw error;
  }
};

/** The first free port after one, without those that are wanted for something else. */
const findFreePortAfter = async (port: number, wanted: ReadonlySet<number>): Promise<number> => {
  for (let next = port + 1; next <= 65_535; next += 1) if (!wanted.has(next) && (await isPortFree(next))) return next;
  return 0;
};

/** The ports that are taken, and flags with free ports instead, such as `--site-port 8081 --s3-port 9002`. */
export const suggestPorts = async (wanted: WantedPorts): Promise<{ taken: number[]; flags: string }> => {
  const used = new Set(Object.values(wanted));
  const taken: number[] = [];
  const flags: string[] = [];
  for (const [flag, port] of Object.entries(wanted)) {
    if (port === 0 || (await isPortFree(port))) continue;
    const free = await findFreePortAfter(port, used);
    used.add(free);
    taken.push(port);
    flags.push(`--${flag} ${free}`);
  }
  return { taken, flags: flags.join(' ') };
};
