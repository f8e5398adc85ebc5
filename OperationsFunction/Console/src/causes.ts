import { destinationName } from './destinations.ts';
import { has, t } from './i18n.ts';

interface Context {
  message?: string | null;
  flow?: string;
  stage?: string | null;
}

/** Error codes that every destination has, after its name. */
const ofDestination = /^(.+)-(unavailable|denied|rejected|unconfirmed)$/;

/** The cause and the remedy as text, by the app's error code. */
export function cause(code: string | null | undefined, { message, flow, stage }: Context = {}) {
  const isUnknownFlow = code === 'offerum-denied' && flow && /thread|flow|поток/i.test(message ?? '');
  const [, destination, what] = ofDestination.exec(code ?? '') ?? [];
  const name = isUnknownFlow ? 'offerum-flow' : what && !has(`error.${code}`) ? `destination-${what}` : code || 'none';
  const values = { flow, destination: destinationName(destination ?? stage ?? 'offerum') };
  return {
    title: has(`error.${name}`) ? t(`error.${name}`, values) : name,
    remedy: has(`remedy.${name}`) ? t(`remedy.${name}`, values) : t('remedy.none'),
  };
}

export const codes = [
  'record-not-found', 'no-phone', 'bad-phone', 'ambiguous-kind', 'uon-unavailable', 'uon-denied', 'uon-inactive', 'uon-unreadable',
  'offerum-unavailable', 'offerum-denied', 'offerum-rejected', 'offerum-unconfirmed', 'uncertain', 'too-old', 'filtered', 'same-person', 'same-record', 'retired',
  'unreadable', 'unmatched-postback', 'crashed',
];
