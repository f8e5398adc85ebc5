import assert from 'node:assert/strict';
import type { App } from '../src/app.ts';
import type { Dialog } from '../src/ui/dialog.ts';

/** The parts of the app that a view of one operation needs, and the dialog that is open. */
export class FakeApp {
  opened: Dialog | null = null;

  readonly app = {
    update: () => undefined,
    fail: assert.fail,
    toasts: { say: () => undefined },
    counter: { now: () => undefined },
    dialogs: { show: (dialog: Dialog) => { this.opened = dialog; }, close: () => { this.opened = null; } },
  } as unknown as App;
}
