/** How a tool marks what it exports. Patterns are those of `createElementTest`. */
export interface Exporter {
  /** Of the generator that the page names. */
  readonly generator?: RegExp;
  /** An element that only this tool writes. */
  readonly mark?: string;
  /** The element that holds the text, where the tool publishes it within a page. Outside of it, all is the site's. */
  readonly body?: string;
  readonly title: string;
  /** What the tool puts before each title. */
  readonly titlePrefix?: RegExp;
  readonly subtitle?: string;
  readonly author?: string;
  readonly published?: string;
  readonly topics?: string;
  /** What is no part of the text, with the reason for the author. */
  readonly cut?: readonly (readonly [patterns: string, reason: string])[];
}

const editorsComment = "editor's comment";
const trackedDeletion = "editor's deletion";
const contents = 'table of contents';
const pageFurniture = 'page header or footer';
const subscription = 'subscription box';
const control = 'button';

const word: Exporter = {
  generator: /^Microsoft Word/i,
  mark: 'div.WordSection1',
  title: '.MsoTitle, .MsoTitleCxSpFirst, .MsoTitleCxSpMiddle, .MsoTitleCxSpLast',
  subtitle: '.MsoSubtitle, .MsoSubtitleCxSpFirst, .MsoSubtitleCxSpLast',
  author: 'p.Author, p.Byline, p.MsoSignature',
  published: 'p.MsoDate, p.Date',
  cut: [
    [
      '.msocomanchor, .MsoCommentReference, .msocomtxt, .MsoCommentText, .MsoCommentSubject, [style*=mso-element:comment], [id^=_com_]',
      editorsComment,
    ],
    ['del, .msoDel', trackedDeletion],
    ['.MsoToc1, .MsoToc2, .MsoToc3, .MsoToc4, .MsoTocHeading', contents],
    ['.MsoHeader, .MsoFooter', pageFurniture],
  ],
};

const googleDocs: Exporter = {
  mark: 'body.doc-content, [class*=lst-kix_], [id^=docs-internal-guid], div.doc-content',
  title: 'p.title, h1.title',
  subtitle: 'p.subtitle',
  cut: [
    ['a[id^=cmnt], a[href^=#cmnt]', editorsComment],
    ['del', trackedDeletion],
    ['#banners, #header, #footer, #title-banner', pageFurniture],
  ],
};

const libreOffice: Exporter = {
  generator: /LibreOffice|OpenOffice|NeoOffice|StarOffice/i,
  title: 'p.title, h1.title, .Title',
  subtitle: 'p.subtitle, .Subtitle',
  author: 'p.author, .Author, p.sender',
  published: 'p.date',
  cut: [
    ['.annotation_style_by_filter, [title=annotation], a[id^=_anchor_], a.comment', editorsComment],
    ['del[datetime], del[cite], .deletion', trackedDeletion],
    ['div[title=header], div[title=footer]', pageFurniture],
    ['[id^=Table of Contents], .toc-heading, .Contents_20_Heading, .Contents_20_1, .Contents_20_2', contents],
  ],
};

const pandoc: Exporter = {
  generator: /^(?:pandoc|quarto|Asciidoctor)/i,
  mark: 'header#title-block-header',
  title: 'h1.title',
  subtitle: '.subtitle',
  author: 'p.author, h2.author, h3.author, h4.author, span#author',
  published: 'p.date, h3.date, h4.date, span#revdate',
  cut: [
    ['nav#TOC, div#TOC, nav.toc, div#toc', contents],
    ['#footer', pageFurniture],
  ],
};

const medium: Exporter = {
  mark: 'section.e-content',
  body: 'section.e-content',
  title: '.graf--title, h1.p-name',
  subtitle: '.graf--subtitle, section.p-summary',
  author: 'a.p-author',
  published: 'time.dt-published',
};

const substackText = {
  title: 'h1.post-title',
  subtitle: 'h3.subtitle',
  cut: [
    [
      '.subscription-widget-wrap, .subscription-widget-wrap-editor, .subscription-widget, .subscribe-widget',
      subscription,
    ],
    ['.button-wrapper, .captioned-button-wrap, .image-link-expand, .header-anchor-parent', control],
    ['.paywall, .paywall-jump, .paywall-title', 'paywall'],
    ['.poll-embed, .community-chat, .install-substack-app-embed, form.subscription-widget-subscribe', 'form'],
  ],
} satisfies Exporter;

const substack: Exporter = { ...substackText, mark: 'div.available-content', body: 'div.body.markup' };

/** Of its export, which has the text alone. */
const substackFile: Exporter = {
  ...substackText,
  mark: 'div.captioned-image-container, div.subscription-widget-wrap, div.subscription-widget-wrap-editor, div.youtube-wrap, p.button-wrapper, a.footnote-anchor',
};

const ghostText = {
  title: '.gh-article-title, h1.post-full-title, h1.article-title',
  subtitle: '.gh-article-excerpt, p.post-full-custom-excerpt',
  author: '.gh-article-author-name, .gh-author-name, .author-name',
  published: 'time.gh-article-meta-date, time.post-full-meta-date',
  cut: [
    ['.kg-signup-card, .gh-post-upgrade-cta, .gh-subscribe', subscription],
    [
      '.kg-audio-hide, .kg-video-hide, .kg-toggle-card-icon, .kg-audio-player-container, .kg-video-player-container',
      control,
    ],
  ],
} satisfies Exporter;

const ghost: Exporter = {
  ...ghostText,
  generator: /^Ghost/,
  body: '.gh-content, section.post-full-content, .post-content',
};

/** Of its export, which has the text alone. */
const ghostFile: Exporter = { ...ghostText, mark: '.kg-card' };

const hexo: Exporter = {
  generator: /^Hexo/,
  body: '.article-entry, .post-body, .post-content, .article-content, .e-content',
  title: 'h1.article-title, h1.post-title, h1.p-name',
  published: 'time.dt-published, time.post-date',
};

const notion: Exporter = {
  mark: 'div.page-body',
  title: 'h1.page-title',
  subtitle: 'p.page-description',
  cut: [
    ['nav.table_of_contents', contents],
    ['div.page-header-icon, img.page-cover-image', 'cover or icon'],
    ['.page-comments, .discussion', editorsComment],
  ],
};

const apple: Exporter = {
  generator: /^Cocoa HTML Writer/i,
  title: 'h1.title',
};

const evernote: Exporter = {
  generator: /^Evernote/i,
  mark: 'en-note, h1.noteTitle',
  title: 'h1.noteTitle, h1.html-note',
};

const confluence: Exporter = {
  mark: '#main-content.wiki-content',
  body: '#main-content',
  title: '#title-heading, #title-text',
  // The name of the space.
  titlePrefix: /^[^:]{1,200} : (?=\S)/,
  author: 'span.author',
  cut: [['div.toc-macro, .toc-macro', contents]],
};

const typora: Exporter = { mark: 'body.typora-export, #write', title: 'h1.md-title', cut: [['div.md-toc', contents]] };

const bear: Exporter = { mark: 'meta[name=last device], div.note-wrapper', title: 'h1.note-title', topics: '.hashtag' };

const quip: Exporter = {
  mark: '[data-section-style]',
  title: 'h1.title',
  cut: [['annotation.comment, .comment', editorsComment]],
};

const paper: Exporter = { mark: 'div.ace-line', title: 'h1.title', cut: [['.comment', editorsComment]] };

export const exporters: readonly Exporter[] = [
  word,
  libreOffice,
  pandoc,
  medium,
  substack,
  ghost,
  hexo,
  notion,
  apple,
  evernote,
  confluence,
  typora,
  bear,
  quip,
  paper,
  googleDocs,
  substackFile,
  ghostFile,
];
