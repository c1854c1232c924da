import { z } from 'zod';
import { toApiHost } from './references.ts';
import type { TemplateResource, TemplateResources } from './resources.ts';
import type { ApiPlan, ApiRoute } from './stack-plan.ts';
import { UnsupportedTemplateError } from './template.ts';

const apiSchema = z.object({ ProtocolType: z.literal('HTTP') });
const stageSchema = z.object({ ApiId: z.string(), StageName: z.literal('$default') });
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

/** The function that an integration calls, by its ARN or by the address that API Gateway has for it. */
const findFunctionName = (target: string, resources: TemplateResources): string => {
  const { properties } = resources.find(
    'AWS::ApiGatewayV2::Integration',
    target.replace('integrations/', ''),
  );
  const { IntegrationUri: uri } = integrationSchema.parse(properties);
  const arn = /functions\/(.+)\/invocations$/.exec(uri)?.[1] ?? uri;
  return resources.find('AWS::Lambda::Function', arn).name;
};

/** AWS::ApiGatewayV2::Api with its routes: an HTTP API before functions, in its `$default` stage */
export const planApi = (
  { id, name, ref, properties }: TemplateResource,
  resources: TemplateResources,
): ApiPlan => {
  apiSchema.parse(properties);
  const stages = resources
    .listByType('AWS::ApiGatewayV2::Stage')
    .map((each) => stageSchema.parse(each.properties))
    .filter(({ ApiId }) => ApiId === ref);
  if (stages.length === 0)
    throw new UnsupportedTemplateError(`The HTTP API ${id} in the template has no stage.`);
  const routes = resources
    .listByType('AWS::ApiGatewayV2::Route')
    .map((each) => routeSchema.parse(each.properties))
    .filter(({ ApiId }) => ApiId === ref);
  return {
    name,
    host: toApiHost(ref),
    routes: routes.map(
      ({ RouteKey, Target }): ApiRoute => ({ key: RouteKey, function: findFunctionName(Target, resources) }),
    ),
  };
};
