/** These alone make a dateline certain: "Berlin (dpa) - ". */
const agencies = new Set(
  `reuters|thomson reuters|thomson reuters foundation|ap|associated press|the associated press|afp|agence france-presse|dpa|upi|efe|efecom|ansa|lusa|belga|apa|sda|keystone-sda|epd|kna|sid|itar-tass|tass|interfax|interfax.ru|ria|ria novosti|sputnik|xinhua|kyodo|jiji|yonhap|pti|press trust of india|ani|ians|uni|aap|cp|the canadian press|pa|pa media|press association|bloomberg|cnn|bbc|npr|rtr|dts|ots|anp|ntb|tt|ritzau|stt|pap|čtk|ctk|mti|aa|anadolu|dha|iha|irna|wam|spa|mena|petra|sana|kuna|qna|ina|bna|bernama|antara|vna|app|bss|unb|app|cna|belta|ukrinform|tanjug|hina|sta|agerpres|mediafax|bta|lsm|ap/reuters|prnewswire|business wire|globe newswire|globenewswire|newswire|ap sports|europa press|ep|télam|telam|notimex|infobae|prensa latina|agência brasil|agencia brasil|estadão conteúdo|folhapress|adnkronos|agi|lapresse|askanews|dire|radiocor|
رويترز|أ ف ب|ا ف ب|أ.ف.ب|د ب أ|د ب ا|أ ش أ|أ.ش.أ|وام|واس|واع|كونا|قنا|بنا|بترا|سانا|وفا|الأناضول|شينخوا|ایرنا|ایسنا|فارس|مهر|תמר|рейтер|рейтерс|риа новости|тасс|итар-тасс|интерфакс|укринформ|укрінформ|уніан|унн|белта|спутник|казинформ|
भाषा|पीटीआई|पीटीआई-भाषा|वार्ता|यूनीवार्ता|आईएएनएस|एएनआई|रायटर|रॉयटर्स|एपी|एएफपी|शिन्हुआ|हि.स|हि.स.|एजेंसी|बासस|বাসস|ইউএনবি|
ซินหัว|สำนักข่าวไทย|รอยเตอร์|รอยเตอร์ส|เอเอฟพี|เอพี|ไทยรัฐ|
路透|路透社|新华社|新華社|中新社|中新网|中央社|法新社|美联社|美聯社|ロイター|共同|共同通信|時事|時事通信|연합뉴스|뉴시스|뉴스1`
    .split('|')
    .map((name) => name.trim()),
);

/** Whether a text is the name of an agency and nothing else. */
export const isAgencyName = (written: string): boolean => agencies.has(written.toLowerCase());

/** "dpa", "dpa/lno", "AP Sports". */
export const isAgency = (written: string): boolean => {
  const name = written.trim();
  return isAgencyName(name) || isAgencyName(name.split(/[/\s-]/u)[0] ?? '');
};
