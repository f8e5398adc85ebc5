import { html, nothing } from 'lit-html';
import { lang, t } from './i18n.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

interface TimeOptions {
  seconds?: boolean;
}

// The page chooses the language, the browser its regional format (12 or 24 hours, the order of a date).
const locale = () => navigator.languages?.find((name) => name.toLowerCase().startsWith(lang())) ?? lang();

/** "14:03" today, "23 Nov, 14:03", "23 Nov 2025, 14:03" in the browser's zone. */
export function absolute(iso: string, { seconds = false }: TimeOptions = {}) {
  const at = new Date(iso);
  const now = new Date();
  const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', ...(seconds ? { second: '2-digit' } : {}) };
  if (at.toDateString() === now.toDateString()) return at.toLocaleTimeString(locale(), time);
  const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', ...(at.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' }) };
  return at.toLocaleString(locale(), { ...day, ...time });
}

export const full = (iso: string) => new Date(iso).toLocaleString(locale(), { dateStyle: 'full', timeStyle: 'long' });

/** "5 minutes ago", "in 2 hours". */
export function relative(iso: string) {
  const distance = new Date(iso).getTime() - Date.now();
  const size = Math.abs(distance);
  if (size < 10_000) return t('time.now');
  const words = new Intl.RelativeTimeFormat(lang(), { numeric: 'auto', style: 'short' });
  if (size < MINUTE) return words.format(Math.round(distance / 1000), 'second');
  if (size < HOUR) return words.format(Math.round(distance / MINUTE), 'minute');
  if (size < DAY) return words.format(Math.round(distance / HOUR), 'hour');
  return words.format(Math.round(distance / DAY), 'day');
}

/** Both, with the whole date as a tooltip. */
export const when = (iso: string | null | undefined, options?: TimeOptions) =>
  iso ? html`<time datetime=${iso} title=${full(iso)}>${absolute(iso, options)} <span class="ago">${relative(iso)}</span></time>` : nothing;

/** A duration in its largest unit. */
export function duration(seconds: number) {
  if (seconds < 1) return t('time.ms', { n: Math.round(seconds * 1000) });
  if (seconds < 10) return t('time.s', { n: Math.round(seconds * 10) / 10 });
  if (seconds < 90) return t('time.s', { n: Math.round(seconds) });
  if (seconds < 90 * 60) return t('time.min', { n: Math.round(seconds / 60) });
  if (seconds < 36 * 3600) return t('time.h', { n: Math.round(seconds / 3600) });
  return t('time.d', { n: Math.round(seconds / 86400) });
}

export const number = (n: number) => new Intl.NumberFormat(lang()).format(n);

export function money(sum: number | string, currency: string | null) {
  const value = Number(sum);
  if (!currency || !/^[A-Za-z]{3}$/.test(currency) || Number.isNaN(value)) return `${sum} ${currency ?? ''}`.trim();
  return new Intl.NumberFormat(lang(), { style: 'currency', currency: currency.toUpperCase(), maximumFractionDigits: 2 }).format(value);
}
