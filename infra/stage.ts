import { z } from 'zod';
import { type Publication, parsePublication, SettingsError, toSettingsError } from '../functions/core/publication.ts';

/** A deployment of a publication: `prod`, which readers use, or another one. */
export interface Stage {
  readonly stackName: string;
  readonly publication: Publication;
  readonly keepData: boolean;
}

const stackName = 'Seedpress';
const defaultStage = 'prod';

const stageNameSchema = z.string().regex(/^[a-z][a-z0-9-]{0,19}$/);
const stagesSchema = z
  .record(
    z.string(),
    z.looseObject({ keepData: z.boolean('must be true or false').default(true) }, 'must be settings'),
    'must be settings by the names of stages',
  )
  .default({});

/**
 * Parses the stage that `-c stage=…` selects. Settings under `stages.<name>` replace those under `publication`. Another
 * stage than prod does not inherit site, certificate and hosted zone.
 * @param context as under `context` in cdk.json
 * @throws {SettingsError}
 */
export const parseStage = (context: Readonly<Record<string, unknown>>): Stage => {
  const shared = parsePublication(context.publication);
  const stages = stagesSchema.safeParse(context.stages);
  if (!stages.success) throw toSettingsError('stages', stages.error);
  const name = parseStageName(context.stage ?? defaultStage, Object.keys(stages.data));
  const { keepData = true, ...settings } = stages.data[name] ?? {};
  const { site, certificate, domain, ...common } = shared;
  return {
    stackName: name === defaultStage ? stackName : `${stackName}-${name}`,
    publication: parsePublication({ ...(name === defaultStage ? shared : common), ...settings }, `stages.${name}`),
    keepData,
  };
};

const parseStageName = (stage: unknown, known: readonly string[]): string => {
  const name = stageNameSchema.safeParse(stage);
  if (!name.success)
    throw new SettingsError(
      `A stage has a short name of lower-case letters, digits and hyphens, such as "dev", not ${JSON.stringify(stage)}.`,
    );
  const all = [...new Set([defaultStage, ...known])];
  if (all.includes(name.data)) return name.data;
  throw new SettingsError(
    `There is no stage "${name.data}". There are ${all.join(', ')}; add others under "stages" in the settings.`,
  );
};
