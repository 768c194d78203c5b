// Which way does a face point, and where does it end? From the 468 points of the face mesh.
import { crop, toFrame } from './crop.ts';
import type { Frame, Region } from './crop.ts';
import type { Model } from './model.ts';

/** Kartynnik et al. (2019), Real-time Facial Surface Geometry, arXiv:1907.06724. */
const input = { pixels: 192, scale: 1 / 255, shift: 0, isMirrored: false };

/** Points of the mesh by their number in the canonical face model of MediaPipe. */
const landmark = { forehead: 10, chin: 152, imageLeftCheek: 234, imageRightCheek: 454 } as const;

/** In pixels of the frame; `z` grows away from the camera, in the same unit. */
export interface MeshPoint {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

export interface Mesh {
  /** How sure the mesh model is that it looks at a face, 0–1. */
  readonly presence: number;
  readonly points: readonly MeshPoint[];
}

export function fitMesh(model: Model, frame: Frame, region: Region): Mesh {
  const outputs = model.run(crop(frame, region, input), [1, input.pixels, input.pixels, 3]);
  const flat = outputs.find((output) => output.length === 1404) ?? new Float32Array();
  const presence = outputs.find((output) => output.length === 1)?.[0] ?? 0;
  const points: MeshPoint[] = [];
  for (let at = 0; at + 2 < flat.length; at += 3) {
    const [x = 0, y = 0, z = 0] = flat.subarray(at, at + 3);
    const place = toFrame(region, x / input.pixels - 0.5, y / input.pixels - 0.5);
    points.push({ ...place, z: (z / input.pixels) * region.side });
  }
  return { presence, points };
}

/** Left, top, width and height of all points in pixels of the frame: the face from hairline to chin. */
export function boundsOf(points: readonly MeshPoint[]): [number, number, number, number] {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const left = Math.min(...xs);
  const top = Math.min(...ys);
  return [left, top, Math.max(...xs) - left, Math.max(...ys) - top];
}

const origin: MeshPoint = { x: 0, y: 0, z: 0 };

const between = (from: MeshPoint, to: MeshPoint): MeshPoint => ({
  x: to.x - from.x,
  y: to.y - from.y,
  z: to.z - from.z,
});

const degrees = (radians: number): number => (radians * 180) / Math.PI;

export interface HeadPose {
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
}

/** Degrees: positive yaw is the person's left, positive pitch is down, positive roll is clockwise in the picture. */
export function headPose(points: readonly MeshPoint[]): HeadPose {
  const at = (index: number): MeshPoint => points[index] ?? origin;
  const across = between(at(landmark.imageLeftCheek), at(landmark.imageRightCheek));
  const down = between(at(landmark.forehead), at(landmark.chin));
  // The normal of the plane through forehead, chin and cheeks points out of the face.
  const normal = {
    x: down.y * across.z - down.z * across.y,
    y: down.z * across.x - down.x * across.z,
    z: down.x * across.y - down.y * across.x,
  };
  return {
    yaw: degrees(Math.atan2(normal.x, -normal.z)),
    pitch: degrees(Math.atan2(normal.y, Math.hypot(normal.x, normal.z))),
    roll: degrees(Math.atan2(across.y, across.x)),
  };
}
