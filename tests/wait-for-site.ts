import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const timeoutMs = 120_000;

/**
 * Waits until `npm start` has printed its addresses and the JSON feed shows an article with these words.
 * @returns the site's origin
 * @throws when that does not happen within two minutes, with what was printed
 */
export const waitForSite = async (child: ChildProcess, text: string): Promise<string> => {
  const began = Date.now();
  let printed = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  while (Date.now() - began < timeoutMs && child.exitCode === null) {
    const site = /(http:\/\/127\.0\.0\.1:\d+)\/feed\.json/.exec(printed)?.[1];
    const s3 = /--endpoint-url (http:\/\/127\.0\.0\.1:\d+)/.exec(printed)?.[1];
    // From the bucket: the site would repeat for ten seconds that the feed is missing.
    const feed =
      s3 &&
      (await fetch(`${s3}/site-bucket/feed.json`).then(
        (answer) => answer.text(),
        () => '',
      ));
    if (site && feed?.includes(text)) return site;
    await sleep(200);
  }
  throw new Error(`“${text}” did not appear in the feed; npm start printed:\n${printed}`);
};
