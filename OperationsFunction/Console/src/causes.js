import { has, t } from './i18n.js';

/** What went wrong and what to do, in words, by the app's stable code. */
export function cause(code, { message, flow } = {}) {
  const isFlow = code === 'offerum-denied' && flow && /thread|flow|поток/i.test(message ?? '');
  const name = isFlow ? 'offerum-flow' : code || 'none';
  return {
    title: has(`error.${name}`) ? t(`error.${name}`, { flow }) : name,
    remedy: has(`remedy.${name}`) ? t(`remedy.${name}`, { flow }) : t('remedy.none'),
  };
}

export const codes = [
  'record-not-found', 'no-phone', 'bad-phone', 'ambiguous-kind', 'uon-unavailable', 'uon-denied', 'uon-inactive', 'uon-unreadable',
  'offerum-unavailable', 'offerum-denied', 'offerum-rejected', 'offerum-unconfirmed', 'uncertain', 'too-old', 'filtered', 'same-person',
  'unreadable', 'crashed',
];
