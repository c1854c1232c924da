import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import type { RegionContext } from './deploy-context.ts';
import { toClientOptions } from './site-client.ts';

/** What the last deployment has made, by the names of the template and of the account. */
export const listDeployedResources = async ({ aws, readOutputs }: RegionContext) => {
  const client = new CloudFormationClient(toClientOptions(aws));
  const resources = [];
  for await (const { StackResourceSummaries = [] } of paginateListStackResources(
    { client },
    { StackName: readOutputs().stackName },
  ))
    for (const { LogicalResourceId = '', PhysicalResourceId = '', ResourceType = '' } of StackResourceSummaries)
      resources.push({ logicalId: LogicalResourceId, physicalId: PhysicalResourceId, type: ResourceType });
  client.destroy();
  return resources;
};
