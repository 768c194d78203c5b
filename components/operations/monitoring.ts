// Who hears of trouble with a resource? A topic, or nobody and the reason why.
import type * as pulumi from '@pulumi/pulumi';
import type { AlarmFacts } from '../../systems/alarms/rule.ts';
import type { AlarmedKind } from '../../systems/alarms.ts';

/** A resource with alarms, as the program knows it: its physical names are still to come. */
export interface Watched {
  readonly kind: AlarmedKind;
  /** What people call it: `convert-video`. */
  readonly label: string;
  /** Exactly the dimensions of its kind. */
  readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
  readonly facts: AlarmFacts;
  readonly alarmArns: readonly pulumi.Output<string>[];
}

/** Alarms may be declined, but only with a word that a reviewer can read. */
export type Monitoring =
  | {
      /** Topic that alarms and their ends are sent to. */
      readonly alarmTopicArn: pulumi.Input<string>;
      /** Told of every resource that gets alarms, so that none can be missing on the dashboard; default: nobody is. */
      readonly onWatched?: (watched: Watched) => void;
    }
  | {
      /** Why nobody needs to know. */
      readonly declined: string;
      /** The dashboard shows it all the same; default: it does not. */
      readonly onWatched?: (watched: Watched) => void;
    };
