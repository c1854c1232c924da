import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { findTemplateMistake } from './check-template.ts';

/** Templates by name, ready for the Lambdas: `digest/digest.html`, `page/article.html`, `page/style.css`. */
type Templates = Readonly<Record<string, string>>;

/** The project's own templates. A folder that replaces them has files of the same names. */
export const templatesFolder = new URL('../templates/', import.meta.url);

/** Where a publication's folder has the files of its theme, and templates of its own. */
export const themePath = 'theme';
export const ownTemplatesPath = `${themePath}/templates`;

/**
 * Reads every file under a folder. MJML becomes HTML, under the same name ending in `.html`; every other file is
 * kept as it is. Names are sorted, so that the same files give the same templates in the same order.
 * @param ownDir a folder whose files replace those of the same name; its messages replace single messages
 * @throws {TemplateError} when an MJML file has a mistake, a language lacks a message or a file of `ownDir` has the
 * name of no template: it names file and place
 */
export const compileTemplates = async (dir: string | URL, ownDir?: string): Promise<Templates> => {
  const root = typeof dir === 'string' ? dir : fileURLToPath(dir);
  const names = await listFiles(root);
  const ownNames = new Set(ownDir === undefined || !existsSync(ownDir) ? [] : await listFiles(ownDir));
  const compiled = new Map<string, string>();
  for (const name of [...names, ...[...ownNames].filter((own) => !names.includes(own))].sort()) {
    const file = join(ownDir !== undefined && ownNames.has(name) ? ownDir : root, name);
    const key = name.replace(/\.mjml$/, '.html');
    if (compiled.has(key)) throw new TemplateError(`${file}: there is a ${key} already`);
    if (!names.includes(name) && !isPartial(name))
      throw new TemplateError(`${file}: there is no template of this name to replace`);
    if (ownNames.has(name)) await checkOwnTemplate(file, name, { root, names, ownNames });
    compiled.set(key, await compileTemplate(name, file, names.includes(name) ? join(root, name) : file));
  }
  return Object.fromEntries(compiled);
};

const isMessagesFile = (name: string): boolean => /messages\.json$/.test(name);

const isPartial = (name: string): boolean => /(^|\/)partials\//.test(name);

/** As `createRender` registers them. */
const findPartialName = (name: string): string | undefined => /\/partials\/([^/]+)\.html$/.exec(name)?.[1];

const isFilled = (name: string): boolean => /\.(html|txt|mjml)$/.test(name);

/** A partial may be used anywhere, so it may have the values of all templates. */
const checkOwnTemplate = async (
  file: string,
  name: string,
  {
    root,
    names,
    ownNames,
  }: { readonly root: string; readonly names: readonly string[]; readonly ownNames: ReadonlySet<string> },
): Promise<void> => {
  if (!isFilled(name)) return;
  const known = names.filter((each) => isFilled(each) && (each === name || isPartial(each) || isPartial(name)));
  const sources = await Promise.all(known.map((each) => readFile(join(root, each), 'utf8')));
  const partials = [...new Set([...names, ...ownNames].flatMap((each) => findPartialName(each) ?? []))].sort();
  const mistake = findTemplateMistake(await readFile(file, 'utf8'), { sources, partials });
  if (mistake) throw new TemplateError(`${file}:${mistake.line}: ${mistake.message}`);
};

const compileTemplate = async (name: string, file: string, replacedFile: string): Promise<string> => {
  const source = await readFile(file, 'utf8');
  if (name.endsWith('.mjml')) return compileMjml(source, file);
  if (!isMessagesFile(name)) return source;
  const complete = file === replacedFile ? source : await mergeMessages(source, file, replacedFile);
  await checkMessages(name, complete, file);
  return complete;
};

/** Single messages of a language replace the project's own. */
const mergeMessages = async (source: string, file: string, replacedFile: string): Promise<string> => {
  const replaced = parseMessages(await readFile(replacedFile, 'utf8'), replacedFile);
  const own = parseMessages(source, file);
  const languages = Object.entries(own).map(([language, messages]) => [
    language,
    { ...replaced[language], ...messages },
  ]);
  return JSON.stringify({ ...replaced, ...Object.fromEntries(languages) });
};

/** Compiles a folder of templates to one JSON file; the same templates give the same bytes. */
export const writeTemplates = async (
  dir: string | URL,
  outFile: string,
  { language, ownDir }: { readonly language?: string; readonly ownDir?: string } = {},
): Promise<void> => {
  const templates = await compileTemplates(dir, ownDir);
  if (language !== undefined) requireWords(templates, language);
  await writeFile(outFile, JSON.stringify(templates));
};

/** English words under another `lang` would be read out by screen readers as if they were of that language. */
const requireWords = (templates: Templates, language: string): void => {
  const tags = [language, new Intl.Locale(language).language];
  const files = Object.keys(templates)
    .filter(isMessagesFile)
    .map((name) => ({ name, languages: Object.keys(parseMessages(templates[name] ?? '', name)) }));
  const lacking = files.filter(({ languages }) => !tags.some((tag) => languages.includes(tag)));
  if (lacking.length === 0) return;
  const known = files[0]?.languages.filter((one) => files.every(({ languages }) => languages.includes(one))) ?? [];
  throw new TemplateError(
    `There are no words in the publication's language, "${language}". Write all messages under "${language}" in:
${lacking.map(({ name }) => `  ${ownTemplatesPath}/${name}\n`).join('')}Copy those under "en" from the templates of Seedpress and translate them. Languages with words: ${known.join(', ')}.`,
  );
};

export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

const listFiles = async (root: string): Promise<string[]> => {
  const found = await readdir(root, { recursive: true, withFileTypes: true });
  return found
    .filter((file) => file.isFile() && !file.name.startsWith('.'))
    .map((file) => join(file.parentPath, file.name).slice(join(root, sep).length).replaceAll(sep, '/'))
    .sort();
};

const messagesSchema = z.record(z.string(), z.record(z.string(), z.string().min(1)));

const parseMessages = (source: string, file: string): z.infer<typeof messagesSchema> => {
  try {
    return messagesSchema.parse(JSON.parse(source));
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new TemplateError(`${file}: ${reason}`, { cause });
  }
};

/**
 * English has every message that the project's own file has, and each other language every message that English has.
 */
const checkMessages = async (name: string, source: string, file: string): Promise<void> => {
  const ownFile = new URL(name, templatesFolder);
  const own = existsSync(ownFile) ? parseMessages(await readFile(ownFile, 'utf8'), name) : {};
  const languages = { en: {}, ...parseMessages(source, file) };
  const required = Object.keys({ ...own.en, ...languages.en });
  const missing = Object.entries(languages).flatMap(([language, messages]) =>
    required
      .filter((message) => !Object.hasOwn(messages, message))
      .map((message) => `${file}: "${language}" has no message "${message}"`),
  );
  if (missing.length > 0) throw new TemplateError(missing.join('\n'));
};

const mjmlErrorSchema = z.object({
  errors: z.array(z.object({ line: z.number(), tagName: z.string(), message: z.string() })).min(1),
});

/** With the path of the file: mjml's own messages have the folder only. */
const formatMjmlError = (error: unknown, file: string): string => {
  const { data } = mjmlErrorSchema.safeParse(error);
  if (data)
    return data.errors.map(({ line, tagName, message }) => `${file}:${line} <${tagName}> ${message}`).join('\n');
  return `${file}: ${error instanceof Error ? error.message : String(error)}`;
};

const compileMjml = async (source: string, file: string): Promise<string> => {
  // Imported on demand: it takes half a second.
  const { default: compile } = await import('mjml');
  try {
    const { html } = await compile(source, {
      validationLevel: 'strict',
      filePath: file,
      fonts: {},
      keepComments: false,
      minify: true,
      minifyOptions: { minifyCss: false },
    });
    return html.replace(/\n\s+/g, '\n');
  } catch (cause) {
    throw new TemplateError(formatMjmlError(cause, file), { cause });
  }
};
