import { isAgency } from './agencies.ts';
import { type DatelineParts, parseEastAsianDateline } from './east-asian-dateline.ts';
import { isCapitalized, toPlaceCase } from './place-case.ts';
import type { WrittenDateline } from './story.ts';
import { splitWrittenDay, toAsciiDigits } from './written-day.ts';

/** Words before a dash that are a label of the story and no place. */
const labels = new Set(
  `update|exclusive|breaking|analysis|opinion|comment|correction|corrected|editor's note|note|warning|photo|photos|video|watch|listen|live|new|news|factbox|timeline|explainer|review|interview|profile|feature|poll|table|summary|brief|wrap|important|attention|q|a|ps|p.s.|tl;dr|faq|part|chapter|step|day|monday|tuesday|wednesday|thursday|friday|saturday|sunday`.split(
    '|',
  ),
);

/** Between dateline and lede: a dash, a colon, or the full stop after an agency between slashes. */
const separatorPattern = /\s+[-–—―−]{1,3}\s+|\s*[–—―]\s*|(?<=[)\]/.])\s?[-–—―−]{1,2}\s*|:\s+|(?<=[/)])[.।]\s+/gu;
const bracketedAgency =
  /[\s,]*(?:\((?<round>[^()]{2,40})\)|\[(?<square>[^[\]]{2,40})\]|\/(?<slashed>[^/]{2,40})\/)[.,]?$/u;
/** "MOSCOW, Nov. 24. INTERFAX". */
const bareAgency = /[\s,.]+(?<bare>[\p{L}\p{M}][\p{L}\p{M}.]*(?: [\p{L}\p{M}]+)?)[.,]?$/u;
const particles = 'de|do|da|del|di|la|le|les|of|upon|sur|am|an|der|el|al|the|y|e|i|a';
const placeName = String.raw`[\p{Lu}\p{Lo}][\p{L}\p{M}.'’]*(?:[ /-]+(?:[\p{Lu}\p{Lo}][\p{L}\p{M}.'’]*|${particles})){0,4}`;
const place = new RegExp(
  String.raw`^${placeName}(?: ?\(${placeName}\)| ?\[${placeName}\])?(?:, ?${placeName}){0,2}$`,
  'u',
);

const maxDatelineLength = 140;

/** The dateline at the beginning of a lede; undefined where there is none for certain. */
export const parseDateline = (lede: string): WrittenDateline | undefined => {
  const start = toAsciiDigits(lede.slice(0, maxDatelineLength)).replaceAll('،', ',');
  const found: DatelineParts | undefined =
    parseEastAsianDateline(start) ??
    parseLeadingAgency(start) ??
    parseEnclosedDateline(start) ??
    parseSeparatedDateline(start) ??
    parseUnseparatedDateline(start);
  if (!found || found.length >= lede.trimEnd().length) return undefined;
  const { length, place: where, ...parts } = found;
  return { ...(where && { place: toPlaceCase(where) }), ...parts, text: lede.slice(0, length) };
};

/** "(ANSA) - ROMA, 24 NOV - ", "(Reuters) - ". */
const parseLeadingAgency = (lede: string): DatelineParts | undefined => {
  const [opening, agency] = /^[([]([^()[\]]{2,40})[)\]]\s*[-–—―−.:]{1,3}\s*/u.exec(lede) ?? [];
  if (opening === undefined || agency === undefined || !isAgency(agency)) return undefined;
  const found = parseSeparatedDateline(lede.slice(opening.length));
  return found
    ? { ...found, agency: found.agency ?? agency, length: opening.length + found.length }
    : { agency, length: opening.length };
};

/** "(Geneva, November 24, 2026) – ", "[Geneva, 24 November 2026] ". */
const parseEnclosedDateline = (lede: string): DatelineParts | undefined => {
  const [opening, inner = ''] = /^[([]([^()[\]]{6,60})[)\]]\s*(?:[-–—−]{1,2}\s*)?/u.exec(lede) ?? [];
  const found = opening === undefined ? undefined : parseDatelineParts(inner, '');
  return opening !== undefined && found?.day ? { ...found, length: opening.length } : undefined;
};

const parseSeparatedDateline = (lede: string): DatelineParts | undefined => {
  for (const found of lede.matchAll(separatorPattern)) {
    const separator = found[0].trim();
    const end = found.index + found[0].length;
    const dateline = parseDatelineParts(lede.slice(0, found.index), separator);
    if (!dateline) continue;
    const later = dateline.agency === undefined ? parseLaterAgency(lede.slice(end)) : undefined;
    const parts = { ...dateline, ...later, length: end + (later?.length ?? 0) };
    if (isCertain(parts, separator, lede.slice(parts.length))) return parts;
  }
  return undefined;
};

/** "MOSCOW, Nov 24 – RIA Novosti. ", "Roma, 24 nov. - (Adnkronos) - ". */
const parseLaterAgency = (rest: string): Pick<DatelineParts, 'agency' | 'length'> | undefined => {
  const found =
    /^(?:[([](?<round>[^()[\]]{2,30})[)\]]|(?<bare>[\p{L}\p{M}][\p{L}\p{M} ]{1,20}(?:\.ru)?))(?:\s*[-–—−]\s*|\.\s+|(?<=[)\]])\s+)/iu.exec(
      rest,
    );
  const agency = found?.groups?.round ?? found?.groups?.bare;
  return found && agency !== undefined && isAgency(agency) ? { agency, length: found[0].length } : undefined;
};

const bracketedEnd =
  /^[^([\n]{2,60}?(?:[([][^()[\]]{2,30}[)\]],?[^([\n]{0,40})?[([/][^()[\]/]{2,40}[)\]/][.:।]?\s+(?=[\p{Lu}\p{Lo}\p{N}\p{Pi}"'])/u;
const joinedAgency =
  /^(?<where>[\p{Lo}\p{M} ]{2,30}?)\s?[-–/]\s?(?<agency>[\p{Lo}\p{M}. ]{2,20}?)(?:\s?[/:–-]\s*|\s+)/u;

/** "New Delhi, Nov 24 (PTI) The": a known agency behind a day, capitals or one word; "دمشق-سانا". */
const parseUnseparatedDateline = (lede: string): DatelineParts | undefined => {
  const { 0: joined = '', groups } = joinedAgency.exec(lede) ?? {};
  if (groups?.where && groups.agency && isAgency(groups.agency))
    return { place: groups.where, agency: groups.agency, length: joined.length };
  const [opening = ''] = bracketedEnd.exec(lede) ?? [];
  const found = parseDatelineParts(opening.trimEnd().replace(/[:।]$/u, ''), '');
  if (!found?.agency || !isAgency(found.agency) || labels.has(found.place?.toLowerCase() ?? '')) return undefined;
  const isLikelyPlace = found.day || isCapitalized(found.place ?? '') || /^\S+$/u.test(found.place ?? '');
  return isLikelyPlace ? { ...found, length: opening.length } : undefined;
};

/** Without the agency and the day, the rest must be a place. */
const parseDatelineParts = (written: string, separator: string): Omit<WrittenDateline, 'text'> | undefined => {
  const brackets = bracketedAgency.exec(written);
  const { round, square, slashed } = brackets?.groups ?? {};
  const { agency, rest } = brackets
    ? { agency: round ?? square ?? slashed, rest: written.slice(0, brackets.index) }
    : splitBareAgency(written);
  const { rest: where, day } = splitWrittenDay(rest);
  const named = where.replace(/(?:[\s,/–—-]|\sفي)+$/u, '').trim();
  if (named.length > 60 || !place.test(named) || (/^[.।]$/u.test(separator) && !agency)) return undefined;
  return { place: named, ...(agency !== undefined && { agency: cleanAgency(agency) }), ...(day && { day }) };
};

/** "Корр. БЕЛТА" is a reporter of it. */
const cleanAgency = (written: string): string => written.replace(/^корр\.?\s+/iu, '').trim();

const splitBareAgency = (written: string): { agency?: string; rest: string } => {
  const found = bareAgency.exec(written);
  const bare = found?.groups?.bare?.replace(/\.$/u, '');
  return found && found.index > 0 && bare !== undefined && isAgency(bare)
    ? { agency: bare, rest: written.slice(0, found.index) }
    : { rest: written };
};

/** A known agency is enough; else two of capitals, a day and an unknown agency are needed. */
const isCertain = ({ place: where = '', agency, day }: DatelineParts, separator: string, lede: string): boolean => {
  if (lede === '' || labels.has(where.toLowerCase())) return false;
  if (agency !== undefined && isAgency(agency)) return true;
  const isCapitals = isCapitalized(where.split(',')[0] ?? '');
  const isCaseless = where === where.toUpperCase() && where === where.toLowerCase();
  if (day)
    return (
      isCapitals || isCaseless || agency !== undefined || (day.year !== undefined && /^\S+(?: \S+){0,2}$/u.test(where))
    );
  if (!isCapitals || separator === ':') return false;
  return agency === undefined
    ? where.length >= 4 && /^[\p{Lu}\p{N}\p{Pi}"']/u.test(lede)
    : /^[\p{L}\p{M}\s./&-]+$/u.test(agency);
};
