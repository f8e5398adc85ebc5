import { html } from 'lit-html';
import { look, stateName } from '../states.ts';
import { icon } from './icons.ts';

export function badge(state: string) {
  const [tone, sign] = look(state);
  return html`<span class="badge" data-tone=${tone} data-state=${state}>${icon(sign)}${stateName(state)}</span>`;
}
