// The editor's JSON, as described in docs/pipelines.md and the OpenAPI document.

export type Json = string | number | boolean | null | Json[] | Settings;

/** A pipeline's structure: the content of its entry in pipelines.json. */
export interface Settings {
  [key: string]: Json;
}

export interface Secret {
  key: string;
  label: string;
  required: boolean;
  set: boolean;
  version: string | null;
  updatedAt: string | null;
  problem: string | null;
}

export interface DraftView {
  name: string;
  nameFixed: boolean;
  title: string;
  settings: Settings;
  secrets: Secret[];
  basedOn: number | null;
  liveRevision: number | null;
  running: boolean;
  updatedAt: string;
  updatedBy: string | null;
  etag: string;
}

export interface Problem {
  key: string;
  code: string;
  message: string;
  remedy: string;
  params?: Record<string, string>;
}

export interface Check {
  what: string;
  ok: boolean;
  code: string | null;
  message: string | null;
}

export interface Template {
  id: string;
  title: string;
  description: string;
}

export interface RecordItem {
  kind: string;
  id: number;
  date: string | null;
  title: string | null;
}

export interface Flow {
  id: string;
  title: string | null;
}

export interface FieldValue {
  name: string;
  /** Null: the app computes it. */
  path: string | null;
  value: string | null;
  problem: string | null;
}

export interface RuleResult {
  index: number;
  key: string;
  passed: boolean;
  value: string | null;
}

export interface Order {
  destination: string;
  method: string;
  url: string;
  form: Record<string, string>;
  body: string | null;
  problem: string | null;
}

export interface Trial {
  record: Json | null;
  recordId: string;
  kind: string;
  outcome: string;
  state: string | null;
  error: { code: string; message: string; stage?: string; params?: Record<string, string> } | null;
  fields: FieldValue[];
  rules: RuleResult[];
  orders: Order[];
}

export interface Pass {
  taken: number;
  passed: number;
  items: { kind: string; id: number; passed: boolean; failedRule: string | null }[];
}

export interface OrderChange {
  destination: string;
  change: string;
  fields: { name: string; live: string | null; draft: string | null }[];
}

export interface Comparison {
  id: string;
  status: string;
  done: number;
  total: number;
  error: string | null;
  same: number;
  differing: number;
  items: {
    operation: string;
    kind: string;
    recordId: string;
    live: { outcome: string };
    draft: { outcome: string };
    orders: OrderChange[];
  }[];
}

export interface Revision {
  revision: number;
  at: string;
  by: string | null;
  note: string | null;
  live: boolean;
}

/** One setting before and after; null: not set. */
export interface Change {
  key: string;
  before: string | null;
  after: string | null;
}

export interface RevisionDetails extends Omit<Revision, 'live'> {
  title: string;
  settings: Settings;
  secrets: { key: string; version: string }[];
  changes: Change[];
}

export interface LastWebhook {
  at: string | null;
  method?: string;
  typeId?: number | null;
  kind?: string | null;
  recordId?: string | null;
  state?: string | null;
}

export interface Registered {
  typeId: string;
  url: string;
  state: string;
  message: string | null;
}
