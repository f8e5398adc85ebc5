import './browser.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { written } from '../src/written.ts';

test('what was written is said in words', () => {
  assert.equal(written('delivered, approved: note, field 12, status 5'), 'delivered, approved: note, field 12, status 5');
  assert.equal(written('approved: U-ON has it already'), 'approved: U-ON already had it');
});

test('what is not known stays as the app wrote it', () => {
  assert.equal(written('something else'), 'something else');
  assert.equal(written('returned: colour 7'), 'returned: colour 7');
});
