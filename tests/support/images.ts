import { deflateSync } from 'node:zlib';
import { utf8 } from './csv.ts';

/** A grey PNG; with `pixels` less than it says where a test wants that. */
export function pngOf(
  width: number,
  height: number,
  grey = 0,
  pixels = width * height,
): Uint8Array {
  const rows = Buffer.alloc(Math.ceil(pixels / width) * (width + 1), grey);
  for (let at = 0; at < rows.length; at += width + 1) rows[at] = 0;
  return pngFrom(width, height, 0, rows);
}

/** A PNG in colour. @param level of a pixel, from 0, and a channel: 0 to 255 */
export function colouredPng(
  width: number,
  height: number,
  level: (pixel: number, channel: number) => number,
): Uint8Array {
  const each = 1 + 3 * width;
  const rows = Buffer.alloc(height * each);
  for (let at = 0; at < width * height * 3; at += 1) {
    const pixel = Math.floor(at / 3);
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    rows[y * each + 1 + 3 * x + (at % 3)] = level(pixel, at % 3);
  }
  return pngFrom(width, height, 2, rows);
}

function pngFrom(width: number, height: number, colourType: number, rows: Buffer): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, colourType, 0, 0, 0], 8);
  const chunks = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND')];
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), ...chunks]);
}

function chunk(type: string, data: Uint8Array = new Uint8Array(0)): Uint8Array {
  const body = Buffer.concat([utf8(type), data]);
  const bytes = Buffer.alloc(body.length + 8);
  bytes.writeUInt32BE(data.length, 0);
  bytes.set(body, 4);
  bytes.writeUInt32BE(crc32(body), body.length + 4);
  return bytes;
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** The segments of a JPEG around a few bytes of coded data, a stuffed 0xFF and a restart among them. */
export function jpegOf(width: number, height: number): Uint8Array {
  const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  const comment = [0xff, 0xfe, 0, 4, 0xff, 0xd9];
  const scan = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 0x3f, 0, 0x12, 0xff, 0, 0xff, 0xd0, 0x34];
  return Buffer.from([0xff, 0xd8, ...comment, ...frame, 0xff, ...scan, 0xff, 0xd9]);
}

export function gifOf(width: number, height: number): Uint8Array {
  const screen = Buffer.alloc(13);
  screen.write('GIF89a');
  screen.writeUInt16LE(width, 6);
  screen.writeUInt16LE(height, 8);
  screen[10] = 0x80;
  const colours = [0, 0, 0, 255, 255, 255];
  const comment = [0x21, 0xfe, 2, 0x3b, 0x3b, 0];
  const image = [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 0x01, 0];
  return Buffer.from([...screen, ...colours, ...comment, ...image, 0x3b]);
}

/** The beginning of a lossless WebP, as long as it says. */
export function webpOf(width: number, height: number): Uint8Array {
  const bytes = Buffer.alloc(40);
  bytes.write('RIFF');
  bytes.writeUInt32LE(32, 4);
  bytes.write('WEBPVP8L', 8);
  bytes.writeUInt32LE(20, 16);
  bytes[20] = 0x2f;
  bytes.writeUInt32LE((width - 1) | ((height - 1) << 14), 21);
  return bytes;
}

/** A BMP of 24 bits a pixel; a negative height stands for rows from the top down. */
export function bmpOf(width: number, height: number): Uint8Array {
  const data = Math.ceil((width * 24) / 32) * 4 * Math.abs(height);
  const bytes = Buffer.alloc(54 + data);
  bytes.write('BM');
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  return bytes;
}
