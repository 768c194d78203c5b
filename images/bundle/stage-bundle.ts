// What is known of a stage that was bundled?
import type { StageSettings } from '../../systems/stage.ts';
import type { BundledPackage } from './notices.ts';

export interface StageBundle {
  readonly stage: string;
  readonly image: StageSettings['image'];
  /** Absolute; `index.mjs` in it exports `handler`. */
  readonly folder: string;
  /** Of `index.mjs`, which is read at each cold start. */
  readonly codeBytes: number;
  /** Of all files. */
  readonly folderBytes: number;
  readonly packages: readonly BundledPackage[];
  /** What is not in the bundle but looked for when it runs. */
  readonly imports: readonly string[];
}
