import { html, nothing } from 'lit-html';
import { has, t } from '../i18n.ts';
import type { Fields } from '../types.ts';

// What an operator looks for first; the rest is behind "all fields".
const first = ['phone', 'name', 'client_surname', 'client_name', 'client_sname', 'client_email', 'country', 'travel_type', 'source', 'status', 'office_name', 'dat'];
const PREFIX = 'original_';

export function fieldName(name: string): string {
  if (name.startsWith(PREFIX)) return t('field.original', { name: fieldName(name.slice(PREFIX.length)) });
  return has(`field.${name}`) ? t(`field.${name}`) : name;
}

const list = (names: string[], fields: Fields) => html`
  <dl class="fields">${names.map((name) => html`<div data-field=${name}><dt>${fieldName(name)}</dt><dd>${fields[name]}</dd></div>`)}</dl>`;

export function fieldList(fields: Fields) {
  const shown = [...first.filter((name) => fields[name]), ...Object.keys(fields).filter((name) => name.startsWith(PREFIX))];
  const rest = Object.keys(fields).filter((name) => !shown.includes(name) && fields[name]);
  return html`
    ${list(shown, fields)}
    ${rest.length ? html`<details><summary>${t('operation.allFields')}</summary>${list(rest, fields)}</details>` : nothing}`;
}
