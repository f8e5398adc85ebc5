import './browser.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { speak } from '../src/i18n.ts';
import { translate } from '../src/sentences.ts';
import { files, literals } from './csharp.ts';

const folders = ['Shared/Deliveries', 'Shared/Configuration', 'Shared/CircuitBreakers', 'UonWebhookFunction', 'OfferumSenderFunction', 'Destinations', 'OperationsFunction/Actions', 'OperationsFunction/Replays', 'OperationsFunction/Failures', 'OperationsFunction/Sweep', 'OperationsFunction/Editor', 'OperationsFunction/PipelineControl', 'OperationsFunction/Attention', 'OperationsFunction/Views', 'Shared/Http', 'Shared/Jobs', 'Shared/LivePipelines', 'Shared/Messaging', 'Backup'];
/** Where the app says something to an operator: an error, a line of the story, the result of a check. */
const tells = /Detail = |DeliveryReply\.Later\(|EnrichOutcome\.\w+\(|new OperationError\(|UonReply\.\w+\(|new UonReply\b|ProbeResult\(|string Works\(|Lost\(|WithEvent\(|const string (\w*Advice|\w*Fault|\w*Detail|\w*Message|Turn|Search|Publication)\b|string\? Refusal\(|string (Describe|Reason)\(|Stop\(|Again\(|new CircuitBreakerState\(|var who = |\["Message"\] = \$?$|Problem\(StatusCodes\.\w+, "[^"]*",\s*\$?$/;
/** Whatever these files say, an operator reads: postbacks without an order, what is unreadable, refused webhooks, the cabinet's webhooks, jobs, comparisons, unusable revisions, refused actions, bulk runs that wait. */
const speakers = /(PostbackRules|OrphanedItems|StageMessageJson|FailureRecorder|UonWebhook|Webhook(Multipart|Body|RequestReader)|HookRules|HookRegistry|JobExecution|ComparisonJobs|RevisionReader|ActionRules|ActionScope|OperatorService|BulkObstacle)\.cs$/;
/** What the editor's routes refuse, and why. */
const refuses = /OperationsFunction.(Editor|PipelineControl)/;
/** For programmers: the page never causes these. Titles stand beside a detail. */
const ofTheApi = /JSON|pipelines\.json:|POST pipelines|ETag|If-Match|^The store of secrets is away$|^The storage account is away$/;
const speaks = (text: string) => /[a-z] [a-z({]/i.test(text.replaceAll('{}', 'x'));
/** Taken apart by story.ts, which has words of its own for them. */
const ofTheStory = ['send {}', 'by {}', ' (by {})'];
const TIME = '2026-11-24 10:00:00Z';
/** What may stand in a place of a text. */
const values = ['503', 'X', 'lead', TIME, 'crm.lead.add', 'main/lead/48213', 'status_id', 'Offerum answered HTTP 503', 'U-ON\'s answer is empty.'];
/** The text as it may be said: times stand at the end, and a rule's words behind its field. */
const spoken = (text: string) => values.flatMap((value) => [text.replaceAll('{}', value), text.replace(/\{\}$/, TIME).replaceAll('{}', value), `status_id ${text.replaceAll('{}', value)}`]);
const isEnglish = (text: string) => /\b[a-z]{2,} [a-z]{2,}\b/.test(text);

test('every sentence that the app says of a record is in the catalogue, in both languages', () => {
  speak('ru');
  const said = files(folders).flatMap(literals).filter(({ file, before, text }) =>
    (tells.test(before) || speakers.test(file) || (refuses.test(file) && /Problems\.\w+\(/.test(before) && !ofTheApi.test(text))) && !/LoggerMessage\(|throw new|Traces\.|logger\b/.test(before) && speaks(text) && !ofTheStory.includes(text));
  assert.ok(said.length > 80, `only ${said.length} texts were found: does the test still look where the app speaks?`);
  const untold = said.filter(({ text }) => spoken(text).every((line) => isEnglish(translate(line))));
  assert.deepEqual(untold.map(({ file, text }) => `${file}: ${text}`), []);
});
