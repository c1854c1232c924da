import { Resolver as NodeResolver } from 'node:dns/promises';

/** What is asked of DNS. */
export interface Resolver {
  resolveCname(name: string): Promise<string[]>;
  resolveMx(name: string): Promise<{ readonly exchange: string; readonly priority: number }[]>;
  resolveTxt(name: string): Promise<string[][]>;
}

/**
 * Asks these servers, or the machine's own.
 * @throws where one is no IP address
 */
export const createResolver = (servers: readonly string[] = []): Resolver => {
  const resolver = new NodeResolver({ timeout: 3000, tries: 2 });
  if (servers.length > 0) resolver.setServers(servers);
  return resolver;
};

/** DNS gave no answer, not even that there is none. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

const absent = new Set(['ENOTFOUND', 'ENODATA']);

/**
 * Asks for records; none where there is no such name or no such record.
 * @throws {NoAnswer} when DNS cannot be asked
 */
export const askDns = async <T>(name: string, ask: (name: string) => Promise<T[]>): Promise<T[]> => {
  try {
    return await ask(name);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (absent.has(code)) return [];
    throw new NoAnswer(`DNS did not answer for ${name} (${code || String(error)}).`, { cause: error });
  }
};

/** TXT records, each in one piece. @throws {NoAnswer} */
export const askTexts = async (resolver: Resolver, name: string): Promise<string[]> =>
  (await askDns(name, (each) => resolver.resolveTxt(each))).map((pieces) => pieces.join(''));
