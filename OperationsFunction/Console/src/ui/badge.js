import { html } from 'lit-html';
import { has, t } from '../i18n.js';
import { icon } from './icons.js';

// A state is told three ways: by its word, its sign and its colour.
const looks = {
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
};

export const states = Object.keys(looks);

export const isOver = (state) => !['Waiting', 'Enriched', 'Sending'].includes(state);

export const stateName = (state) => (has(`state.${state}`) ? t(`state.${state}`) : state);

export function badge(state) {
  const [tone, sign] = looks[state] ?? ['calm', 'question'];
  return html`<span class="badge" data-tone=${tone} data-state=${state}>${icon(sign)}${stateName(state)}</span>`;
}
