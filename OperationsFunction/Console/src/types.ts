// The API's JSON. `npm run types` writes obj/openapi.d.ts from obj/openapi.json, which the app generates (ConsoleCheckTests writes it).
import type { components } from '../obj/openapi.d.ts';

type Schemas = components['schemas'];

export type Operation = Schemas['OperationView'];
export type Delivery = Schemas['DeliveryView'];
export type UnreadableBody = Schemas['UnreadableBody'];
export type OperationError = Schemas['ErrorView'];
export type OperationEvent = Schemas['EventView'];
export type OperationPage = Schemas['OperationPage'];
export type Postback = Schemas['PostbackView'];
export type Fields = Operation['fields'];
export type AttentionGroup = Schemas['AttentionGroupView'];
export type Attention = Schemas['AttentionView'];
export type Replay = Schemas['ReplayView'];
export type ReplayRequest = Schemas['ReplayRequest'];
export type ReplayPreview = Schemas['ReplayPreview'];
export type Backfill = Schemas['BackfillView'];
export type BackfillPreview = Schemas['BackfillPreview'];
export type BackfillRequest = Schemas['BackfillRequest'];
export type Addresses = Schemas['AddressesView'];
export type Checks = Schemas['ChecksView'];
export type Hook = Schemas['HookView'];
export type Hooks = Schemas['HooksView'];
export type DryRun = Schemas['DryRunView'];
export type Setting = Schemas['SettingView'];
export type Queue = Schemas['QueueView'];
export type AlertChannel = Schemas['AlertChannelView'];
export type Step = Schemas['StepView'];
export type Postbacks = Schemas['PostbacksView'];

/** While a circuit breaker is open, no work passes. */
export type Breaker = Omit<Schemas['BreakerStatusView'], 'closed'>;

export type Pipeline = Schemas['PipelineView'];
export type Pipelines = Schemas['PipelineListView'];
export type PipelineOverview = Schemas['PipelineOverviewView'];
export type Overview = Schemas['OverviewView'];

export type Job = Schemas['JobView'];
export type Jobs = Schemas['JobListView'];

export type Query = Record<string, string | number | null | undefined>;
export type From = 'enrich' | 'send';
