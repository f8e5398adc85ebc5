import { html } from 'lit-html';
import { lookOf, nameOf, type Standing } from '../states.ts';
import { icon } from './icons.ts';

export function badge(item: Standing) {
  const [tone, sign] = lookOf(item);
  return html`<span class="badge" data-tone=${tone} data-state=${item.state}>${icon(sign)}${nameOf(item)}</span>`;
}
