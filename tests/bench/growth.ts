/**
 * How long seeds take to parse that are full of one construct: every construct of the growth test, up to the size at
 * which it is rejected. Processor time, the slowest first.
 *
 *     npm run bench:growth [PATTERN] [LARGEST]
 *
 * PATTERN chooses constructs by their names, such as `^md nested`. LARGEST is a size in bytes, 10,000,000 by default.
 */
import { growthConstructs } from '../core/article/growth-constructs.ts';
import { measureParsing } from '../core/article/measure-parsing.ts';
import { printTable } from './measure.ts';

const [pattern = '', largest = '10000000'] = process.argv.slice(2);
const sizes = [10_000, 100_000, 1_000_000, 10_000_000].filter((size) => size <= Number(largest));

const measured = growthConstructs
  .map((construct) => ({ construct, name: `${construct.extension} ${construct.name}` }))
  .filter(({ name }) => new RegExp(pattern).test(name))
  .map(({ construct, name }) => {
    const times: number[] = [];
    for (const size of sizes) {
      const { cpuMs, rejection } = measureParsing(construct, size);
      times.push(cpuMs);
      if (rejection !== undefined) return { name, times, rejection };
    }
    return { name, times, rejection: '' };
  });
printTable(
  ['', ...sizes.map((size) => `${size / 1000} KB`), 'rejected'],
  measured
    .toSorted((a, b) => Math.max(...b.times) - Math.max(...a.times))
    .map(({ name, times, rejection }) => [
      name,
      ...sizes.map((_, index) => times[index]?.toFixed(0) ?? ''),
      rejection.slice(0, 80),
    ]),
);
