import { isAgency } from './agencies.ts';
import type { WrittenDateline } from './story.ts';

/** A dateline, and how many characters of the lede it takes. */
export type DatelineParts = Omit<WrittenDateline, 'text'> & { readonly length: number };

/** Datelines of Chinese, Japanese and Korean agencies and papers. Digits are 0 to 9. */
export const parseEastAsianDateline = (lede: string): DatelineParts | undefined => {
  if (!/^[【［[（(「]?[\p{Script=Han}\p{Script=Katakana}\p{Script=Hangul}\dA-Z]/u.test(lede)) return undefined;
  return (
    parseTaiwaneseDateline(lede) ??
    parseChineseDateline(lede) ??
    parseKoreanDateline(lede) ??
    parseJapaneseDateline(lede)
  );
};

const agencyName = String.raw`(?<agency>(?:[\p{Script=Han}]{1,6}?(?:社|网|網|报|報|通讯|广播|电视台)|路透|本报|本報|本刊))`;
const writtenDay = String.raw`(?:(?<year>20\d\d)年)?(?:(?<month>\d{1,2})月(?:份)?)?(?<day>\d{1,2})日`;
const nameList = String.raw`[\p{Script=Han}·]{2,10}(?:[\s、，,/]+[\p{Script=Han}·]{2,10}){0,9}`;
const reporterWords =
  '(?:本报|本報|本刊|实习|见习|特约|首席|驻外|全媒体|联合)*(?:记者|記者|通讯员|通訊員|特派员|特派員)';
const reporters = String.raw`(?:[（(]\p{Script=Han}{0,8}?${reporterWords}[\s：:]*(?<reporters>[^（）()]{2,80})[）)])?`;

const chineseDatelines = [
  // 新华社北京11月24日电（记者李明）; 本报北京24日讯
  new RegExp(
    String.raw`^[【［（(]?${agencyName}(?<place>[\p{Script=Han}·]{1,12}?)?\s?${writtenDay}(?:专|專)?(?:电|電|讯|訊|消息|综合消息)(?:\s?题[：:])?[】］）)]?\s*(?:${reporterWords}[\s：:]*(?<told>[^报道：:]{2,30}?)(?:报道|報導)[：:，,]\s*|${reporters}[\s：:]*)`,
    'u',
  ),
  // 本报讯（记者李明）
  new RegExp(
    String.raw`^(?:本报讯|本報訊|本刊讯|\p{Script=Han}{2,6}(?:网|网讯|讯))\s?[（(]${reporterWords}[\s：:]*(?<reporters>[^（）()]{2,80})[）)][\s：:]*`,
    'u',
  ),
  // 中新网11月24日电, 央视网消息：
  new RegExp(String.raw`^${agencyName}(?:${writtenDay}(?:电|讯)|消息|讯)[\s：:]+${reporters}[\s：:]*`, 'u'),
];

const parseChineseDateline = (lede: string): DatelineParts | undefined => {
  for (const pattern of chineseDatelines) {
    const { 0: all = '', groups = {} } = pattern.exec(lede) ?? {};
    if (all === '') continue;
    return toParts(all, groups, splitReporters(groups.reporters ?? groups.told));
  }
  return undefined;
};

/** （中央社記者王小明台北24日電）: names of three characters are the most frequent. */
const taiwanese = new RegExp(
  String.raw`^[（(【]${agencyName}(?:記者(?<who>${nameList}))?\s?(?<place>[\p{Script=Han}·]{1,8}?)?\s?${writtenDay}(?:綜合|专|專)?(?:外)?(?:電|电|报导|報導|外電報導)[）)】]\s*`,
  'u',
);

const parseTaiwaneseDateline = (lede: string): DatelineParts | undefined => {
  const { 0: all = '', groups = {} } = taiwanese.exec(lede) ?? {};
  if (all === '') return undefined;
  const who = `${groups.who ?? ''}${groups.place ?? ''}`;
  if (groups.who === undefined) return toParts(all, groups, []);
  const names = who.split(/[\s、，,]+/u);
  const last = names.pop() ?? '';
  const length = last.length >= 5 ? 3 : Math.max(2, last.length - 2);
  const place = last.slice(length);
  return toParts(all, { ...groups, place: place === '' ? undefined : place }, [...names, last.slice(0, length)]);
};

const toParts = (
  all: string,
  { agency, place, year, month, day }: Record<string, string | undefined>,
  reporters: readonly string[],
): DatelineParts => ({
  length: all.length,
  ...(place && { place }),
  ...(agency && !/^本/u.test(agency) && { agency }),
  ...(day && {
    day: { day: Number(day), ...(month && { month: Number(month) }), ...(year && { year: Number(year) }) },
  }),
  ...(reporters.length > 0 && { reporters }),
});

/** "记者李明、王芳 通讯员陈红". */
const splitReporters = (written = ''): string[] =>
  written
    .replace(/(?:实习|见习|本报|新华社)?(?:记者|記者|通讯员|通訊員)[\s：:]*/gu, '、')
    .split(/[\s、，,/]+/u)
    .filter((name) => /^[\p{L}·]{2,12}$/u.test(name));

/** "(서울=연합뉴스) 홍길동 기자 = ", "[홍길동 기자]". */
const korean =
  /^[[(【［（](?<place>[\p{Script=Hangul}·,\s]{1,20})\s?=\s?(?<agency>[\p{Script=Hangul}\p{L}\d]{2,15})(?:\s(?<inner>[\p{Script=Hangul}·,\s]{2,30}?)\s?기자)?[\])】］）]\s*(?:(?<names>[\p{Script=Hangul}·,\s]{2,60}?)\s?(?:인턴|선임|수습|객원)?(?:기자|특파원|통신원|논설위원)?\s?=\s*)?/u;

const parseKoreanDateline = (lede: string): DatelineParts | undefined => {
  const { 0: all = '', groups = {} } = korean.exec(lede) ?? {};
  if (all === '') return undefined;
  const names = (groups.names ?? groups.inner ?? '').split(/[·,\s]+/u).filter((name) => /^.{2,5}$/u.test(name));
  return toParts(all, groups, names);
};

/** 【東京共同】, ［東京 24日 ロイター］ -, 【北京＝山田太郎】, （東京 24日 時事） */
const japanese =
  /^(?:【(?<a>[^【】]{2,40})】|［(?<b>[^［］]{2,40})］|\[(?<c>[^[\]]{2,40})\]|（(?<d>[^（）]{2,40})）)\s*(?:[-–—−－]\s*)?/u;

const parseJapaneseDateline = (lede: string): DatelineParts | undefined => {
  const { 0: all = '', groups = {} } = japanese.exec(lede) ?? {};
  const inner = groups.a ?? groups.b ?? groups.c ?? groups.d ?? '';
  const { groups: day } = new RegExp(writtenDay, 'u').exec(inner) ?? {};
  const words = inner.replace(new RegExp(writtenDay, 'u'), ' ').split(/[\s、,]+/u);
  const agency = words.find(isAgency) ?? japaneseAgencies.find((name) => inner.replace(/[＝=].*/u, '').endsWith(name));
  const [before = '', named = ''] = inner.split(/[＝=]/u);
  if (all === '' || !/[\p{Script=Han}\p{Script=Katakana}]/u.test(inner)) return undefined;
  if (
    agency === undefined &&
    (named === '' || !/^[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}]{2,12}$/u.test(named))
  )
    return undefined;
  const place = (named === '' ? words.join(' ') : before)
    .replace(agency ?? '', '')
    .replace(/^NQN/u, '')
    .trim();
  const isPlace = /^[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}・]{1,15}$/u.test(place);
  return toParts(
    all,
    { ...day, agency, place: isPlace ? place : undefined },
    agency === undefined || !isAgency(named) ? [named].filter((name) => name !== '' && !isAgency(name)) : [],
  );
};

const japaneseAgencies = ['共同通信', '共同', '時事通信', '時事', 'ロイター', 'ＡＰ', 'ＡＦＰ', 'ＣＮＮ'];
