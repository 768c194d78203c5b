// How do the values of a Pulumi program look on the wire?
import { createRequire } from 'node:module';
import type { Struct as StructMessage } from 'google-protobuf/google/protobuf/struct_pb.js';
import { redacted } from '../../policy/resource.ts';

/** A value as the language host sends it: JSON in which objects with a signature stand for something else. */
export type WireValue =
  null | boolean | number | string | readonly WireValue[] | { readonly [key: string]: WireValue };
export type WireObject = { readonly [key: string]: WireValue };

/** The signatures of sdk/go/common/resource in pulumi/pulumi; they are constants of the protocol. */
export const signatureKey = '4dabf18193072939515e22adb298388d';
export const signatures = {
  secret: '1b47061264138c4ac30d75fd1eb44270',
  asset: 'c44067f5952c0a294b673a41bacd8c17',
  archive: '0def7320c3a5731c473e5ecbe6d01bc7',
  resource: '5cf8f73096256a8f31e491e813e4eb8e',
  output: 'd0e6a833031e9bbcd3f4e8bde6ca49a4',
} as const;
/** Stands for a value that only a deployment would tell. */
export const unknownValue = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
/** What a reader sees in its place. */
export const unknownText = '[unknown]';

// The stubs of @pulumi/pulumi and the messages in them must come from one copy of protobuf: the one Pulumi brings.
const requireFromPulumi = createRequire(
  createRequire(import.meta.url).resolve('@pulumi/pulumi/proto/resource_pb.js'),
);
const { Struct } = requireFromPulumi('google-protobuf/google/protobuf/struct_pb.js') as {
  Struct: typeof StructMessage;
};

export const toStruct = (value: WireObject): StructMessage => Struct.fromJavaScript(value);

export const fromStruct = (struct: StructMessage | undefined): WireObject => struct?.toJavaScript() ?? {};

export const isWireObject = (value: WireValue | undefined): value is WireObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `''` for an object that stands for nothing else. */
const signatureOf = (value: WireObject): string => {
  const signature = value[signatureKey];
  return typeof signature === 'string' ? signature : '';
};

export const asReference = (urn: string, id: string): WireObject => ({
  [signatureKey]: signatures.resource,
  urn,
  ...(id === '' ? {} : { id }),
});

/**
 * The plain value below wrappers of secrets and outputs, references replaced by ids: what a provider would get.
 * Never print it.
 */
export function toPlain(value: WireValue): WireValue {
  if (Array.isArray(value)) return value.map(toPlain);
  if (!isWireObject(value)) return value;
  switch (signatureOf(value)) {
    case signatures.secret:
      return toPlain(value['value'] ?? null);
    case signatures.output:
      return value['value'] === undefined ? unknownValue : toPlain(value['value']);
    case signatures.resource:
      return value['id'] ?? value['urn'] ?? null;
    default:
      return mapValues(value, toPlain);
  }
}

/** The value as anyone may see it: secrets redacted, assets by what they hold, references by id or URN. */
export function toReadable(value: WireValue): unknown {
  if (value === unknownValue) return unknownText;
  if (Array.isArray(value)) return value.map(toReadable);
  if (!isWireObject(value)) return value;
  switch (signatureOf(value)) {
    case signatures.secret:
      return redacted;
    case signatures.output:
      if (value['secret'] === true) return redacted;
      return value['value'] === undefined ? unknownText : toReadable(value['value']);
    case signatures.resource:
      return value['id'] ?? value['urn'];
    case signatures.asset:
      return { asset: assetSource(value) };
    case signatures.archive:
      return { archive: isWireObject(value['assets']) ? toReadable(value['assets']) : assetSource(value) };
    default:
      return mapValues(value, toReadable);
  }
}

const assetSource = (asset: WireObject): WireValue => asset['path'] ?? asset['uri'] ?? asset['text'] ?? null;

const mapValues = <T>(value: WireObject, change: (item: WireValue) => T): { [key: string]: T } =>
  Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item)]));
