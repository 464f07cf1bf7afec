import { toFailure, type FailureData } from '#core/errors.ts';
import {
  cameras,
  cameraUnplugged,
  closeCamera,
  openCamera,
  type CameraDevice,
} from './open-camera.ts';

/** A camera on its way on, on, or off. */
export class Camera {
  #stream: MediaStream | null = $state.raw(null);
  #isStarting: boolean = $state(false);
  #failure: FailureData | null = $state.raw(null);
  #devices: readonly CameraDevice[] = $state.raw([]);
  /** The latest start or stop: what was asked for before it is of no use any more. */
  #turn = 0;

  /** What it sees; null while it is off. */
  get stream(): MediaStream | null {
    return this.#stream;
  }

  get isStarting(): boolean {
    return this.#isStarting;
  }

  get failure(): FailureData | null {
    return this.#failure;
  }

  /** All there are, once one was on. */
  get devices(): readonly CameraDevice[] {
    return this.#devices;
  }

  /** Id of the one that is on. */
  get deviceId(): string {
    return this.#stream?.getVideoTracks()[0]?.getSettings().deviceId ?? '';
  }

  /** @param id which one; the browser's choice when absent. What fails stands in `failure`. */
  async start(id?: string): Promise<void> {
    this.stop();
    const turn = this.#turn;
    this.#isStarting = true;
    try {
      const stream = await openCamera(id);
      if (turn !== this.#turn) {
        closeCamera(stream);
        return;
      }
      this.#stream = stream;
      stream.getVideoTracks()[0]?.addEventListener('ended', () => this.#gone(stream));
      this.#devices = await cameras();
    } catch (thrown) {
      if (turn === this.#turn) this.#failure = toFailure(thrown);
    } finally {
      if (turn === this.#turn) this.#isStarting = false;
    }
  }

  stop(): void {
    this.#turn += 1;
    if (this.#stream !== null) closeCamera(this.#stream);
    this.#stream = null;
    this.#isStarting = false;
    this.#failure = null;
  }

  /** Tracks end by themselves where the camera is unplugged or the permission taken back. */
  #gone(stream: MediaStream): void {
    if (stream !== this.#stream) return;
    this.stop();
    this.#failure = cameraUnplugged().toData();
  }
}
