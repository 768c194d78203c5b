// Which things does Amazon Rekognition see in a picture?
import { DetectLabelsCommand, RekognitionClient, type Label } from '@aws-sdk/client-rekognition';
import type { PictureLabel, PictureLabels } from '../contracts.ts';
import { clientOptions } from './clients.ts';
import { guarded } from './errors.ts';

/** Rekognition's own default is 55. A wrong thing in a report is worse than a missing one. */
const minimumConfidence = 80;
/** A room holds about ten things that anybody would name; each brings two or three wider names with it. */
const maximumLabels = 40;

/**
 * What may be named: things and rooms. Rekognition also labels people (man, woman, child), moods (happy, crying), jobs,
 * religion, clothes, health and beauty; none of it helps with practising, some of it must not be inferred at work (EU AI
 * Act, Art. 5(1)(f)), so it is neither asked for nor taken. For the same reason DetectFaces is not called: its defaults
 * would add nothing to the faces that our own models find.
 */
const allowedCategories: readonly string[] = [
  'Animals and Pets',
  'Everyday Objects',
  'Food and Beverage',
  'Furniture and Furnishings',
  'Home Appliances',
  'Home and Indoors',
  'Kitchen and Dining',
  'Offices and Workspaces',
  'Plants and Flowers',
  'Technology and Computing',
  'Text and Documents',
  'Tools and Machinery',
  'Toys and Gaming',
  'Vehicles and Automotive',
];
const allowed: ReadonlySet<string | undefined> = new Set(allowedCategories);

/** A label is as private as its most private category. */
const mayBeNamed = ({ Categories = [] }: Label): boolean =>
  Categories.length > 0 && Categories.every(({ Name }) => allowed.has(Name));

function labelOf(label: Label): PictureLabel[] {
  const { Name: name, Confidence: percent, Parents = [] } = label;
  if (name === undefined || percent === undefined || !mayBeNamed(label)) return [];
  return [
    {
      name,
      confidence: Math.min(1, Math.max(0, percent / 100)),
      parents: Parents.flatMap((parent) => parent.Name ?? []),
    },
  ];
}

export interface PictureLabelsOptions {
  /** Default: a client of its own, with the region and the credentials of the environment. */
  readonly client?: RekognitionClient;
}

/** A picture is some 100 kB to send, and about a second to look at. */
const patience = { requestMs: 10_000, silenceMs: 10_000 };

/** Rekognition's DetectLabels, one picture a call: things and rooms of at least 80 % confidence, nothing about people. */
export function createPictureLabels({
  client = new RekognitionClient(clientOptions(patience)),
}: PictureLabelsOptions = {}): PictureLabels {
  return {
    label: (jpeg, signal) =>
      guarded(
        'Naming the things in the picture',
        async () => {
          const command = new DetectLabelsCommand({
            Image: { Bytes: jpeg },
            MaxLabels: maximumLabels,
            MinConfidence: minimumConfidence,
            Features: ['GENERAL_LABELS'],
            Settings: { GeneralLabels: { LabelCategoryInclusionFilters: [...allowedCategories] } },
          });
          const { Labels = [], LabelModelVersion } = await client.send(command, { abortSignal: signal });
          return {
            provider: `amazon-rekognition-labels-${LabelModelVersion ?? 'unknown'}`,
            labels: Labels.flatMap(labelOf),
          };
        },
        signal,
      ),
  };
}
