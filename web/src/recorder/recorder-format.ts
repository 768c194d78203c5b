// As what does this browser record? H.264 in MP4 where it can, because every player can play it; else WebM.
import type { UploadContentType } from '../../../domain/upload-format.ts';

export interface RecorderFormat {
  /** For MediaRecorder, with codecs. */
  readonly mimeType: string;
  /** For the upload, without. */
  readonly contentType: UploadContentType;
}

/** In the order of preference; the codecs of MP4 in the spellings that Chromium and Safari answer to. */
export const recorderFormats: readonly RecorderFormat[] = [
  { mimeType: 'video/mp4;codecs=avc1.64001f,mp4a.40.2', contentType: 'video/mp4' },
  { mimeType: 'video/mp4;codecs=avc1.42e01f,mp4a.40.2', contentType: 'video/mp4' },
  { mimeType: 'video/mp4;codecs=avc1,mp4a.40.2', contentType: 'video/mp4' },
  { mimeType: 'video/mp4;codecs=avc1,opus', contentType: 'video/mp4' },
  { mimeType: 'video/webm;codecs=vp9,opus', contentType: 'video/webm' },
  { mimeType: 'video/webm;codecs=vp8,opus', contentType: 'video/webm' },
  { mimeType: 'video/webm', contentType: 'video/webm' },
  { mimeType: 'video/mp4', contentType: 'video/mp4' },
];

/** The first format that the browser takes, or `null` when it cannot record at all. */
export const chooseFormat = (isSupported: (mimeType: string) => boolean): RecorderFormat | null =>
  recorderFormats.find(({ mimeType }) => isSupported(mimeType)) ?? null;
