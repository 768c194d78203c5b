// Which files may be uploaded, and under which extension are they kept?
import { z } from 'zod';

/** The two containers that browsers record. */
export const uploadFormats = { 'video/mp4': 'mp4', 'video/webm': 'webm' } as const;
export type UploadContentType = keyof typeof uploadFormats;

export const uploadContentTypeSchema = z.enum(
  Object.keys(uploadFormats) as [UploadContentType, ...UploadContentType[]],
);
