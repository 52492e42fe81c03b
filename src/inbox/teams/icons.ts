import { crc32, deflateSync } from 'node:zlib';

type Colour = readonly [red: number, green: number, blue: number, alpha: number];
const WHITE: Colour = [255, 255, 255, 255];
const PURPLE: Colour = [0x5b, 0x5f, 0xc7, 255];
const CLEAR: Colour = [255, 255, 255, 0];

/** 192 pixels, in colour: the tray on the accent colour, with room for the corners that Teams rounds. */
export const colourIcon = (): Buffer => draw(192, PURPLE, 28);
/** 32 pixels, white on nothing: Teams colours it itself. */
export const outlineIcon = (): Buffer => draw(32, CLEAR, 20);

/** Points looked at in each direction of one pixel: soft edges. */
const FINE = 4;

/** @param field how many units of the drawing the side of the picture is; the tray is 14 of them. */
function draw(size: number, ground: Colour, field: number): Buffer {
  const rows = Array.from({ length: size }, (_, y) => {
    const row = Array.from({ length: size }, (_, x) => mix(ground, WHITE, share(x, y)));
    return Buffer.from([0, ...row.flat()]);
  });
  return png(size, Buffer.concat(rows));

  function share(x: number, y: number): number {
    let inside = 0;
    for (let i = 0; i < FINE * FINE; i += 1) {
      const at = (pixel: number, step: number) => ((pixel + (step + 0.5) / FINE) / size - 0.5) * field;
      if (onTray(at(x, i % FINE), at(y, Math.floor(i / FINE)))) inside += 1;
    }
    return inside / (FINE * FINE);
  }
}

/** An in-tray seen from above its edge: a rounded frame, a shelf, and the dip in it. The middle is 0, 0. */
function onTray(x: number, y: number): boolean {
  const frame = rounded(x, y, 7, 2.2) && !rounded(x, y, 5.7, 1);
  const fromDip = Math.hypot(x, y - 1);
  const dip = y >= 1 && fromDip <= 3 && fromDip >= 1.7;
  const shelf = Math.abs(x) <= 6 && Math.abs(x) >= 2.35 && y >= 0.35 && y <= 1.65;
  return frame || dip || shelf;
}

function rounded(x: number, y: number, half: number, radius: number): boolean {
  const outside = (v: number) => Math.max(0, Math.abs(v) - (half - radius));
  return Math.hypot(outside(x), outside(y)) <= radius;
}

function mix(ground: Colour, over: Colour, share: number): number[] {
  return ground.map((value, i) => Math.round(value + ((over[i] ?? 0) - value) * share));
}

/** Portable Network Graphics (ISO/IEC 15948), 8 bits a channel with alpha; each row begins with filter 0. */
function png(size: number, rows: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
