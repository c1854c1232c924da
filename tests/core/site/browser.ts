import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { type Browser, chromium } from 'playwright-core';
import { z } from 'zod';
import { siteStyle } from './site-page-fixture.ts';

const executablePath = '/usr/bin/chromium';

/** Browser tests need Chromium; where it is absent they are skipped, and say so. */
export const hasChromium = existsSync(executablePath);

export const startChromium = (): Promise<Browser> => chromium.launch({ executablePath, args: ['--no-sandbox'] });

/** The policy that the site is delivered with. */
const contentSecurityPolicy =
  "default-src 'none'; img-src 'self' https: data:; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const sampleSvg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="1000"><rect width="1600" height="1000" fill="#789"/></svg>';

/** Serves pages by their short names, as the site would; images of the publication are all the same one. */
export const startSitePageServer = async (pages: Readonly<Record<string, string>>) => {
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const scripts = path === '/search' ? "; script-src 'self'; connect-src 'self'" : '';
    response.setHeader('content-security-policy', contentSecurityPolicy + scripts);
    if (path.endsWith('.js')) return response.setHeader('content-type', 'text/javascript').end();
    if (path.endsWith('.css')) return response.setHeader('content-type', 'text/css').end(siteStyle.css);
    if (path.endsWith('.svg')) return response.setHeader('content-type', 'image/svg+xml').end(sampleSvg);
    const html = pages[path.slice(1)];
    if (html === undefined) return response.writeHead(404).end();
    const here = html.replaceAll('https://harbour-gazette.example/images/', '/images/');
    return response.setHeader('content-type', 'text/html; charset=utf-8').end(here);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close() };
};
