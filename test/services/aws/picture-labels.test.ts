// Does the adapter of Amazon Rekognition ask for things only, and let nothing about people through?
import { RekognitionClient } from '@aws-sdk/client-rekognition';
import { expect } from 'chai';
import { brief, clientOptions } from '../../../services/aws/clients.ts';
import { createPictureLabels } from '../../../services/aws/picture-labels.ts';
import { thrownBy } from '../contracts/object-store.ts';
import { answers, hangsUp, openLoopback, refuses, type Loopback, type Reply } from './loopback.ts';

/** Shaped like the example of the Developer Guide. */
const label = (name: string, categories: readonly string[], confidence = 99.12, parents: string[] = []) => ({
  Name: name,
  Confidence: confidence,
  Parents: parents.map((Name) => ({ Name })),
  Aliases: [],
  Instances: [],
  Categories: categories.map((Name) => ({ Name })),
});
const sees = (...Labels: object[]): Reply => answers({ Labels, LabelModelVersion: '3.0' });
const jpeg = Buffer.from('not looked at by a loopback');
const { signal } = new AbortController();

let server: Loopback;
beforeEach(async () => {
  server = await openLoopback();
});
afterEach(() => server.close());

const look = (reply: Reply, own = signal) => {
  server.otherwise = reply;
  const client = new RekognitionClient({ ...clientOptions(brief), ...server.place });
  return createPictureLabels({ client }).label(jpeg, own);
};

describe('Amazon Rekognition’s labels (A13, A69)', () => {
  it('are asked for once a picture, as bytes, for things of at least 80 % and no category of people', async () => {
    await look(sees());
    expect(server.seen).to.have.lengthOf(1);
    const { target, body } = server.seen[0] ?? {};
    expect(target).to.equal('RekognitionService.DetectLabels');
    expect(body).to.deep.include({ MaxLabels: 40, MinConfidence: 80, Features: ['GENERAL_LABELS'] });
    expect(body).to.have.nested.property('Image.Bytes', jpeg.toString('base64'));
    const { Settings } = body as { Settings: { GeneralLabels: { LabelCategoryInclusionFilters: string[] } } };
    const categories = Settings.GeneralLabels.LabelCategoryInclusionFilters;
    expect(categories).to.include('Technology and Computing');
    expect(categories.join()).not.to.match(/person|emotion|religion|medical|health|apparel|beauty|profess/i);
  });

  it('come with confidences from 0 to 1, parents and the version of the model', async () => {
    const found = await look(
      sees(label('Laptop', ['Technology and Computing'], 98.761_23, ['Computer', 'Electronics'])),
    );
    expect(found.provider).to.equal('amazon-rekognition-labels-3.0');
    expect(found.labels).to.have.lengthOf(1);
    expect(found.labels[0]).to.deep.include({ name: 'Laptop', parents: ['Computer', 'Electronics'] });
    expect(found.labels[0]?.confidence).to.be.closeTo(0.987_612, 1e-6);
  });

  const aboutPeople: readonly (readonly [string, readonly string[]])[] = [
    ['Woman', ['Person Description']],
    ['Smile', ['Expressions and Emotions']],
    ['Wheelchair', ['Furniture and Furnishings', 'Medical']],
    ['Turban', ['Apparel and Accessories', 'Religion']],
    ['Something without a category', []],
  ];
  for (const [name, categories] of aboutPeople) {
    it(`leave out ${name}, even when the service sends it`, async () => {
      const { labels } = await look(sees(label(name, categories), label('Plant', ['Plants and Flowers'])));
      expect(labels.map((one) => one.name)).to.deep.equal(['Plant']);
    });
  }

  const failures: readonly (readonly [string, Reply, string, string])[] = [
    ['throttled', refuses(400, 'ThrottlingException'), 'TemporaryFailure', 'THROTTLED'],
    [
      'over the quota',
      refuses(400, 'ProvisionedThroughputExceededException'),
      'TemporaryFailure',
      'THROTTLED',
    ],
    ['broken inside', refuses(500, 'InternalServerError'), 'TemporaryFailure', 'UPSTREAM'],
    ['cut off', hangsUp, 'TemporaryFailure', 'UPSTREAM'],
    [
      'given a picture it cannot read',
      refuses(400, 'InvalidImageFormatException'),
      'ServiceRejected',
      'UPSTREAM',
    ],
    ['not allowed', refuses(400, 'AccessDeniedException'), 'InternalError', 'BUG'],
  ];
  for (const [what, reply, name, code] of failures) {
    it(`${what} are a ${name} (${code})`, async () => {
      expect(await thrownBy(look(reply))).to.include({ name, code });
    }).timeout(10_000);
  }

  it('are not asked for any more when the caller gave up: the reason is thrown', async () => {
    const controller = new AbortController();
    const stop: Reply = () => controller.abort(new Error('stopped'));
    expect(await thrownBy(look(stop, controller.signal))).to.have.property('message', 'stopped');
  });
});
