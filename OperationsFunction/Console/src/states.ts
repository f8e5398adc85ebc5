import { has, t } from './i18n.ts';

export type Tone = 'info' | 'warn' | 'good' | 'calm' | 'bad';
export type IconName = 'clock' | 'arrow' | 'pause' | 'check' | 'copies' | 'cross' | 'question' | 'minus';

// A state is shown by its name, its icon and its colour.
const looks: Record<string, [Tone, IconName]> = {
  Waiting: ['info', 'clock'],
  Enriched: ['info', 'arrow'],
  Sending: ['info', 'arrow'],
  Held: ['warn', 'pause'],
  Delivered: ['good', 'check'],
  Duplicate: ['calm', 'copies'],
  Rejected: ['bad', 'cross'],
  Unconfirmed: ['warn', 'question'],
  Uncertain: ['warn', 'question'],
  Skipped: ['calm', 'minus'],
  Failed: ['bad', 'cross'],
  Discarded: ['calm', 'minus'],
  Refused: ['bad', 'cross'],
  Unmatched: ['warn', 'question'],
};

/** A state as the API tells it. */
export type Standing = { state: string; resending?: boolean };

export const states = Object.keys(looks);

/** The appearance of a state; a state unknown to the page gets a question mark. */
export const look = (state: string): [Tone, IconName] => looks[state] ?? ['calm', 'question'];

/** An uncertain order that the app sends again by itself looks unlike one that waits for an operator. */
const resending: [Tone, IconName] = ['info', 'clock'];
const RESENDING = 'Resending';

export const lookOf = (item: Standing) => (item.resending ? resending : look(item.state));

export const stateName = (state: string) => (has(`state.${state}`) ? t(`state.${state}`) : state);

export const nameOf = (item: Standing) => stateName(keyOf(item));

export const hintOf = (item: Standing, destination: string) => t(`stateHint.${keyOf(item)}`, { destination });

const keyOf = ({ state, resending }: Standing) => (resending ? RESENDING : state);
