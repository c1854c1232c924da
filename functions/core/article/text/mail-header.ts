/** The fields that say what a mail is; `other` is for mail programs. */
export type MailField = 'from' | 'subject' | 'date' | 'recipient' | 'encoding' | 'type' | 'other';

export interface MailHeaderLine {
  readonly field: MailField;
  /** As written: `From`, `Betreff`. */
  readonly name: string;
  readonly value: string;
}

export interface SavedMailHeader {
  readonly lines: readonly MailHeaderLine[];
  /** How many rows of the text the header and the empty line below it take. */
  readonly rowCount: number;
}

const names: readonly (readonly [MailField, string])[] = [
  [
    'from',
    'from|sender|von|absender|de|expéditeur|remitente|remetente|da|mittente|van|afzender|från|avsändare|fra|afsender|avsender|od|nadawca|odesílatel|feladó|lähettäjä|от|отправитель|від|kimden|gönderen|από|de la|dari|发件人|發件人|寄件者|寄件人|差出人|送信者|보낸사람|보낸 사람|من|מאת|प्रेषक|จาก|từ',
  ],
  [
    'subject',
    'subject|re|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|temat|předmět|predmet|tárgy|aihe|тема|konu|θέμα|subiect|subjek|perihal|主题|主題|主旨|件名|제목|الموضوع|נושא|विषय|เรื่อง|chủ đề',
  ],
  [
    'date',
    'date|sent|datum|gesendet|envoyé|date d’envoi|fecha|enviado|enviado el|data|enviada em|enviado em|data de envio|inviato|data di invio|verzonden|dato|sendt|skickat|wysłano|data wysłania|odesláno|dátum|elküldve|päivämäärä|päiväys|lähetetty|дата|отправлено|надіслано|tarih|gönderildi|ημερομηνία|trimis|tanggal|日期|发送时间|寄件日期|日時|日付|送信日時|날짜|보낸 날짜|التاريخ|תאריך|दिनांक|วันที่|ngày',
  ],
  [
    'recipient',
    'to|cc|bcc|reply-to|reply to|delivered-to|return-path|an|kopie|antwort an|à|copie à|cc :|répondre à|para|copia|responder a|a|per|rispondi a|aan|till|til|kopia|do|dw|komu|kopie|címzett|vastaanottaja|kopio|кому|копия|копія|kime|bilgi|προς|către|kepada|收件人|抄送|宛先|받는사람|받는 사람|참조|إلى|نسخة|אל|प्रति|ถึง|đến',
  ],
  ['encoding', 'content-transfer-encoding'],
  ['type', 'content-type'],
  [
    'other',
    'mime-version|message-id|in-reply-to|references|received|user-agent|organization|importance|priority|sensitivity|thread-topic|thread-index|precedence|content-disposition|content-language|authentication-results|dkim-signature|arc-seal|attachments|anlagen|pièces jointes|datos adjuntos|anexos|allegati|wichtigkeit|importancia|resent-from|resent-date|mailing-list|priorité|附件|添付ファイル',
  ],
];

const fieldByName = new Map(
  names.flatMap(([field, list]) => list.split('|').map((name): [string, MailField] => [name, field])),
);

const headerLine =
  /^\*{0,2}(?<name>[\p{L}][\p{L}\p{M} ’'-]{0,40}?)\s?\*{0,2}[:：]\*{0,2}(?:\s+|(?<=：)|$)(?<value>.*)$/u;

const findMailField = (name: string): MailField | undefined =>
  fieldByName.get(name.toLowerCase()) ??
  (/^(?:x|list|arc|dkim|content|resent)-[\w-]+$/i.test(name) ? 'other' : undefined);

const parseHeaderLine = (row: string): MailHeaderLine | undefined => {
  const { name, value } = headerLine.exec(row.slice(0, 2000))?.groups ?? {};
  const field = name === undefined ? undefined : findMailField(name.trim());
  return name === undefined || field === undefined
    ? undefined
    : { field, name: name.trim(), value: value?.trim() ?? '' };
};

const maxHeaderRows = 200;

/** The header of a mail that begins at a row; undefined where these are not certain to be the headers of a mail. */
export const findMailHeader = (rows: readonly string[], start: number): SavedMailHeader | undefined => {
  const lines: MailHeaderLine[] = [];
  // Mail boxes begin each mail with "From address date".
  let index = /^From \S+@\S+ /.test(rows[start] ?? '') ? start + 1 : start;
  for (; index < rows.length && index - start < maxHeaderRows; index += 1) {
    const row = rows[index] ?? '';
    const last = lines.at(-1);
    const found = parseHeaderLine(row);
    if (found) lines.push(found);
    else if (last && /^[ \t]+\S/.test(row)) lines[lines.length - 1] = { ...last, value: `${last.value} ${row.trim()}` };
    else break;
  }
  const isEnded = (rows[index] ?? '').trim() === '';
  return isEnded && isMailHeader(lines) ? { lines, rowCount: index + 1 - start } : undefined;
};

const isMailHeader = (lines: readonly MailHeaderLine[]): boolean => {
  const has = (field: MailField) => lines.some((line) => line.field === field);
  const hasAddress = lines.some(
    ({ field, value }) => (field === 'from' || field === 'recipient') && /\S@\S/.test(value),
  );
  if (!has('from') && !has('recipient')) return false;
  if (has('subject')) return hasAddress || (has('from') && (has('date') || has('recipient')));
  return hasAddress && has('from') && has('date');
};

export const findHeaderValue = ({ lines }: SavedMailHeader, field: MailField): string =>
  lines.find((line) => line.field === field && line.value !== '')?.value ?? '';
