/** Double and single marks as `markdown-it` takes them: opening, closing, opening, closing. */
type QuotationMarks = readonly [string, string, string, string];

const english: QuotationMarks = ['“', '”', '‘', '’'];
const german: QuotationMarks = ['„', '“', '‚', '‘'];
const guillemets: QuotationMarks = ['«', '»', '‹', '›'];
const polish: QuotationMarks = ['„', '”', '«', '»'];
const swedish: QuotationMarks = ['”', '”', '’', '’'];

const marksByLanguage: ReadonlyMap<string, QuotationMarks> = new Map([
  ...['en', 'nl', 'pt-br', 'tr', 'ko', 'zh', 'hi', 'th', 'vi', 'id', 'ms', 'sw', 'cy', 'ga', 'ar', 'he'].map(
    (language): [string, QuotationMarks] => [language, english],
  ),
  ...['de', 'cs', 'sk', 'sl', 'bg', 'is', 'lt', 'et', 'ka', 'lb'].map((language): [string, QuotationMarks] => [
    language,
    german,
  ]),
  ...['es', 'pt', 'it', 'ca', 'gl', 'eu', 'el', 'no', 'nb', 'nn', 'lv'].map((language): [string, QuotationMarks] => [
    language,
    ['«', '»', '“', '”'],
  ]),
  ...['pl', 'ro', 'hu', 'hr', 'sr', 'bs'].map((language): [string, QuotationMarks] => [language, polish]),
  ...['sv', 'fi'].map((language): [string, QuotationMarks] => [language, swedish]),
  ...['ru', 'uk', 'be'].map((language): [string, QuotationMarks] => [language, ['«', '»', '„', '“']]),
  ['da', ['»', '«', '›', '‹']],
  ['de-ch', guillemets],
  ['fr', ['« ', ' »', '‹ ', ' ›']],
  ['fr-ch', guillemets],
]);

/** The quotation marks of a language; undefined where straight ones stay. */
export const findQuotationMarks = (language: string | undefined): QuotationMarks | undefined => {
  const tag = language?.toLowerCase() ?? '';
  return marksByLanguage.get(tag) ?? marksByLanguage.get(tag.split('-')[0] ?? '');
};
