import { html, nothing } from 'lit-html';
import { appWords } from './app-words.ts';
import { cause } from './causes.ts';
import { destinationName } from './destinations.ts';
import { has, t } from './i18n.ts';
import { when } from './format.ts';
import type { Operation, OperationEvent } from './types.ts';
import { WRITE_BACK, written } from './written.ts';

const tones: Record<string, string> = {
  delivered: 'good', rejected: 'bad', failed: 'bad', retry: 'warn', waiting: 'warn', held: 'warn', uncertain: 'warn', unconfirmed: 'warn',
  duplicate: 'calm', skipped: 'calm', edited: 'hand', replayed: 'hand', resolved: 'hand', revealed: 'hand', postback: 'good',
};

interface Line {
  title: string;
  tone: string;
  by?: string;
  next?: string;
  send?: number;
}

/** Parses the app's terse detail: who did it, what exactly, when the next attempt is; the rest stays unchanged. */
export function read({ name, detail }: Pick<OperationEvent, 'name' | 'detail'>): Line & { rest: string } {
  const said: Line = { title: `event.${name}`, tone: tones[name] ?? 'plain' };
  let rest = detail ?? '';
  const by = /\s*\(?\bby ([^()]+?)\)?$/.exec(rest);
  if (by && ['replayed', 'edited', 'resolved', 'revealed'].includes(name)) {
    said.by = by[1];
    rest = rest.slice(0, by.index);
  }

  const next = /; (?:next try|sent once more) at (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\dZ)/.exec(rest);
  if (next) {
    said.next = `${next[1]}T${next[2]}`;
    rest = rest.slice(0, next.index);
  }

  const which = /^(enrich|send|delivered|discarded)\b(?:: )?/.exec(rest);
  const [status = ''] = rest.split(',');
  if (which && has(`event.${name}.${which[1]}`)) {
    said.title = `event.${name}.${which[1]}`;
    rest = rest.slice(which[0].length);
  } else if (name === 'claimed' && /^send \d+$/.test(rest)) {
    said.send = Number(rest.slice(5));
    rest = '';
  } else if (name === 'fetched' && has(`kind.${rest}`)) {
    rest = t(`kind.${rest}`);
  } else if (name === 'postback' && has(`postback.${status}`)) {
    rest = t(`postback.${status}`) + rest.slice(status.length);
  }

  return { ...said, rest: rest.trim() };
}

/** One line of the story. The text of the operation's error is replaced by its cause; with several destinations each line names its own. */
export function line(event: OperationEvent, { error, deliveries }: Operation) {
  const said = read(event);
  const isWriteBack = event.destination === WRITE_BACK;
  const own = isWriteBack && has(`event.${WRITE_BACK}.${event.name}`) ? `event.${WRITE_BACK}.${event.name}` : said.title;
  const title = has(own) ? t(own, { destination: destinationName(event.destination ?? deliveries[0]?.destination ?? 'offerum') }) : event.name;
  const rest = error && said.rest === error.message ? cause(error.code, error).title : isWriteBack ? written(said.rest) : appWords(said.rest);
  return html`
    <li data-tone=${said.tone} data-event=${event.name}>
      <div class="what">
        <strong>${title}</strong>
        ${event.destination ? html`<span class="by" data-destination=${event.destination}>${destinationName(event.destination)}</span>` : nothing}
        ${said.by ? html`<span class="by">${t('event.by', { name: said.by })}</span>` : nothing}
        ${said.send ? html`<span>${t('event.send', { n: said.send })}</span>` : nothing}
        ${rest && rest !== title ? html`<span class="detail">${rest}</span>` : nothing}
        ${said.next ? html`<span class="detail">${t('event.next')} ${when(said.next, { seconds: true })}</span>` : nothing}
      </div>
      <div class="at">${when(event.at, { seconds: true })}${event.attempt > 1 ? html` · ${t('event.attempt', { n: event.attempt })}` : nothing}${event.revision ? html` · ${t('editor.history.revision', { revision: String(event.revision) })}` : nothing}</div>
    </li>`;
}
