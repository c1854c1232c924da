import { type Element, formatElementNames } from '../body/tree.ts';

/** Words in class, id and role by the purpose that they name. Only words that many sites use belong here. */
const wordsByPurpose: Readonly<Record<string, string>> = {
  nav: 'nav navbar navigation menu menubar submenu breadcrumb breadcrumbs crumbs topbar tabs tablist skip pager pagination paging toolbar tools',
  foot: 'footer foot colophon contentinfo copyright legal disclaimer',
  head: 'header masthead banner hero topper',
  side: 'sidebar side aside rail secondary complementary rightcol leftcol right left sidebars',
  share: 'share sharing social socials addthis addtoany sharedaddy follow bookmark bookmarks sns print email',
  related:
    'related recommended recommendations recommend recirc outbrain taboola trending popular latest recent next previous prev teaser teasers also further discover explore headlines',
  newsletter: 'newsletter newsletters subscribe subscription signup optin mailing',
  overlay: 'cookie cookies consent gdpr modal popup overlay dialog lightbox alert notification tooltip',
  ad: 'ad ads advert adverts advertisement advertising sponsor sponsors sponsored promo promos promotion promotional cta offer offers affiliate deal deals product products price buy',
  comments:
    'comment comments commentlist disqus respond reply replies discussion talkback feedback reviews rating ratings poll',
  meta: 'meta byline bylines dateline date time timestamp published updated info credit credits source reading',
  author: 'author authors bio contributor contributors writer profile avatar team',
  tags: 'tag tags taglist categories category cat topics topic keywords kicker label eyebrow badge',
  toc: 'toc contents jump anchors outline',
  widget: 'widget widgets module sidebar-widget',
  card: 'card cards tile tiles grid carousel slider slide swiper list feed posts archive listing',
  picture: 'caption captions figcaption photo photos image images gallery slideshow media thumbnail thumb picture',
  title: 'title headline heading',
  lede: 'subtitle standfirst dek deck summary excerpt intro introduction lede lead subhead subheading description teaser-text abstract',
  body: 'body text content copy article story post entry prose richtext wysiwyg hentry main paragraph articlebody bodytext storytext tinymce markdown',
  accordion: 'accordion faq faqs collapse collapsible toggle panel tab answer question',
  form: 'form search login field input captcha button btn buttons',
  hidden: 'hidden invisible only offscreen screen',
  quote: 'quote pullquote blockquote callout note tip highlight box aside-box',
  code: 'code highlight pre snippet',
};

const purposeByWord = new Map(
  Object.entries(wordsByPurpose).flatMap(([purpose, words]) =>
    words.split(' ').map((word): [string, string] => [word, purpose]),
  ),
);

/** The first and the last word of a name such as `postMeta`, which name its purpose. */
const splitEndWords = (name: string): string[] =>
  name.split('__').flatMap((part) => {
    const words = part
      .replace(/([a-z])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .split(/[^\p{L}]+/u)
      .filter((word) => word !== '');
    return words.length > 5 ? [] : [words[0], words.at(-1)].filter((word) => word !== undefined);
  });

export const findPurposes = (element: Element): ReadonlySet<string> => {
  const words = formatElementNames(element).split(/\s+/).slice(0, 12).flatMap(splitEndWords);
  return new Set(words.flatMap((word) => purposeByWord.get(word) ?? []));
};
