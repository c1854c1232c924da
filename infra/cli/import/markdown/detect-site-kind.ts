export type SiteKind = 'hugo' | 'jekyll' | 'eleventy' | 'plain';

const hugo = /^(?:hugo\.(?:toml|yaml|yml|json)|config\/_default\/.*|archetypes\/.*|content\/_index\.md)$/;
const hugoConfig = /^config\.(?:toml|yaml|yml)$/;
const jekyll = /^(?:_config\.ya?ml|(?:.*\/)?_posts\/.*)$/;
const eleventy = /^(?:eleventy\.config\.[cm]?[jt]s|_data\/.*)$/;

export const detectSiteKind = (files: readonly string[]): SiteKind => {
  const has = (pattern: RegExp): boolean => files.some((file) => pattern.test(file));
  if (has(jekyll)) return 'jekyll';
  if (has(hugo) || (has(hugoConfig) && has(/^content\//))) return 'hugo';
  return has(eleventy) ? 'eleventy' : 'plain';
};
