import { z } from 'zod';
import {
  mistakesIn,
  type Publication,
  parsePublication,
  SettingsError,
} from '../functions/core/publication.ts';

/** One of several deployments of a publication: `prod`, which readers know, or another beside it. */
export interface Stage {
  readonly stackName: string;
  readonly publication: Publication;
  /** Whether buckets and table outlive the stack. */
  readonly keepData: boolean;
}

const stackName = 'Seedpress';
/** What is deployed where no stage is named. */
const usual = 'prod';

const stageName = z.string().regex(/^[a-z][a-z0-9-]{0,19}$/);
const stagesSchema = z
  .record(
    z.string(),
    z.looseObject({ keepData: z.boolean('must be true or false').default(true) }, 'must be settings'),
    'must be settings by the names of stages',
  )
  .default({});

/**
 * The stage that `-c stage=…` names, with its settings: those under `publication`, and over them those under
 * `stages.<name>`. Site, certificate and hosted zone under `publication` are prod's own; another stage has them if it
 * names its own.
 * @param context as under `context` in cdk.json
 * @throws {SettingsError}
 */
export const readStage = (context: Readonly<Record<string, unknown>>): Stage => {
  const shared = parsePublication(context.publication);
  const stages = stagesSchema.safeParse(context.stages);
  if (!stages.success) throw mistakesIn('stages', stages.error);
  const name = readName(context.stage ?? usual, Object.keys(stages.data));
  const { keepData = true, ...settings } = stages.data[name] ?? {};
  const { site, certificate, domain, ...common } = shared;
  return {
    stackName: name === usual ? stackName : `${stackName}-${name}`,
    publication: parsePublication({ ...(name === usual ? shared : common), ...settings }, `stages.${name}`),
    keepData,
  };
};

const readName = (stage: unknown, known: readonly string[]): string => {
  const name = stageName.safeParse(stage);
  if (!name.success)
    throw new SettingsError(
      `A stage has a short name of small letters, digits and hyphens, such as "dev"; ${JSON.stringify(stage)} is none.`,
    );
  const all = [...new Set([usual, ...known])];
  if (all.includes(name.data)) return name.data;
  throw new SettingsError(
    `There is no stage "${name.data}". cdk.json knows ${all.join(', ')}; add another under "stages" there.`,
  );
};
