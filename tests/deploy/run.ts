import { createAlarmSteps } from './alarm-steps.ts';
import { createCliSteps } from './cli-steps.ts';
import { createDeployContext, type DeployContext } from './deploy-context.ts';
import { createHopLimitSteps } from './hop-limit-steps.ts';
import { installMiniStack, PrerequisiteMissing } from './install-ministack.ts';
import { createNewsletterSteps } from './newsletter-steps.ts';
import { createPublishingSteps } from './publishing-steps.ts';
import { createRegionSteps } from './region-steps.ts';
import { type DeployStep, runDeploySteps, type StepCounts } from './run-deploy-steps.ts';
import { createSesSteps } from './ses-steps.ts';
import { createStackSteps } from './stack-steps.ts';

/**
 * `npm run test:deploy`: deploys the project's own app to an emulated AWS, lives with it, and takes it down. What that
 * covers stands in docs/deploying.md. The last line counts the steps.
 */
const stop = new AbortController();
// Ctrl-C may come twice, from the terminal and from npm.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(name, () => stop.abort(new Error(`stopped by ${name}`)));

/** A life of the stack, in its order. */
const createSteps = (on: DeployContext): DeployStep[] => {
  const [operating, publishing, newsletter] = [
    createStackSteps(on),
    createPublishingSteps(on),
    createNewsletterSteps(on),
  ];
  return [
    ...operating.begin,
    ...publishing.publish,
    ...newsletter.first,
    ...createCliSteps(on),
    ...createAlarmSteps(on),
    ...publishing.change,
    ...operating.rename,
    ...newsletter.second,
    ...createSesSteps(on),
    ...createHopLimitSteps(on),
    ...createRegionSteps(on),
    ...operating.end,
  ];
};

const run = async ({ signal }: AbortController): Promise<StepCounts> => {
  let stage: DeployContext;
  try {
    stage = await createDeployContext(await installMiniStack(signal), signal);
  } catch (error) {
    if (!(error instanceof PrerequisiteMissing) || signal.aborted) throw error;
    console.log(`skipped  the deployment to MiniStack: ${error.message}`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  try {
    const counts = await runDeploySteps(createSteps(stage), signal);
    if (counts.failed > 0 && !signal.aborted)
      console.log(`MiniStack said at the end:\n${await stage.aws.readLogTail()}`);
    return counts;
  } finally {
    await stage.close();
  }
};

const { passed, failed, skipped } = await run(stop).catch((error): StepCounts => {
  console.error(error);
  return { passed: 0, failed: 1, skipped: 0 };
});
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(stop.signal.aborted ? 130 : Math.min(failed, 1));
