export const formatExamples = (...examples: readonly string[]): string => {
  const lines = examples.map((example) => `\n  npx seedpress ${example}`).join('');
  return `\n${examples.length === 1 ? 'Example' : 'Examples'}:${lines}`;
};
