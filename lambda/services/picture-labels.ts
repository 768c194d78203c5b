// Who names the things in a function's pictures? Nobody, unless the stack says Rekognition.
import { createPictureLabels } from '../../services/aws/picture-labels.ts';
import type { Services } from '../../services/contracts.ts';
import type { FunctionEnvironment } from '../environment.ts';

export const openPictureLabels = ({
  PICTURE_LABELS: provider,
}: Pick<FunctionEnvironment, 'PICTURE_LABELS'>): Services['pictureLabels'] =>
  provider === 'rekognition' ? createPictureLabels() : null;
