import { html, nothing } from 'lit-html';
import { t } from '../i18n.ts';
import { valueOf } from '../ui/form.ts';
import { fieldName } from '../views/fields.ts';
import type { EditorContext, Part } from './context.ts';
import { nameFor, pathOf, type Place } from './json-paths.ts';
import { newTree, tree } from './json-tree.ts';
import { problemsAt } from './parts.ts';
import { defaultFields, readPath, transformNames, writePath, type PathParts } from './paths.ts';
import { sampleBar } from './sample-bar.ts';
import { mapAt } from './settings.ts';
import { problemList } from './words.ts';

/** Какие поля: the record as a tree next to the fields read from it. */
export class FieldsPart implements Part {
  #editor: EditorContext;
  #tree = newTree();
  #open = new Set<string>();

  constructor(editor: EditorContext) {
    this.#editor = editor;
  }

  render() {
    return html`
      ${sampleBar(this.#editor)}
      <div class="columns">
        <section class="card" aria-labelledby="record-title">
          <h3 id="record-title">${t('editor.fields.record')}</h3>
          ${this.#record()}
        </section>
        <section class="card" aria-labelledby="fields-title">
          <h3 id="fields-title">${t('editor.fields.title')}</h3>
          <p class="hint">${t('editor.fields.hint')}</p>
          ${problemList(problemsAt(this.#editor.problems, 'Fields').filter((problem) => !this.#fieldOf(problem.key)))}
          <ul class="field-list">${Object.keys(this.#fields()).map((name) => this.#field(name))}</ul>
        </section>
      </div>`;
  }

  #own() {
    return mapAt(this.#editor.draft.settings, 'Fields');
  }

  /** Fields added here come first, because the operator looks for them. */
  #fields(): Record<string, string> {
    const own = this.#own();
    const added = Object.entries(own).filter(([name]) => !(name in defaultFields));
    return { ...Object.fromEntries(added), ...defaultFields, ...own };
  }

  #fieldOf(key: string) {
    const name = key.split(':')[1] ?? '';
    return name in this.#fields();
  }

  #record() {
    const { trial } = this.#editor.sample;
    if (!trial?.record) return html`<p class="empty">${t('editor.fields.noRecord')}</p>`;
    const { record } = trial;
    const fields = Object.entries(this.#fields()).map(([name, path]): [string, string[]] => [name, readPath(path).alternatives]);
    const search = (event: Event) => {
      this.#tree.search = valueOf(event);
      this.#editor.app.update();
    };
    return html`
      <p class="hint">${t('editor.fields.recordHint')}</p>
      <input type="search" aria-label=${t('editor.tree.search')} placeholder=${t('editor.tree.search')} .value=${this.#tree.search} @input=${search}>
      <div class="tree-box" tabindex="0" role="region" aria-label=${t('editor.fields.record')}>
        ${tree(record, {
          state: this.#tree,
          update: this.#editor.app.update,
          pick: (place) => this.#pick(place),
          fieldAt: (place) => {
            const path = pathOf(record, place);
            return fields.find(([, paths]) => paths[0] === path)?.[0] ?? fields.find(([, paths]) => paths.includes(path))?.[0];
          },
        })}
      </div>`;
  }

  /** A click on a value adds a field for it, or goes to the field that already reads it. */
  #pick(place: Place) {
    const { trial } = this.#editor.sample;
    if (!trial?.record) return;
    const path = pathOf(trial.record, place);
    const known = Object.entries(this.#fields()).find(([, text]) => readPath(text).alternatives[0] === path)?.[0];
    const name = known ?? nameFor(trial.record, place, Object.keys(this.#fields()));
    this.#open.add(name);
    if (!known) {
      this.#editor.set(`Fields:${name}`, path);
      this.#editor.app.toasts.say(t('editor.fields.added', { name }));
    }

    this.#editor.app.update();
    queueMicrotask(() => {
      const row = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"] summary`);
      row?.scrollIntoView({ block: 'nearest' });
      row?.focus({ preventScroll: true });
    });
  }

  #field(name: string) {
    const text = this.#fields()[name] ?? '';
    const found = this.#editor.sample.trial?.fields.find((field) => field.name === name);
    const problems = problemsAt(this.#editor.problems, `Fields:${name}`);
    const isOpen = this.#open.has(name);
    const toggle = (event: Event) => {
      if ((event.target as HTMLDetailsElement).open) this.#open.add(name);
      else this.#open.delete(name);
      this.#editor.app.update();
    };
    const words = fieldName(name);
    return html`
      <li data-field=${name}>
        <details .open=${isOpen} @toggle=${toggle}>
          <summary>
            <span class="field-name"><span class="mono">${name}</span>${words === name ? nothing : html` <span class="hint">${words}</span>`}</span>
            <span class="field-value" dir="auto">${found?.value ?? (this.#editor.sample.trial ? html`<span class="hint">${t('editor.tree.empty')}</span>` : nothing)}</span>
            ${problems.length || found?.problem ? html`<span class="badge" data-tone="bad">${t('editor.wrong')}</span>` : nothing}
          </summary>
          ${isOpen ? this.#details(name, text) : nothing}
          ${found?.problem ? html`<p class="wrong">${found.problem}</p>` : nothing}
          ${problemList(problems)}
        </details>
      </li>`;
  }

  #details(name: string, text: string) {
    const editor = this.#editor;
    const parts = readPath(text);
    const isOwn = name in this.#own();
    const isStandard = name in defaultFields;
    const change = (next: Partial<PathParts>) => {
      const path = writePath({ ...parts, ...next });
      editor.set(`Fields:${name}`, isStandard && path === defaultFields[name] ? undefined : path);
    };
    const alternative = (at: number, value: string) => change({ alternatives: parts.alternatives.with(at, value).filter((one) => one.trim() !== '') });
    const rename = (event: Event) => this.#rename(name, valueOf(event).trim(), text);
    const extra = (event: Event) => {
      if (valueOf(event).trim()) change({ alternatives: [...parts.alternatives, valueOf(event).trim()] });
      (event.target as HTMLInputElement).value = '';
    };
    const transform = (event: Event) => {
      if (valueOf(event)) change({ transforms: [...parts.transforms, valueOf(event)] });
      (event.target as HTMLSelectElement).value = '';
    };
    return html`
      ${isStandard ? nothing : html`<label>${t('editor.fields.name')}<input class="mono" maxlength="60" autocomplete="off" spellcheck="false" .value=${name} @change=${rename}></label>`}
      ${parts.alternatives.map((path, at) => html`
        <label>${at === 0 ? t('editor.fields.path') : t('editor.fields.orElse')}
          <input class="mono" maxlength="1000" autocomplete="off" spellcheck="false" .value=${path} @change=${(event: Event) => alternative(at, valueOf(event))}></label>`)}
      <label>${t('editor.fields.orElseNew')}<input class="mono" maxlength="1000" autocomplete="off" spellcheck="false" placeholder='["record"][0]["…"]' @change=${extra}></label>
      <label>${t('editor.fields.otherwise')}<input maxlength="300" autocomplete="off" .value=${parts.otherwise ?? ''} placeholder=${t('editor.fields.otherwiseNone')}
        @change=${(event: Event) => change({ otherwise: valueOf(event) || null })}></label>
      <label>${t('editor.fields.transform')}
        <select @change=${transform}><option value="">${t('editor.fields.transformAdd')}</option>
          ${transformNames.filter((one) => !parts.transforms.includes(one)).map((one) => html`<option value=${one}>${t(`transform.${one.replace(':', '-')}`)}</option>`)}</select></label>
      ${parts.transforms.length ? html`<p class="chips">${parts.transforms.map((one, at) => html`
        <button type="button" class="secondary chip" aria-label=${t('editor.fields.transformRemove', { name: one })}
          @click=${() => change({ transforms: parts.transforms.toSpliced(at, 1) })}>${transformNames.includes(one) ? t(`transform.${one.replace(':', '-')}`) : one} ×</button>`)}</p>` : nothing}
      ${isOwn ? html`<button type="button" class="quiet" data-action="field-remove" @click=${() => editor.set(`Fields:${name}`, undefined)}>${t(isStandard ? 'editor.fields.reset' : 'editor.fields.remove')}</button>` : nothing}`;
  }

  #rename(name: string, next: string, text: string) {
    if (!next || next === name) return;
    if (next in this.#fields() || !/^\w+$/.test(next)) {
      this.#editor.app.toasts.say(t('editor.fields.nameWrong'), 'bad');
      this.#editor.app.update();
      return;
    }

    this.#open.delete(name);
    this.#open.add(next);
    this.#editor.set(`Fields:${name}`, undefined);
    this.#editor.set(`Fields:${next}`, text);
  }
}
