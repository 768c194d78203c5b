// Which pixels does a model look at? A turned square out of the frame, scaled to the model's input.

/** RGB24, rows from the top, without padding. */
export interface Frame {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** A square in pixels of the frame, turned clockwise by `angle` radians around its centre. */
export interface Region {
  readonly centreX: number;
  readonly centreY: number;
  readonly side: number;
  readonly angle: number;
}

export interface CropOptions {
  /** Width and height of the result. */
  readonly pixels: number;
  /** The result is `byte × scale + shift`. */
  readonly scale: number;
  readonly shift: number;
  readonly isMirrored: boolean;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a point of the region (each coordinate −0.5 to 0.5) lies in the frame. */
export function toFrame(region: Region, across: number, down: number): Point {
  const cos = Math.cos(region.angle) * region.side;
  const sin = Math.sin(region.angle) * region.side;
  return { x: region.centreX + cos * across - sin * down, y: region.centreY + sin * across + cos * down };
}

/** The region as `pixels × pixels × 3` numbers, bilinear; what lies outside the frame is black. */
export function crop(frame: Frame, region: Region, options: CropOptions): Float32Array {
  const { pixels, scale, shift, isMirrored } = options;
  const { bytes, width, height } = frame;
  const out = new Float32Array(pixels * pixels * 3).fill(shift);
  const origin = toFrame(region, 0, 0);
  const stepX = (Math.cos(region.angle) * region.side) / pixels;
  const stepY = (Math.sin(region.angle) * region.side) / pixels;
  const half = pixels / 2 - 0.5;
  for (let row = 0, at = 0; row < pixels; row += 1) {
    for (let column = 0; column < pixels; column += 1, at += 3) {
      const across = isMirrored ? half - column : column - half;
      // A pixel's value belongs to its middle, hence the half.
      const x = origin.x + across * stepX - (row - half) * stepY - 0.5;
      const y = origin.y + across * stepY + (row - half) * stepX - 0.5;
      const left = Math.floor(x);
      const top = Math.floor(y);
      if (left < -1 || top < -1 || left >= width || top >= height) continue;
      const right = x - left;
      const below = y - top;
      const hasLeft = left >= 0;
      const hasRight = left + 1 < width;
      const upper = (top * width + left) * 3;
      const lower = upper + width * 3;
      const a = top >= 0 && hasLeft ? (1 - right) * (1 - below) : 0;
      const b = top >= 0 && hasRight ? right * (1 - below) : 0;
      const c = top + 1 < height && hasLeft ? (1 - right) * below : 0;
      const d = top + 1 < height && hasRight ? right * below : 0;
      for (let channel = 0; channel < 3; channel += 1) {
        let sum = 0;
        if (a > 0) sum += a * (bytes[upper + channel] ?? 0);
        if (b > 0) sum += b * (bytes[upper + 3 + channel] ?? 0);
        if (c > 0) sum += c * (bytes[lower + channel] ?? 0);
        if (d > 0) sum += d * (bytes[lower + 3 + channel] ?? 0);
        out[at + channel] = sum * scale + shift;
      }
    }
  }
  return out;
}
