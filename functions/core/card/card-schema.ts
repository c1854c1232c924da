import * as z from 'zod';
import type { Card } from './card.ts';

const colorSchema = z.templateLiteral(['#', z.string()]);

/** Apart from cards: pages name them, and need no schema. */
export const cardSchema = z.object({
  title: z.string(),
  publication: z.string().exactOptional(),
  letter: z.string(),
  colors: z.object({ paper: colorSchema, ink: colorSchema, accent: colorSchema }),
}) satisfies z.ZodType<Card>;
