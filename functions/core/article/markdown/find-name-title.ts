import { toBaseName } from '../../seed-kind.ts';
import { cleanLine } from '../../text/clean-text.ts';

/** The id that Notion puts behind the title. */
const notionId = /[ -][\da-f]{32}$/;
const dayBefore = /^\d{4}[-.]?\d{2}[-.]?\d{2}[ _-]+/;

/** What programs and cameras name a file by themselves. */
const givenName =
  /^(?:untitled|new (?:note|document|file)|neue notiz|neues dokument|ohne titel|sans titre|nouvelle note|sin título|nueva nota|senza titolo|nuova nota|sem título|nova nota|naamloos|namnlös|uten navn|bez nazwy|без названия|無題|未命名|无标题|screenshot|screen shot|bildschirmfoto|capture d.écran|scan|img|dsc|photo|image|note|notes|document|page|text|post|copy of|kopie von|template)(?:[ _-]*\(?\d+\)?| copy| kopie)*$/i;
const datedName = /^(?:screenshot|screen shot|bildschirmfoto|capture d.écran|scan|daily note|journal)\b/i;

/**
 * The title of a note that has it in the name of its file alone, as note programs export it. Names in one word, and
 * those that programs give, are none.
 */
export const findNameTitle = (key: string): string | undefined => {
  const name = cleanLine(toBaseName(key.normalize('NFC')).replace(notionId, '').replace(dayBefore, ''));
  const hasWords =
    /\p{L}{2,}[^\s]*\s+\S*[\p{L}\p{N}]/u.test(name) || /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]{3}/u.test(name);
  return hasWords && !givenName.test(name) && !datedName.test(name) ? name : undefined;
};
