import { html, nothing } from 'lit-html';
import { t } from '../i18n.ts';
import { valueOf } from '../ui/form.ts';
import { icon } from '../ui/icons.ts';
import { fieldName } from '../views/fields.ts';
import { editor as editorApi } from './api.ts';
import type { EditorContext, Part } from './context.ts';
import { daysOf, fromDays } from './durations.ts';
import { actionButton } from './inputs.ts';
import { problemsAt } from './parts.ts';
import { computedFields, defaultFields } from './paths.ts';
import { conditions, nextKey, readRules, writeRules, type Condition, type Rule } from './rules.ts';
import { sampleBar } from './sample-bar.ts';
import { mapAt, read } from './settings.ts';
import type { Pass, Settings } from './types.ts';
import { problemList } from './words.ts';

const TAKE = 20;

/** Какие записи: the filter as sentences, tried on the sample and on the last real records. */
export class RulesPart implements Part {
  #editor: EditorContext;
  #pass: Pass | null = null;
  /** The draft's settings at the time of the count. */
  #counted: Settings | null = null;

  constructor(editor: EditorContext) {
    this.#editor = editor;
  }

  render() {
    const rules = this.#rules();
    const problems = problemsAt(this.#editor.problems, 'Filter').filter((problem) => !rules.some((rule) => problem.key.split(':')[1] === rule.key));
    return html`
      ${sampleBar(this.#editor)}
      <section class="card" aria-labelledby="rules-title">
        <h3 id="rules-title">${t('editor.rules.title')}</h3>
        <p class="hint">${t(rules.length ? 'editor.rules.hint' : 'editor.rules.none')}</p>
        <ol class="rules">${rules.map((rule, at) => this.#rule(rules, rule, at))}</ol>
        ${problemList(problems)}
        <div class="buttons">
          <button type="button" class="secondary" data-action="rule-add" @click=${() => this.#write([...rules, { key: nextKey(rules), field: 'status_id', condition: 'In', value: '', raw: null }])}>${t('editor.rules.add')}</button>
        </div>
      </section>
      ${this.#last()}`;
  }

  #rules() {
    return readRules(read(this.#editor.draft.settings, 'Filter'));
  }

  #write(rules: Rule[]) {
    this.#editor.set('Filter', writeRules(rules, read(this.#editor.draft.settings, 'Filter')));
  }

  #rule(rules: Rule[], rule: Rule, at: number) {
    const found = this.#editor.sample.trial?.rules.find((one) => one.index === at);
    const change = (next: Partial<Rule>) => this.#write(rules.with(at, { ...rule, ...next }));
    const problems = problemsAt(this.#editor.problems, `Filter:${rule.key}`);
    const name = t('editor.rules.rule', { n: at + 1 });
    return html`
      <li data-rule=${rule.key} data-passed=${found ? String(found.passed) : nothing}>
        <fieldset class="rule"><legend class="sr">${name}</legend>
          ${rule.raw ? html`<p>${t('editor.rules.complex')}</p><pre tabindex="0" aria-label=${name}>${JSON.stringify(rule.raw, null, 2)}</pre>` : html`
            <select aria-label=${t('editor.rules.field')} @change=${(event: Event) => change({ field: valueOf(event) })}>
              ${this.#names(rule.field).map((field) => html`<option value=${field} .selected=${field === rule.field}>${fieldName(field) === field ? field : `${fieldName(field)} (${field})`}</option>`)}</select>
            <select aria-label=${t('editor.rules.condition')} @change=${(event: Event) => change(start(valueOf(event) as Condition))}>
              ${conditions.map((condition) => html`<option value=${condition} .selected=${condition === rule.condition}>${t(`condition.${condition}`)}</option>`)}</select>
            ${value(rule, change)}`}
          <button type="button" class="quiet round" data-action="rule-remove" aria-label=${t('editor.rules.remove', { n: at + 1 })} @click=${() => this.#write(rules.toSpliced(at, 1))}>${icon('cross')}</button>
        </fieldset>
        ${found ? html`<p class="verdict"><span class="badge" data-tone=${found.passed ? 'good' : 'bad'}>${icon(found.passed ? 'check' : 'cross')}${t(found.passed ? 'editor.rules.passes' : 'editor.rules.fails')}</span>
          <span class="hint" dir="auto">${t('editor.rules.has')} ${found.value ?? t('editor.tree.empty')}</span></p>` : nothing}
        ${problemList(problems)}
      </li>`;
  }

  #names(current: string) {
    return [...new Set([current, ...Object.keys(mapAt(this.#editor.draft.settings, 'Fields')), ...Object.keys(defaultFields), ...computedFields])].filter(Boolean);
  }

  #last() {
    const editor = this.#editor;
    const pass = this.#pass;
    const stale = pass && this.#counted !== editor.draft.settings;
    const count = () => void editor.run('pass', async () => {
      if (!(await editor.saved())) return;
      this.#counted = editor.draft.settings;
      this.#pass = await editorApi.pass(editor.name, TAKE);
    });
    return html`
      <section class="card" aria-labelledby="pass-title">
        <h3 id="pass-title">${t('editor.pass.title')}</h3>
        <div aria-live="polite">${pass ? html`
          <p class="big-words" data-passed=${pass.passed}><strong>${t('editor.pass.words', { passed: pass.passed, n: pass.taken })}</strong> ${stale ? html`<span class="badge" data-tone="warn">${t('editor.pass.stale')}</span>` : nothing}</p>
          <ul class="passed">${pass.items.map((item) => html`
            <li><span class="badge" data-tone=${item.passed ? 'good' : 'calm'}>${icon(item.passed ? 'check' : 'minus')}${t(`kind.${item.kind}`)} ${item.id}</span>${item.failedRule ? html` <span class="hint">${item.failedRule}</span>` : nothing}</li>`)}</ul>` : html`<p class="hint">${t('editor.pass.hint')}</p>`}</div>
        <div class="buttons">${actionButton(editor, 'pass', t('editor.pass.run', { n: TAKE }), count, { off: !editor.secret('Uon:ApiKey')?.set })}</div>
      </section>`;
  }
}

const start = (condition: Condition): Partial<Rule> => ({ condition, value: condition === 'Exists' ? 'true' : condition === 'Within' ? '30.00:00:00' : '' });

function value({ condition, value: text }: Rule, change: (next: Partial<Rule>) => void) {
  if (condition === 'Exists') {
    return html`<select aria-label=${t('editor.rules.value')} @change=${(event: Event) => change({ value: valueOf(event) })}>
      ${['true', 'false'].map((one) => html`<option value=${one} .selected=${one === text.toLowerCase()}>${t(`condition.exists.${one}`)}</option>`)}</select>`;
  }

  const days = condition === 'Within' ? daysOf(text) : null;
  if (days !== null) {
    return html`<span class="with-unit"><input type="number" min="0" max="3650" aria-label=${t('editor.rules.value')} .value=${String(days)}
      @change=${(event: Event) => change({ value: fromDays(Math.max(0, Math.trunc(Number(valueOf(event))))) })}> ${t('editor.days')}</span>`;
  }

  return html`<input aria-label=${t('editor.rules.value')} maxlength="1000" autocomplete="off" spellcheck="false" placeholder=${t(`condition.example.${condition}`)} .value=${text} @input=${(event: Event) => change({ value: valueOf(event) })}>`;
}
