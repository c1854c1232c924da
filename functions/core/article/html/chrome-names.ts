import { type Element, namesOf } from './tree.ts';

/** `postMeta related_links` as `post-meta related-links`, so that each word of a name can be found. */
const partedNames = (element: Element): string => namesOf(element).replace(/_+/g, '-');

const named = (words: string): RegExp => new RegExp(`(?:^|[\\s-])(?:${words})(?=$|[\\s-])`);

const conversation = named(
  'comments?|comment-?(?:list|area|form|section|thread)|disqus|respond|replies|discussion|talkback|responses',
);

const chrome = named(
  [
    'nav(?:bar|igation)?|menu|breadcrumbs?|sidebar|footer|masthead|topbar|toolbar|pagination|pager|paging|skip-link',
    'share|sharing|sharedaddy|addthis|addtoany|social|socials|follow|bookmarks?',
    'related|recommended|recommendations?|recirc(?:ulation)?|outbrain|taboola|trending|popular|most-read|most-viewed|read-next|up-next|more-stories|more-from|also-read|see-also|teasers?|crosslinks?',
    'newsletter|subscribe|subscription|signup|sign-up|opt-?in|mailing-list|cta|call-to-action|paywall|regwall',
    'cookies?|consent|gdpr|popup|modal|overlay|lightbox|dialog|alertdialog',
    'ads?|advert(?:s|isement|ising)?|adsbygoogle|ad-(?:slot|unit|container|wrapper)|sponsors?|sponsored|promos?|promotion|banner|affiliate-disclosure',
    'widgets?|login|search|searchform|print|printer|email-this|rating|ratings|poll|toc|table-of-contents|tag-?list|tags|tag-?links|categories|cat-links',
    'author-?(?:bio|box|info|card|profile|description)|about-(?:the-)?author|bio|bylines?|copyright|screen-reader-text|sr-only|visually-hidden|hidden|post-?meta|entry-?meta|article-?meta|meta',
    'complementary|navigation|contentinfo|search|menubar|tablist|toolbar|alert',
  ].join('|'),
);

/** Whether class, id or role say that readers' comments stand here. */
export const isConversation = (element: Element): boolean => conversation.test(partedNames(element));

/** Whether class, id or role say that page chrome stands here. */
export const hasChromeName = (element: Element): boolean => chrome.test(partedNames(element));

const body = named(
  '(?:article|post|entry|story|news|blog|content|page|single|main|rich)-?(?:body|content|text|copy|inner|detail)|articlebody|article|story|richtext|rich-text|prose|wysiwyg|hentry|h-entry|e-content|main|content',
);

/** Whether class or id say that the article's body stands here. */
export const hasBodyName = (element: Element): boolean => body.test(partedNames(element));
