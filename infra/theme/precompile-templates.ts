import Handlebars from 'handlebars';

/** HTML templates escape values, text templates (`.txt`) do not. A value that is missing is a mistake. */
export const precompileTemplates = (sources: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(sources).map(([name, source]) => [
      name,
      String(Handlebars.precompile(source, { strict: true, noEscape: name.endsWith('.txt') })),
    ]),
  );
