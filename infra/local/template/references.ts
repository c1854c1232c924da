import { formatArn } from '../base/aws-account.ts';
import type { CloudFormationTemplate } from './template.ts';

/** What the rest of a template sees of a resource. */
export interface ResourceReference {
  readonly name: string;
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface LocalEndpoints {
  readonly toQueueUrl: (name: string) => string;
  readonly siteHost: string;
  /** Values of secrets, by the environment variable that a function gets one as. */
  readonly secrets: Readonly<Record<string, string | undefined>>;
}

/** Builds a reference from the physical name and the logical id. */
export type BuildReference = (name: string, endpoints: LocalEndpoints, id: string) => Omit<ResourceReference, 'name'>;

/** For resources that nothing outside the template knows by name. */
export const buildInternalReference: BuildReference = (_name, _endpoints, id) => ({
  ref: id,
  attributes: { Arn: formatArn('local', id) },
});

/** Properties by which a template may name a resource itself. */
const nameProperties = ['BucketName', 'TableName', 'QueueName', 'FunctionName', 'EmailIdentity'];

export const resolveReferences = (
  { Resources }: CloudFormationTemplate,
  endpoints: LocalEndpoints,
  builders: Readonly<Record<string, BuildReference>>,
): ReadonlyMap<string, ResourceReference> => {
  const localNames = toLocalNames(Object.keys(Resources));
  return new Map(
    Object.entries(Resources).map(([id, { Type, Properties }]) => {
      const given = nameProperties.map((property) => Properties[property]).find((value) => typeof value === 'string');
      const name = typeof given === 'string' ? given : (localNames.get(id) ?? id);
      const buildReference = builders[Type] ?? buildInternalReference;
      return [id, { name, ...buildReference(name, endpoints, id) }];
    }),
  );
};

/**
 * Names for people to type, made from logical ids: `PublishingSeeds1A2B3C4D` becomes `publishing-seeds`. Two that
 * would get the same name keep their hashes. Names stay the same as long as the logical ids do.
 */
export const toLocalNames = (logicalIds: readonly string[]): ReadonlyMap<string, string> => {
  const toKebabCase = (id: string): string =>
    id
      .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .slice(0, 63);
  const shorten = (id: string): string => toKebabCase(/^(.+?)(Function)?[0-9A-F]{8}$/.exec(id)?.[1] ?? id);
  const uses = Map.groupBy(logicalIds, shorten);
  return new Map(logicalIds.map((id) => [id, uses.get(shorten(id))?.length === 1 ? shorten(id) : toKebabCase(id)]));
};
