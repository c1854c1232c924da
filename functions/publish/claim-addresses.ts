import { maxAliases } from '../core/article/markdown/parse-aliases.ts';
import type { SeedWarning } from '../core/article.ts';
import { fingerprint } from '../core/identity.ts';
import type { LifecycleDecision, LifecycleInput } from '../core/lifecycle/decide-lifecycle.ts';
import { isReservedPath, sitePaths, toAddressClaim } from '../core/site-paths.ts';
import { toSlug } from '../core/text/slug.ts';
import type { PublishServices } from './services.ts';

/** A record has all of them, and the fingerprint of two objects for each: DynamoDB takes 400 KB. */
const maxFormerPathBytes = 50_000;

export interface ClaimedAddresses {
  readonly slug?: string | undefined;
  /** All addresses that led to the article before, or are to lead to it. */
  readonly formerPaths?: readonly string[];
  readonly warnings: readonly SeedWarning[];
}

/** Reserves the addresses that an article is to have. None is ever given to another article. */
export const claimAddresses = async (
  services: PublishServices,
  { id, previous }: LifecycleInput,
  decision: LifecycleDecision,
): Promise<ClaimedAddresses> => {
  if (decision.kind !== 'publish') return { warnings: [] };
  const { slugSource, isSlugStated, aliases = [], page } = decision.seed.version;
  const before = previous?.entry;
  const forms = createSlugForms(services, id, slugSource);
  const isWanted =
    before === undefined || !before.page !== !page || (isSlugStated === true && !forms.includes(before.slug));
  const toPath = (form: string): string => sitePaths.article({ slug: form, ...(page && { page }) });
  const slug = isWanted ? await claimFreeSlug(services, id, forms, toPath) : before.slug;
  const path = toPath(slug);
  const formerPaths = new Set(previous?.formerPaths);
  if (before) formerPaths.add(sitePaths.article(before));
  const warnings: SeedWarning[] = [];
  if (page && forms.indexOf(slug) > 0)
    warnings.push({
      message: `\`${toPath(forms[0] ?? '')}\` is taken, so this page is at \`${path}\`. Choose another \`slug\`.`,
    });
  for (const alias of aliases.filter((one) => one !== path && !formerPaths.has(one))) {
    if (formerPaths.size >= maxAliases || countBytes([...formerPaths, alias]) > maxFormerPathBytes) {
      warnings.push({ message: `\`${alias}\` does not lead to this article: it has too many earlier addresses.` });
      break;
    }
    if (await services.articles.claimSlug(toAddressClaim(alias), id)) formerPaths.add(alias);
    else warnings.push({ message: `\`${alias}\` does not lead to this article: it is the address of another.` });
  }
  formerPaths.delete(path);
  return { slug, formerPaths: [...formerPaths], warnings };
};

const countBytes = (paths: readonly string[]): number => Buffer.byteLength(paths.join(''));

/**
 * The wanted slug, and the same with some characters of a hash of the id. Whoever states all of these as slugs of other
 * articles does not know the last form.
 */
const createSlugForms = ({ createId }: PublishServices, id: string, slugSource: string): string[] => {
  const hash = fingerprint(id);
  const wanted = toSlug(slugSource, hash.slice(0, 8));
  return ['', `-${hash.slice(0, 6)}`, `-${hash}`, `-${fingerprint(id, createId())}`].map((ending) => wanted + ending);
};

const claimFreeSlug = async (
  { articles }: PublishServices,
  id: string,
  forms: readonly string[],
  toPath: (form: string) => string,
): Promise<string> => {
  for (const form of forms) {
    const path = toPath(form);
    if (!isReservedPath(path) && (await articles.claimSlug(toAddressClaim(path), id))) return form;
  }
  throw new Error(`no slug is free for ${id}`);
};
