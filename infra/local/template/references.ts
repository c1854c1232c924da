import type { CloudFormationTemplate } from './template.ts';

export const region = 'us-east-1';
export const account = '000000000000';

/** What the rest of a template sees of a resource. */
export interface ResourceReference {
  /** Its physical name. */
  readonly name: string;
  /** What `Ref` gives. */
  readonly ref: string;
  /** What `Fn::GetAtt` gives. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Where the local servers are. */
export interface LocalEndpoints {
  readonly toQueueUrl: (name: string) => string;
  /** Host and port of the site. */
  readonly siteHost: string;
  /** What stands in for secrets, by the variable that a function gets one as. */
  readonly secrets: Readonly<Record<string, string | undefined>>;
}

/** The host under which an HTTP API answers the world. */
export const toApiHost = (id: string): string => `${id}.execute-api.${region}.amazonaws.com`;

type BuildReference = (name: string, places: LocalEndpoints) => Omit<ResourceReference, 'name'>;

const formatArn = (service: string, resource: string, place = `${region}:${account}`): string =>
  `arn:aws:${service}:${place}:${resource}`;

const buildTableReference: BuildReference = (name) => ({
  ref: name,
  attributes: { Arn: formatArn('dynamodb', `table/${name}`) },
});

const referenceBuilders: Readonly<Record<string, BuildReference>> = {
  'AWS::S3::Bucket': (name) => ({
    ref: name,
    attributes: {
      Arn: formatArn('s3', name, ':'),
      DomainName: `${name}.s3.amazonaws.com`,
      RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
    },
  }),
  'AWS::DynamoDB::Table': buildTableReference,
  'AWS::DynamoDB::GlobalTable': buildTableReference,
  'AWS::SQS::Queue': (name, { toQueueUrl: queueUrl }) => ({
    ref: queueUrl(name),
    attributes: { Arn: formatArn('sqs', name), QueueName: name, QueueUrl: queueUrl(name) },
  }),
  'AWS::Events::Rule': (name) => ({ ref: name, attributes: { Arn: formatArn('events', `rule/${name}`) } }),
  'AWS::Scheduler::Schedule': (name) => ({
    ref: name,
    attributes: { Arn: formatArn('scheduler', `schedule/default/${name}`) },
  }),
  'AWS::ApiGatewayV2::Api': (name) => ({
    ref: name,
    attributes: { ApiId: name, ApiEndpoint: `https://${toApiHost(name)}` },
  }),
  'AWS::Lambda::Function': (name) => ({
    ref: name,
    attributes: { Arn: formatArn('lambda', `function:${name}`) },
  }),
  'AWS::CloudFront::Distribution': (name, { siteHost }) => ({
    ref: name,
    attributes: { Id: name, DomainName: siteHost },
  }),
};

/** Properties by which a template may name a resource itself. */
const nameProperties = ['BucketName', 'TableName', 'QueueName', 'FunctionName'];

/** How every resource of a template is known locally, by logical id. */
export const resolveReferences = (
  { Resources }: CloudFormationTemplate,
  places: LocalEndpoints,
): ReadonlyMap<string, ResourceReference> => {
  const names = toLocalNames(Object.keys(Resources));
  return new Map(
    Object.entries(Resources).map(([id, { Type, Properties }]) => {
      const given = nameProperties
        .map((property) => Properties[property])
        .find((value) => typeof value === 'string');
      const name = typeof given === 'string' ? given : (names.get(id) ?? id);
      const described = referenceBuilders[Type]?.(name, places) ?? {
        ref: id,
        attributes: { Arn: formatArn('local', id) },
      };
      return [id, { name, ...described }];
    }),
  );
};

/**
 * Names for people to type, made from logical ids: `PublishingSeeds1A2B3C4D` becomes `publishing-seeds`. Where two
 * would be the same, each keeps its hash. They stay as long as the logical ids do.
 */
export const toLocalNames = (logicalIds: readonly string[]): ReadonlyMap<string, string> => {
  const kebab = (id: string): string =>
    id
      .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .slice(0, 63);
  const short = (id: string): string => kebab(/^(.+?)(Function)?[0-9A-F]{8}$/.exec(id)?.[1] ?? id);
  const uses = Map.groupBy(logicalIds, short);
  return new Map(logicalIds.map((id) => [id, uses.get(short(id))?.length === 1 ? short(id) : kebab(id)]));
};
