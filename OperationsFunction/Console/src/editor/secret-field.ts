import { html, nothing } from 'lit-html';
import { when } from '../format.ts';
import { t } from '../i18n.ts';
import { texts } from '../ui/form.ts';
import { editor as api } from './api.ts';
import type { EditorContext } from './context.ts';
import { actionButton } from './inputs.ts';
import { problemsAt } from './parts.ts';
import { problemList } from './words.ts';

/** The app can generate these secrets, because no other system defines them. */
const canBeMade = ['webhook:secret', 'postback:secret'];

interface Options {
  label: string;
  hint?: string;
  /** Called when the new value is saved. */
  then?: () => void;
}

/** A key or a password: it can be set and replaced, and is never shown again. */
export function secretField(editor: EditorContext, key: string, { label, hint, then }: Options) {
  const secret = editor.secret(key);
  const problems = problemsAt(editor.problems, key);
  const isSet = Boolean(secret?.set);
  const typing = !isSet || editor.replacing.has(key);
  const id = `secret-${key.replace(/\W/g, '-')}`;
  const busy = `secret/${key}`;
  const done = async () => {
    editor.replacing.delete(key);
    await editor.refresh(true);
    await editor.validate();
    then?.();
  };
  const make = () => void editor.run(busy, async () => {
    await api.makeSecret(editor.name, key);
    await done();
  });
  const toggle = () => {
    if (editor.replacing.has(key)) editor.replacing.delete(key);
    else editor.replacing.add(key);
    editor.app.update();
  };
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    const { value = '' } = texts(event);
    const form = event.target as HTMLFormElement;
    if (!value) return;
    void editor.run(busy, async () => {
      await api.setSecret(editor.name, key, value);
      form.reset();
      editor.app.toasts.say(t('editor.secret.saved'));
      await done();
    });
  };
  const made = canBeMade.includes(key.toLowerCase());
  return html`
    <div class="setting" data-secret=${key} data-set=${isSet ? 'true' : 'false'}>
      ${typing ? html`
        <form class="secret" @submit=${save}>
          <label for=${id}>${label}</label>
          <div class="address-line">
            <input id=${id} name="value" type="password" maxlength="4000" autocomplete="new-password" spellcheck="false" aria-describedby=${hint ? `${id}-hint` : nothing} aria-invalid=${problems.length ? 'true' : nothing}>
            <button type="submit" class="secondary" data-action="save-secret" aria-busy=${editor.busy === busy ? 'true' : nothing} ?disabled=${editor.busy !== ''}>${t('editor.secret.save')}</button>
          </div>
        </form>` : html`
        <p class="secret-set"><strong>${label}</strong> <span class="badge" data-tone="good">${t('editor.secret.set')}</span>
          ${secret?.updatedAt ? html`<span class="sub">${when(secret.updatedAt)}</span>` : nothing}
          ${actionButton(editor, 'replace-secret', t('editor.secret.replace'), toggle, { kind: 'quiet' })}</p>`}
      ${typing && made ? actionButton(editor, 'make-secret', t('editor.secret.make'), make, { busy }) : nothing}
      ${typing && isSet ? actionButton(editor, 'keep-secret', t('app.cancel'), toggle, { kind: 'quiet' }) : nothing}
      ${hint ? html`<small class="hint" id="${id}-hint">${hint}</small>` : nothing}
      ${secret?.problem ? html`<p class="wrong">${t('editor.secret.gone')} <span class="system">${secret.problem}</span></p>` : nothing}
      ${isSet ? nothing : problemList(problems)}
    </div>`;
}
