/**
 * A process that addresses an issue as compose-issue does, or delivers it as deliver does, with real SDK clients, and
 * prints the milliseconds and megabytes it took. Started by newsletter.ts.
 *
 *     node tests/bench/send-issue.ts ENDPOINT compose|deliver INVOCATIONS real|virtual [GROUPS [CALL_MS OTHERS_MS]]
 */
import { createIssueSender } from './issue-sender.ts';

const [endpoint = '', part, invocations, clock, groups = '1', call, others] = process.argv.slice(2);
const sender = createIssueSender(endpoint, {
  invocations: Number(invocations),
  clock: clock === 'virtual' ? 'virtual' : 'real',
  groups: Number(groups),
  ...(call !== undefined && { latencies: { call: Number(call), others: Number(others) } }),
});
const readPeakMegabytes = (): number => process.resourceUsage().maxRSS / 1024;
const loadedMegabytes = readPeakMegabytes();
const start = performance.now();
const delivered = part === 'compose' ? await sender.compose().then(() => undefined) : await sender.deliver();
const milliseconds = performance.now() - start;
console.log(JSON.stringify({ milliseconds, loaded: loadedMegabytes, peak: readPeakMegabytes(), ...delivered }));
