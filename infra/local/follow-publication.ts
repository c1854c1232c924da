import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { watch } from 'chokidar';
import { type Publication, parsePublication } from '../../functions/core/publication.ts';
import { environmentVariables, templatesFile, themeFilesFile } from '../../functions/platform/contract.ts';
import { hasSources, productFolder, settingsFileName } from '../publication-folder/find-publication-folder.ts';
import { readPublicationContext } from '../publication-folder/read-publication-context.ts';
import { parseStage } from '../stage.ts';
import { compileTemplates, ownTemplatesPath, templatesFolder, themePath } from '../templates.ts';
import { applyTheme } from '../theme/prepare-templates.ts';
import { formatErrorMessage } from './base/format-error-message.ts';
import type { LocalRun } from './start-local.ts';

/** Settings that only say what pages, feeds and mails look like: the functions read them, and no resource depends on them. */
const lookSettings = [
  'title',
  'description',
  'author',
  'postalAddress',
  'feedSize',
  'theme',
  'license',
] as const satisfies readonly (keyof Publication)[];

const listChangedSettings = (before: Publication, after: Publication): string[] => {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const [old, current] = [before, after].map((each) => new Map(Object.entries(each)));
  return [...names].filter((name) => JSON.stringify(old?.get(name)) !== JSON.stringify(current?.get(name)));
};

/** Functions that start at the same moment read the old file or the new one, and nothing between. */
const replaceFile = (file: string, content: string): void => {
  writeFileSync(`${file}.new`, content);
  renameSync(`${file}.new`, file);
};

interface FollowProps {
  readonly folder: string;
  readonly local: Pick<LocalRun, 'bus' | 'functions' | 'plan'>;
  readonly print: (text: string) => void;
}

/** Replaces files beside the bundles of functions that have them. */
const replaceBundledFiles = ({ plan }: FollowProps['local'], contents: Readonly<Record<string, object>>): void => {
  for (const { bundle } of plan.functions)
    for (const [name, content] of Object.entries(contents)) {
      const file = join(bundle, name);
      if (existsSync(file)) replaceFile(file, JSON.stringify(content));
    }
};

const readRunningPublication = ({ plan }: FollowProps['local']): Publication => {
  const variables = plan.functions.map(({ environment }) => environment[environmentVariables.publication]);
  return parsePublication(JSON.parse(variables.find((value) => value !== undefined) ?? ''));
};

/** Makes what gives the functions the templates, theme and settings as they are now, and lets `publish` build the site. */
const createUpdate = ({ folder, local, print }: FollowProps) => {
  let running = readRunningPublication(local);
  let compiled: ReturnType<typeof compileTemplates> | undefined;
  return async (haveTemplatesChanged: boolean): Promise<void> => {
    const { publication } = parseStage(await readPublicationContext(folder));
    const others = listChangedSettings(running, publication).filter(
      (name) => !lookSettings.some((each) => each === name),
    );
    if (others.length > 0)
      return print(`Stop and start again to use what has changed in the settings: ${others.join(', ')}`);
    // Compiling MJML takes longer than all the rest.
    if (haveTemplatesChanged) compiled = undefined;
    compiled ??= compileTemplates(templatesFolder, join(folder, ownTemplatesPath));
    const { templates, files } = applyTheme(await compiled, { publication, themeFolder: join(folder, themePath) });
    replaceBundledFiles(local, { [templatesFile]: templates, [themeFilesFile]: files });
    await local.functions.restart({ [environmentVariables.publication]: JSON.stringify(publication) });
    running = publication;
    local.bus.catchUp();
    print('The site is built with the changes.');
  };
};

/** In a checkout, the settings are in cdk.json, and the templates are there to be changed. */
const listFollowed = (folder: string): string[] => [
  join(folder, settingsFileName),
  join(folder, themePath),
  ...(hasSources ? [join(productFolder, 'cdk.json'), fileURLToPath(templatesFolder)] : []),
];

/** An editor saves several files, or one in several steps. */
const restMs = 150;

/**
 * Follows the settings, the theme and the templates of a publication while it runs. A mistake is printed, and the site
 * stays as it is.
 * @returns a function that ends it
 */
export const followPublication = async (props: FollowProps): Promise<() => Promise<void>> => {
  const update = createUpdate(props);
  const watcher = watch(listFollowed(props.folder), { ignoreInitial: true });
  let work = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let haveTemplatesChanged = false;
  const updateInTurn = (): void => {
    work = work
      .then(() => {
        const changed = haveTemplatesChanged;
        haveTemplatesChanged = false;
        return update(changed);
      })
      .catch((error: unknown) => props.print(formatErrorMessage(error)));
  };
  watcher.on('all', (_event, path) => {
    haveTemplatesChanged ||= path.includes('templates');
    clearTimeout(timer);
    timer = setTimeout(updateInTurn, restMs);
  });
  await new Promise<void>((resolve) => {
    watcher.once('ready', resolve);
  });
  return async () => {
    clearTimeout(timer);
    await watcher.close();
    await work;
  };
};
