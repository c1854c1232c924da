import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

/** Where an open page of the local run hears of changes. */
export const changesPath = '/.seedpress/changes';

const script = `new EventSource('${changesPath}').onmessage=()=>location.reload()`;
const scriptHash = createHash('sha256').update(script).digest('base64');

const addSource = (policy: string, directive: string, source: string): string =>
  policy.includes(`${directive} `)
    ? policy.replace(`${directive} `, `${directive} ${source} `)
    : `${policy}; ${directive} ${source}`;

/** This script alone, and its connection: everything else stays forbidden as in CloudFront. */
const allowScript = (policy: string): string =>
  addSource(addSource(policy, 'script-src', `'sha256-${scriptHash}'`), 'connect-src', "'self'");

interface Page {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body?: Readable;
  /** How the body will be compressed. */
  readonly encoding?: string;
}

/** Puts a script into a page that loads it again when something changes. What is published has none but that of the search. */
export const addReloadScript = async <T extends Page>(page: T): Promise<T> => {
  const { status, headers, body, encoding } = page;
  const policy = headers['content-security-policy'];
  const isPlain = encoding !== undefined || headers['content-encoding'] === undefined;
  const isPage = status !== 206 && status !== 304 && headers['content-type']?.startsWith('text/html');
  if (!body || policy === undefined || !isPlain || !isPage) return page;
  const html = await text(body);
  const { 'content-length': _length, ...others } = headers;
  return {
    ...page,
    headers: { ...others, 'content-security-policy': allowScript(policy) },
    body: Readable.from([html.replace(/<\/body>|$/, (end) => `<script>${script}</script>${end}`)]),
  };
};

export interface PageChanges {
  /** Keeps the response open, and tells it of changes. */
  listen(response: ServerResponse): void;
  announce(): void;
  close(): void;
}

/** A build writes many documents, the page that is open among them: it is loaded when they have come to rest. */
const restMs = 250;

/** Tells open pages, as server-sent events, that documents have changed. */
export const createPageChanges = (): PageChanges => {
  const responses = new Set<ServerResponse>();
  let timer: NodeJS.Timeout | undefined;
  return {
    listen: (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(': open\n\n');
      responses.add(response);
      response.once('close', () => responses.delete(response));
    },
    announce: () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        for (const response of responses) response.write('data: changed\n\n');
      }, restMs).unref();
    },
    close: () => {
      clearTimeout(timer);
      for (const response of responses) response.end();
    },
  };
};
