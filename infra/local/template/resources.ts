import { z } from 'zod';
import type { CloudAssemblyFiles } from './read-assembly.ts';
import { type BuildReference, type LocalEndpoints, type ResourceReference, resolveReferences } from './references.ts';
import { resolveIntrinsics } from './resolve-intrinsics.ts';
import { type ResourceProperties, UnsupportedTemplateError } from './template.ts';

export interface ServiceResourceTypes {
  /** Types that the service plans, with the references to them. */
  readonly planned: Readonly<Record<string, BuildReference>>;
  /** Types that have no effect on this machine. */
  readonly ignored?: readonly RegExp[];
}

export interface TemplateResource extends ResourceReference {
  readonly id: string;
  readonly type: string;
  readonly properties: ResourceProperties;
}

export interface TemplateResources {
  /** Folders of Lambda bundles, by their asset keys. */
  readonly bundles: ReadonlyMap<string, string>;
  readonly secrets: LocalEndpoints['secrets'];
  listByType(type: string): readonly TemplateResource[];
  /** The resource of a type with this ARN or id. @throws {UnsupportedTemplateError} */
  find(type: string, arnOrId: string): TemplateResource;
  /** Plans all resources of a type. @throws {UnsupportedTemplateError} when one does not fit the schema */
  planEach<T>(type: string, plan: (resource: TemplateResource, resources: TemplateResources) => T): T[];
}

const createLookups = (all: readonly TemplateResource[]): Pick<TemplateResources, 'listByType' | 'find'> => ({
  listByType: (type) => all.filter((each) => each.type === type),
  find: (type, arnOrId) => {
    const found = all.find(
      (each) =>
        each.type === type &&
        ([each.ref, ...Object.values(each.attributes)].includes(arnOrId) || arnOrId.startsWith(`local:${each.id}.`)),
    );
    if (found) return found;
    throw new UnsupportedTemplateError(`The local run finds no ${type} for ${arnOrId}.`);
  },
});

/**
 * Resolves the references and intrinsic functions of a template.
 * @throws {UnsupportedTemplateError} for a resource type or a condition that it does not support
 */
export const resolveResources = (
  { template, bundles }: CloudAssemblyFiles,
  endpoints: LocalEndpoints,
  services: readonly ServiceResourceTypes[],
): TemplateResources => {
  const builders = Object.fromEntries(services.flatMap(({ planned }) => Object.entries(planned)));
  const ignored = services.flatMap((service) => service.ignored ?? []);
  const references = resolveReferences(template, endpoints, builders);
  const parameters = Object.fromEntries(
    Object.entries(template.Parameters).map(([name, { Default }]) => [name, Default ?? '']),
  );
  const all = Object.entries(template.Resources).flatMap(([id, { Type: type, Condition, Properties }]) => {
    const reference = references.get(id);
    if (!reference || ignored.some((pattern) => pattern.test(type))) return [];
    if (!builders[type])
      throw new UnsupportedTemplateError(`The local run does not support ${type} (${id} in the template).`);
    if (Condition !== undefined)
      throw new UnsupportedTemplateError(`The local run does not support conditions (${id} in the template has one).`);
    const properties = Object.fromEntries(
      Object.entries(Properties).map(([name, value]) => [name, resolveIntrinsics(value, { references, parameters })]),
    );
    return [{ ...reference, id, type, properties }];
  });
  const lookups = createLookups(all);
  const resources: TemplateResources = {
    ...lookups,
    bundles,
    secrets: endpoints.secrets,
    planEach: (type, plan) =>
      lookups.listByType(type).map((resource) => {
        try {
          return plan(resource, resources);
        } catch (error) {
          if (!(error instanceof z.ZodError)) throw error;
          throw new UnsupportedTemplateError(
            `The local run does not understand ${resource.id} (${type}): ${z.prettifyError(error)}`,
            { cause: error },
          );
        }
      }),
  };
  return resources;
};
