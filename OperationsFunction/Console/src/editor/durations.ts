/** A duration in the app's notation as whole days; null when it is not a whole number of days. */
export function daysOf(text: string): number | null {
  if (text.trim() === '0') return 0;
  const found = /^\s*(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2})(?:\.0+)?\s*$/.exec(text);
  if (!found) return null;
  const [days, hours, minutes, seconds] = found.slice(1).map((part) => Number(part ?? 0));
  return hours || minutes || seconds ? null : days!;
}

export const fromDays = (days: number) => `${days}.00:00:00`;
