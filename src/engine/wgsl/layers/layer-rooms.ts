import { sizeOf } from '#core/networks/layer.ts';
import type { PlacedLayer, PlacedTensor } from '#core/networks/place-layers.ts';
import type { Span } from '#engine/wgsl/shaders/update-pass.ts';
import { storedAt, vectorsOf, type StoredTensor } from '#engine/wgsl/stored-tensors.ts';
import type { StoredGroup, TensorRoom } from './gpu-layer.ts';

/** Room for the layers' numbers and tensors, while they are placed one after the other. Lengths count vectors. */
export class LayerRooms {
  readonly trained: StoredTensor[] = [];
  readonly kept: StoredTensor[] = [];
  readonly spans: Span[] = [];
  trainedLength = 0;
  keptLength = 0;
  gradientsLength = 0;
  quadLength = 0;

  /** Room for so many numbers of each row of a quad. */
  take(numbers: number): number {
    const at = this.quadLength;
    this.quadLength += numbers;
    return at;
  }

  /** Room for trained tensors, and for so many parts of the derivatives by them. */
  store({ tensors }: PlacedLayer, rooms: readonly TensorRoom[], parts: number): StoredGroup {
    const [at, gradients] = [this.trainedLength, this.gradientsLength];
    const sized = rooms.map((room) => {
      const tensor = tensorOf(tensors, room.role);
      return { room, tensor, length: room.height * vectorsOf(tensor.shape.at(-1) ?? 0) };
    });
    const whole = sized.reduce((sum, { length }) => sum + length, 0);
    for (const { room, tensor, length } of sized) {
      const { name, shape, penalized } = tensor;
      const { rows, rowStep } = room;
      const place = this.trainedLength;
      this.trained.push({ name, shape, place, rows, rowStep });
      const own = { at: place, length, gradients: gradients + place - at, penalized };
      this.spans.push({ ...own, partStep: whole, parts });
      this.trainedLength += length;
    }
    this.gradientsLength += parts * whole;
    return { at, gradients, length: whole };
  }

  /** Room for a tensor that a layer keeps by itself, or for numbers of its own. */
  keep({ tensors }: PlacedLayer, role: string | null, numbers: number): number {
    const place = this.keptLength;
    if (role !== null) {
      const tensor = tensorOf(tensors, role);
      if (sizeOf(tensor.shape) > numbers) throw new RangeError(`too little room for ${role}`);
      this.kept.push(storedAt(tensor, place));
    }
    this.keptLength += vectorsOf(numbers);
    return place;
  }
}

function tensorOf(tensors: readonly PlacedTensor[], role: string): PlacedTensor {
  const found = tensors.find((one) => one.role === role);
  if (found === undefined) throw new RangeError(`the layer has no tensor ${role}`);
  return found;
}
