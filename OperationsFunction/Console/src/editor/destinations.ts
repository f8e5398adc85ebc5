import { read, write } from './settings.ts';
import type { Settings } from './types.ts';

// The settings on each destination's card, in display order. Settings that are not listed are edited as code.

/** How a setting is edited. */
export type Kind = 'text' | 'template' | 'long' | 'choice' | 'flow' | 'map' | 'json' | 'path' | 'days';

export interface Ask {
  /** Within the destination's section: `Flow`, `Lead:name`. */
  key: string;
  kind: Kind;
  /** The app's default. */
  standard?: string;
  choices?: string[];
  /** For a map: the values that are sent by default. */
  defaults?: Record<string, string>;
  /** Shown only under «more». */
  rare?: boolean;
}

export interface DestinationForm {
  /** The section's name in the settings. */
  section: string;
  /** The destination's name in the API. */
  name: string;
  /** The initial settings of a new one: the app detects a destination only if its section has a setting. */
  start: Settings;
  asks: Ask[];
}

const client = "{client_name|client_surname|'Клиент'}";
const uncertain = (standard: string): Ask => ({ key: 'Uncertain', kind: 'choice', choices: ['resend', 'hold'], standard, rare: true });
const samePerson: Ask = { key: 'SamePerson', kind: 'days', standard: '0', rare: true };

export const destinationForms: DestinationForm[] = [
  {
    section: 'Offerum',
    name: 'offerum',
    start: { Country: 'auto' },
    asks: [
      { key: 'Flow', kind: 'flow' },
      { key: 'Country', kind: 'text', standard: 'auto' },
      {
        key: 'Form', kind: 'map',
        defaults: { default_country: '{country}', phone: '{phone}', name: client, order_time: '{order_time}' },
      },
      { key: 'Source', kind: 'template' },
      { key: 'SubId', kind: 'template', standard: '{kind}-{id}', rare: true },
      uncertain('resend'), samePerson,
      { key: 'BaseAddress', kind: 'text', standard: 'https://api.offerrum.com', rare: true },
    ],
  },
  {
    section: 'Http',
    name: 'http',
    start: { Method: 'POST' },
    asks: [
      { key: 'Url', kind: 'template' },
      { key: 'Method', kind: 'choice', choices: ['POST', 'PUT', 'PATCH', 'GET'], standard: 'POST' },
      { key: 'Form', kind: 'map' },
      { key: 'Json', kind: 'json' },
      { key: 'Headers', kind: 'map', rare: true },
      { key: 'Accepted', kind: 'text', rare: true },
      { key: 'Duplicate', kind: 'text', rare: true },
      { key: 'Rejected', kind: 'text', rare: true },
      { key: 'OrderId', kind: 'path', rare: true },
      uncertain('hold'), samePerson,
    ],
  },
  {
    section: 'Telegram',
    name: 'telegram',
    start: { Uncertain: 'resend' },
    asks: [
      { key: 'ChatId', kind: 'text' },
      { key: 'Text', kind: 'long', standard: `${client} {phone}\nU-ON: {kind} {id}` },
      { key: 'Thread', kind: 'text', rare: true },
      uncertain('resend'), samePerson,
      { key: 'BaseAddress', kind: 'text', standard: 'https://api.telegram.org', rare: true },
    ],
  },
  {
    section: 'Max',
    name: 'max',
    start: { Uncertain: 'resend' },
    asks: [
      { key: 'ChatId', kind: 'text' },
      { key: 'UserId', kind: 'text', rare: true },
      { key: 'Text', kind: 'long', standard: `${client} {phone}\nU-ON: {kind} {id}` },
      uncertain('resend'), samePerson,
      { key: 'RootCertificate', kind: 'text', rare: true },
      { key: 'BaseAddress', kind: 'text', standard: 'https://platform-api2.max.ru', rare: true },
    ],
  },
  {
    section: 'Bitrix',
    name: 'bitrix',
    start: { Duplicates: 'add' },
    asks: [
      {
        key: 'Fields', kind: 'map',
        defaults: {
          TITLE: `${client}, {phone}`, NAME: '{client_name}', SECOND_NAME: '{client_sname}', LAST_NAME: '{client_surname}', PHONE: '{phone}',
          EMAIL: '{client_email}', SOURCE_DESCRIPTION: 'U-ON: {kind} {id}',
        },
      },
      { key: 'Duplicates', kind: 'choice', choices: ['add', 'skip'], standard: 'add' },
      uncertain('resend'), samePerson,
    ],
  },
  {
    section: 'Amo',
    name: 'amo',
    start: { Uncertain: 'hold' },
    asks: [
      { key: 'BaseAddress', kind: 'text' },
      {
        key: 'Lead', kind: 'map',
        defaults: { name: `${client}, {phone}`, price: '', pipeline_id: '', status_id: '', responsible_user_id: '' },
      },
      {
        key: 'Contact', kind: 'map',
        defaults: { first_name: '{client_name}', last_name: '{client_surname}', phone: '{phone}', email: '{client_email}' },
      },
      { key: 'Tags', kind: 'template', standard: 'U-ON' },
      { key: 'Lead:Fields', kind: 'map', rare: true },
      { key: 'ClientId', kind: 'text', rare: true },
      { key: 'RedirectUri', kind: 'text', rare: true },
      uncertain('hold'), samePerson,
    ],
  },
];

export const destinationSections = destinationForms.map((form) => form.section);

/** Keeps a destination when its last setting is removed. */
export function withStarts(settings: Settings): Settings {
  const empty = destinationForms.filter(({ section }) => isEmpty(read(settings, section)));
  return empty.reduce((kept, { section, start }) => write(kept, section, start), settings);
}

const isEmpty = (value: unknown) => typeof value === 'object' && value !== null && Object.keys(value).length === 0;
