import type { Page } from '@playwright/test';
import { chromiumLaunch } from '../chromium.mjs';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import { editYaml, expectResults, train } from './journey.ts';

const launch = chromiumLaunch();

/** A camera that shows a moving test picture, and a person who says yes. */
test.use({
  launchOptions: {
    ...launch,
    args: [...launch.args, '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  },
});

const holdOf = (page: Page, label: string) =>
  page.getByRole('button', { name: `Capture ${label}: press for one frame, hold for more` });

async function turnOn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Turn the camera on' }).click();
  const video = page.getByLabel('What the camera sees');
  await expect
    .poll(() => video.evaluate((element: HTMLVideoElement) => element.videoWidth))
    .toBeGreaterThan(0);
}

async function openCapture(page: Page): Promise<void> {
  await page.goto('./');
  await page.getByRole('link', { name: 'Capture with the webcam' }).click();
  await expect(
    page.getByRole('heading', { level: 1, name: 'Capture images with the webcam' }),
  ).toBeVisible();
}

/** The camera's track, which can be asked also when its page is gone. */
async function trackOf(page: Page) {
  return page.getByLabel('What the camera sees').evaluateHandle((element: HTMLVideoElement) => {
    const [track] = (element.srcObject as MediaStream).getVideoTracks();
    if (track === undefined) throw new Error('The video has no track.');
    return track;
  });
}

test.describe('the webcam', () => {
  test('captures labelled frames, which become an image set', async ({ page }) => {
    await openCapture(page);
    await page.getByRole('textbox', { name: 'Label 1' }).fill('cup');
    await page.getByRole('textbox', { name: 'Label 2' }).fill('hand');
    await page.getByLabel('Size of a frame').selectOption('64 × 64 pixels');
    await turnOn(page);

    await expect(page.getByRole('button', { name: 'Turn the camera off' })).toBeFocused();
    await holdOf(page, 'cup').click();
    await expect(page.getByRole('button', { name: /^Remove frame \d of cup$/ })).toHaveCount(1);
    // The count stands beside the button: it is read out, and not shown once more.
    const news = page.getByRole('status');
    await expect(news).toHaveText('1 frame of cup.');
    await expect(news.getByText('1 frame of cup.')).toHaveCSS('width', '1px');
    await holdOf(page, 'hand').dispatchEvent('pointerdown', { button: 0, pointerId: 1 });
    const hands = page.getByRole('button', { name: /^Remove frame \d+ of hand$/ });
    await expect.poll(() => hands.count()).toBeGreaterThanOrEqual(4);
    await holdOf(page, 'hand').dispatchEvent('pointerup', { pointerId: 1 });
    await page.getByRole('button', { name: 'Remove frame 1 of hand' }).click();
    await expect(news).toHaveText('Frame 1 of hand was removed.');
    await expect(news.getByText('Frame 1 of hand was removed.')).not.toHaveCSS('width', '1px');
    await expect(page.getByLabel('Size of a frame')).toBeDisabled();
    const count = await hands.count();

    await holdOf(page, 'cup').focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Remove frame 2 of cup' })).toBeVisible();
    const track = await trackOf(page);
    await page.getByRole('button', { name: `Save ${count + 2} frames` }).click();

    await expect(page.getByRole('heading', { level: 1, name: /^webcam .*\.zip$/ })).toBeVisible();
    await expect(page.getByText(`${count + 2} images, each of 64 × 64 pixels.`)).toBeVisible();
    await expect(page.getByRole('region', { name: 'cup' }).getByRole('img')).toHaveCount(2);
    await expect(
      page.getByRole('region', { name: 'hand' }).getByText(`${count} image`),
    ).toBeVisible();
    expect(await track.evaluate(({ readyState }) => readyState)).toBe('ended');
  });

  test('is off when the page is left; the frames are there when one comes back', async ({
    page,
  }) => {
    await openCapture(page);
    await page.getByRole('textbox', { name: 'Label 1' }).fill('cup');
    await turnOn(page);
    await holdOf(page, 'cup').click();
    await expect(page.getByRole('button', { name: 'Remove frame 1 of cup' })).toBeVisible();
    const track = await trackOf(page);
    await page.getByRole('link', { name: 'All runs' }).click();
    await expect.poll(() => track.evaluate(({ readyState }) => readyState)).toBe('ended');
    await page.goBack();
    await expect(page.getByRole('button', { name: 'Turn the camera on' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Remove frame 1 of cup' })).toBeVisible();
  });

  test('unplugged in the middle it says so, and starts again', async ({ page }) => {
    await openCapture(page);
    await turnOn(page);
    const track = await trackOf(page);
    await track.evaluate((camera) => camera.dispatchEvent(new Event('ended')));
    await expect(page.getByRole('alert')).toContainText('The camera stopped giving pictures');
    await expect(holdOf(page, 'label 1')).toBeDisabled();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByLabel('What the camera sees')).toBeVisible();
  });

  test('is what a model predicts from, picture after picture, until it is turned off', async ({
    page,
  }) => {
    await page.goto('./');
    await page.getByRole('button', { name: 'Open Handwritten digits' }).click();
    await page.getByRole('link', { name: 'Set up training' }).click();
    await page.getByRole('button', { name: 'Remove convolutional network' }).click();
    await editYaml(page, (yaml) => yaml.replace('resamples: 1000', 'resamples: 100'));
    await train(page);
    await expectResults(page);
    await page.getByRole('link', { name: 'Predict with it' }).click();
    await page.getByRole('button', { name: 'Use the webcam' }).press('Enter');
    const answer = page.locator('p.answer');
    await expect(answer).toHaveText(/^\d$/);
    await expect(page.locator('.answer[aria-live]')).toHaveAttribute('aria-live', 'off');
    // The test picture moves, and the answer's shares with it.
    const shares = page.getByRole('list', { name: 'Probabilities' });
    const first = await shares.textContent();
    await expect(shares).not.toHaveText(first ?? '');

    const track = await trackOf(page);
    const off = page.getByRole('button', { name: 'Turn the camera off' });
    await expect(off).toBeFocused();
    await off.press('Enter');
    await expect.poll(() => track.evaluate(({ readyState }) => readyState)).toBe('ended');
    await expect(page.getByRole('img', { name: 'what the webcam saw' })).toBeVisible();
    await expect(answer).toHaveText(/^\d$/);
  });

  test('labels that cannot be folders are refused where they are typed', async ({ page }) => {
    await openCapture(page);
    await page.getByRole('textbox', { name: 'Label 1' }).fill('a/b');
    await expect(page.getByText('it holds no slash')).toBeVisible();
    await page.getByRole('textbox', { name: 'Label 1' }).fill('cup');
    await page.getByRole('textbox', { name: 'Label 2' }).fill('cup ');
    await expect(page.getByText('There is such a label already.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Save the frames' })).toBeDisabled();
    await expect(page.getByText('Capture some frames first.')).toBeVisible();
  });

  test('is accessible', { tag: '@long' }, async ({ page }) => {
    await openCapture(page);
    await page.getByRole('textbox', { name: 'Label 1' }).fill('cup');
    await turnOn(page);
    await holdOf(page, 'cup').click();
    await expect(page.getByRole('button', { name: 'Remove frame 1 of cup' })).toBeVisible();
    await expectAccessible(page);
  });
});
