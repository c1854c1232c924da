/** Boosted decision trees over features that an example has or has not, as in LightGBM: the best leaf grows next. */

export interface Example {
  readonly features: readonly string[];
  readonly kept: boolean;
  readonly weight: number;
}

const leaves = 15;
const learningRate = 0.08;
/** Shares of the examples and of the features that one tree sees. */
const exampleShare = 0.7;
const featureShare = 0.3;
const minLeafExamples = 60;
const decay = 5;

/** Mulberry32: the same trees from the same examples. */
const createRandom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** The features of all examples one after the other, each as its number. */
interface Table {
  readonly starts: Int32Array;
  readonly features: Uint16Array;
  readonly width: number;
}

const createTable = (examples: readonly Example[], numbers: ReadonlyMap<string, number>): Table => {
  const rows = examples.map(({ features }) => features.flatMap((feature) => numbers.get(feature) ?? []));
  const starts = new Int32Array(rows.length + 1);
  for (const [index, row] of rows.entries()) starts[index + 1] = (starts[index] ?? 0) + row.length;
  const features = new Uint16Array(starts[rows.length] ?? 0);
  for (const [index, row] of rows.entries()) features.set(row, starts[index] ?? 0);
  return { starts, features, width: numbers.size };
};

const hasFeature = ({ starts, features }: Table, row: number, feature: number): boolean => {
  const end = starts[row + 1] ?? 0;
  for (let at = starts[row] ?? 0; at < end; at += 1) if (features[at] === feature) return true;
  return false;
};

/** For each feature, over the examples that have it. */
interface Sums {
  readonly slopes: Float64Array;
  readonly curvatures: Float64Array;
  readonly counts: Int32Array;
}

/** Of the examples of a leaf: how far their score is from right, and how fast that changes. */
interface Slopes {
  readonly slopes: Float64Array;
  readonly curvatures: Float64Array;
}

interface Leaf {
  readonly rows: Int32Array;
  readonly slope: number;
  readonly curvature: number;
  readonly sums: Sums;
  readonly feature: number;
  readonly gain: number;
}

interface Branch {
  readonly feature: number;
  absent: Branch | Leaf;
  present: Branch | Leaf;
}

const isBranch = (node: Branch | Leaf): node is Branch => 'present' in node;

const sumRows = ({ starts, features, width }: Table, rows: Int32Array, { slopes, curvatures }: Slopes): Sums => {
  const sums = {
    slopes: new Float64Array(width),
    curvatures: new Float64Array(width),
    counts: new Int32Array(width),
  };
  for (const row of rows) {
    const [slope, curvature, end] = [slopes[row] ?? 0, curvatures[row] ?? 0, starts[row + 1] ?? 0];
    for (let at = starts[row] ?? 0; at < end; at += 1) {
      const feature = features[at] ?? 0;
      sums.slopes[feature] = (sums.slopes[feature] ?? 0) + slope;
      sums.curvatures[feature] = (sums.curvatures[feature] ?? 0) + curvature;
      sums.counts[feature] = (sums.counts[feature] ?? 0) + 1;
    }
  }
  return sums;
};

/** The sums of the other part of a split, without looking at its rows. */
const subtractSums = (all: Sums, part: Sums): Sums => ({
  slopes: all.slopes.map((value, index) => value - (part.slopes[index] ?? 0)),
  curvatures: all.curvatures.map((value, index) => value - (part.curvatures[index] ?? 0)),
  counts: all.counts.map((value, index) => value - (part.counts[index] ?? 0)),
});

const rate = (slope: number, curvature: number): number => slope ** 2 / (curvature + decay);

const createLeaf = (rows: Int32Array, sums: Sums, { slopes, curvatures }: Slopes, tried: readonly number[]): Leaf => {
  let [slope, curvature] = [0, 0];
  for (const row of rows) {
    slope += slopes[row] ?? 0;
    curvature += curvatures[row] ?? 0;
  }
  let best = { feature: -1, gain: 0 };
  for (const feature of tried) {
    const count = sums.counts[feature] ?? 0;
    if (count < minLeafExamples || rows.length - count < minLeafExamples) continue;
    const [some, bend] = [sums.slopes[feature] ?? 0, sums.curvatures[feature] ?? 0];
    const gain = rate(some, bend) + rate(slope - some, curvature - bend) - rate(slope, curvature);
    if (gain > best.gain) best = { feature, gain };
  }
  return { rows, slope, curvature, sums, ...best };
};

const splitLeaf = (table: Table, { rows, sums, feature }: Leaf, slopes: Slopes, tried: readonly number[]): Branch => {
  const present = rows.filter((row) => hasFeature(table, row, feature));
  const absent = rows.filter((row) => !hasFeature(table, row, feature));
  const isFewer = present.length < absent.length;
  const fewer = sumRows(table, isFewer ? present : absent, slopes);
  const others = subtractSums(sums, fewer);
  return {
    feature,
    absent: createLeaf(absent, isFewer ? others : fewer, slopes, tried),
    present: createLeaf(present, isFewer ? fewer : others, slopes, tried),
  };
};

const growTree = (table: Table, rows: Int32Array, slopes: Slopes, tried: readonly number[]): Branch => {
  const top: Branch = {
    feature: -1,
    absent: createLeaf(rows, sumRows(table, rows, slopes), slopes, tried),
    present: createLeaf(new Int32Array(0), sumRows(table, new Int32Array(0), slopes), slopes, tried),
  };
  const open: { parent: Branch; side: 'absent' | 'present'; leaf: Leaf }[] = [];
  const add = (parent: Branch, side: 'absent' | 'present'): void => {
    const leaf = parent[side];
    if (!isBranch(leaf)) open.push({ parent, side, leaf });
  };
  add(top, 'absent');
  for (let count = 1; count < leaves; count += 1) {
    open.sort((one, other) => one.leaf.gain - other.leaf.gain);
    const next = open.pop();
    if (!next || next.leaf.gain <= 0) break;
    const branch = splitLeaf(table, next.leaf, slopes, tried);
    next.parent[next.side] = branch;
    add(branch, 'absent');
    add(branch, 'present');
  }
  return top;
};

const precision = 1_000;

/** As `scoreByTrees` reads it: a leaf is -1 and its value, a branch its feature, where `present` begins, and `absent`. */
const flattenTree = (node: Branch | Leaf, start = 0): number[] => {
  if (!isBranch(node)) {
    const value = (learningRate * node.slope) / (node.curvature + decay);
    return [-1, Math.round(value * precision) / precision];
  }
  const absent = flattenTree(node.absent, start + 2);
  const next = start + 2 + absent.length;
  return [node.feature, next, ...absent, ...flattenTree(node.present, next)];
};

const evaluateTree = (table: Table, tree: readonly number[], row: number): number => {
  let at = 0;
  for (let feature = tree[0] ?? -1; feature >= 0; feature = tree[at] ?? -1)
    at = hasFeature(table, row, feature) ? (tree[at + 1] ?? 0) : at + 2;
  return tree[at + 1] ?? 0;
};

/** The trees whose sum is the log-odds of an example's being kept. Their numbers of features are those of `features`. */
export const boostTrees = (examples: readonly Example[], features: readonly string[], count: number): number[][] => {
  const random = createRandom(1);
  const table = createTable(examples, new Map(features.map((feature, index) => [feature, index])));
  const scores = new Float64Array(examples.length);
  const slopes = { slopes: new Float64Array(examples.length), curvatures: new Float64Array(examples.length) };
  return Array.from({ length: count }, () => {
    for (const [row, { kept, weight }] of examples.entries()) {
      const probability = 1 / (1 + Math.exp(-(scores[row] ?? 0)));
      slopes.slopes[row] = weight * (Number(kept) - probability);
      slopes.curvatures[row] = weight * probability * (1 - probability);
    }
    const rows = Int32Array.from(examples.keys()).filter(() => random() < exampleShare);
    const tried = [...features.keys()].filter(() => random() < featureShare);
    const tree = flattenTree(growTree(table, rows, slopes, tried).absent);
    for (let row = 0; row < scores.length; row += 1) scores[row] = (scores[row] ?? 0) + evaluateTree(table, tree, row);
    return tree;
  });
};
