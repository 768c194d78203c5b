// Which faces are in a frame, and what is measured of each?
import path from 'node:path';
import type { Face } from '../../domain/measurements.ts';
import type { Frame } from './crop.ts';
import { detectFaces } from './detector.ts';
import type { DetectedFace } from './detector.ts';
import { irisOffset } from './gaze.ts';
import { boundsOf, fitMesh, headPose } from './mesh.ts';
import { loadModel, startBackend } from './model.ts';
import type { Model } from './model.ts';

/** People scored 0.70 and more, a cat's face 0.57. */
const minDetectorScore = 0.6;
const minMeshPresence = 0.5;

export interface FaceModels {
  readonly detector: Model;
  readonly mesh: Model;
  readonly iris: Model;
}

/** Detector, mesh and iris, and nothing that could tell who somebody is, how old, of which sex or in which mood. */
export async function loadFaceModels(directory: string): Promise<FaceModels> {
  await startBackend(directory);
  const models = path.join(directory, 'models');
  const [detector, mesh, iris] = await Promise.all([
    loadModel(models, 'blazeface'),
    loadModel(models, 'facemesh'),
    loadModel(models, 'iris'),
  ]);
  return { detector, mesh, iris };
}

/** Mean luma after ITU-R BT.601 of the part of the box that lies in the frame. */
function boxLuma({ bytes, width, height }: Frame, box: readonly [number, number, number, number]): number {
  const left = Math.max(0, Math.floor(box[0]));
  const top = Math.max(0, Math.floor(box[1]));
  const right = Math.min(width, Math.ceil(box[0] + box[2]));
  const bottom = Math.min(height, Math.ceil(box[1] + box[3]));
  let sum = 0;
  for (let y = top; y < bottom; y += 1) {
    for (let at = (y * width + left) * 3; at < (y * width + right) * 3; at += 3) {
      sum += 0.299 * (bytes[at] ?? 0) + 0.587 * (bytes[at + 1] ?? 0) + 0.114 * (bytes[at + 2] ?? 0);
    }
  }
  return sum / Math.max(1, (right - left) * (bottom - top));
}

function measureFace(models: FaceModels, frame: Frame, { score, region }: DetectedFace): Face | null {
  const { presence, points } = fitMesh(models.mesh, frame, region);
  if (presence < minMeshPresence) return null;
  const box = boundsOf(points);
  const { width, height } = frame;
  return {
    box: [box[0] / width, box[1] / height, box[2] / width, box[3] / height],
    score,
    ...headPose(points),
    irisOffset: irisOffset(models.iris, frame, points),
    luma: boxLuma(frame, box),
  };
}

/** All faces of one frame, the largest first. Every frame is judged alone, so their order never matters. */
export function findFaces(models: FaceModels, frame: Frame): Face[] {
  return detectFaces(models.detector, frame, minDetectorScore)
    .map((detected) => measureFace(models, frame, detected))
    .filter((face) => face !== null)
    .toSorted((a, b) => b.box[2] * b.box[3] - a.box[2] * a.box[3]);
}
