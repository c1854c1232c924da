/** The message of anything that was thrown. */
export const formatErrorMessage = (error: unknown): string => (error instanceof Error ? error.message : String(error));
