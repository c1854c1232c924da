import fc from 'fast-check';

/** A file with some of its bytes changed, removed or doubled, or cut off. */
export const mutateBytes = (bytes: Uint8Array): fc.Arbitrary<Uint8Array> => {
  const position = fc.nat(bytes.length - 1);
  const mutation = fc.oneof(
    fc.record({ kind: fc.constant('set' as const), at: position, value: fc.nat(255) }),
    fc.record({ kind: fc.constant('remove' as const), at: position, value: fc.integer({ min: 1, max: 8 }) }),
    fc.record({ kind: fc.constant('double' as const), at: position, value: fc.integer({ min: 1, max: 64 }) }),
    fc.record({ kind: fc.constant('cut' as const), at: position, value: fc.constant(0) }),
  );
  return fc.array(mutation, { minLength: 1, maxLength: 4 }).map((mutations) => {
    let mutated = Buffer.from(bytes);
    for (const { kind, at, value } of mutations) {
      const [start, end] = [mutated.subarray(0, at), mutated.subarray(at + value)];
      if (kind === 'set' && at < mutated.length) mutated[at] = value;
      if (kind === 'remove') mutated = Buffer.concat([start, end]);
      if (kind === 'double') mutated = Buffer.concat([start, mutated.subarray(at, at + value), mutated.subarray(at)]);
      if (kind === 'cut') mutated = Buffer.from(start);
    }
    return Uint8Array.from(mutated);
  });
};
