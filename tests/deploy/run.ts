import { installMiniStack, NotAvailable } from './install-ministack.ts';
import { newsletterSteps } from './newsletter-steps.ts';
import { openStage, type Stage } from './open-stage.ts';
import { operatingSteps } from './operating-steps.ts';
import { operatorSteps } from './operator-steps.ts';
import { publishingSteps } from './publishing-steps.ts';
import { sesSteps } from './ses-steps.ts';
import { type Counts, type Step, takeSteps } from './take-steps.ts';

/**
 * `npm run test:deploy`: deploys the project's own app to an emulated AWS, lives with it, and takes it down. What that
 * covers stands in docs/deploying.md. The last line counts the steps.
 */
const stop = new AbortController();
// Ctrl-C may come twice, from the terminal and from npm.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(name, () => stop.abort(new Error(`stopped by ${name}`)));

/** A life of the stack, in its order. */
const stepsOn = (on: Stage): Step[] => {
  const [operating, publishing, newsletter] = [operatingSteps(on), publishingSteps(on), newsletterSteps(on)];
  return [
    ...operating.begin,
    ...publishing.publish,
    ...newsletter.first,
    ...operatorSteps(on),
    ...publishing.change,
    ...operating.rename,
    ...newsletter.second,
    ...sesSteps(on),
    ...operating.end,
  ];
};

const run = async ({ signal }: AbortController): Promise<Counts> => {
  let stage: Stage;
  try {
    stage = await openStage(await installMiniStack(signal), signal);
  } catch (error) {
    if (!(error instanceof NotAvailable) || signal.aborted) throw error;
    console.log(`skipped  the deployment to MiniStack: ${error.message}`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  try {
    const counts = await takeSteps(stepsOn(stage), signal);
    if (counts.failed > 0 && !signal.aborted)
      console.log(`MiniStack said at the end:\n${await stage.aws.logEnd()}`);
    return counts;
  } finally {
    await stage.close();
  }
};

const { passed, failed, skipped } = await run(stop).catch((error): Counts => {
  console.error(error);
  return { passed: 0, failed: 1, skipped: 0 };
});
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(stop.signal.aborted ? 130 : Math.min(failed, 1));
