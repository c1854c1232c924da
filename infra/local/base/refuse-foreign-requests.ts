import type { IncomingMessage, RequestListener } from 'node:http';

/** Names under `localhost` always mean this machine (RFC 6761); S3 tools put the bucket before it. */
const localName = /^(?:127\.0\.0\.1|(?:[a-z0-9_.-]+\.)?localhost)$/i;

/** A page whose own name was pointed at this machine (DNS rebinding) sends that name as the host. */
const isOwnHost = ({ headers: { host = '' }, socket }: IncomingMessage): boolean => {
  const [, name = '', port = '80'] = /^([^:]+)(?::(\d+))?$/.exec(host) ?? [];
  return localName.test(name) && Number(port) === socket.localPort;
};

/**
 * Programs send neither header. Browsers send both with a form: where the page hides its address, as those of the
 * subscriptions do, `Origin` is `null`, and only `Sec-Fetch-Site` says that the form is our own.
 */
const isOwnOrigin = ({ headers: { origin, host, 'sec-fetch-site': site = 'none' } }: IncomingMessage): boolean => {
  if (site !== 'none' && site !== 'same-origin') return false;
  return origin === undefined || origin === `http://${host}` || (origin === 'null' && site === 'same-origin');
};

const isRead = ({ method }: IncomingMessage): boolean => method === 'GET' || method === 'HEAD';

/** A link that somebody follows: the page with the link does not see the response. */
const isFollowedLink = (request: IncomingMessage): boolean => {
  const { origin, 'sec-fetch-mode': mode, 'sec-fetch-dest': destination } = request.headers;
  return isRead(request) && origin === undefined && mode === 'navigate' && destination === 'document';
};

/** A picture in another page, which shows it but cannot read it. */
const isPicture = (request: IncomingMessage): boolean => {
  const { origin = 'null', 'sec-fetch-mode': mode, 'sec-fetch-dest': destination } = request.headers;
  return isRead(request) && origin === 'null' && mode === 'no-cors' && destination === 'image';
};

export interface ForeignRequestRules {
  /** For the site: mails in the inbox show its pictures, and are pages without an origin. */
  readonly allowsPictures?: boolean;
}

/**
 * Answers programs of this machine and the server's own pages. Without it, any web page that is open in a browser of
 * this machine could write to the buckets and read what the servers have.
 */
export const refuseForeignRequests =
  (listener: RequestListener, { allowsPictures = false }: ForeignRequestRules = {}): RequestListener =>
  (request, response) => {
    const isAllowed = isOwnOrigin(request) || isFollowedLink(request) || (allowsPictures && isPicture(request));
    if (isOwnHost(request) && isAllowed) return listener(request, response);
    request.resume();
    response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8' });
    response.end('The local run answers only programs of this machine and its own pages.\n');
  };
