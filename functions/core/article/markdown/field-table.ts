interface Field {
  /** In the form of `normalizeFieldName`. The first that is filled counts. */
  readonly names: readonly string[];
  /** Other names, which count where none of these is filled. Many files state both with different values. */
  readonly fallbacks: readonly string[];
  /** No sentence of a text begins with one of its names and a colon, so it may begin a header without fences. */
  readonly beginsHeader: boolean;
}

const splitNames = (names: string): string[] => names.split(' ').filter(Boolean);

const defineHeaderField = (names: string, fallbacks = ''): Field => ({
  names: splitNames(names),
  fallbacks: splitNames(fallbacks),
  beginsHeader: true,
});

const defineField = (names: string, fallbacks = ''): Field => ({
  names: splitNames(names),
  fallbacks: splitNames(fallbacks),
  beginsHeader: false,
});

/** The fields that mean something here, under our name for each. */
const meaningfulFields = {
  title: defineHeaderField('title headline'),
  date: defineHeaderField(
    'date pubdate datepublished publisheddate publicationdate dateposted posted postedat',
    'created createdat createdtime datecreated createddate creationdate',
  ),
  publishDate: defineHeaderField(
    'publishdate publishedat publishat publishon publishedon scheduledat scheduledfor embargo embargountil published publish',
  ),
  expires: defineHeaderField(
    'expires expirydate expiry expiresat expirationdate unpublishdate unpublishedat unpublishat',
  ),
  updated: defineHeaderField(
    'updated lastmod lastmodified lastmodifiedat modified modifieddate datemodified updatedat updateddate dateupdated updatedon lastupdated lastupdate lasteditedtime lastedited',
  ),
  announced: defineField('announced'),
  authors: defineHeaderField('authors author', 'byline primaryauthor writer creator by'),
  editors: defineField('editors editor'),
  topics: defineHeaderField('topics topic'),
  tags: defineHeaderField('tags tag'),
  categories: defineHeaderField('categories category'),
  keywords: defineField('keywords keyword'),
  summary: defineField(
    'summary',
    'description excerpt customexcerpt subtitle standfirst dek abstract teaser metadescription',
  ),
  image: defineField(
    'image',
    'cover coverimage hero heroimage featuredimage featureimage images thumbnail banner bannerimage ogimage socialimage previewimage headerimage teaserimage',
  ),
  imageAlt: defineField(
    'imagealt coveralt coverimagealt heroalt heroimagealt featureimagealt featuredimagealt bannerimagealt ogimagealt',
  ),
  imageCaption: defineField(
    'imagecaption covercaption coverimagecaption herocaption heroimagecaption featureimagecaption featuredimagecaption featuredcaption bannercaption bannerimagecaption',
  ),
  imageCredit: defineField(
    'imagecredit covercredit coverimagecredit herocredit heroimagecredit featureimagecredit featuredimagecredit bannercredit photocredit photographer',
  ),
  lang: defineHeaderField('lang language locale'),
  slug: defineHeaderField('slug'),
  id: defineField('id'),
  aliases: defineField('aliases alias'),
  redirectFrom: defineField('redirectfrom redirects'),
  canonical: defineField('canonical canonicalurl canonicallink'),
  correction: defineField('correction'),
  corrected: defineField('corrected'),
  email: defineField('email'),
  featured: defineField('featured isfeatured'),
  ai: defineField('ai'),
  menu: defineField('menu'),
  order: defineField('order'),
  source: defineField('source'),
  place: defineField('place'),
  agency: defineField('agency'),
  draft: defineHeaderField(
    'draft isdraft wip hugodraft entwurf brouillon borrador bozza rascunho utkast kladde luonnos черновик taslak 草稿 下書き 초안 مسودة',
  ),
  private: defineField(
    'private isprivate emailonly confidential privat privé privado privato unpublished nopublish donotpublish dontpublish embargoed',
  ),
  membersOnly: defineField('membersonly memberonly subscribersonly paidonly paywall paid premium'),
  hidden: defineField('hidden ishidden hideinlist hidefromlist dghide'),
  unlisted: defineField('unlisted isunlisted'),
  deleted: defineField('deleted trashed archived isarchived'),
  headless: defineField('headless'),
  excluded: defineField('eleventyexcludefromcollections'),
  public: defineField(
    'public ispublic dgpublish listed discoverable routable ispublished veröffentlicht publié publicado publicada pubblicato pubblicata gepubliceerd publicerad udgivet publisert opublikowane опубликовано 公開 公开 已发布 공개',
  ),
  shown: defineField('visible isvisible show render enabled isenabled online isonline live islive active isactive'),
  status: defineHeaderField('status poststatus mpstatus publishstatus publicationstatus'),
  stage: defineField(
    'state stage phase workflow workflowstate publishstate reviewstatus review editorialstatus contentstatus estado estatus statut stato статус 状态 ステータス 상태 الحالة',
  ),
  visibility: defineField('visibility'),
  audience: defineField('access audience tier accesslevel emailaudience'),
  permalink: defineHeaderField('permalink'),
  password: defineField('password postpassword'),
  build: defineField('build'),
} as const;

export type FieldName = keyof typeof meaningfulFields;

/** Fields of other tools that mean nothing here. */
const otherFields = [defineHeaderField('layout'), defineField('type weight toc comments publisher')] as const;

/** Other fields that authors use, and words that are no slip of a name above, though they are near it. */
const otherWords = new Set(
  splitNames(
    'comment commentable kind template theme style css class classes cssclass cssclasses js math katex mermaid redirect redirectto url link links rating rights license copyright copyrights series collection collections border older position menus navorder sidebar sidebarlabel sidebarposition pagination paginate pinned sticky top share sharing social params extra taxonomies taxonomy resources cascade outputs output format params header footer data dates state states stats stat label labels name names file files path section sections page pages post posts part parts parent children lists list listing listen audio video podcast duration episode season places location locations geo sources resource sourceurl via credit credits caption captions photo photos picture pictures icon logo color colour colors emoji images gallery bibliography references csl execute knit engine jupyter version versions number numbers issue issues volume changelog history event events start end time times timezone zone rate price related next previous prev uid uuid guid key keys ref refs note notes todo todos hide hidetitle hidetableofcontents showtoc tocopen robots noindex sitemap seo seotitle metatitle linktitle shorttitle navtitle pagetitle titleformat subtitles word words wordcount readingtime reading mood music hits views likes website site sitename company contributors reviewer reviewers translator translators translations translationkey original tested update deprecated editurl edit editable coverwidth coverheight covers imagetitle imagewidth imageheight heroes lastcommit lastread disabled enabled enable disable archive archived indexed index searchable feed feeds rss newsletter emails mail reviews shows tiers phases activity lively paint',
  ),
);

/** Tools spell one field as `publishDate`, `publish_date`, `publish-date` or "Publish Date". */
export const normalizeFieldName = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '');

const isFieldName = (name: string): name is FieldName => Object.hasOwn(meaningfulFields, name);

export const fieldNames: readonly FieldName[] = Object.keys(meaningfulFields).filter(isFieldName);

/** All names of a field, those that count first at the beginning. */
export const listFieldNames = (field: FieldName): readonly string[] => [
  ...meaningfulFields[field].names,
  ...meaningfulFields[field].fallbacks,
];

/** Whether a file may well state a field by this name and another, with different values. */
export const isFallbackName = (field: FieldName, name: string): boolean =>
  meaningfulFields[field].fallbacks.includes(normalizeFieldName(name));

const fieldsByName: ReadonlyMap<string, FieldName> = new Map(
  fieldNames.flatMap((field) => listFieldNames(field).map((name) => [name, field])),
);

/** The field that a name means, however it is spelled. */
export const findField = (name: string): FieldName | undefined => fieldsByName.get(normalizeFieldName(name));

const otherNames = new Set(otherFields.flatMap(({ names }) => names));
const headerNames = new Set(
  [...Object.values(meaningfulFields), ...otherFields].flatMap(({ names, fallbacks, beginsHeader }) =>
    beginsHeader ? [...names, ...fallbacks] : [],
  ),
);

export const isHeaderName = (name: string): boolean => headerNames.has(normalizeFieldName(name));

export const isKnownFieldName = (name: string): boolean =>
  findField(name) !== undefined || otherNames.has(normalizeFieldName(name));

const maxShortLength = 4;

/**
 * One letter added, left out or replaced, or two neighbors exchanged. A short word with another letter is another word.
 */
const isOneSlipAway = (a: string, b: string): boolean => {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  return (
    (restA.slice(1) === restB.slice(1) && b.length > maxShortLength) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA.slice(2) === restB.slice(2) && restA[0] === restB[1] && restA[1] === restB[0])
  );
};

const minMisspeltLength = 4;
const misspeltNames = [...fieldsByName.keys()].filter(({ length }) => length >= minMisspeltLength);

/** The name that an unknown one is a slip of, such as `title` of `tilte`. */
export const findNearFieldName = (written: string): string | undefined => {
  const name = normalizeFieldName(written);
  if (name.length < minMisspeltLength || isKnownFieldName(name) || otherWords.has(name)) return undefined;
  return misspeltNames.find((known) => isOneSlipAway(name, known));
};
