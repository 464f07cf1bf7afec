/** Bytes of a GPU's buffer, after all work that was handed in before. @throws where the device fails */
export async function readBuffer(
  device: GPUDevice,
  buffer: GPUBuffer,
  from: number,
  bytes: number,
): Promise<ArrayBuffer> {
  const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
  const copy = device.createBuffer({ label: 'read', size: bytes, usage });
  try {
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(buffer, from, copy, 0, bytes);
    device.queue.submit([encoder.finish()]);
    await copy.mapAsync(GPUMapMode.READ);
    return copy.getMappedRange().slice(0);
  } finally {
    copy.destroy();
  }
}
