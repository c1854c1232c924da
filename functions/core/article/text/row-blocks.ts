/** Rows of a text without an empty one between them. */
export interface RowBlock {
  /** Index of its first row in the text. */
  readonly from: number;
  readonly rows: readonly string[];
}

export const splitRowBlocks = (rows: readonly string[]): RowBlock[] => {
  const blocks: { from: number; rows: string[] }[] = [];
  for (const [index, row] of rows.entries()) {
    if (row.trim() === '') continue;
    const last = blocks.at(-1);
    if (last && last.from + last.rows.length === index) last.rows.push(row);
    else blocks.push({ from: index, rows: [row] });
  }
  return blocks;
};
