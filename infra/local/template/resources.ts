import type { Assembly } from './read-assembly.ts';
import { type Places, type Reference, referencesOf } from './references.ts';
import { resolve } from './resolve.ts';
import { type Properties, TemplateRefused } from './template.ts';

/** A resource whose names have been resolved. */
export interface Resource extends Reference {
  readonly id: string;
  readonly type: string;
  readonly properties: Properties;
}

/** The resources of a template, and what is found among them. */
export interface Resources {
  readonly all: readonly Resource[];
  readonly bundles: ReadonlyMap<string, string>;
  readonly secrets: Places['secrets'];
  /** Those of a type. */
  ofType(...types: readonly string[]): readonly Resource[];
  /** The one of a type that has this ARN or id. @throws {TemplateRefused} */
  find(type: string, named: string): Resource;
}

/** Types that change nothing on a laptop: permissions, watchers, logs, and settings of a network that is not there. */
const withoutEffect = [
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

const withEffect = [
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

/** Resolves every name in the template. @throws {TemplateRefused} for a resource type or a condition that it does not know */
export const resolveResources = ({ template, bundles }: Assembly, places: Places): Resources => {
  const references = referencesOf(template, places);
  const parameters = Object.fromEntries(
    Object.entries(template.Parameters).map(([name, { Default }]) => [name, Default ?? '']),
  );
  const all: Resource[] = [];
  for (const [id, { Type: type, Condition, Properties }] of Object.entries(template.Resources)) {
    if (withoutEffect.some((known) => known.test(type))) continue;
    if (!withEffect.includes(type))
      throw new TemplateRefused(`The local run does not know ${type} (${id} in the template).`);
    if (Condition !== undefined)
      throw new TemplateRefused(`The local run does not know conditions (${id} in the template has one).`);
    const reference = references.get(id);
    const properties: Properties = Object.fromEntries(
      Object.entries(Properties).map(([name, value]) => [name, resolve(value, { references, parameters })]),
    );
    if (reference) all.push({ ...reference, id, type, properties });
  }
  return {
    all,
    bundles,
    secrets: places.secrets,
    ofType: (...types) => all.filter(({ type }) => types.includes(type)),
    find: (type, named) => {
      const isNamed = ({ id, ref, attributes }: Resource): boolean =>
        [ref, ...Object.values(attributes)].includes(named) || named.startsWith(`local:${id}.`);
      const found = all.find((each) => each.type === type && isNamed(each));
      if (found) return found;
      throw new TemplateRefused(`The local run finds no ${type} for ${named}.`);
    },
  };
};
