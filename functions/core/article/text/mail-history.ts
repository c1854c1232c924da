import type { CutText } from '../../article.ts';
import { findMailHeader } from './mail-header.ts';
import { hideAddresses } from './mail-words.ts';

const signatureDelimiter = /^--\s?$/u;
const deviceLine =
  /^(?:sent (?:from|via|using) |get outlook for|von meinem \S+ gesendet|gesendet (?:von|mit) |envoyé (?:de|depuis|à partir) |enviado (?:desde|do|de|a partir|con) |inviato (?:da|con) |verzonden (?:vanaf|met|via) |skickat från |sendt fra |wysłan[eo] z |lähetetty |odesláno z |отправлено (?:с|из) |надіслано з |iphone'?dan gönderildi|iphoneから送信|发自我的|發自我的|나의 iphone|مرسل من)/iu;
const farewell =
  /^(?:(?:with )?(?:best|kind|warm|many|kindest|warmest)?\s?(?:regards|wishes|greetings)|best|cheers|thanks(?: and regards)?|many thanks|thank you|sincerely|yours (?:sincerely|faithfully|truly)|mit freundlichen gr(?:ü|ue)(?:ß|ss)en|(?:viele|liebe|beste|herzliche|schöne) gr(?:ü|ue)(?:ß|ss)e|mfg|(?:bien )?cordialement|bien à vous|meilleures salutations|(?:un )?(?:cordial )?saludos?(?: cordiales)?|atentamente|atenciosamente|(?:com os melhores )?cumprimentos|abraços?|(?:cordiali|distinti) saluti|met vriendelijke groet(?:en)?|groeten|(?:med )?vänlig(?:a)? hälsning(?:ar)?|(?:med )?venlig hilsen|(?:med )?vennlig hilsen|mvh|ystävällisin terveisin|z poważaniem|pozdrawiam|s pozdravem|üdvözlettel|saygılarımla|с уважением|з повагою|此致|敬上|よろしくお願いいたします。?|감사합니다\.?|مع (?:خالص )?التحية)[\s,.!–-]*$/iu;
const listFooter = /^_{20,}$|^you (?:received|are receiving) this (?:message|e-?mail) because/iu;
const notice =
  /^(?:\W*)(?:this (?:e-?mail|message|communication)\b.{0,80}\b(?:confidential|intended|privileged)|(?:confidentiality )?disclaimer:|confidentiality notice|diese e-?mail\b.{0,80}\bvertraulich|ce (?:message|courriel|mail)\b.{0,80}\bconfidentiel|este (?:correo|mensaje|e-?mail)\b.{0,80}\bconfidencia|questa e-?mail\b.{0,80}\briservat|please consider the environment)/iu;

/** Rows of a mail below its text: the reason why they are cut, and the index of the first. */
const maxSignatureRows = 40;
const maxFarewellRows = 12;

const findSignature = (rows: readonly string[]): number => {
  const delimiter = rows.findIndex(
    (row, index) => signatureDelimiter.test(row) && rows.length - index <= maxSignatureRows,
  );
  if (delimiter !== -1) return delimiter;
  const from = Math.max(1, rows.length - maxFarewellRows);
  const short = (row: string) => row.trim().length <= 70 && !/[.!?]$/u.test(row.trim());
  const closing = rows.findIndex(
    (row, index) => index >= from && farewell.test(row.trim()) && rows.slice(index + 1).every(short),
  );
  if (closing !== -1) return closing;
  return rows.findIndex((row, index) => index >= from && (deviceLine.test(row.trim()) || listFooter.test(row.trim())));
};

const attribution =
  /^(?:>\s?)?(?:on\s.{5,200}|am\s.{5,200}|le\s.{5,200}|el\s.{5,200}|em\s.{5,200}|il\s.{5,200}|op\s.{5,200}|den\s.{5,200}|w dniu\s.{5,200}|dne\s.{5,200}|.{0,60}\d{4}.{0,120})\s?(?:wrote|schrieb|a écrit|escribió|escreveu|ha scritto|scrive|schreef|skrev|napisał\(?a?\)?|napsal\(?a?\)?|пишет|написал\(?а?\)?|kirjoitti|yazdı|写道|寫道|のメール|작성|كتب)\b.{0,60}[:：]\s*$/iu;
const divider =
  /^[\s*>]*(?:-{2,}\s?)?(?:original message|forwarded message|begin forwarded message|ursprüngliche nachricht|originalnachricht|weitergeleitete nachricht|anfang der weitergeleiteten nachricht|message d'origine|message d’origine|message transféré|début du message transféré|mensaje original|mensaje reenviado|inicio del mensaje reenviado|mensagem original|mensagem encaminhada|messaggio originale|messaggio inoltrato|inizio messaggio inoltrato|oorspronkelijk bericht|doorgestuurd bericht|ursprungligt meddelande|vidarebefordrat meddelande|oprindelig meddelelse|videresendt meddelelse|wiadomość oryginalna|wiadomość przekazana|původní zpráva|пересланное сообщение|пересылаемое сообщение|исходное сообщение|yönlendirilen ileti|原始邮件|转发邮件|转发的邮件|原始郵件|轉寄郵件|元のメッセージ|転送されたメッセージ|원본 메시지|전달된 메시지)\s?:?(?:\s?-{2,})?[\s*]*$/iu;

export interface EarlierMail {
  readonly index: number;
  /** The row below which it, or its header, begins. */
  readonly contentIndex: number;
}

const removeQuoteMark = (row: string): string => row.replace(/^>\s?/u, '');

/** Where an earlier mail begins: a divider, a header, or "On Tuesday, Anna wrote:" above quoted rows. */
export const findEarlierMail = (rows: readonly string[]): EarlierMail | undefined => {
  for (const [index, row] of rows.entries()) {
    if (row.length > 300) continue;
    if (divider.test(row)) return { index, contentIndex: index + 1 };
    const isBelowGap = index > 0 && /^[\s>_=-]*$/u.test(rows[index - 1] ?? '');
    if (isBelowGap && isMailHeaderAt(rows, index)) return { index, contentIndex: index };
    if (isAttribution(rows, index)) return { index, contentIndex: index + 1 };
  }
  return undefined;
};

const isMailHeaderAt = (rows: readonly string[], index: number): boolean =>
  /^[>\s*]*\p{L}[^:：]{0,40}[:：]/u.test(rows[index] ?? '') &&
  findMailHeader(rows.slice(index, index + 30).map(removeQuoteMark), 0) !== undefined;

const isAttribution = (rows: readonly string[], index: number): boolean => {
  const [row = '', next = ''] = rows.slice(index, index + 2).map((each) => each.slice(0, 300).trim());
  const isQuoted = (from: number) => /^>/u.test(rows.slice(from, from + 3).find((each) => each.trim() !== '') ?? '');
  if (/[:：]$/u.test(row)) return attribution.test(row) && isQuoted(index + 1);
  return /[:：]$/u.test(next) && attribution.test(`${row} ${next}`) && isQuoted(index + 2);
};

/** The rows of an earlier mail, without the marks of a quotation where all of it is one. */
export const selectEarlierRows = (rows: readonly string[], { contentIndex }: EarlierMail): readonly string[] => {
  const below = rows.slice(contentIndex);
  return below.every((row) => row.trim() === '' || row.startsWith('>')) ? below.map(removeQuoteMark) : below;
};

const cutFrom = (rows: readonly string[], index: number, reason: string): CutText[] => {
  const text = hideAddresses(rows.slice(index).join('\n')).trim();
  return text === '' ? [] : [{ text, reason }];
};

/** What the receiver's mail server puts above mails from outside. */
const banner =
  /^(?:\W*)(?:(?:caution|warning|attention|achtung|vorsicht|important)\b.{0,40}\b(?:external|outside|extern)|\[?external(?:\]| e-?mail| sender)|this (?:e-?mail|message) (?:originated|was sent|came) from outside|(?:diese|die) e-?mail (?:stammt|kommt|wurde) .{0,40}\bextern|ce (?:message|courriel|mail) (?:provient|vient) .{0,40}\bext(?:é|e)rieur|este (?:correo|mensaje) .{0,40}\bexterno|you don['’]t often get e-?mail from|sie erhalten nicht oft e-?mails? von)/iu;
const maxBannerRows = 5;

/** Cuts the warning of a mail server from the beginning of a mail's text. */
export const cutBanner = (rows: readonly string[]): { rows: readonly string[]; cut: readonly CutText[] } => {
  const start = rows.findIndex((row) => row.trim() !== '');
  const end = rows.findIndex((row, index) => index > start && row.trim() === '');
  const first = rows.slice(start, end);
  if (start < 0 || end < 0 || first.length > maxBannerRows || !banner.test(first.join(' ').slice(0, 500)))
    return { rows, cut: [] };
  return {
    rows: rows.slice(end),
    cut: [{ text: hideAddresses(first.join('\n')).trim(), reason: 'notice of the mail' }],
  };
};

/** Cuts signature, list footer and notice from the end of a mail's text. */
export const cutSignature = (rows: readonly string[]): { rows: readonly string[]; cut: readonly CutText[] } => {
  let kept = trimRows(rows);
  const cut: CutText[] = [];
  for (let pass = 0; pass < 4; pass += 1) {
    const last = findLastParagraph(kept);
    const isNotice = last > 0 && notice.test(kept.slice(last).join(' ').slice(0, 500));
    const index = isNotice ? last : findSignature(kept);
    if (index <= 0) break;
    cut.unshift(...cutFrom(kept, index, isNotice ? 'notice of the mail' : 'signature'));
    kept = trimRows(kept.slice(0, index));
  }
  return { rows: kept, cut };
};

const trimRows = (rows: readonly string[]): readonly string[] =>
  rows.slice(0, rows.findLastIndex((row) => row.trim() !== '') + 1);

const findLastParagraph = (rows: readonly string[]): number => rows.findLastIndex((row) => row.trim() === '') + 1;

export const cutEarlierMail = (rows: readonly string[], index: number): CutText[] =>
  cutFrom(rows, index, 'quoted mail');
