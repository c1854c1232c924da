import { detectLanguage } from '../../text/detect-language.ts';

const smallWords = new Set(
  'a an the and but or nor for of in on at to by from with as per vs via into onto over off up out'.split(' '),
);
/** Short words that are no abbreviation, though the text below may not have them. */
const shortWords = new Set(
  'act add ago aid aim air all also amid any are arm army art ask ate away baby back bad ban bank bar base be bear beat bed been best bet bid big bill bit boat body bomb book boom born boss both box boy brawl break bus buy cafe call calls camp can car card care case cash cat chief child city claim class clear close club coast cold cost could court crash crew crime cup cut cuts dam date day days dead deal deals death debt did die died dies do does dog down draw drop drug due each early earn east eat edge eight end ends era ever eye eyes face fact fail fair fall falls fans far farm fast fear fears feel fight film final find fine fire fires first fish five flag flat flee flies flood fly food foot force form four free fresh fuel full fund gain game gas gave get gets gift girl give go goal goes gold gone good got great green grow guide gun guns had half hall hand hard has hat have he head hear heat held help her here high hill him his hit hits hold holds home hope hour house how huge ice idea if ill is it item its jail job jobs join joins judge jump jury just keep key kick kid kids kill kills king know lack lake land large last late law laws lead leads leave left leg legal less let life lift light like line link list live lives local long look lose loses loss lost lot love low main make makes man many mark match may me meet men met mile milk mine more most move moves must my name near need needs net never new news next nine no north not note now oil old once one only open opens order our own owner pact paid park part past path pay pays peace peak peer pick place plan plans plane play plea plot poll poor port post power press price prize probe push put quit race rail rain raise rally ran rank rape rare rate raid read ready real red rent rest rice rich ride right rise rises risk river road rock role room row rule rules run runs rush sail sale sales same save say says sea seal seat see seek seeks seen sell sells send sends set sets seven sex she ship ships shop shot show shows shut side sign signs single sink sinks site six size skill sky slam slow small snow so sold some son song soon south spy staff stage star start state stay steal step still stop stops storm story strike such sue sues sun sure swim take takes talk talks tax team tell tells ten test than that their them then there these they third this those three tie tied time tiny toll too took top tops tour town trade train tree trial trip troop truck true try turn two under union unit until upon urge use used user vote votes wage wait wall want wants war warn warns was water way we week weeks well went were west what when where who why wide wife will win wind wine wins wish woman women won word work works world would year years yes yet you young your youth zero zone'.split(
    ' ',
  ),
);

interface WordForms {
  lower: boolean;
  /** Within a sentence, such as "Harbour" or "McDonald". */
  capitalized?: string;
  upper: boolean;
}

const maxSampleLength = 50_000;
const wordPattern = /(?<before>^|[.!?:;…]["”’)\]]?\s+|["“„«‘(]|\n)?(?<word>[\p{L}\p{M}\p{N}]+)/gu;

const collectForms = (text: string, locale: string): Map<string, WordForms> => {
  const forms = new Map<string, WordForms>();
  for (const { groups } of text.slice(0, maxSampleLength).matchAll(wordPattern)) {
    const word = groups?.word ?? '';
    const lower = word.toLocaleLowerCase(locale);
    const found = forms.get(lower) ?? { lower: false, upper: false };
    if (word === lower) found.lower = true;
    else if (word.length > 1 && word === word.toLocaleUpperCase(locale)) found.upper = true;
    else if (groups?.before === undefined) found.capitalized ??= word;
    forms.set(lower, found);
  }
  return forms;
};

const minKnownStem = 4;

/**
 * A headline in capitals as it is written elsewhere in the text: in English in title case, in other languages as a
 * sentence. It stays as it is where a word could be an abbreviation, or a name.
 */
export const toHeadlineCase = (headline: string, text: string): string => {
  if (headline !== headline.toUpperCase() || headline === headline.toLowerCase() || !/\p{L} \p{L}/u.test(headline))
    return headline;
  const language = detectLanguage(text);
  if (language === undefined || /^(?:ja|zh|ko|he|ar|fa|th|hi|ka)/.test(language)) return headline;
  const forms = collectForms(text, language);
  const parts = headline.split(/([\p{L}\p{M}\p{N}]+(?:[.'’]\p{L}+)*\.?)/u);
  const last = parts.findLastIndex((_, index) => index % 2 === 1);
  const cased = parts.map((part, index) => {
    if (index % 2 === 0) return part;
    const isFirst = index === 1 || /[:.!?–—]\s*$/u.test(parts[index - 1] ?? '');
    return language === 'en'
      ? toTitleWord(part, forms, isFirst || index === last)
      : toSentenceWord(part, forms, isFirst, language);
  });
  return cased.some((part) => part === undefined) ? headline : cased.join('');
};

const capitalizeFirst = (word: string, locale: string): string =>
  word.charAt(0).toLocaleUpperCase(locale) + word.slice(1);

/** "U.S.", "G7", "IV". */
const isAbbreviation = (word: string): boolean =>
  /\p{L}\.\p{L}/u.test(word) || /\p{N}/u.test(word) || /^[IVX]{2,}$/u.test(word);

/** Undefined where it is not certain. */
const toTitleWord = (written: string, forms: ReadonlyMap<string, WordForms>, isEdge: boolean): string | undefined => {
  if (isAbbreviation(written)) return written;
  const [, word = written, ending = ''] = /^(.*?)(['’]\p{L}{1,2}|\.)?$/su.exec(written) ?? [];
  const lower = word.toLowerCase();
  const form = forms.get(lower);
  if (smallWords.has(lower)) return (isEdge ? capitalizeFirst(lower, 'en') : lower) + ending.toLowerCase();
  if (form?.upper && !form.lower && !form.capitalized) return written;
  if (form?.capitalized && !form.lower) return form.capitalized + ending.toLowerCase();
  const isKnown = form !== undefined || shortWords.has(lower) || lower.length > 5 || hasKnownStem(lower, forms);
  return isKnown || (lower.length === 1 && lower === 'i')
    ? capitalizeFirst(lower, 'en') + ending.toLowerCase()
    : undefined;
};

/** "OPENS" is a word where the text has "opened". */
const hasKnownStem = (word: string, forms: ReadonlyMap<string, WordForms>): boolean => {
  const stem = word.slice(0, Math.max(minKnownStem, word.length - 2));
  return word.length >= minKnownStem && [...forms].some(([other, { lower }]) => lower && other.startsWith(stem));
};

const toSentenceWord = (
  written: string,
  forms: ReadonlyMap<string, WordForms>,
  isFirst: boolean,
  locale: string,
): string | undefined => {
  if (isAbbreviation(written)) return written;
  const words = written.split(/(['’.])/u).map((word) => {
    const lower = word.toLocaleLowerCase(locale);
    const form = forms.get(lower);
    if (lower === word) return word;
    if (form?.lower) return lower;
    return form?.capitalized ?? (form?.upper ? word : undefined);
  });
  if (words.some((word) => word === undefined)) return undefined;
  return isFirst ? capitalizeFirst(words.join(''), locale) : words.join('');
};
