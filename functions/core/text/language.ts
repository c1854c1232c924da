const rightToLeftScripts = new Set([
  'Adlm',
  'Arab',
  'Aran',
  'Hebr',
  'Mand',
  'Mend',
  'Nkoo',
  'Rohg',
  'Samr',
  'Syrc',
  'Thaa',
  'Yezi',
]);

/** The direction in which a language is written, by the script its tag names or implies: `ur` and `und-Arab` are rtl, `ur-Latn` is not. */
export const findTextDirection = (language: string): 'ltr' | 'rtl' =>
  rightToLeftScripts.has(new Intl.Locale(language).maximize().script ?? '') ? 'rtl' : 'ltr';

/** The usual spelling of a language tag (`pt_br` is `pt-BR`); undefined for what is none. */
export const parseLanguageTag = (tag: string): string | undefined => {
  try {
    return Intl.getCanonicalLocales(tag.trim().replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
};
