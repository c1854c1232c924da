import type { Credits } from './story.ts';

const authorWords = `additional reporting and writing by|additional reporting by|further reporting by|reporting and writing by|writing and reporting by|reported and written by|reporting by|report by|reported by|written by|writing by|story by|words by|text by|article by|posted by|contributed by|compiled by|by|author:|authors:|reporter:|writer:|
von|text:|bericht von|ein bericht von|autor:|autorin:|autoren:|par|texte de|reportage de|auteur :|auteur:|por|texto de|texto:|redacción de|reporte de|autora:|di|articolo di|testo di|autore:|texto por|reportagem de|door|tekst:|verslag door|auteur:|av|tekst av|text av|af|tekst af|skribent:|journalist:|kirjoittaja:|teksti:|autor tekstu:|tekst:|autor článku:|yazan:|haber:|muhabir:|írta:|
автор:|авторы:|автор|текст:|корреспондент:|بقلم:|بقلم|كتب:|تقرير:|نوشته:|מאת:|מאת|लेखक:|रिपोर्ट:|作者：|作者:|记者：|记者:|文：|著者：|文・|記者：|글:|기자:`;
const editorWords = `editing by|edited by|additional editing by|editor:|editors:|redigiert von|redaktion:|bearbeitet von|redigert av|redigeret af|redigerad av|édité par|edité par|edition de|édition de|éditing par|edición de|editado por|edición:|edição de|edição por|edição:|a cura di|redactie:|redactie door|redakcja:|opracował:|opracowała:|redaktor:|редактор:|редактура:|تحرير:|تحرير|إعداد وتحرير:|עריכה:|编辑：|编辑:|責任編集：|editör:|toimittaja:`;
const sourceWords = `source:|sources:|quelle:|source :|fuente:|fonte:|bron:|källa:|kilde:|lähde:|źródło:|zdroj:|kaynak:|forrás:|источник:|джерело:|المصدر:|منبع:|מקור:|स्रोत:|来源：|来源:|出典：|출처:`;

const createCreditPattern = (words: string) =>
  new RegExp(
    `^(?:${splitList(words)
      .sort((a, b) => b.length - a.length)
      .join('|')})(?:(?<=[:：・])\\s*|\\s+:?\\s*)`,
    'iu',
  );
const splitList = (words: string) => words.split('|').map((word) => word.trim());
const creditPatterns = [
  ['authors', createCreditPattern(authorWords)],
  ['editors', createCreditPattern(editorWords)],
  ['source', createCreditPattern(sourceWords)],
] as const;

const separatorPattern =
  /\s*(?:,\s*(?:and|und|et|y|e|en|och|og|ja|i|и)\s+|[,、&،]|\s(?:and|und|et|y|e|en|och|og|ja|i|a|и|та|і|ve|és|with|mit|avec|con)\s|\sو\s?)\s*/u;
const particle =
  '(?:de|da|do|dos|das|del|della|di|du|la|le|van|von|der|den|ter|ten|zu|zum|zur|af|av|al|el|bin|bint|ibn|ben|abu|y|e)';
const nameWord = String.raw`(?:(?:d|l|al|el|ad|as|ash|ar|an)['’-])?\p{Lu}[\p{L}\p{M}.'’-]*`;
const personPattern = new RegExp(`^${nameWord}(?: (?:${particle} ){0,3}${nameWord}){0,4}$`, 'u');
const caselessPersonPattern = /^[\p{Lo}\p{M}]{2,20}(?:[ ・·][\p{Lo}\p{M}]{2,20}){0,4}$/u;
const locationSuffix = /\s+(?:in|aus|à|en|a|em|da|из|في)\s+\p{L}[\p{L}\p{M} .'’-]{1,30}$/u;

/**
 * Parses credits such as "Report by Taimur Azhari; Editing by Gerry Doyle and Angus MacSwan". Undefined for a line of
 * which any part is something else, such as a sentence.
 */
export const parseCredits = (line: string): Credits | undefined => {
  if (line.length > 300) return undefined;
  const bare = line.replace(/^[([]\s*(.*?)\s*[)\]]\.?$/su, '$1').replace(/[.\s]+$/u, '');
  const authors: string[] = [];
  const editors: string[] = [];
  let source: string | undefined;
  for (const part of bare.split(/\s*[;|•·]\s*|(?<=\p{Ll}{2})\.\s+|\s+\/\s+/u)) {
    const [kind, written] = parseCreditKind(part);
    if (kind === 'source') source = /^\p{L}[^.;:]{1,60}$/u.test(written) ? written : undefined;
    const names = kind === undefined || kind === 'source' ? [] : parsePersonNames(written);
    if (kind === undefined || (names.length === 0 && source === undefined)) return undefined;
    (kind === 'editors' ? editors : authors).push(...names);
  }
  return { authors, editors, ...(source !== undefined && { source }) };
};

const parseCreditKind = (part: string): [kind: 'authors' | 'editors' | 'source' | undefined, rest: string] => {
  for (const [kind, pattern] of creditPatterns) {
    const found = pattern.exec(part);
    if (found) return [kind, part.slice(found[0].length).trim()];
  }
  return [undefined, part];
};

/** The names in a text; none where a part of it is no name. */
const parsePersonNames = (written: string): string[] => {
  const names = written
    .split(separatorPattern)
    .map((name) => name.replace(locationSuffix, '').trim())
    .filter((name, index) => name !== '' && (index === 0 || !isJobTitle(name)))
    .filter((name, index, all) => index === 0 || !isPlaceAfterName(name, all[0] ?? ''))
    .map(removeJobTitle);
  return names.every(isPersonName) ? names.map(toNameCase) : [];
};

/** "Par Anne Bernard, à Lyon" and "Von Anna Berg, Hamburg" name one person. */
const isPlaceAfterName = (part: string, name: string): boolean =>
  placeWithPreposition.test(part) || (name.includes(' ') && /^\p{Lu}\p{Ll}+$/u.test(part));
const placeWithPreposition = /^(?:in|aus|à|en|em|a|da|de|i|w|из|в)\s+\p{Lu}/u;

const jobTitles =
  /^(?:ph\.?d|m\.?d|mba|dvm|cfp|cepf|rn|rd|esq|jr|sr)\b|\b(?:writer|copywriter|reporter|editor|editor-in-chief|correspondent|journalist|columnist|contributor|staff|author|founder|co-founder|expert|specialist|reviewer|analyst|manager|director|professor|ceo|redakteur(?:in)?|autor(?:in)?|korrespondent(?:in)?|reporterin|journaliste|correspondante?|envoyée? spéciale?|periodista|corresponsal|reporter[oa]|redactora?|enviad[oa] especial|giornalista|corrispondente|jornalista|correspondente|redatora?)\b/iu;

/** Whether a text has a job title or a degree: "AP Golf Writer", "PhD". */
export const isJobTitle = (text: string): boolean => jobTitles.test(text);

const titleWords = new Set(
  'staff senior chief special contributing deputy assistant managing executive associate foreign political business sports science health crime education city metro bureau freelance guest diplomatic defence defense associated ap afp reuters'.split(
    ' ',
  ),
);

/** "Anna Berg Staff Writer" is Anna Berg. */
export const removeJobTitle = (person: string): string => {
  const words = person.split(' ');
  const title = words.findIndex((word, index) => index > 1 && (isJobTitle(word) || titleWords.has(word.toLowerCase())));
  return title !== -1 && isJobTitle(words.slice(title).join(' ')) ? words.slice(0, title).join(' ') : person;
};

/** Whether a text has the form of a person's name. */
export const isPersonName = (name: string): boolean =>
  name.length <= 60 && (personPattern.test(name) || caselessPersonPattern.test(name));

/** "TAIMUR AZHARI" becomes "Taimur Azhari"; initials and mixed case stay. */
export const toNameCase = (name: string): string => {
  if (name !== name.toUpperCase() || name === name.toLowerCase()) return name;
  return name.replace(/\p{L}[\p{L}\p{M}]{2,}/gu, (word) => word.charAt(0) + word.slice(1).toLowerCase());
};
