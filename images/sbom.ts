// What is in the image of a stage, in the words that scanners read (CycloneDX 1.6)?
import type { StageSettings } from '../systems/stage.ts';
import { readFfmpegLock } from './locks.ts';

/** A package of which code went into the image. */
interface Package {
  readonly name: string;
  readonly version: string;
  /** SPDX expression. */
  readonly license: string;
}

interface Component {
  readonly type: 'library' | 'application';
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly licenses: readonly { readonly expression: string }[];
}

const component = (
  type: Component['type'],
  kind: string,
  { name, version, license }: Package,
): Component => ({
  type,
  name,
  version,
  purl: `pkg:${kind}/${kind === 'npm' ? name.replace('@', '%40') : name}@${version}`,
  licenses: [{ expression: license }],
});

/**
 * The npm packages inside the bundle and, for a stage with FFmpeg, the sources of FFmpeg. The base image's packages are
 * found by the registry's own scan, and Debian's static libraries, in their built versions, stand in the image itself
 * (`/opt/share/ffmpeg/sbom.cdx.json`). Has no date and no serial number: the same content gives the same bytes.
 */
export function sbomOf({ name, image }: Pick<StageSettings, 'name' | 'image'>, packages: readonly Package[]) {
  const ffmpeg = image === 'media' ? readFfmpegLock().sources : [];
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', name: `greenroom-${name}` } },
    components: [
      ...packages.map((one) => component('library', 'npm', one)),
      ...ffmpeg.map(({ name: source, version, licence: license }) =>
        component(source === 'ffmpeg' ? 'application' : 'library', 'generic', {
          name: source,
          version,
          license,
        }),
      ),
    ],
  };
}
