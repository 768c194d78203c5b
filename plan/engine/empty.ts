// What does the engine answer when there is nothing to say?
import { createRequire } from 'node:module';
import type { Empty } from 'google-protobuf/google/protobuf/empty_pb.js';

export type { Empty };

const { Empty: EmptyMessage } = createRequire(
  createRequire(import.meta.url).resolve('@pulumi/pulumi/proto/resource_pb.js'),
)('google-protobuf/google/protobuf/empty_pb.js') as { Empty: typeof Empty };

export const emptyMessage = (): Empty => new EmptyMessage();
