import { localNames } from './local-names.ts';
import type { Template } from './template.ts';

export const region = 'us-east-1';
export const account = '000000000000';

/** What the rest of a template sees of a resource. */
export interface Reference {
  /** Its physical name. */
  readonly name: string;
  /** What `Ref` gives. */
  readonly ref: string;
  /** What `Fn::GetAtt` gives. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Where the local servers are. */
export interface Places {
  readonly queueUrl: (name: string) => string;
  /** Host and port of the site. */
  readonly siteHost: string;
  /** What stands in for secrets, by the variable that a function gets one as. */
  readonly secrets: Readonly<Record<string, string | undefined>>;
}

/** The host under which an HTTP API answers the world. */
export const apiHost = (id: string): string => `${id}.execute-api.${region}.amazonaws.com`;

type Describe = (name: string, places: Places) => Omit<Reference, 'name'>;

const arn = (service: string, resource: string, place = `${region}:${account}`): string =>
  `arn:aws:${service}:${place}:${resource}`;

const describeTable: Describe = (name) => ({
  ref: name,
  attributes: { Arn: arn('dynamodb', `table/${name}`) },
});

const describers: Readonly<Record<string, Describe>> = {
  'AWS::S3::Bucket': (name) => ({
    ref: name,
    attributes: {
      Arn: arn('s3', name, ':'),
      DomainName: `${name}.s3.amazonaws.com`,
      RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
    },
  }),
  'AWS::DynamoDB::Table': describeTable,
  'AWS::DynamoDB::GlobalTable': describeTable,
  'AWS::SQS::Queue': (name, { queueUrl }) => ({
    ref: queueUrl(name),
    attributes: { Arn: arn('sqs', name), QueueName: name, QueueUrl: queueUrl(name) },
  }),
  'AWS::Events::Rule': (name) => ({ ref: name, attributes: { Arn: arn('events', `rule/${name}`) } }),
  'AWS::Scheduler::Schedule': (name) => ({
    ref: name,
    attributes: { Arn: arn('scheduler', `schedule/default/${name}`) },
  }),
  'AWS::ApiGatewayV2::Api': (name) => ({
    ref: name,
    attributes: { ApiId: name, ApiEndpoint: `https://${apiHost(name)}` },
  }),
  'AWS::Lambda::Function': (name) => ({ ref: name, attributes: { Arn: arn('lambda', `function:${name}`) } }),
  'AWS::CloudFront::Distribution': (name, { siteHost }) => ({
    ref: name,
    attributes: { Id: name, DomainName: siteHost },
  }),
};

/** Properties by which a template may name a resource itself. */
const nameProperties = ['BucketName', 'TableName', 'QueueName', 'FunctionName'];

/** How every resource of a template is known locally, by logical id. */
export const referencesOf = ({ Resources }: Template, places: Places): ReadonlyMap<string, Reference> => {
  const names = localNames(Object.keys(Resources));
  return new Map(
    Object.entries(Resources).map(([id, { Type, Properties }]) => {
      const given = nameProperties
        .map((property) => Properties[property])
        .find((value) => typeof value === 'string');
      const name = typeof given === 'string' ? given : (names.get(id) ?? id);
      const described = describers[Type]?.(name, places) ?? {
        ref: id,
        attributes: { Arn: arn('local', id) },
      };
      return [id, { name, ...described }];
    }),
  );
};
