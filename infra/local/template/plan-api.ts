import { z } from 'zod';
import type { ApiPlan, ApiRoute } from './plan.ts';
import { apiHost } from './references.ts';
import type { Resource, Resources } from './resources.ts';
import { TemplateRefused } from './template.ts';

const api = z.object({ ProtocolType: z.literal('HTTP') });
const stage = z.object({ ApiId: z.string(), StageName: z.literal('$default') });
const integration = z.object({
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
});
const route = z.object({
  ApiId: z.string(),
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z.literal('NONE').default('NONE'),
});

/** The function that an integration calls, by its ARN or by the address that API Gateway has for it. */
const functionOf = (target: string, resources: Resources): string => {
  const { properties } = resources.find(
    'AWS::ApiGatewayV2::Integration',
    target.replace('integrations/', ''),
  );
  const { IntegrationUri: uri } = integration.parse(properties);
  const arn = /functions\/(.+)\/invocations$/.exec(uri)?.[1] ?? uri;
  return resources.find('AWS::Lambda::Function', arn).name;
};

/** AWS::ApiGatewayV2::Api with its routes: an HTTP API before functions, in its `$default` stage */
export const planApi = ({ id, name, ref, properties }: Resource, resources: Resources): ApiPlan => {
  api.parse(properties);
  const stages = resources
    .ofType('AWS::ApiGatewayV2::Stage')
    .map((each) => stage.parse(each.properties))
    .filter(({ ApiId }) => ApiId === ref);
  if (stages.length === 0) throw new TemplateRefused(`The HTTP API ${id} in the template has no stage.`);
  const routes = resources
    .ofType('AWS::ApiGatewayV2::Route')
    .map((each) => route.parse(each.properties))
    .filter(({ ApiId }) => ApiId === ref);
  return {
    name,
    host: apiHost(ref),
    routes: routes.map(
      ({ RouteKey, Target }): ApiRoute => ({ key: RouteKey, function: functionOf(Target, resources) }),
    ),
  };
};
