import { expect, it } from 'vitest';
import { cameraFailure } from '#app/open-camera.ts';
import { expectSentence } from '../support/refusal.ts';

it.each([
  ['NotAllowedError', 'camera_denied'],
  ['SecurityError', 'camera_denied'],
  ['NotFoundError', 'no_camera'],
  ['OverconstrainedError', 'no_camera'],
  ['NotReadableError', 'camera_busy'],
  ['AbortError', 'camera_busy'],
  ['UnknownError', 'camera_failed'],
])('what a browser calls %s is told in a sentence, with what to do', (name, code) => {
  const failure = cameraFailure(new DOMException('Permission denied', name));
  expect(failure.code).toBe(code);
  expectSentence(failure.message);
  expectSentence(failure.hint ?? '');
});
