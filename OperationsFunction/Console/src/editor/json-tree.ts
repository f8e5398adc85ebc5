import { html, nothing } from 'lit-html';
import { t } from '../i18n.ts';
import type { Place } from './json-paths.ts';
import type { Json } from './types.ts';

const FIRST = 100;
const LONG = 200;

/** The display state of the tree. The caller stores which branches are open. */
export interface TreeState {
  open: Set<string>;
  /** Branches with all items shown, not only the first hundred. */
  whole: Set<string>;
  search: string;
}

export const newTree = (): TreeState => ({ open: new Set(['', '/request', '/request/0', '/lead', '/lead/0']), whole: new Set(), search: '' });

interface Tree {
  state: TreeState;
  update: () => void;
  pick: (place: Place) => void;
  /** The field that already reads a value. */
  fieldAt: (place: Place) => string | undefined;
}

/** A record as a tree. Only open branches are rendered, so that a record of 5,000 fields stays fast; everything is shown as text. */
export function tree(record: Json, view: Tree) {
  return html`<ul class="tree">${children(record, [], view)}</ul>`;
}

const isBranch = (value: Json): value is Json[] | { [key: string]: Json } => typeof value === 'object' && value !== null && Object.keys(value).length > 0;
const idOf = (place: Place) => place.map((step) => `/${step}`).join('');

function children(value: Json, place: Place, view: Tree): unknown {
  const id = idOf(place);
  const search = view.state.search.trim().toLowerCase();
  const items = Object.entries(value as object)
    .map(([name, item]): [Place, Json] => [[...place, Array.isArray(value) ? Number(name) : name], item as Json])
    .filter(([at, item]) => !search || matches(at, item, search));
  const shown = view.state.whole.has(id) ? items : items.slice(0, FIRST);
  const more = items.length - shown.length;
  const all = () => {
    view.state.whole.add(id);
    view.update();
  };
  return html`
    ${shown.map(([at, item]) => html`<li>${isBranch(item) ? branch(item, at, view) : leaf(item, at, view)}</li>`)}
    ${more > 0 ? html`<li><button type="button" class="quiet" @click=${all}>${t('editor.tree.more', { n: more })}</button></li>` : nothing}`;
}

// Matches the name or the value of any descendant; a branch that matches by its own name shows all its items.
function matches(place: Place, value: Json, search: string): boolean {
  if (String(place.at(-1)).toLowerCase().includes(search)) return true;
  if (isBranch(value)) return Object.entries(value).some(([name, item]) => matches([...place, name], item, search));
  return String(value ?? '').toLowerCase().includes(search);
}

function branch(value: Json[] | { [key: string]: Json }, place: Place, view: Tree) {
  const id = idOf(place);
  const isOpen = view.state.open.has(id) || view.state.search.trim() !== '';
  const toggle = () => {
    if (isOpen) view.state.open.delete(id);
    else view.state.open.add(id);
    view.update();
  };
  return html`
    <button type="button" class="branch" aria-expanded=${isOpen ? 'true' : 'false'} @click=${toggle}>
      <span class="mono">${place.at(-1)}</span> <span class="hint">${t('editor.tree.items', { n: Object.keys(value).length })}</span>
    </button>
    ${isOpen ? html`<ul>${children(value, place, view)}</ul>` : nothing}`;
}

function leaf(value: Json, place: Place, view: Tree) {
  const field = view.fieldAt(place);
  const isEmpty = value === null || value === '' || typeof value === 'object';
  const shown = isEmpty ? t('editor.tree.empty') : cut(String(value));
  return html`
    <button type="button" class="leaf" data-place=${idOf(place)} title=${t('editor.tree.add')} @click=${() => view.pick(place)}>
      <span class="mono">${place.at(-1)}</span> <span class=${isEmpty ? 'hint' : 'leaf-value'} dir="auto">${shown}</span>
      ${field ? html`<span class="badge" data-tone="good"><span class="sr">${t('editor.rules.field')} </span>${field}</span>` : html`<span class="sr">${t('editor.tree.add')}</span>`}
    </button>`;
}

const cut = (text: string) => (text.length > LONG ? `${text.slice(0, LONG)}…` : text);
