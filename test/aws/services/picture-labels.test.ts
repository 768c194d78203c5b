// Does Amazon Rekognition, as a server plays it, name the things in a picture (A69)?
import { expect } from 'chai';
import { createPictureLabels } from '../../../services/aws/picture-labels.ts';
import '../support/server.ts';

describe('Amazon Rekognition on a server', () => {
  it('gives names with confidence, parents and the version of the model', async () => {
    const { signal } = new AbortController();
    const found = await createPictureLabels().label(Buffer.from('the server does not look'), signal);
    expect(found.provider).to.match(/^amazon-rekognition-labels-/);
    expect(found.labels).to.have.lengthOf(1);
    expect(found.labels[0]).to.deep.include({ name: 'Mobile Phone', parents: ['Phone'] });
    expect(found.labels[0]?.confidence).to.be.within(0.99, 1);
  });
});
