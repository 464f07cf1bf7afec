import { expect, test } from './app.ts';

test('a machine without a camera is told to plug one in', async ({ page, context }) => {
  await context.grantPermissions(['camera']);
  await page.goto('./#/capture');
  await page.getByRole('button', { name: 'Turn the camera on' }).click();
  await expect(page.getByRole('alert')).toContainText('No camera was found.');
  await expect(page.getByRole('alert')).toContainText('Plug one in and try again');
});
