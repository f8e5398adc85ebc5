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

export const states = Object.keys(looks);

/** The appearance of a state; a state unknown to the page gets a question mark. */
export const look = (state: string): [Tone, IconName] => looks[state] ?? ['calm', 'question'];

export const isOver = (state: string) => !['Waiting', 'Enriched', 'Sending'].includes(state);

/** The destination may already have the order: resending it needs confirmation. */
export const mayHaveArrived = (state: string) => state === 'Uncertain' || state === 'Unconfirmed';

export const stateName = (state: string) => (has(`state.${state}`) ? t(`state.${state}`) : state);
