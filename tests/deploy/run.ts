import { installMiniStack, NotAvailable } from './install-ministack.ts';
import { newsletterSteps } from './newsletter-steps.ts';
import { openStage, type Stage } from './open-stage.ts';
import { operatingSteps } from './operating-steps.ts';
import { publishingSteps } from './publishing-steps.ts';
import { type Counts, type Step, takeSteps } from './take-steps.ts';

/**
 * `npm run test:deploy`: deploys the project's own app to an emulated AWS, lives with it, and takes it down. What that
 * covers stands in docs/deploying.md. The last line counts the steps.
 */
const stop = new AbortController();
let stage: Stage | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    stop.abort(new Error(signal));
    void Promise.resolve(stage?.close()).finally(() => process.exit(130));
  });

/** A life of the stack, in its order. */
const stepsOn = (on: Stage): Step[] => {
  const [operating, publishing, newsletter] = [operatingSteps(on), publishingSteps(on), newsletterSteps(on)];
  return [
    ...operating.begin,
    ...publishing.publish,
    ...newsletter.first,
    ...publishing.change,
    ...operating.rename,
    ...newsletter.second,
    ...operating.end,
  ];
};

const run = async (): Promise<Counts> => {
  try {
    stage = await openStage(await installMiniStack(stop.signal), stop.signal);
  } catch (error) {
    if (!(error instanceof NotAvailable)) throw error;
    console.log(`skipped  a deployment to MiniStack, which cannot be had here: ${error.message}`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  try {
    const counts = await takeSteps(stepsOn(stage), console.log);
    if (counts.failed > 0) console.log(`MiniStack said at the end:\n${await stage.aws.logEnd()}`);
    return counts;
  } finally {
    await stage.close();
  }
};

const { passed, failed, skipped } = await run();
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed === 0 ? 0 : 1);
