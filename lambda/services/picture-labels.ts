// Who names the things in a function's pictures? Nobody, unless the stack says Rekognition.
import { InternalError } from '../../domain/errors.ts';
import type { Services } from '../../services/contracts.ts';
import type { FunctionEnvironment } from '../environment.ts';

export function openPictureLabels({
  PICTURE_LABELS: labels,
}: Pick<FunctionEnvironment, 'PICTURE_LABELS'>): Services['pictureLabels'] {
  if (labels !== 'off') throw new InternalError('Rekognition is not connected yet');
  return null;
}
