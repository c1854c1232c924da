export type LeftState = 'unsubscribed' | 'bounced' | 'complained';
export type StatedStatus = 'active' | 'paused' | 'pending' | LeftState;

/** Of several signs of having left, the first of these counts. */
export const leftStates = ['complained', 'bounced', 'unsubscribed'] as const;

/** How words begin that say that somebody left, or that mail does not reach them, in the languages of exports. */
const leftBeginnings: Readonly<Record<LeftState, string>> = {
  complained: 'complain spam junk abuse plainte beschwer klacht queja жалоб спам 苦情 迷惑 投诉 스팸',
  bounced: `bounc gebounc hardbounc cleaned cleantime cleancampaign undeliver unreach invalid unzustell unerreich ungultig ungueltig
    rebot rejete rimbalz devuelt devolvid onbezorg ongeldig odbit nieprawidl недостав недоступ недейств
    不達 エラー 退信 无效 無效 반송`,
  unsubscribed: `unsub desub optout optedout cancel inactiv deactiv disabled blocked blocklist blacklist suppress delet
    removed archived banned churned lapsed expired withdrawn revoked rejected declined stopped stoptime stopdate stopstatus ended erased excluded
    formerpatron formermember formersubscriber formerreader nonsub notsub neversub nosub donotmail donotemail donotcontact nolonger
    abgemeld abmeld gekundigt gekuendigt abbestell ausgetragen ausgetreten gesperrt gelosch geloesch inaktiv widerruf
    storniert entfernt abgelehnt desabonn desinscri resili annul supprim inactif bloque desactiv
    desuscri eliminad rechazad anulad borrad dadodebaja dadadebaja descadastr removid inativ desativ recusad apagad
    disiscri cancellat inattiv disattiv bloccat eliminat rimoss disabilit revocat rifiutat
    afgemeld uitgeschrev uitschrij opgezegd geblokk verwijder geannul geweiger
    avregistr avprenum avslut avanmal avmal avmeld afmeld frameld oppsagt opsagt raderad slettet borttag avbest
    blockerad blokkert blokeret wypisan zrezygn rezygn nieaktyw usuniet zablokow anulow wyrejestr
    odhlas zrusen neaktiv smazan zablok odstran leiratkoz torolt letilt peruut peruttu poistet estetty epaaktiiv
    dezabon anulat blocat abonelikten iptal pasif engellen silindi ayrildi
    отпис отказ удал заблок неактив отмен відпис видал скасов διαγραφ απεγγραφ ανενεργ
    退会 解除 停止 解約 削除 脱退 拒否 退订 退訂 取消 拉黑 黑名单 黑名單 删除 刪除 停用
    해지 거부 취소 탈퇴 삭제 차단 الغاء ملغ הוסר ביטל`,
};

/** Words that say so only as the whole of a status: `baja` is also the beginning of a Mexican state. */
const leftWords: Readonly<Record<LeftState, string>> = {
  complained: '',
  bounced: 'dead b',
  unsubscribed:
    'left quit gone former off baja dnc u out disable block remove delete exclu exclue retire transactional',
};

/** Of these words, a heading is a sign too. */
const leftHeadingWords = new Set(['left', 'quit', 'baja', 'dnc']);

/** Nobody has such a word in another column for another reason. */
const plainWords = `unsubscribed unsubscriber optedout hardbounced bounced complained spamcomplaint markedasspam blocklisted
  blacklisted emaildisabled desabonne desabonnee desinscrit desinscrite abgemeldet abbestellt uitgeschreven afgemeld
  dadodebaja dadadebaja descadastrado descadastrada disiscritto disiscritta wypisany wypisana avregistrerad
  отписан отписана отписался 退订 已退订 配信停止 登録解除 수신거부`;

const activeWords = `active subscribed subscribe subscriber confirmed enabled optedin optin verified cold yes true on 1
  aktiv abonniert angemeldet bestatigt bestaetigt ja abonne abonnee actif inscrit inscrite confirme confirmee oui
  activo activa suscrito suscrita confirmado confirmada si alta ativo ativa inscrito assinante sim
  attivo attiva iscritto iscritta confermato actief aangemeld ingeschreven bevestigd aktywny zapisany potwierdzony
  aktivni prenumererar prenumererad bekraftad tilmeldt pameldt bekreftet aktiivinen aktif abone
  активен активный активна подписан подписана подтвержден 有効 登録済 購読中 配信中 已订阅 已訂閱 有效 활성 구독중`;

/** How words begin that say that somebody never confirmed. */
const pendingBeginnings = `pending unconfirm notconfirm unactivat unverif notverif notactivat awaiting waiting validating
  requiresverif requiresconf optinpending invited unbestatigt unbestaetigt nichtbestatigt nichtbestaetigt ausstehend
  nonconfirme enattente pendient sinconfirmar pendente naoconfirm inattesa nonconferm onbevestigd inafwachting
  niepotwierdz oczekuj obekraft afventer ubekreft ожида неподтвержд 未確認 仮登録 待确认 未确认 미확인 대기`;

/** Cells of databases and spreadsheets that hold nothing. */
const emptyCell = /^(?:[-–—.?\s]*|\\n|n\/?a|null|none|nil|undefined|nan|never|0000-00-00.*)$/i;

const noWords = `no false 0 n f nein non nee nej nao не нет ні nie ei hayir いいえ 否 아니오 falso faux falsch unchecked ne`;

/** Words without case, accents and punctuation; `emailDisabled` is two words. */
export const toWords = (text: string): string[] =>
  text
    .slice(0, 200)
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('ł', 'l')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

const compact = (text: string): string => toWords(text).join('');
const toList = (words: string): string[] => words.trim().split(/\s+/).map(compact).filter(Boolean);

/** What begins a word can stand anywhere in scripts without spaces between words. */
const isUnspaced = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]/u;
const toBeginnings = (words: string) => {
  const all = toList(words);
  return {
    spaced: all.filter((word) => !isUnspaced.test(word)),
    unspaced: all.filter((word) => isUnspaced.test(word)),
  };
};

const beginnings = leftStates.map((state) => ({ state, words: toBeginnings(leftBeginnings[state]) }));
const wholeWords = leftStates.map((state) => ({ state, words: new Set(toList(leftWords[state])) }));
const [plain, active, no] = [plainWords, activeWords, noWords].map((words) => new Set(toList(words)));
const pending = toBeginnings(pendingBeginnings);

/** The text from each of its words on, without spaces: a beginning may be several words. */
const startsWithAny = (words: readonly string[], { spaced, unspaced }: ReturnType<typeof toBeginnings>): boolean => {
  const starts = words.map((_, index) => words.slice(index).join(''));
  return (
    unspaced.some((beginning) => starts[0]?.includes(beginning)) ||
    starts.some((start) => spaced.some((beginning) => start.startsWith(beginning)))
  );
};

const findLeftBeginning = (words: readonly string[]): LeftState | undefined =>
  beginnings.find((each) => startsWithAny(words, each.words))?.state;

export const isEmptyCell = (cell: string): boolean => emptyCell.test(cell.trim());

export const isNo = (cell: string): boolean => no?.has(compact(cell)) === true;

/** A system's own words for a status, which go before those of all systems. */
export type StatusWords = ReadonlyMap<string, StatedStatus>;

/** Undefined for a word that is not known. */
export const parseStatusWord = (cell: string, ownWords?: StatusWords): StatedStatus | undefined => {
  const own = ownWords?.get(toWords(cell).join(' '));
  if (own) return own;
  if (/^-\s*\d/.test(cell.trim()) || isNo(cell)) return 'unsubscribed';
  const words = toWords(cell);
  const whole = words.join('');
  const left = findLeftBeginning(words) ?? wholeWords.find((each) => each.words.has(whole))?.state;
  if (left) return left;
  if (startsWithAny(words, pending)) return 'pending';
  if (/^(?:paused|pausiert|en pause|pausado|in pausa)$/.test(words.join(' '))) return 'paused';
  return active?.has(whole) ? 'active' : undefined;
};

/** A column whose cells say, unless they are empty or a no, that somebody left. */
export const findLeftHeading = (heading: string): LeftState | undefined => {
  const words = toWords(heading);
  return findLeftBeginning(words) ?? (words.some((word) => leftHeadingWords.has(word)) ? 'unsubscribed' : undefined);
};

/** A cell of any column, such as one of tags, that has a status as one of its items. */
export const findLeftItem = (cell: string): LeftState | undefined => {
  const item = cell.split(/[,;|]/).find((each) => plain?.has(compact(each)));
  return item === undefined ? undefined : (findLeftBeginning(toWords(item)) ?? 'unsubscribed');
};
