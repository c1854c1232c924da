import { Resolver as NodeResolver } from 'node:dns/promises';

export interface DnsResolver {
  resolveCname(name: string): Promise<string[]>;
  resolveMx(name: string): Promise<{ readonly exchange: string; readonly priority: number }[]>;
  resolveTxt(name: string): Promise<string[][]>;
}

export const createDnsResolver = (servers: readonly string[] = []): DnsResolver => {
  const resolver = new NodeResolver({ timeout: 3000, tries: 2 });
  if (servers.length > 0) resolver.setServers(servers);
  return resolver;
};

/** DNS gave no answer, not even that there is none. */
export class DnsUnavailableError extends Error {
  override readonly name = 'NoAnswer';
}

const absentCodes = new Set(['ENOTFOUND', 'ENODATA']);

/** None where there is no such name or no such record. */
export const fetchDnsRecords = async <T>(name: string, ask: (name: string) => Promise<T[]>): Promise<T[]> => {
  try {
    return await ask(name);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (absentCodes.has(code)) return [];
    throw new DnsUnavailableError(`DNS did not answer for ${name} (${code || String(error)}).`, { cause: error });
  }
};

export const fetchTxtRecords = async (resolver: DnsResolver, name: string): Promise<string[]> =>
  (await fetchDnsRecords(name, (each) => resolver.resolveTxt(each))).map((pieces) => pieces.join(''));
