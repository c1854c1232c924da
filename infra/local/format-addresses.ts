import { formatClockOffset } from './base/clock.ts';
import type { LocalRun } from './start-local.ts';

interface AddressOptions {
  readonly seedsFolder: string;
  readonly command: string;
}

export const formatAddresses = (local: LocalRun, { seedsFolder, command }: AddressOptions): string => {
  const { site, servers, seedsBucket } = local;
  const { title, digest } = local.settings;
  const addresses: [what: string, address: string][] = [
    ['Site', `${site}/`],
    ['Subscribe', `${site}/subscribe`],
    ['RSS', `${site}/rss.xml`],
    ['Atom', `${site}/atom.xml`],
    ['JSON Feed', `${site}/feed.json`],
    ...Object.keys(digest)
      .filter((cadence) => cadence !== 'immediately')
      .map((cadence): [string, string] => [`Next ${cadence} digest`, `${site}/digest/${cadence}.html`]),
    ['Inbox', `${servers.ses.endpoint}/`],
    ['S3', servers.s3.endpoint],
  ];
  const ahead = formatClockOffset(servers.clock.offsetMs[0] ?? 0);
  const width = Math.max(...addresses.map(([what]) => what.length)) + 2;
  return `
${title} is running.

${addresses.map(([what, address]) => `  ${what.padEnd(width)}${address}`).join('\n')}

Publish: put a .txt, .md or .html file into ${seedsFolder}, or upload it:
  aws s3 cp story.txt s3://${seedsBucket}/ --endpoint-url ${servers.s3.endpoint} --no-sign-request
Readers: sign up on the Subscribe page; all mails arrive in the inbox.
Issues: ${command} issue compose ${Object.keys(digest)[0]}   or let time pass: ${command} clock advance 4w
${ahead === '' ? '' : `The clock is ${ahead}: ${command} status\n`}Stop: Ctrl-C
`;
};
