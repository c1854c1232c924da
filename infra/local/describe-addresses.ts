import { z } from 'zod';
import { variables } from '../../functions/runtime/contract.ts';
import type { Local } from './start-local.ts';

const settings = z.object({ title: z.string(), digest: z.record(z.string(), z.unknown()) });

/** What a person wants to know when all is running: where to look, and how to publish. */
export const describeAddresses = (local: Local, seedsFolder: string): string => {
  const { site, servers, seedsBucket, environment } = local;
  const { title, digest } = settings.parse(JSON.parse(environment[variables.publication] ?? '{}'));
  const addresses: [what: string, address: string][] = [
    ['Site', `${site}/`],
    ['Subscribe', `${site}/subscribe`],
    ['RSS', `${site}/rss.xml`],
    ['Atom', `${site}/atom.xml`],
    ['JSON Feed', `${site}/feed.json`],
    ...Object.keys(digest).map((cadence): [string, string] => [
      `Next ${cadence} digest`,
      `${site}/digest/${cadence}.html`,
    ]),
    ['Inbox', `${servers.ses.endpoint}/`],
    ['S3', servers.s3.endpoint],
  ];
  const width = Math.max(...addresses.map(([what]) => what.length)) + 2;
  return `
${title} is running.

${addresses.map(([what, address]) => `  ${what.padEnd(width)}${address}`).join('\n')}

Publish: put a .txt, .md or .html file into ${seedsFolder}, or upload it:
  aws s3 cp story.txt s3://${seedsBucket}/ --endpoint-url ${servers.s3.endpoint} --no-sign-request
Stop: Ctrl-C
`;
};
