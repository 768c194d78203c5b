// Do S3's forms and addresses keep the contract of links (A2)? The test server keeps what S3's own rules let through.
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createLinks } from '../../../services/aws/links.ts';
import type { Links } from '../../../services/contracts.ts';
import { media } from '../../../systems/interview/stores.ts';
import { refusalOfAddress, refusalOfForm } from '../../services/aws/s3-rules.ts';
import { describeLinks, describeRefusedLinks, type LinksHost } from '../../services/contracts/links.ts';
import '../support/server.ts';
import { makeBucket, s3 } from '../support/stores.ts';

/** Of every client of these tests. */
const secret = 'testing';

/** Links of a client whose clock says this time. */
const linksOf = (bucketName: string, now: Date): Links =>
  createLinks({
    bucketName,
    client: new S3Client({
      forcePathStyle: true,
      responseChecksumValidation: 'WHEN_REQUIRED',
      systemClockOffset: now.getTime() - Date.now(),
    }),
  });

async function send(...[{ url, fields }, bytes]: Parameters<LinksHost['send']>): Promise<boolean> {
  if (refusalOfForm({ fields, sizeBytes: bytes.length, now: new Date() }, secret) !== null) return false;
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([Buffer.from(bytes)], { type: fields['Content-Type'] ?? '' }), 'a');
  return (await fetch(url, { method: 'POST', body: form })).ok;
}

async function makeHost(): Promise<LinksHost> {
  const Bucket = await makeBucket(media);
  return {
    links: createLinks({ bucketName: Bucket }),
    linksAt: (now) => linksOf(Bucket, now),
    send,
    stored: async (Key) => {
      try {
        const { Body, ContentType = '' } = await s3().send(new GetObjectCommand({ Bucket, Key }));
        return { bytes: (await Body?.transformToByteArray()) ?? Buffer.of(), contentType: ContentType };
      } catch (error) {
        if (error instanceof Error && error.name === 'NoSuchKey') return null;
        throw error;
      }
    },
    put: async (Key, Body, ContentType) => {
      await s3().send(new PutObjectCommand({ Bucket, Key, Body, ContentType }));
    },
    fetch: (address) =>
      refusalOfAddress(address, new Date(), secret) === null
        ? fetch(address)
        : Promise.resolve(new Response(null, { status: 403 })),
  };
}

describeLinks('S3', makeHost);
describeRefusedLinks('S3', makeHost);
