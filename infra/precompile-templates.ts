import Handlebars from 'handlebars';
import type { PrecompiledTemplates } from '../functions/core/render.ts';

/** HTML templates escape values, text templates (`.txt`) do not. A value that is missing is a mistake. */
export const precompileTemplates = (sources: Readonly<Record<string, string>>): PrecompiledTemplates =>
  Object.fromEntries(
    Object.entries(sources).map(([name, source]) => [
      name,
      String(Handlebars.precompile(source, { strict: true, noEscape: name.endsWith('.txt') })),
    ]),
  );
