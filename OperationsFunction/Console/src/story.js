import { cause } from './causes.js';
import { destinationName } from './destinations.js';
import { has, t } from './i18n.js';
import { when } from './format.js';
import { html, nothing } from 'lit-html';

const tones = {
  delivered: 'good', rejected: 'bad', failed: 'bad', retry: 'warn', waiting: 'warn', held: 'warn', uncertain: 'warn', unconfirmed: 'warn',
  duplicate: 'calm', skipped: 'calm', edited: 'hand', replayed: 'hand', resolved: 'hand', revealed: 'hand', postback: 'good',
};

/** Takes the app's terse detail apart: who did it, what exactly, when the next try is; the rest stays as it was said. */
export function read({ name, detail }) {
  const said = { title: `event.${name}`, tone: tones[name] ?? 'plain' };
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
  if (which && has(`event.${name}.${which[1]}`)) {
    said.title = `event.${name}.${which[1]}`;
    rest = rest.slice(which[0].length);
  } else if (name === 'claimed' && /^send \d+$/.test(rest)) {
    said.send = Number(rest.slice(5));
    rest = '';
  } else if (name === 'fetched' && has(`kind.${rest}`)) {
    rest = t(`kind.${rest}`);
  } else if (name === 'postback' && has(`postback.${rest.split(',')[0]}`)) {
    rest = t(`postback.${rest.split(',')[0]}`) + rest.slice(rest.split(',')[0].length);
  }

  return { ...said, rest: rest.trim() };
}

/** One line of the story. What the operation's error says already is told here by its cause; with several destinations each line says whose it is. */
export function line(event, { error, deliveries }) {
  const said = read(event);
  if (error && said.rest === error.message) said.rest = cause(error.code, error).title;
  return html`
    <li data-tone=${said.tone} data-event=${event.name}>
      <div class="what">
        <strong>${has(said.title) ? t(said.title, { destination: destinationName(event.destination ?? deliveries[0]?.destination ?? 'offerum') }) : event.name}</strong>
        ${event.destination ? html`<span class="by" data-destination=${event.destination}>${destinationName(event.destination)}</span>` : nothing}
        ${said.by ? html`<span class="by">${t('event.by', { name: said.by })}</span>` : nothing}
        ${said.send ? html`<span>${t('event.send', { n: said.send })}</span>` : nothing}
        ${said.rest ? html`<span class="detail">${said.rest}</span>` : nothing}
        ${said.next ? html`<span class="detail">${t('event.next')} ${when(said.next, { seconds: true })}</span>` : nothing}
      </div>
      <div class="at">${when(event.at, { seconds: true })}${event.attempt > 1 ? html` · ${t('event.attempt', { n: event.attempt })}` : nothing}</div>
    </li>`;
}
