import { TerrariumError } from '#core/errors.ts';

/**
 * The middle of what a video shows now, as a square PNG.
 * @param side in pixels
 * @throws TerrariumError `no_frame` where there is no picture (yet)
 */
export async function takeFrame(video: HTMLVideoElement, side: number): Promise<Blob> {
  const { videoWidth, videoHeight } = video;
  const cut = Math.min(videoWidth, videoHeight);
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext('2d');
  if (context === null || cut === 0) throw noFrame();
  context.imageSmoothingQuality = 'high';
  const [left, top] = [(videoWidth - cut) / 2, (videoHeight - cut) / 2];
  context.drawImage(video, left, top, cut, cut, 0, 0, side, side);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(noFrame());
      else resolve(blob);
    }, 'image/png');
  });
}

function noFrame(): TerrariumError {
  return new TerrariumError({
    code: 'no_frame',
    kind: 'run',
    message: 'The camera has given no picture yet.',
    hint: 'Wait until you see one, and press again.',
  });
}
