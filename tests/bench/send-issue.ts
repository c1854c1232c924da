/**
 * A process that addresses an issue as compose-issue does, or delivers it as deliver does, with real SDK clients, and
 * prints the milliseconds and megabytes it took. Started by newsletter.ts.
 *
 *     node tests/bench/send-issue.ts ENDPOINT compose|deliver [INVOCATIONS [virtual]]
 *
 * A virtual clock is for one invocation at a time.
 */
import { createIssueSender } from './issue-sender.ts';

const [endpoint = '', part, invocations = '1', clock] = process.argv.slice(2);
const sender = createIssueSender(endpoint, {
  invocations: Number(invocations),
  clock: clock === 'virtual' ? 'virtual' : 'real',
});
const readPeakMegabytes = (): number => process.resourceUsage().maxRSS / 1024;
const loadedMegabytes = readPeakMegabytes();
const start = performance.now();
await (part === 'compose' ? sender.compose() : sender.deliver());
const milliseconds = performance.now() - start;
console.log(JSON.stringify({ milliseconds, loaded: loadedMegabytes, peak: readPeakMegabytes() }));
