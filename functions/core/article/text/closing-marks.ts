import { isAgencyName } from './agencies.ts';
import type { AnalyzedLine } from './line-context.ts';
import type { CutLine } from './story.ts';

/** Initials of the desk: "ip/bl", "bur-ab/cd", "JYP // JPS". */
const deskMark = /^(?:\p{Ll}{2,4}(?:[/-]\p{Ll}{2,5}){1,5}|\p{Lu}{2,5}(?:\s?\/{1,2}\s?\p{Lu}{2,5}){1,4})\.?$/u;
const endMark =
  /^(?:#{3,}|[-–—]\s?30\s?[-–—]|[-–—]{1,2}\s?(?:ends?|fin|ende|fim)\s?[-–—]{1,2}|[([（](?:ends?|fin|ende|fim|fine|konec|koniec|完|了|終|끝)[)\]）]|Enditem|[完了終끝■□◆])\.?$/iu;
const maxAgencyMarkLength = 60;

const describeMark = (text: string): string | undefined => {
  if (endMark.test(text) || /^(?:ENDS?|EOM)\.?$/.test(text)) return 'end mark';
  if (deskMark.test(text)) return 'desk mark';
  return parseAgencyMark(text) === undefined ? undefined : 'agency mark';
};

/** The agency of "PTI KKS KVK", "dpa ab cd n1", "भाषा अमित रंजन", "(Reuters)". */
const parseAgencyMark = (text: string): string | undefined => {
  const bare = text.replace(/^[([/–—-]+\s?|[)\]/.]+$/gu, '');
  if (bare.length > maxAgencyMarkLength || (bare === bare.toLowerCase() && !/^dpa\b|^\p{Lo}/u.test(bare)))
    return undefined;
  if (isAgencyName(bare)) return bare;
  const [first = '', ...initials] = bare.split(/[\s/]+/u);
  return isAgencyName(first) && initials.length <= 6 && initials.every((word) => initialsPattern.test(word))
    ? first
    : undefined;
};
const initialsPattern = /^(?:\p{Lu}{2,4}|[\p{Ll}\d]{2,3}|[\p{Lo}\p{M}]{2,12}|fim)$/iu;

const closingMark =
  /^(?<text>.{20,}?[.!?…。।」』][”"»’)\]]{0,2})\s{0,3}(?:(?<signed>[-–—]?\s?[([/]?(?:dpa|[\p{Lu}\p{Lo}])[^.!?…。।]{0,40}[)\]/]?\.?)|[(（[](?:END|完|了|끝)[)）\]]|Enditem|■)$/su;
const maxTailLength = 500;

interface ClosedStory {
  readonly body: readonly AnalyzedLine[];
  /** What was cut, in order, all of it below the body. */
  readonly marks: readonly CutLine[];
  readonly agency?: string;
}

/** Cuts the marks of agencies and desks at the end of a story: "… by evening. EFE", "ip/bl", "###". */
export const cutClosingMarks = (lines: readonly AnalyzedLine[]): ClosedStory => {
  const marks: CutLine[] = [];
  let end = lines.length;
  for (; end > 1; end -= 1) {
    const { text = '', number = 0 } = lines[end - 1]?.line ?? {};
    const reason = describeMark(text);
    if (reason === undefined) break;
    marks.unshift({ text, reason, number });
  }
  const body = lines.slice(0, end);
  const last = body.at(-1);
  const closing = last ? parseClosingMark(last.line.text) : undefined;
  const [signed] = marks.flatMap(({ text }) => parseAgencyMark(text) ?? []);
  const agency = closing?.agency ?? signed;
  if (!last || !closing) return { body, marks, ...(agency && { agency }) };
  return {
    body: [...body.slice(0, -1), { ...last, line: { ...last.line, text: closing.text } }],
    marks: [
      {
        text: closing.mark,
        reason: closing.agency === undefined ? 'end mark' : 'agency mark',
        number: last.line.number,
      },
      ...marks,
    ],
    ...(agency && { agency }),
  };
};

const parseClosingMark = (paragraph: string): { text: string; mark: string; agency?: string } | undefined => {
  const start = Math.max(0, paragraph.length - maxTailLength);
  const { text, signed } = closingMark.exec(paragraph.slice(start))?.groups ?? {};
  const agency = signed === undefined ? undefined : parseAgencyMark(signed);
  if (text === undefined || (signed !== undefined && agency === undefined)) return undefined;
  const kept = paragraph.slice(0, start) + text;
  return { text: kept, mark: paragraph.slice(kept.length).trim(), ...(agency !== undefined && { agency }) };
};
