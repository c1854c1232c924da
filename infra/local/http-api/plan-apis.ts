import { z } from 'zod';
import { region } from '../base/aws-account.ts';
import type { TokenBucketSettings } from '../base/create-token-bucket.ts';
import { buildInternalReference } from '../template/references.ts';
import type { ServiceResourceTypes, TemplateResource, TemplateResources } from '../template/resources.ts';
import { UnsupportedTemplateError } from '../template/template.ts';

/** The host of an HTTP API's public endpoint. */
export const toApiHost = (id: string): string => `${id}.execute-api.${region}.amazonaws.com`;

export const httpApiResourceTypes: ServiceResourceTypes = {
  planned: {
    'AWS::ApiGatewayV2::Api': (name) => ({
      ref: name,
      attributes: { ApiId: name, ApiEndpoint: `https://${toApiHost(name)}` },
    }),
    'AWS::ApiGatewayV2::Stage': buildInternalReference,
    'AWS::ApiGatewayV2::Integration': buildInternalReference,
    'AWS::ApiGatewayV2::Route': buildInternalReference,
  },
};

/** An HTTP API, each of whose routes calls a function. */
export interface ApiPlan {
  readonly name: string;
  readonly host: string;
  readonly routes: readonly ApiRoute[];
  /** Requests beyond it are refused. */
  readonly throttle?: TokenBucketSettings;
}

export interface ApiRoute {
  /** `$default`, or a method or `ANY` with a path, such as `POST /readers/{id}` or `ANY /{proxy+}`. */
  readonly key: string;
  readonly function: string;
}

const apiSchema = z.object({ ProtocolType: z.literal('HTTP') });
const stageSchema = z.object({
  ApiId: z.string(),
  StageName: z.literal('$default'),
  DefaultRouteSettings: z
    .object({ ThrottlingRateLimit: z.number(), ThrottlingBurstLimit: z.number() })
    .transform((limits) => ({ perSecond: limits.ThrottlingRateLimit, capacity: limits.ThrottlingBurstLimit }))
    .optional(),
});
const integrationSchema = z.object({
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
});
const routeSchema = z.object({
  ApiId: z.string(),
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z.literal('NONE').default('NONE'),
});

/** The function that an integration calls; its URI is an ARN or an invocation address that ends with one. */
const findFunctionName = (target: string, resources: TemplateResources): string => {
  const { properties } = resources.find('AWS::ApiGatewayV2::Integration', target.replace('integrations/', ''));
  const { IntegrationUri: uri } = integrationSchema.parse(properties);
  const arn = /functions\/(.+)\/invocations$/.exec(uri)?.[1] ?? uri;
  return resources.find('AWS::Lambda::Function', arn).name;
};

const planApi = ({ id, name, ref, properties }: TemplateResource, resources: TemplateResources): ApiPlan => {
  apiSchema.parse(properties);
  const stages = resources
    .listByType('AWS::ApiGatewayV2::Stage')
    .map((each) => stageSchema.parse(each.properties))
    .filter(({ ApiId }) => ApiId === ref);
  const [stage] = stages;
  if (!stage) throw new UnsupportedTemplateError(`The HTTP API ${id} in the template has no stage.`);
  const routes = resources
    .listByType('AWS::ApiGatewayV2::Route')
    .map((each) => routeSchema.parse(each.properties))
    .filter(({ ApiId }) => ApiId === ref);
  return {
    name,
    host: toApiHost(ref),
    ...(stage.DefaultRouteSettings && { throttle: stage.DefaultRouteSettings }),
    routes: routes.map(({ RouteKey, Target }) => ({ key: RouteKey, function: findFunctionName(Target, resources) })),
  };
};

export const planApis = (resources: TemplateResources): ApiPlan[] =>
  resources.planEach('AWS::ApiGatewayV2::Api', planApi);
