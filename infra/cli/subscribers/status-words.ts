export type LeftState = 'unsubscribed' | 'bounced' | 'complained';
export type StatedStatus = 'active' | 'paused' | 'pending' | LeftState;

/** Of several signs of having left, the first of these counts. */
export const leftStates = ['complained', 'bounced', 'unsubscribed'] as const;

/** How words begin that say that somebody left, or that mail does not reach them, in the languages of exports. */
const leftBeginnings: Readonly<Record<LeftState, string>> = {
  complained: 'complain spam junk abuse feedbackloop plainte beschwer klacht queja жалоб спам 苦情 迷惑 投诉 스팸',
  bounced: `bounc gebounc hardbounc cleaned cleantime cleancampaign undeliver unreach invalid unzustell unerreich ungultig ungueltig
    quarantin nondeliver notdeliver nichtzustell nichterreich npai adressemorte
    rebot rejete rimbalz devuelt devolvid onbezorg ongeldig odbit nieprawidl недостав недоступ недейств
    不達 不可 エラー 退信 无效 無效 반송`,
  unsubscribed: `unsub unsus unscub desub optout optedout cancel inactiv deactiv disabled blocked blocklist blacklist suppress delet
    removed archived banned churned lapsed expired withdrawn revoked rejected declined stopped stoptime stopdate stopstatus ended erased excluded
    formerpatron formermember formersubscriber formerreader exsubscr exmember exreader nonsub notsub neversub nosub
    donotmail donotemail donotcontact donotsend dontmail dontemail dontcontact nolonger nomore noemail nomail nocontact
    nonewsletter nomarketing neveremail nevermail nevercontact stopemail stopmail terminat resigned departed dropped purged exited
    exitdate enddate leavedate removal remover withdrew withdrawal objecti objected erase forgetme forgotten ineligib
    abgemeld abmeld gekundigt gekuendigt kundigung kuendigung abbestell ausgetragen austrag ausgetreten austritt ausgeschied
    gesperrt sperr mailsperr werbesperr gelosch geloesch inaktiv deaktiv blockiert geblockt widerruf widerspr robinson
    storn entfernt abgelehnt keineemail keinemail keinewerbung keinnewsletter keinenewsletter keinkontakt nichtmehr
    nichtkontakt nichtanschreib nichtmail schwarzeliste
    desabonn desinscri resiliation annul supprim inactif bloque desactiv refus retirele opposition datedesortie
    nepluscontact neplusenvoy nepascontact nepasenvoy nepasmail listenoire exabonn
    desuscri eliminad rechazad anulad borrad dadodebaja dadadebaja dadosdebaja noenvi nocontact noquier listanegra
    descadastr removid inativ desativ recusad apagad saida saiu naoenvi naocontat naoquer
    disiscri cancellat inattiv disattiv bloccat eliminat rimoss disabilit revocat rifiutat noninvi noncontatt listanera
    afgemeld uitgeschrev uitschrij opgezegd opzegg geblokk verwijder geannul geweiger nietmail nietcontact zwartelijst
    avregistr avprenum avslut avanmal avmal avmeld afmeld frameld oppsagt opsagt raderad slettet borttag avbest sparrad
    blockerad blokkert blokeret wypisan zrezygn rezygn nieaktyw usuniet zablokow anulow wyrejestr skresl
    odhlas odjav zrusen neaktiv smazan zablok odstran leiratkoz lemondt lemondo torolt letilt
    peruut peruttu poistet poistu estetty epaaktiiv atsisak atrakst loobu
    dezabon anulat blocat abonelikten iptal pasif engellen silindi ayrildi çıkış donatdebaixa donadadebaixa
    berhenti hủyđăngký huỷđăngký hủybỏ
    отпис отказ удал заблок неактив отмен выбы исключ черныйсписок відпис видал скасов чорнийсписок одјав
    διαγραφ απεγγραφ ανενεργ ยกเลิก
    退会 解除 停止 解約 削除 脱退 拒否 不要 退订 退訂 取消 拉黑 黑名单 黑名單 删除 刪除 停用 拒收 屏蔽
    해지 거부 취소 탈퇴 삭제 차단 الغاء ملغ حظر محظور לבטל הוסר הסר ביטל`,
};

/** Words that say so only as the whole of a status: `baja` is also the beginning of a Mexican state. */
const leftWords: Readonly<Record<LeftState, string>> = {
  complained: '',
  bounced: 'dead b',
  unsubscribed:
    'left quit gone former off baja dnc u out stop disable block remove delete exclu exclue retire transactional',
};

/** A heading is a sign with one of these words. */
const leftHeadingWords = new Set(
  'left quit gone baja bajas dnc baixa baixas resilie resiliee resilies resiliees'.split(' '),
);

/** A heading is a sign if it is one of these words and nothing else. */
const leftWholeHeadings: ReadonlyMap<string, LeftState> = new Map([
  ['dead', 'bounced'],
  ['fbl', 'complained'],
  ...['stop', 'out', 'off', 'remove', 'delete', 'disable', 'exclu', 'exclue', 'retire'].map(
    (word): [string, LeftState] => [word, 'unsubscribed'],
  ),
]);

/** Nobody has such a word in another column for another reason. */
const plainWords = `unsubscribed unsubscriber optedout hardbounced bounced complained spamcomplaint markedasspam blocklisted
  blacklisted emaildisabled desabonne desabonnee desinscrit desinscrite abgemeldet abbestellt uitgeschreven afgemeld
  dadodebaja dadadebaja descadastrado descadastrada disiscritto disiscritta wypisany wypisana avregistrerad
  отписан отписана отписался 退订 已退订 配信停止 登録解除 수신거부`;

/** How items begin that say so in any column. */
const plainItems = `unsub unsus optout optedout donotmail donotemail donotcontact donotsend noemail nomail nonewsletter
  blacklist blocklist hardbounc abgemeld abmeld abbestell desabonn desinscri dadodebaja descadastr disiscri uitgeschrev
  afgemeld wypisan odhlas отпис 退订 配信停止 수신거부`;

const subscribedWords = `active subscribed subscribe subscriber optedin optin cold
  aktiv abonniert angemeldet abonne abonnee actif inscrit inscrite activo activa suscrito suscrita alta ativo ativa
  inscrito inscrita assinante attivo attiva iscritto iscritta actief aangemeld ingeschreven aktywny zapisany
  aktivni prenumererar prenumererad tilmeldt pameldt aktiivinen aktif abone
  активен активный активна подписан подписана 有効 登録済 購読中 配信中 已订阅 已訂閱 有效 활성 구독중`;

/** Under a heading such as `unsubscribed`, these say the opposite of those above. */
const yesWords = `confirmed enabled verified yes y true t on 1 checked ja j oui si sim да tak ano kylla evet igen はい 是 예
  wahr vrai verdadero verdadeiro vero waar prawda истина
  bestatigt bestaetigt confirme confirmee confirmado confirmada confermato confermata bevestigd potwierdzony bekraftad
  bekreftet подтвержден`;

/** How words begin that say that somebody never confirmed. */
const pendingBeginnings = `pending unconfirm notconfirm unactivat unverif notverif notactivat awaiting waiting validating
  requiresverif requiresconf optinpending invited unbestatigt unbestaetigt nichtbestatigt nichtbestaetigt ausstehend
  nonconfirme enattente pendient sinconfirmar pendente naoconfirm inattesa nonconferm onbevestigd inafwachting
  niepotwierdz oczekuj obekraft afventer ubekreft ожида неподтвержд 未確認 仮登録 待确认 未确认 미확인 대기`;

/** Cells of databases and spreadsheets that hold nothing. */
const emptyCell = /^(?:[-–—.?\s"]*|\\n|n\/?a|\(?null\)?|none|nil|undefined|nan|never|not set|\{\}|\[\])$/i;

/** The times that databases and spreadsheets have in the place of none. */
const noTime = /^(?:0000-00-00|00[./]00[./]0000|0001-01-01|1970-01-01|1899-12-3[01]|30\.11\.-0001)/;

const noWords = `no never false 0 n f nein non nee nej nao не нет ні nie ei hayir いいえ 否 아니오 falso faux falsch unchecked ne`;

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
const [plain, subscribed, yes, no] = [plainWords, subscribedWords, yesWords, noWords].map(
  (words) => new Set(toList(words)),
);
const pending = toBeginnings(pendingBeginnings);
const plainBeginnings = toList(plainItems);

/** The text from each of its words on, without spaces: a beginning may be several words. */
const startsWithAny = (words: readonly string[], { spaced, unspaced }: ReturnType<typeof toBeginnings>): boolean => {
  const starts = words.map((_, index) => words.slice(index).join(''));
  return (
    unspaced.some((beginning) => starts[0]?.includes(beginning)) ||
    starts.some((start) => spaced.some((beginning) => start.startsWith(beginning)))
  );
};

/** A word, of several, with which it begins to say that somebody left. */
export const findLeftBeginning = (words: readonly string[]): LeftState | undefined =>
  beginnings.find((each) => startsWithAny(words, each.words))?.state;

export const isEmptyCell = (cell: string): boolean => emptyCell.test(cell.trim()) || noTime.test(cell.trim());

/** Check marks of spreadsheets that say no. */
const noMarks = /^[×✕✖✗✘❌☐]\ufe0f?$/u;

export const isNo = (cell: string): boolean =>
  no?.has(compact(cell)) === true || /^0+(?:[.,]0+)?$/.test(cell.trim()) || noMarks.test(cell.trim());

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
  const isYes = yes?.has(whole) || /^1[.,]0+$/.test(cell.trim());
  return subscribed?.has(whole) || isYes ? 'active' : undefined;
};

/** Words such as *active*, which say that somebody is subscribed without a heading that asks for it. */
export const isSubscribedWord = (words: string): boolean => subscribed?.has(compact(words)) === true;

/** A column whose cells say, unless they are empty or a no, that somebody left. */
export const findLeftHeading = (heading: string): LeftState | undefined => {
  const words = toWords(heading);
  const hasLeftWord = words.some((word) => leftHeadingWords.has(word));
  return (
    leftWholeHeadings.get(words.join('')) ?? findLeftBeginning(words) ?? (hasLeftWord ? 'unsubscribed' : undefined)
  );
};

/** A cell of any column, such as one of tags or notes, that has a status as one of its items. No part of an address. */
export const findLeftItem = (cell: string): LeftState | undefined => {
  const items = cell.split(/[,;|]|:::/).filter((item) => !/[/@=]/.test(item));
  const words = items.map(toWords).find((each) => {
    const whole = each.join('');
    return (
      plain?.has(whole) ||
      each.some((word) => plain?.has(word)) ||
      plainBeginnings.some((beginning) => whole.startsWith(beginning))
    );
  });
  return words && (findLeftBeginning(words) ?? 'unsubscribed');
};
