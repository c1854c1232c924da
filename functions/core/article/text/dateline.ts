import { getCalendarNames } from './calendar-names.ts';
import type { WrittenDateline } from './story.ts';

/** These alone make a dateline certain: "Berlin (dpa) - ". */
const agencies = new Set(
  `reuters|ap|associated press|the associated press|afp|agence france-presse|dpa|upi|efe|ansa|lusa|belga|apa|sda|keystone-sda|epd|kna|sid|itar-tass|tass|interfax|ria|xinhua|kyodo|jiji|yonhap|pti|ani|ians|aap|cp|the canadian press|pa|pa media|press association|bloomberg|cnn|bbc|npr|rtr|dts|ots|anp|ntb|tt|ritzau|stt|pap|čtk|ctk|mti|aa|anadolu|dha|iha|irna|wam|spa|mena|petra|sana|ap/reuters|prnewswire|business wire|globe newswire|globenewswire|ap sports|europa press|télam|telam|notimex|agência brasil|agencia brasil|adnkronos|agi|lapresse|رويترز|أ ف ب|ا ف ب|د ب ا|وام|واس|рейтер|рейтерс|риа новости|тасс|интерфакс|укринформ|路透社|新华社|ロイター|共同|時事|연합뉴스`.split(
    '|',
  ),
);

/** Words before a dash that are a label of the story and no place. */
const labels = new Set(
  `update|exclusive|breaking|analysis|opinion|comment|correction|corrected|editor's note|note|warning|photo|photos|video|watch|listen|live|new|news|factbox|timeline|explainer|review|interview|profile|feature|poll|table|summary|brief|wrap|important|attention|q|a|ps|p.s.|tl;dr|faq|part|chapter|step|day|monday|tuesday|wednesday|thursday|friday|saturday|sunday`.split(
    '|',
  ),
);

/** Between dateline and lede: a dash, a colon, or the full stop after an agency between slashes. */
const separatorPattern = /\s+[-–—―−]{1,3}\s+|\s*[–—―]\s*|(?<=[)\]/.])\s?[-–—―−]{1,2}\s*|:\s+|(?<=\/)\.\s+/gu;
const bracketedAgency =
  /[\s,]*(?:\((?<round>[^()]{2,40})\)|\[(?<square>[^[\]]{2,40})\]|\/(?<slashed>[^/]{2,40})\/)[.,]?$/u;
const month = String.raw`[\p{L}\p{M}]{3,12}\.?`;
const writtenDay = new RegExp(
  String.raw`(?:^|[\s,]+)(?:${month} \d{1,2}(?:st|nd|rd|th)?|\d{1,2}(?:st|nd|rd|th|\.|º|er)?(?: de| d')? ${month})(?:,? (?:de |del )?(?:19|20)\d\d)?$`,
  'u',
);
const particles = 'de|do|da|del|di|la|le|les|of|upon|sur|am|an|der|el|al|the|y|e|i|a';
const placeName = String.raw`[\p{Lu}\p{Lo}][\p{L}\p{M}.'’]*(?:[ /-]+(?:[\p{Lu}\p{Lo}][\p{L}\p{M}.'’]*|${particles})){0,4}`;
const place = new RegExp(`^${placeName}(?:, ?${placeName}){0,2}$`, 'u');

const maxDatelineLength = 140;

/** The dateline at the beginning of a lede; undefined where there is none for certain. */
export const parseDateline = (lede: string): WrittenDateline | undefined => {
  for (const found of lede.slice(0, maxDatelineLength).matchAll(separatorPattern)) {
    const separator = found[0].trim();
    const end = found.index + found[0].length;
    const dateline = parseDatelineParts(lede.slice(0, found.index), separator);
    if (dateline && isCertain(dateline, separator, lede.slice(end)))
      return { ...dateline, place: toPlaceCase(dateline.place), text: lede.slice(0, end) };
  }
  return undefined;
};

/** Without the agency and the day, the rest must be a place. */
const parseDatelineParts = (written: string, separator: string): Omit<WrittenDateline, 'text'> | undefined => {
  const brackets = bracketedAgency.exec(written);
  const agency = brackets?.groups?.round ?? brackets?.groups?.square ?? brackets?.groups?.slashed;
  const rest = brackets ? written.slice(0, brackets.index) : written;
  const dated = writtenDay.exec(rest);
  const day = dated ? parseDay(dated[0]) : undefined;
  const where = (dated && day ? rest.slice(0, dated.index) : rest).trim();
  if (where.length > 60 || !place.test(where) || (separator === '.' && !agency)) return undefined;
  return {
    place: where,
    ...(agency !== undefined && { agency: agency.trim() }),
    ...(day && { day }),
  };
};

/** A known agency is enough; else two of capitals, a day and an unknown agency are needed. */
const isCertain = (
  { place: where, agency, day }: Omit<WrittenDateline, 'text'>,
  separator: string,
  lede: string,
): boolean => {
  if (lede === '' || labels.has(where.toLowerCase())) return false;
  if (agency !== undefined && isAgency(agency)) return true;
  const isCapitals = isUpperCase(where.split(',')[0] ?? '');
  if (day) return isCapitals || agency !== undefined;
  if (!isCapitals || separator === ':') return false;
  return agency === undefined
    ? where.length >= 4 && /^[\p{Lu}\p{N}\p{Pi}"']/u.test(lede)
    : /^[\p{L}\p{M}\s./&-]+$/u.test(agency);
};

/** "dpa", "dpa/lno", "AP Sports". */
const isAgency = (written: string): boolean => {
  const lower = written.toLowerCase();
  return agencies.has(lower) || agencies.has(lower.split(/[/\s-]/u)[0] ?? '');
};

const isUpperCase = (name: string): boolean =>
  name === name.toUpperCase() && name !== name.toLowerCase() && name.length > 2;

const parseDay = (written: string): WrittenDateline['day'] => {
  const { months } = getCalendarNames();
  const month = written
    .toLowerCase()
    .split(/[\s\d.,]+/u)
    .map((word) => months.get(word) ?? months.get(word.slice(0, 3)))
    .find((number) => number !== undefined);
  const numbers = written.match(/\d+/gu)?.map(Number) ?? [];
  const day = numbers.find((number) => number >= 1 && number <= 31);
  const year = numbers.find((number) => number >= 1900);
  if (month === undefined || day === undefined) return undefined;
  return { month, day, ...(year !== undefined && { year }) };
};

const lowercaseParticles = new Set(particles.split('|'));

/** "RIO DE JANEIRO" becomes "Rio de Janeiro"; abbreviations stay: "WASHINGTON, D.C.". */
const toPlaceCase = (where: string): string => {
  const parts = where.split(/(,\s*)/u);
  return parts
    .map((part, index) => (isUpperCase(part) && !(index > 0 && part.length < 3) ? capitalizeWords(part) : part))
    .join('');
};

const capitalizeWords = (name: string): string =>
  name
    .split(/([\s/-]+)/u)
    .map((word, index) => {
      if (/\p{L}\.\p{L}|^\p{L}\.$/u.test(word)) return word;
      const lower = word.toLowerCase();
      if (index > 0 && lowercaseParticles.has(lower)) return lower;
      return lower.replace(/^\p{L}|(?<=^\p{L}['’])\p{L}/gu, (letter) => letter.toUpperCase());
    })
    .join('');
