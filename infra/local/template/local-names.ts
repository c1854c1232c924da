/**
 * Names for people to type, made from logical ids: `PublishingSeeds1A2B3C4D` becomes `publishing-seeds`. Where two
 * would be the same, each keeps its hash. They stay as long as the logical ids do.
 */
export const toLocalNames = (logicalIds: readonly string[]): ReadonlyMap<string, string> => {
  const kebab = (id: string): string =>
    id
      .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .slice(0, 63);
  const short = (id: string): string => kebab(/^(.+?)(Function)?[0-9A-F]{8}$/.exec(id)?.[1] ?? id);
  const uses = Map.groupBy(logicalIds, short);
  return new Map(logicalIds.map((id) => [id, uses.get(short(id))?.length === 1 ? short(id) : kebab(id)]));
};
