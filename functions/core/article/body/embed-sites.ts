import { parseWebUrl } from './url-resolver.ts';

export type EmbedKind = 'video' | 'audio' | 'post' | 'page' | 'file';

/** A page that a player or another embed shows, for readers of feeds and mail, who see no embeds. */
export interface EmbedPage {
  readonly url: string;
  readonly kind: EmbedKind;
  /** The name of the site, such as `YouTube`. */
  readonly site?: string;
}

interface EmbedSite {
  readonly name: string;
  readonly kind: EmbedKind;
  readonly hosts: RegExp;
  /** The page that readers can open; undefined for an address of the site that shows no single work. */
  readonly toPage: (url: URL) => string | undefined;
}

/** Replaces a part of the path; undefined where the path is another. */
const rewritePath =
  (pattern: RegExp, page: string) =>
  (url: URL): string | undefined =>
    pattern.test(url.pathname) ? url.pathname.replace(pattern, page) : undefined;

/** The first of several forms of address that fits. */
const firstOf =
  (...forms: readonly ((url: URL) => string | undefined)[]) =>
  (url: URL): string | undefined => {
    for (const toPage of forms) {
      const page = toPage(url);
      if (page !== undefined) return page;
    }
    return undefined;
  };

const fromParameter =
  (name: string, hosts: RegExp) =>
  ({ searchParams }: URL): string | undefined => {
    const url = parseWebUrl(searchParams.get(name) ?? '');
    return url && hosts.test(url.hostname) ? url.href : undefined;
  };

/** An address of the site itself is its own page. */
const asWritten =
  (path: RegExp) =>
  ({ href, pathname }: URL): string | undefined =>
    path.test(pathname) ? href : undefined;

const toYouTubePage = ({ hostname, pathname, searchParams }: URL): string | undefined => {
  const [, inPath] = /^\/(?:embed|v|e|shorts|live)\/([\w-]{6,20})/.exec(pathname) ?? [];
  const id = hostname === 'youtu.be' ? /^\/([\w-]{6,20})/.exec(pathname)?.[1] : (searchParams.get('v') ?? inPath);
  const list = searchParams.get('list');
  if (id === undefined || id === 'videoseries')
    return list ? `https://www.youtube.com/playlist?list=${encodeURIComponent(list)}` : undefined;
  const start = searchParams.get('start') ?? searchParams.get('t');
  const at = start && /^\d+s?$/.test(start) ? `&t=${start}` : '';
  return `https://www.youtube.com/watch?v=${encodeURIComponent(id)}${at}`;
};

const toVimeoPage = ({ pathname, searchParams }: URL): string | undefined => {
  const [, id] = /^\/(?:video\/|event\/)?(\d{5,})/.exec(pathname) ?? [];
  const hash = searchParams.get('h') ?? /^\/\d+\/([\da-f]{6,})/.exec(pathname)?.[1];
  return id && `https://vimeo.com/${id}${hash ? `/${encodeURIComponent(hash)}` : ''}`;
};

/** The API's own addresses answer no browser. */
const toSoundCloudPage = firstOf(fromParameter('url', /^(?:www\.|m\.|on\.)?soundcloud\.com$/), asWritten(/^\/./));

/** A map that Google lets others embed opens nowhere else, but names its center. */
const toGoogleMapsPage = (url: URL): string | undefined => {
  const [, longitude, latitude] = /!2d(-?\d[\d.]*)!3d(-?\d[\d.]*)/.exec(url.searchParams.get('pb') ?? '') ?? [];
  if (latitude && longitude) return `https://www.google.com/maps/search/?api=1&query=${latitude},${longitude}`;
  const query = url.searchParams.get('q');
  return query ? `https://www.google.com/maps/search/?api=1&query=${encodeURIComponent(query)}` : undefined;
};

const withHost =
  (origin: string, toPath: (url: URL) => string | undefined) =>
  (url: URL): string | undefined => {
    const path = toPath(url);
    return path === undefined ? undefined : origin + path;
  };

const embedSites: readonly EmbedSite[] = [
  {
    name: 'YouTube',
    kind: 'video',
    hosts: /^(?:(?:www\.|m\.|music\.)?youtube(?:-nocookie|kids)?\.com|youtu\.be)$/,
    toPage: toYouTubePage,
  },
  { name: 'Vimeo', kind: 'video', hosts: /^(?:www\.|player\.)?vimeo\.com$/, toPage: toVimeoPage },
  {
    name: 'Dailymotion',
    kind: 'video',
    hosts: /^(?:www\.|geo\.)?dailymotion\.com$/,
    toPage: firstOf(
      withHost('https://www.dailymotion.com', rewritePath(/^(?:\/embed)?(\/video\/\w+)$/, '$1')),
      ({ searchParams }) => {
        const id = searchParams.get('video');
        return id ? `https://www.dailymotion.com/video/${encodeURIComponent(id)}` : undefined;
      },
    ),
  },
  {
    name: 'Twitch',
    kind: 'video',
    hosts: /^(?:player|clips)\.twitch\.tv$/,
    toPage: ({ searchParams }) => {
      const [video, channel, clip] = ['video', 'channel', 'clip'].map((name) => searchParams.get(name));
      if (clip) return `https://clips.twitch.tv/${encodeURIComponent(clip)}`;
      if (video) return `https://www.twitch.tv/videos/${encodeURIComponent(video.replace(/^v/, ''))}`;
      return channel ? `https://www.twitch.tv/${encodeURIComponent(channel)}` : undefined;
    },
  },
  {
    name: 'PeerTube',
    kind: 'video',
    hosts: /./,
    toPage: (url) =>
      /^\/videos\/embed\/[\w-]+$/.test(url.pathname)
        ? url.origin + url.pathname.replace('/embed/', '/watch/')
        : undefined,
  },
  {
    name: 'Spotify',
    kind: 'audio',
    hosts: /^open\.spotify\.com$/,
    toPage: withHost(
      'https://open.spotify.com',
      rewritePath(/^\/(?:embed(?:-podcast)?\/)?((?:track|album|playlist|artist|episode|show)\/\w+).*$/, '/$1'),
    ),
  },
  { name: 'SoundCloud', kind: 'audio', hosts: /^(?:w\.|www\.|m\.)?soundcloud\.com$/, toPage: toSoundCloudPage },
  {
    name: 'Apple Podcasts',
    kind: 'audio',
    hosts: /^(?:embed\.)?podcasts\.apple\.com$/,
    toPage: ({ pathname, search }) => `https://podcasts.apple.com${pathname}${search}`,
  },
  {
    name: 'Apple Music',
    kind: 'audio',
    hosts: /^(?:embed\.)?music\.apple\.com$/,
    toPage: ({ pathname, search }) => `https://music.apple.com${pathname}${search}`,
  },
  {
    name: 'Bluesky',
    kind: 'post',
    hosts: /^(?:embed\.)?bsky\.app$/,
    toPage: withHost(
      'https://bsky.app',
      rewritePath(/^\/(?:embed|profile)\/([^/]+)\/(?:app\.bsky\.feed\.)?post\/(\w+)$/, '/profile/$1/post/$2'),
    ),
  },
  {
    name: 'X',
    kind: 'post',
    hosts: /^(?:platform\.|www\.|mobile\.)?(?:twitter|x)\.com$/,
    toPage: firstOf(asWritten(/^\/\w+\/status\/\d+/), ({ pathname, searchParams }) => {
      const id = searchParams.get('id');
      return /\/embed\/Tweet/i.test(pathname) && id && /^\d+$/.test(id) ? `https://x.com/i/status/${id}` : undefined;
    }),
  },
  {
    name: 'Instagram',
    kind: 'post',
    hosts: /^(?:www\.)?instagram\.com$/,
    toPage: withHost('https://www.instagram.com', rewritePath(/^\/(?:[\w.]+\/)?((?:p|reel|tv)\/[\w-]+).*$/, '/$1/')),
  },
  {
    name: 'TikTok',
    kind: 'video',
    hosts: /^(?:www\.)?tiktok\.com$/,
    toPage: firstOf(
      asWritten(/^\/@[\w.]+\/video\/\d+/),
      withHost('https://www.tiktok.com', rewritePath(/^\/(?:embed|player)\/(?:v\d\/)?(\d+).*$/, '/@/video/$1')),
    ),
  },
  { name: 'Threads', kind: 'post', hosts: /^(?:www\.)?threads\.(?:net|com)$/, toPage: asWritten(/^\/@[\w.]+\/post\//) },
  {
    name: 'Facebook',
    kind: 'post',
    hosts: /^(?:www\.)?facebook\.com$/,
    toPage: firstOf(fromParameter('href', /(?:^|\.)facebook\.com$/), asWritten(/\/(?:posts|videos|reel)\/./)),
  },
  {
    name: 'Reddit',
    kind: 'post',
    hosts: /^(?:www\.|embed\.)?(?:reddit|redditmedia)\.com$/,
    toPage: withHost('https://www.reddit.com', rewritePath(/^(\/r\/\w+\/comments\/.*)$/, '$1')),
  },
  {
    name: 'Mastodon',
    kind: 'post',
    hosts: /./,
    toPage: ({ origin, pathname }) =>
      /^\/@[\w.@-]+\/\d+(?:\/embed)?$/.test(pathname) ? origin + pathname.replace(/\/embed$/, '') : undefined,
  },
  { name: 'Google Maps', kind: 'page', hosts: /^(?:www|maps)\.google\.[a-z.]+$/, toPage: toGoogleMapsPage },
  {
    name: 'CodePen',
    kind: 'page',
    hosts: /^codepen\.io$/,
    toPage: withHost(
      'https://codepen.io',
      rewritePath(/^\/([\w-]+)\/(?:embed|pen)\/(?:preview\/)?(\w+).*$/, '/$1/pen/$2'),
    ),
  },
  {
    name: 'GitHub Gist',
    kind: 'page',
    hosts: /^gist\.github\.com$/,
    toPage: withHost('https://gist.github.com', rewritePath(/^(\/[\w-]+\/[\da-f]+)(?:\.js|\.pibb)?$/, '$1')),
  },
];

/** Frames of these show another's page, whose address is among their parameters. */
const findWrappedUrl = ({ hostname, pathname, searchParams }: URL): URL | undefined =>
  /(?:^|\.)(?:embedly|embed)\.(?:com|ly)$/.test(hostname) || /^\/(?:oembed|media\.html)/.test(pathname)
    ? parseWebUrl(searchParams.get('url') ?? '')
    : undefined;

/** The page of a known site that an address shows or embeds. */
export const findEmbedPage = (written: string): EmbedPage | undefined => {
  const url = parseWebUrl(written.trim().startsWith('//') ? `https:${written.trim()}` : written);
  if (!url) return undefined;
  const shown = findWrappedUrl(url) ?? url;
  for (const { hosts, toPage, name, kind } of embedSites) {
    const page = hosts.test(shown.hostname) ? toPage(shown) : undefined;
    if (page !== undefined) return { url: page, kind, site: name };
  }
  return shown === url ? undefined : { url: shown.href, kind: 'page' };
};

const kindsByExtension: readonly (readonly [RegExp, EmbedKind])[] = [
  [/\.(?:mp4|m4v|mov|webm|ogv|mkv|avi|m3u8)$/i, 'video'],
  [/\.(?:mp3|m4a|m4b|ogg|oga|opus|wav|flac|aac)$/i, 'audio'],
  [/\.(?:pdf|epub|csv|docx?|xlsx?|pptx?|odt|ods|odp|zip)$/i, 'file'],
];

/** What a file is by the extension of its address; undefined for pictures and pages. */
export const findEmbeddedFileKind = (written: string): EmbedKind | undefined => {
  const path = written.trim().replace(/[?#].*$/s, '');
  return kindsByExtension.find(([extension]) => extension.test(path))?.[1];
};
