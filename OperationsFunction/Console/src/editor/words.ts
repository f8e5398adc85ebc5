import { html, nothing } from 'lit-html';
import type { ApiError } from '../api.ts';
import { appWords } from '../app-words.ts';
import { cause } from '../causes.ts';
import { destinationName } from '../destinations.ts';
import { has, t } from '../i18n.ts';
import type { Check, Problem, Trial } from './types.ts';

/** Why the app rejected an editor action. The app's own text names the remedy, so it is used if the page has no text. */
export function refusalWords(error: ApiError): string {
  const code = typeof error.problem.code === 'string' ? error.problem.code : '';
  if (has(`error.${code}`)) return `${cause(code).title}. ${cause(code).remedy}`;
  const [first] = Array.isArray(error.problem.problems) ? (error.problem.problems as Problem[]) : [];
  if (first) return `${problemWords(first)} ${problemRemedy(first)}`.trim();
  if (error.status === 0 || error.status === 401 || error.status >= 500) return error.words;
  return appWords(error.message) || error.words;
}

const values = ({ key, params }: Problem) => ({ key, ...params });

/** A setting's problem and its remedy, in the reader's language if the code is known here. */
export const problemWords = (problem: Problem) => (has(`draft.${problem.code}`) ? t(`draft.${problem.code}`, values(problem)) : problem.message);
export const problemRemedy = (problem: Problem) =>
  (has(`draftRemedy.${problem.code}`) ? t(`draftRemedy.${problem.code}`, values(problem)) : has(`draft.${problem.code}`) ? '' : problem.remedy);

/** The problems of one field, shown below it. */
export const problemList = (problems: Problem[], id?: string) => (problems.length === 0 ? nothing : html`
  <ul class="wrong" id=${id ?? nothing}>${problems.map((problem) => html`<li data-problem=${problem.code}>${problemWords(problem)} ${problemRemedy(problem)}</li>`)}</ul>`);

/** The result of one check. */
export const checkResult = (check: Check) => (check.what === 'uon-write' && !check.ok ? html`
  <div class="notice" data-tone="warn" data-check=${check.what}><p>${t('editor.source.cannotRegister')}</p></div>` : html`
  <div class="notice" data-tone=${check.ok ? 'good' : 'bad'} data-check=${check.what}>
    <p><strong>${has(`editor.checked.${check.what}`) ? t(`editor.checked.${check.what}`) : destinationName(check.what)}: ${t(check.ok ? 'pipelines.checkOk' : 'pipelines.checkBad')}</strong></p>
    ${check.ok ? nothing : whyNot(check)}
  </div>`);

/** The invalid setting, which the app names before its message, or the other side's error. */
function whyNot({ code, message }: Check) {
  if (code && has(`draft.${code}`)) {
    const [key = ''] = (message ?? '').split(': ');
    return html`<p>${t(`draft.${code}`, { key })} ${t(`draftRemedy.${code}`, { key })}</p>`;
  }

  return html`
    ${code ? html`<p>${cause(code).title}. ${cause(code).remedy}</p>` : nothing}
    ${message ? html`<p class="system">${appWords(message)}</p>` : nothing}`;
}

/** The outcome for the sample. */
export function outcomeWords({ outcome }: Pick<Trial, 'outcome'>) {
  return has(`pipelines.outcome.${outcome}`) ? t(`pipelines.outcome.${outcome}`) : outcome;
}

export const outcomeTones: Record<string, string> = { 'would-send': 'good', skipped: 'calm', failed: 'bad' };

/** A setting's name in words, with its key for whoever knows that. */
export const settingName = (section: string, key: string) => {
  const name = key.replaceAll(':', '-');
  return has(`setting.${section}.${name}`) ? t(`setting.${section}.${name}`) : has(`setting.any.${name}`) ? t(`setting.any.${name}`) : `${section}:${key}`;
};

export const settingHint = (section: string, key: string) => {
  const name = key.replaceAll(':', '-');
  return has(`settingHint.${section}.${name}`) ? t(`settingHint.${section}.${name}`) : has(`settingHint.any.${name}`) ? t(`settingHint.any.${name}`) : '';
};
