import type { CloudAssemblyFiles } from './read-assembly.ts';
import { type LocalEndpoints, type ResourceReference, resolveReferences } from './references.ts';
import { resolveIntrinsics } from './resolve-intrinsics.ts';
import { type ResourceProperties, UnsupportedTemplateError } from './template.ts';

/** A resource whose names have been resolved. */
export interface TemplateResource extends ResourceReference {
  readonly id: string;
  readonly type: string;
  readonly properties: ResourceProperties;
}

/** The resources of a template, and what is found among them. */
export interface TemplateResources {
  readonly all: readonly TemplateResource[];
  readonly bundles: ReadonlyMap<string, string>;
  readonly secrets: LocalEndpoints['secrets'];
  /** Those of a type. */
  listByType(...types: readonly string[]): readonly TemplateResource[];
  /** The one of a type that has this ARN or id. @throws {UnsupportedTemplateError} */
  find(type: string, named: string): TemplateResource;
}

/** Types that change nothing on a laptop: permissions, watchers, logs, and settings of a network that is not there. */
const ignoredTypes = [
  /^AWS::IAM::/,
  /^AWS::CloudWatch::/,
  /^AWS::Logs::/,
  /^AWS::SNS::/,
  /^AWS::CDK::Metadata$/,
  /^AWS::S3::BucketPolicy$/,
  /^AWS::SQS::QueuePolicy$/,
  /^AWS::Lambda::Permission$/,
  /^AWS::CloudFront::OriginAccessControl$/,
  // Every sender counts as verified, and every mail's fate is told: what functions get of these is their names.
  /^AWS::SES::/,
  /^AWS::Route53::RecordSet$/,
  /^AWS::CertificateManager::/,
  /^AWS::Scheduler::ScheduleGroup$/,
];

const supportedTypes = [
  'AWS::S3::Bucket',
  'AWS::DynamoDB::Table',
  'AWS::DynamoDB::GlobalTable',
  'AWS::SQS::Queue',
  'AWS::Events::Rule',
  'AWS::Scheduler::Schedule',
  'AWS::Lambda::Function',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Stage',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::CachePolicy',
  'AWS::CloudFront::OriginRequestPolicy',
  'AWS::CloudFront::ResponseHeadersPolicy',
  'AWS::CloudFront::Function',
];

/** Resolves every name in the template. @throws {UnsupportedTemplateError} for a resource type or a condition that it does not know */
export const resolveResources = (
  { template, bundles }: CloudAssemblyFiles,
  places: LocalEndpoints,
): TemplateResources => {
  const references = resolveReferences(template, places);
  const parameters = Object.fromEntries(
    Object.entries(template.Parameters).map(([name, { Default }]) => [name, Default ?? '']),
  );
  const all: TemplateResource[] = [];
  for (const [id, { Type: type, Condition, Properties }] of Object.entries(template.Resources)) {
    if (ignoredTypes.some((known) => known.test(type))) continue;
    if (!supportedTypes.includes(type))
      throw new UnsupportedTemplateError(`The local run does not know ${type} (${id} in the template).`);
    if (Condition !== undefined)
      throw new UnsupportedTemplateError(
        `The local run does not know conditions (${id} in the template has one).`,
      );
    const reference = references.get(id);
    const properties: ResourceProperties = Object.fromEntries(
      Object.entries(Properties).map(([name, value]) => [
        name,
        resolveIntrinsics(value, { references, parameters }),
      ]),
    );
    if (reference) all.push({ ...reference, id, type, properties });
  }
  return {
    all,
    bundles,
    secrets: places.secrets,
    listByType: (...types) => all.filter(({ type }) => types.includes(type)),
    find: (type, named) => {
      const isNamed = ({ id, ref, attributes }: TemplateResource): boolean =>
        [ref, ...Object.values(attributes)].includes(named) || named.startsWith(`local:${id}.`);
      const found = all.find((each) => each.type === type && isNamed(each));
      if (found) return found;
      throw new UnsupportedTemplateError(`The local run finds no ${type} for ${named}.`);
    },
  };
};
