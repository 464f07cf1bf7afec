import { inputError, TerrariumError } from '#core/errors.ts';

/** A camera that the browser knows; it tells the names only once a page may use one. */
export interface CameraDevice {
  readonly id: string;
  readonly name: string;
}

/**
 * Asks for a camera.
 * @param id which one; the browser's own choice when absent
 * @throws TerrariumError `camera_insecure`, `camera_denied`, `no_camera`, `camera_busy`, `camera_failed`
 */
export async function openCamera(id?: string): Promise<MediaStream> {
  // Absent from pages that came by plain http.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices === undefined) throw cameraInsecure();
  const device = id === undefined ? {} : { deviceId: { exact: id } };
  try {
    return await devices.getUserMedia({
      audio: false,
      video: { ...device, width: { ideal: 640 } },
    });
  } catch (thrown) {
    throw cameraFailure(thrown);
  }
}

/** The cameras there are. */
export async function cameras(): Promise<CameraDevice[]> {
  const all = await navigator.mediaDevices.enumerateDevices();
  return all
    .filter(({ kind }) => kind === 'videoinput')
    .map(({ deviceId, label }, i) => ({
      id: deviceId,
      name: label === '' ? `Camera ${i + 1}` : label,
    }));
}

/** Frees a camera: its light goes out with its last track. */
export function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** What a browser's refusal means, and what to do (Media Capture and Streams, section 10.3). */
export function cameraFailure(thrown: unknown): TerrariumError {
  const name = thrown instanceof DOMException ? thrown.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return inputError(
        'camera_denied',
        'This page may not use the camera.',
        'Allow it beside the address, or in the settings of the browser or the system, and try again. What it sees stays in this tab.',
      );
    case 'NotFoundError':
    case 'OverconstrainedError':
      return inputError(
        'no_camera',
        'No camera was found.',
        'Plug one in and try again, or drop a folder of images instead.',
      );
    case 'NotReadableError':
    case 'AbortError':
      return inputError(
        'camera_busy',
        'The camera gives no picture.',
        'Another program may be using it: close that, and try again.',
      );
    default:
      return new TerrariumError({
        code: 'camera_failed',
        kind: 'run',
        message: 'The camera could not be started.',
        hint: 'Try again, or drop a folder of images instead.',
        details: thrown instanceof Error ? { reason: thrown.message } : {},
      });
  }
}

export function cameraUnplugged(): TerrariumError {
  return inputError(
    'camera_gone',
    'The camera stopped giving pictures: it was unplugged, or taken by something else.',
    'Plug it in and start it again. The frames captured so far are still here.',
  );
}

function cameraInsecure(): TerrariumError {
  return inputError(
    'camera_insecure',
    'Browsers lend a camera only to pages that came by https, or from this machine.',
    'Open Terrarium by https or at http://localhost, or drop a folder of images instead.',
  );
}
