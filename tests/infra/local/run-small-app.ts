import { parseArgs } from 'node:util';
import { formatStartFailure } from '../../../infra/local/format-start-failure.ts';
import { startLocal } from '../../../infra/local/start-local.ts';
import { writeSmallAppAssembly } from './small-app.ts';

/** The small app in a process of its own, for tests that kill it: prints where it is, then mirrors. */
const { values } = parseArgs({ options: { data: { type: 'string' }, seeds: { type: 'string' } } });
try {
  const local = await startLocal({
    data: values.data ?? '',
    seeds: values.seeds ?? '',
    sitePort: 0,
    s3Port: 0,
    inboxPort: 0,
    synthesize: async (outdir) => writeSmallAppAssembly(outdir),
    print: (text) => console.error(text),
  });
  console.log(JSON.stringify({ s3: local.servers.s3.endpoint, site: local.site }));
  await local.mirror();
} catch (error) {
  console.error(formatStartFailure(error));
  process.exit(1);
}
