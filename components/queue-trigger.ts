// Who hands the messages of a queue to its function?
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';

export interface QueueTriggerArgs {
  readonly queueArn: pulumi.Input<string>;
  /** Function that may receive from the queue and answers with the messages that it could not deal with. */
  readonly functionArn: pulumi.Input<string>;
}

/** Lambda takes up to ten messages at a time; those that the function names in its answer come back alone. */
export class QueueTrigger extends pulumi.ComponentResource {
  constructor(name: string, args: QueueTriggerArgs, opts?: pulumi.ComponentResourceOptions) {
    super('greenroom:blocks:QueueTrigger', name, {}, opts);
    new aws.lambda.EventSourceMapping(
      name,
      {
        eventSourceArn: args.queueArn,
        functionName: args.functionArn,
        batchSize: 10,
        functionResponseTypes: ['ReportBatchItemFailures'],
        // A hundred messages in work at once; the rest waits in the queue instead of in throttled calls.
        scalingConfig: { maximumConcurrency: 10 },
      },
      { parent: this },
    );
    this.registerOutputs();
  }
}
