/** A time for people, rounded up: `8 s`, `50 min`, `19.8 h`. */
export const formatDuration = (seconds: number): string => {
  if (seconds < 90) return `${Math.max(1, Math.ceil(seconds))} s`;
  return seconds < 90 * 60 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
};
