/**
 * What a digest of 20 articles costs: our template, which is compiled with the app and only filled for a letter,
 * against compiling MJML for every letter, by `mjml` and by `mrml` (the same in Rust, as WebAssembly).
 *
 *     npm run bench:digest
 *
 * Each row starts from articles whose HTML is ready; what there is to do before that is in the last row alone.
 * "warm" is the median of many letters, the ways taking turns; "cold" that of new processes, which import what they
 * need and make one letter.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const warmRounds = 60;
const coldRounds = 7;

type DigestMethod = 'fill' | 'mjml' | 'mrml' | 'letter';

const [method, folder] = process.argv.slice(2);

/** In a process of its own: prints the milliseconds from nothing imported to the first letter. */
const measureColdStart = async (way: DigestMethod, folder: string): Promise<void> => {
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const began = performance.now();
  if (way === 'mjml' || way === 'mrml') {
    const compile = await importCompiler(way);
    await compile(read('filled.mjml'));
  } else {
    const { createRender } = await import('../../functions/core/render.ts');
    const render = createRender(z.record(z.string(), z.string()).parse(JSON.parse(read('templates.json'))));
    if (way === 'fill') render('digest/digest.html', JSON.parse(read('view.json')));
    else {
      const { buildDigest } = await import('../../functions/core/newsletter/digest/build-digest.ts');
      buildDigest({ ...JSON.parse(read('letter.json')), render });
    }
  }
  console.log(performance.now() - began);
};

const compare = async (): Promise<void> => {
  const { input, templates, view, fill, build, filled, sections } = await prepare();
  const [mjml, mrml] = await Promise.all([importCompiler('mjml'), importCompiler('mrml')]);
  const rows = [
    { name: 'ours, filled', cold: 'fill', source: filled, run: async () => fill() },
    { name: 'mjml, the same template', cold: 'mjml', source: filled, run: () => mjml(filled) },
    { name: 'mrml, the same template', cold: 'mrml', source: filled, run: () => mrml(filled) },
    { name: 'mjml, a section per article', cold: 'mjml', source: sections, run: () => mjml(sections) },
    { name: 'mrml, a section per article', cold: 'mrml', source: sections, run: () => mrml(sections) },
    {
      name: 'ours, from articles to HTML, text and JSON',
      cold: 'letter',
      source: filled,
      run: async () => build(),
    },
  ] as const;

  const taken = rows.map((): number[] => []);
  for (let round = 0; round < warmRounds + 5; round++)
    for (const [position, { run }] of rows.entries()) {
      const began = performance.now();
      await run();
      if (round >= 5) taken[position]?.push(performance.now() - began);
    }

  const folder = mkdtempSync(join(tmpdir(), 'bench-digest-'));
  writeFileSync(join(folder, 'templates.json'), JSON.stringify(templates));
  writeFileSync(join(folder, 'view.json'), JSON.stringify(view));
  writeFileSync(join(folder, 'letter.json'), JSON.stringify(input));
  console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}; medians in milliseconds\n`);
  console.log('| a letter of 20 articles | warm | × | cold | × | HTML |\n|---|--:|--:|--:|--:|--:|');
  let base = { warm: 0, cold: 0 };
  for (const [position, { name, cold: way, source, run }] of rows.entries()) {
    writeFileSync(join(folder, 'filled.mjml'), source);
    const warm = computeMedian(taken[position] ?? []);
    const cold = computeMedian(Array.from({ length: coldRounds }, () => runColdStart(way, folder)));
    if (position === 0) base = { warm, cold };
    const times = [warm.toFixed(2), (warm / base.warm).toFixed(1), cold.toFixed(0), (cold / base.cold).toFixed(1)];
    console.log(`| ${[name, ...times, `${(Buffer.byteLength(await run()) / 1000).toFixed(1)} kB`].join(' | ')} |`);
  }
  rmSync(folder, { recursive: true });
};
if (method && folder) await measureColdStart(z.enum(['fill', 'mjml', 'mrml', 'letter']).parse(method), folder);
else await compare();

const importCompiler = async (way: 'mjml' | 'mrml'): Promise<(source: string) => Promise<string>> => {
  if (way === 'mjml') {
    const { default: mjml } = await import('mjml');
    const options = { validationLevel: 'skip', filePath: '.', fonts: {}, keepComments: false } as const;
    const asIs = { minify: false, minifyOptions: { minifyCss: false } };
    return async (source) => (await mjml(source, { ...options, ...asIs })).html;
  }
  const { Engine } = await import('mrml');
  const engine = new Engine();
  return async (source) => {
    const result = engine.toHtml(source);
    if (result.type !== 'success') throw new Error(`mrml: ${JSON.stringify(result)}`);
    return result.content;
  };
};

/** Twenty articles in every way that is compared. */
const prepare = async () => {
  const { buildDigest } = await import('../../functions/core/newsletter/digest/build-digest.ts');
  const { createRender } = await import('../../functions/core/render.ts');
  const { precompileTemplates } = await import('../../infra/theme/precompile-templates.ts');
  const { compileTemplates } = await import('../../infra/templates.ts');
  const { prepareTestEntry, sampleEntry, digestInput, buildNumberedEntries, richEntry } = await import(
    '../core/newsletter/digest/digest-fixture.ts'
  );

  const longer = { ...sampleEntry, html: sampleEntry.html.repeat(4) };
  const input = {
    ...digestInput,
    entries: [...buildNumberedEntries(4, richEntry), ...buildNumberedEntries(16, longer)].map(prepareTestEntry),
  };
  const folder = new URL('../../templates/', import.meta.url);
  const templates = precompileTemplates(await compileTemplates(folder));
  const render = createRender(templates);
  const source = readFileSync(new URL('digest/digest.mjml', folder), 'utf8');
  const uncompiled = createRender({ ...templates, ...precompileTemplates({ 'digest/digest.html': source }) });
  let view: object = {};
  buildDigest({
    ...input,
    render: (name, data) => {
      if (name === 'digest/digest.html') view = data;
      return render(name, data);
    },
  });
  return {
    input,
    templates,
    view,
    fill: () => render('digest/digest.html', view),
    build: () => buildDigest({ ...input, render }).html,
    filled: buildDigest({ ...input, render: uncompiled }).html,
    sections: buildSectionsMjml(input.entries),
  };
};

/** A section for each article and a text for each of its parts: how letters are mostly written in MJML. */
const buildSectionsMjml = (entries: readonly { readonly title: string; readonly html: string }[]): string => {
  const sections = entries.map(
    ({ title, html }) =>
      `<mj-section><mj-column><mj-text font-size="28px">${title}</mj-text><mj-text>23 November 2026</mj-text>` +
      `<mj-text>${html}</mj-text><mj-divider /></mj-column></mj-section>`,
  );
  return `<mjml><mj-body>${sections.join('')}</mj-body></mjml>`;
};

const runColdStart = (way: DigestMethod, folder: string): number => {
  const script = fileURLToPath(import.meta.url);
  return Number(execFileSync(process.execPath, [script, way, folder], { encoding: 'utf8' }));
};

const computeMedian = (durationsMs: readonly number[]): number => {
  return durationsMs.toSorted((a, b) => a - b)[Math.floor(durationsMs.length / 2)] ?? 0;
};
