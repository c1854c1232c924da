/**
 * Phrases of page chrome in several languages, in lower case and without punctuation. Only what many sites have in
 * common belongs here, never the name or slogan of one.
 */

/** Lines that are only a control or a part of the page. */
const labels = `
skip to content|skip to main content|skip to navigation|skip navigation|jump to content|menu|main menu|search|search for|close|home|homepage|
log in|login|sign in|sign up|register|my account|log out|logout|create account|create a free account|subscribe|subscribe now|subscribe today|subscribe sign in|
contact|contact us|about|about us|who we are|our team|our story|careers|jobs|press|help|help center|faq|faqs|support|advertise|advertise with us|advertising|
privacy|privacy policy|privacy statement|privacy notice|your privacy choices|cookie policy|cookie settings|cookie preferences|manage cookies|accept|accept all|accept cookies|reject all|
terms|terms of use|terms of service|terms conditions|terms and conditions|legal notice|imprint|accessibility|accessibility statement|sitemap|site map|site index|disclaimer|
share|share this|share this article|share this post|share this story|share article|share on facebook|share on twitter|share on x|share on linkedin|tweet|tweet this|pin it|like|likes|save|save article|bookmark|copy link|link copied|
print|print this|print article|print this article|print page|printer friendly|printer friendly version|printable version|email|email this|email this article|email a friend|email to a friend|e mail to a friend|e mail this article|send to a friend|text size|font size|
facebook|twitter|x|instagram|linkedin|youtube|pinterest|tiktok|whatsapp|telegram|reddit|threads|bluesky|mastodon|snapchat|tumblr|digg|digg this|del icio us|delicious|stumbleupon|newsvine|flipboard|rss|rss feed|rss feeds|follow|follow us|follow us on|follow me|unfollow|
newsletter|newsletters|email address|your email|enter your email|your name|first name|last name|phone number|submit|send|reply|loading|comment|comments|
advertisement|advertisment|sponsored|sponsored links|sponsored content|ads by google|promoted|promoted content|paid content|
read more|learn more|see more|view more|load more|show more|more|view all|see all|show all|continue reading|continue reading below|click here|find out more|get started|book a demo|free trial|start free trial|
back to top|top|return to top|scroll to top|go to top|previous|next|prev|older|newer|back|previous post|next post|previous article|next article|
video|videos|photos|galleries|photo gallery|slideshow|podcasts|blogs|archives|archive|columnists|obituaries|classifieds|weather|horoscopes|crossword|shop|shopping|cart|add to cart|checkout|
table of contents|in this article|on this page|what's this|opens a new tab|opens in a new tab|opens in new window|get license rights|purchase licensing rights|reprints|permissions|
open image caption|close image caption|view comments|show comments|post comment|post a comment|add a comment|all rights reserved|
startseite|suche|anmelden|einloggen|abmelden|registrieren|menü|kontakt|über uns|impressum|datenschutz|datenschutzerklärung|agb|teilen|auf facebook teilen|drucken|artikel drucken|per mail|merken|kommentare|kommentar|kommentar schreiben|kommentieren|werbung|anzeige|weiterlesen|mehr lesen|mehr erfahren|mehr anzeigen|nach oben|zum seitenanfang|zurück|weiter|abonnieren|jetzt abonnieren|folgen|newsletter abonnieren|zum inhalt springen|zur startseite|alle akzeptieren|cookie einstellungen|
accueil|rechercher|recherche|se connecter|connexion|s'inscrire|inscription|s'abonner|je m'abonne|abonnez vous|contactez nous|qui sommes nous|mentions légales|politique de confidentialité|confidentialité|partager|partager sur facebook|imprimer|envoyer par mail|commentaires|commenter|publicité|lire la suite|lire aussi|en savoir plus|voir plus|voir tout|haut de page|retour en haut|suivez nous|suivre|précédent|suivant|aller au contenu|tout accepter|gérer les cookies|
inicio|buscar|iniciar sesión|regístrate|registrarse|suscríbete|suscribirse|suscribirme|contacto|quiénes somos|aviso legal|política de privacidad|política de cookies|compartir|compartir en facebook|imprimir|enviar por correo|comentarios|comentar|publicidad|leer más|seguir leyendo|ver más|ver todo|volver arriba|síguenos|seguir|anterior|siguiente|ir al contenido|aceptar|aceptar todo|menú|
cerca|accedi|registrati|abbonati|contatti|chi siamo|note legali|informativa sulla privacy|condividi|condividi su facebook|stampa|commenti|commenta|pubblicità|leggi tutto|leggi anche|continua a leggere|scopri di più|mostra altro|torna su|seguici|precedente|successivo|vai al contenuto|accetta tutto|
início|entrar|cadastre se|assine|assinar|contato|quem somos|política de privacidade|compartilhar|compartilhe|partilhar|comentários|comente|publicidade|leia mais|leia também|saiba mais|ver mais|voltar ao topo|siga nos|seguir|próximo|aceitar|
zoeken|inloggen|aanmelden|abonneren|over ons|privacybeleid|delen|deel dit artikel|afdrukken|reacties|reageer|advertentie|lees meer|lees ook|meer lezen|terug naar boven|volg ons|vorige|volgende|alles accepteren|
sök|logga in|prenumerera|kontakta oss|om oss|dela|skriv ut|kommentarer|annons|läs mer|läs också|till toppen|följ oss|søg|log ind|abonner|del|kommentar|annonce|læs mere|læs også|søk|logg inn|annonse|les mer|les også|følg oss|haku|kirjaudu|tilaa|jaa|kommentit|mainos|lue lisää|lue myös|
szukaj|zaloguj się|zarejestruj się|subskrybuj|kontakt|o nas|polityka prywatności|udostępnij|drukuj|komentarze|skomentuj|reklama|czytaj więcej|czytaj dalej|czytaj także|zobacz także|powrót do góry|obserwuj nas|poprzedni|następny|
hledat|přihlásit se|sdílet|tisk|diskuse|komentáře|reklama|číst dále|čtěte také|kövess minket|megosztás|hirdetés|tovább|ara|giriş yap|üye ol|abone ol|paylaş|yazdır|yorumlar|yorum yap|reklam|devamını oku|ana sayfa|hakkımızda|iletişim|gizlilik politikası|
поиск|войти|регистрация|подписаться|контакты|о нас|поделиться|печать|комментарии|комментировать|реклама|читать далее|читать также|читайте также|подробнее|наверх|главная|на главную|политика конфиденциальности|
пошук|увійти|підписатися|поділитися|коментарі|читати далі|читайте також|головна|
بحث|تسجيل الدخول|اشترك|اشترك الآن|شارك|مشاركة|طباعة|تعليقات|التعليقات|إعلان|اقرأ المزيد|اقرأ أيضا|اقرأ أيضاً|المزيد|الرئيسية|اتصل بنا|من نحن|سياسة الخصوصية|تابعنا|
جستجو|ورود|اشتراک گذاری|نظرات|بیشتر بخوانید|חיפוש|התחברות|הרשמה|שתף|שתפו|הדפסה|תגובות|פרסומת|קרא עוד|קראו עוד|צור קשר|אודות|
खोजें|लॉग इन|सदस्यता लें|शेयर करें|टिप्पणियाँ|विज्ञापन|और पढ़ें|यह भी पढ़ें|होम|
搜索|登录|注册|订阅|分享|分享到|打印|评论|广告|阅读更多|查看更多|首页|关于我们|联系我们|隐私政策|返回顶部|上一篇|下一篇|
検索|ログイン|登録|購読|シェア|シェアする|印刷|コメント|広告|続きを読む|もっと見る|ホーム|お問い合わせ|プライバシーポリシー|前の記事|次の記事|
검색|로그인|회원가입|구독|공유|공유하기|인쇄|댓글|광고|더보기|홈|문의|개인정보처리방침|이전 글|다음 글`;

/** Controls, which are never a line of a story. */
const controls = `
skip to content|skip to main content|skip to navigation|skip navigation|log in|login|sign in|sign up|register|log out|logout|subscribe|subscribe now|share|share this|share this article|share this post|share this story|share article|tweet|tweet this|pin it|print this|print this article|print article|print page|printer friendly|email this|email this article|email a friend|advertisement|sponsored|sponsored links|ads by google|read more|learn more|see more|view more|load more|show more|continue reading|continue reading below|click here|back to top|return to top|copy link|reply|follow us|opens a new tab|opens in a new tab|add to cart|
anmelden|einloggen|abonnieren|jetzt abonnieren|teilen|auf facebook teilen|drucken|artikel drucken|werbung|anzeige|weiterlesen|mehr lesen|mehr anzeigen|nach oben|zum seitenanfang|zum inhalt springen|kommentar schreiben|
se connecter|s'abonner|partager|partager sur facebook|imprimer|publicité|lire la suite|haut de page|retour en haut|suivez nous|aller au contenu|
iniciar sesión|suscríbete|suscribirse|compartir|compartir en facebook|imprimir|publicidad|seguir leyendo|volver arriba|síguenos|ir al contenido|
accedi|abbonati|condividi|condividi su facebook|pubblicità|continua a leggere|torna su|seguici|vai al contenuto|compartilhar|compartilhe|partilhar|publicidade|assine|voltar ao topo|siga nos|
inloggen|delen|deel dit artikel|afdrukken|advertentie|lees meer|terug naar boven|volg ons|logga in|dela|skriv ut|annons|annonse|annonce|läs mer|les mer|læs mere|mainos|lue lisää|
zaloguj się|udostępnij|drukuj|reklama|czytaj więcej|czytaj dalej|powrót do góry|sdílet|přihlásit se|giriş yap|abone ol|paylaş|yazdır|devamını oku|reklam|hirdetés|megosztás|
войти|подписаться|поделиться|печать|реклама|читать далее|наверх|увійти|підписатися|поділитися|читати далі|
تسجيل الدخول|اشترك الآن|مشاركة|طباعة|إعلان|اقرأ المزيد|تابعنا|اشتراک گذاری|הדפסה|שתפו|פרסומת|קראו עוד|शेयर करें|विज्ञापन|और पढ़ें|
登录|分享|分享到|打印|广告|返回顶部|ログイン|シェア|シェアする|印刷|広告|続きを読む|로그인|공유|공유하기|인쇄|광고`;

/** Beginnings of requests, offers and notices. */
const openings = `
skip to|jump to main|back to|return to|go to top|sign up for|sign up to|sign up and|sign in to|log in to|log in or|login to|register for|register to|subscribe to|subscribe for|subscribe and|join our|join the conversation|join the discussion|
follow us|connect with us|share this|share on|share via|share your|tweet this|print this|email this|e mail this|bookmark this|bookmark with|add to|save to|post this|send this|rate this|
get the latest|get the best|get our|get your free|get updates|get notified|get license|enter your|your email|your e mail|type your email|we use cookies|this site uses|this website uses|by clicking|by continuing|by signing up|by subscribing|by submitting|by using this|
we may earn|when you buy through|this post contains affiliate|this post may contain|this content is provided by|this field is|oops something|thank you your submission|thanks for subscribing|please enable|please sign in|please log in|you must be logged|you must be|required fields|
click here|click to|click on the|download our|download the app|get the app|watch now|listen now|view all|see all|see more|show all|load more|read more|learn more about|find out more|view more|browse all|browse our|explore our|shop our|
advertisement|advertise with|sponsored by|powered by|designed by|developed by|hosted by|this page was|you are here|you have reached|your subscription|already a subscriber|already have an account|not a member|don't have an account|become a member|support our journalism|
do not sell|privacy policy|terms of|terms and conditions|terms use|opens in|opens a|see also|also read|read also|read next|also in|should you|ready to|looking for|want to learn|need help|book a|request a|schedule a|contact us|call us|call now|
melden sie sich|jetzt anmelden|abonnieren sie|folgen sie uns|wir verwenden cookies|diese website verwendet|lesen sie auch|lesen sie mehr|mehr zum thema|siehe auch|teilen sie|ihre e mail|pflichtfelder|
inscrivez vous|abonnez vous|suivez nous|nous utilisons des cookies|ce site utilise|lire aussi|lire également|à lire aussi|voir aussi|partagez|votre adresse|les champs obligatoires|recevez|
suscríbete a|suscríbase|regístrate|síguenos en|utilizamos cookies|este sitio|esta web utiliza|lea también|lee también|leer también|te puede interesar|ver también|comparte|tu dirección de correo|los campos|recibe|
iscriviti|abbonati|seguici|utilizziamo i cookie|questo sito|leggi anche|vedi anche|condividi|il tuo indirizzo|i campi obbligatori|inscreva se|assine|siga nos|utilizamos cookies|este site|leia também|veja também|veja mais|compartilhe|o seu endereço|campos obrigatórios|receba|
schrijf je in|meld je aan|abonneer|volg ons|wij gebruiken cookies|deze website|lees ook|zie ook|deel dit|je e mailadres|prenumerera på|följ oss|vi använder|läs också|se även|læs også|les også|se også|følg oss|lue myös|
zapisz się|zarejestruj|obserwuj nas|używamy plików|ta strona|czytaj także|czytaj też|zobacz też|zobacz także|udostępnij|twój adres|čtěte také|přečtěte si|sledujte nás|olvassa el|abone olun|bizi takip|çerez|ayrıca bkz|e posta adresiniz|
подпишитесь|подписывайтесь|следите за|мы используем|этот сайт|читайте также|читать также|смотрите также|см также|поделитесь|ваш адрес|обязательные поля|підпишіться|читайте також|ми використовуємо|дивіться також|
اشترك في|تابعونا|نستخدم ملفات|اقرأ أيضا|اقرأ أيضاً|شاهد أيضا|لن يتم نشر|قد يعجبك|بیشتر بخوانید|همچنین بخوانید|הירשמו|עקבו אחרינו|קראו גם|ראו גם|यह भी पढ़ें|सब्सक्राइब करें|हमें फॉलो करें|
订阅我们|关注我们|我们使用|另请参阅|相关阅读|推荐阅读|関連記事|あわせて読みたい|フォローする|뉴스레터|관련 기사`;

/** Beginnings of links to other stories within a story. */
const seeAlso = `
see also|also read|read also|also see|you might also like|you may also like|you may also check|you might be interested|more on the topic|more on this topic|more on this story|don't miss|keep reading|recommended reading|lesen sie auch|siehe auch|mehr zum thema|lire aussi|lire également|à lire aussi|voir aussi|lea también|lee también|leer también|ver también|te puede interesar|leggi anche|vedi anche|leia também|veja também|lees ook|zie ook|läs också|läs även|se även|læs også|les også|se også|lue myös|czytaj także|czytaj też|zobacz też|zobacz także|čtěte také|přečtěte si také|olvassa el|ayrıca bkz|ayrıca okuyun|читайте также|читать также|смотрите также|см также|читайте також|дивіться також|اقرأ أيضا|اقرأ أيضاً|شاهد أيضا|شاهد أيضاً|همچنین بخوانید|بیشتر بخوانید|קראו גם|ראו גם|यह भी पढ़ें|另请参阅|相关阅读|関連記事|あわせて読みたい|관련 기사`;

/** Beginnings of what follows a story: comments, other stories, the page's footer. */
const endings = `
leave a reply|leave a comment|leave your comment|post a comment|post your comment|add a comment|add your comment|write a comment|submit a comment|submit your comment|comments closed|comments are closed|no comments|view comments|reader comments|comments for this|discussion about this|join the conversation|have your say|what do you think|write a review|your email address will not|notify me of|
related|related articles|related article|related posts|related post|related stories|related story|related content|related links|related news|related reading|related topics|related coverage|related tags|related products|related resources|similar posts|similar articles|recommended for you|recommended reading|recommended|recommended articles|you may also like|you might also like|you may like|you might like|you might also be interested|you may also be interested|also on|
more from|more stories|more news|more on this|more in|more articles|more posts|more like this|most popular|most read|most viewed|most emailed|most commented|popular posts|popular articles|popular stories|trending|trending now|top stories|latest news|latest posts|latest articles|latest stories|latest from|recent posts|recent articles|recent comments|recent stories|keep reading|keep exploring|up next|read next|what to read next|explore more|other stories|other articles|other news|further reading|in other news|don't miss|editor's picks|
about the author|about the authors|about author|author bio|written by|meet the author|posted in|filed under|filed in|tags|tagged|tagged with|tagged in|tags for|categories|topics|topics in this|share this|bookmark with|copyright|all rights reserved|terms of|previous post|next post|previous article|next article|post navigation|our standards|sponsored links|ads by|external links|discover more|sign up for|subscribe to our|newsletter|stay up to date|stay in touch|stay connected|
kommentare|kommentar schreiben|schreiben sie einen kommentar|hinterlasse einen kommentar|diskutieren sie|ihre meinung|ähnliche artikel|verwandte artikel|mehr zum thema|auch interessant|weitere artikel|weitere meldungen|meistgelesen|das könnte sie|das könnte dich|über den autor|über die autorin|schlagwörter|schlagworte|alle rechte vorbehalten|
commentaires|laisser un commentaire|laissez un commentaire|votre commentaire|réagir|articles similaires|articles liés|articles associés|sur le même sujet|à lire également|vous aimerez aussi|les plus lus|à propos de l'auteur|tous droits réservés|mots clés|
comentarios|deja un comentario|deja una respuesta|deje su comentario|artículos relacionados|noticias relacionadas|te puede interesar|también te puede|lo más leído|lo más visto|más noticias|más información|sobre el autor|todos los derechos|etiquetas|
commenti|lascia un commento|articoli correlati|articoli simili|potrebbe interessarti|potrebbe anche interessarti|i più letti|sull'autore|tutti i diritti|comentários|deixe um comentário|deixe uma resposta|artigos relacionados|notícias relacionadas|você também pode|mais lidas|mais lidos|sobre o autor|todos os direitos|
reacties|geef een reactie|laat een reactie|gerelateerde|meer over|meest gelezen|over de auteur|alle rechten|kommentarer|lämna ett svar|lämna en kommentar|relaterade|mest lästa|mest læste|mest lest|alla rättigheter|skriv en kommentar|legg igjen|vastaa|luetuimmat|kaikki oikeudet|
komentarze|dodaj komentarz|zostaw komentarz|powiązane|podobne artykuły|najczęściej czytane|o autorze|wszelkie prawa|tagi|napsat komentář|související|nejčtenější|všechna práva|yorumlar|yorum yaz|bir cevap yaz|bir yanıt yaz|benzer haberler|ilgili haberler|çok okunanlar|yazar hakkında|tüm hakları|etiketler|
комментарии|оставить комментарий|добавить комментарий|похожие|похожие статьи|по теме|материалы по теме|ещё по теме|популярное|самое читаемое|об авторе|все права|теги|метки|коментарі|залишити коментар|схожі|за темою|усі права|всі права|
اترك تعليقا|اترك تعليقاً|التعليقات|مقالات ذات صلة|أخبار ذات صلة|مواضيع ذات صلة|الأكثر قراءة|قد يعجبك أيضا|جميع الحقوق|الوسوم|كلمات مفتاحية|عن الكاتب|نظرات|مطالب مرتبط|کلیه حقوق|תגובות|השאר תגובה|כתבות נוספות|כל הזכויות|תגיות|टिप्पणी करें|संबंधित|सर्वाधिकार|
发表评论|发表回复|相关文章|相关新闻|相关阅读|热门文章|版权所有|标签|コメントを残す|関連記事|人気記事|この記事を書いた人|댓글|관련기사|관련 기사|저작권자|무단전재`;

/** Words of forms, shops and offers, anywhere in a short line. */
const keywords = `newsletter|newsletters|inbox|subscribe|subscription|unsubscribe|sign up|sign in|log in|login|cookie|cookies|privacy policy|terms of service|terms of use|copyright|all rights reserved|click here|free trial|download|advertisement|sponsored|affiliate|rss|facebook|twitter|instagram|linkedin|pinterest|whatsapp|min read|minute read|minutes read|read time|reading time|views|comments|comment|reply|permalink|posted by|posted in|posted on|filed under|follow us|our team|contact us|opens in|new tab|new window`;

const splitPhrases = (list: string): string[] =>
  list
    .split('|')
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '');

export const chromeLabels: ReadonlySet<string> = new Set(splitPhrases(labels));
export const pageControls: ReadonlySet<string> = new Set(splitPhrases(controls));
export const chromeOpenings: ReadonlySet<string> = new Set(splitPhrases(openings));
export const seeAlsoPhrases: ReadonlySet<string> = new Set(splitPhrases(seeAlso));
export const storyEndings: ReadonlySet<string> = new Set(splitPhrases(endings));
export const chromeKeywords: ReadonlySet<string> = new Set(splitPhrases(keywords));
