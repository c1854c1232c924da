import { Aws, Names } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** CloudFront allows 64 characters for an origin access control, less than for its policies. */
const maxGlobalNameLength = 64;
const maxRegionLength = 'ap-southeast-1'.length;

/** A name for what belongs to the whole account: with the region, so that one stack can be deployed in two regions. */
export const buildGlobalName = (scope: IConstruct, id: string): string => {
  const maxLength = maxGlobalNameLength - id.length - maxRegionLength - 2;
  return `${Names.uniqueResourceName(scope, { maxLength, separator: '-' })}-${id}-${Aws.REGION}`;
};
