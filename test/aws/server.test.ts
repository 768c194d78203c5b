// Is it certain that these tests never speak to AWS itself?
import { expect } from 'chai';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { endpoint, requireLoopback } from './support/server.ts';

describe('the server that stands in for AWS', () => {
  for (const address of ['http://127.0.0.1:5000', 'http://localhost:4566', 'http://[::1]:80']) {
    it(`may be ${address}`, () => {
      expect(requireLoopback(address)).to.equal(address);
    });
  }

  for (const address of [
    'https://s3.us-east-1.amazonaws.com',
    'http://169.254.169.254',
    'http://10.0.0.1:5000',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com:4566',
    'https://127.0.0.1',
  ]) {
    it(`may not be ${address}`, () => {
      expect(() => requireLoopback(address)).to.throw(/never to AWS/);
    });
  }

  it('is what a client finds by itself, with credentials that are none', async () => {
    const client = new S3Client({});
    let called = '';
    client.middlewareStack.add(
      (next) => (args) => {
        const { hostname, port } = args.request as { hostname: string; port?: number };
        called = `http://${hostname}:${String(port)}`;
        return next(args);
      },
      { step: 'finalizeRequest', name: 'note-address' },
    );
    await client.send(new ListBucketsCommand({}));
    expect(called).to.equal(endpoint());
    expect(await client.config.credentials()).to.include({ accessKeyId: 'testing' });
  });
});
