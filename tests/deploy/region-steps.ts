import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createRegionContext, type DeployContext, type RegionContext } from './deploy-context.ts';
import { listDeployedResources } from './list-deployed-resources.ts';
import { findFeedEntry, putDeployedSeed, waitForFeedEntry } from './publishing-steps.ts';
import type { DeployStep } from './run-deploy-steps.ts';
import { baseSettings } from './stack-steps.ts';
import { deployedRegions, inRegion } from './start-ministack.ts';

const [, secondRegion] = deployedRegions;
const secondSettings = {
  ...baseSettings,
  id: 'second-gazette',
  title: 'The Second Gazette',
  newsletter: { mailer: 'ses' },
};

/** Kinds whose names or ids belong to the whole account, or to everybody. */
const isGlobal = (type: string): boolean => /^AWS::(?:CloudFront::|IAM::Role$|S3::Bucket$)/.test(type);

const listGlobalResources = async (stage: RegionContext) =>
  (await listDeployedResources(stage)).filter(({ type }) => isGlobal(type));

/** The context of another region of the same account. */
const openRegion = async ({ aws, smtp, folder, signal }: DeployContext, region: string): Promise<RegionContext> => {
  const ownFolder = join(folder, region);
  await mkdir(ownFolder, { recursive: true });
  return createRegionContext({ aws: inRegion(aws, region), smtp, folder: ownFolder, signal });
};

const deployBeside = async (first: DeployContext): Promise<void> => {
  const before = await listGlobalResources(first);
  const second = await openRegion(first, secondRegion);
  await second.deploy(secondSettings);
  // The same stack in another region, which has all of its own.
  assert.equal(second.readOutputs().stackName, first.readOutputs().stackName);
  const [own, others] = [await listGlobalResources(second), await listGlobalResources(first)];
  assert.deepEqual(others, before);
  assert.deepEqual(
    own
      .map(({ logicalId }) => logicalId)
      .filter((id) => !id.startsWith('Edge'))
      .sort(),
    others.map(({ logicalId }) => logicalId).sort(),
  );
  const taken = new Set(others.map(({ type, physicalId }) => `${type} ${physicalId}`));
  assert.deepEqual(
    own.filter(({ type, physicalId }) => taken.has(`${type} ${physicalId}`)),
    [],
  );

  await putDeployedSeed(second, 'owl.txt', 'An owl in the other tower\n\nIt came from the north.\n');
  const { url = '' } = await waitForFeedEntry(second, 'An owl in the other tower');
  assert.match((await second.request(url)).body, /The Second Gazette/);
  assert.equal(await findFeedEntry(first, 'An owl in the other tower'), undefined);
  assert.match((await first.request('/')).body, /The Renamed Gazette/);
};

const refuseToOverwrite = async (first: DeployContext): Promise<void> => {
  const before = await listDeployedResources(first);
  await assert.rejects(
    first.app.deploy({ ...baseSettings, id: 'other-gazette' }),
    /The stack Seedpress in this account and region belongs to the publication "deployed-gazette", not to "other-gazette"/,
  );
  assert.deepEqual(await listDeployedResources(first), before);
};

/** Publications beside each other in one account. */
export const createRegionSteps = (stage: DeployContext): DeployStep[] => [
  {
    name: 'a stack of the same name in another region of the account shares nothing with the first',
    run: () => deployBeside(stage),
  },
  {
    name: 'a deployment that would replace the stack of another publication is refused',
    run: () => refuseToOverwrite(stage),
  },
];
