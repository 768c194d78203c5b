// What happens to data when its resource is deleted or leaves the program?
import type * as pulumi from '@pulumi/pulumi';

/**
 * `kept`: Pulumi refuses to delete it, AWS refuses where it can, and it stays when it leaves the program.
 * `disposable`: `pulumi destroy` takes the data with it.
 */
export type Durability = 'kept' | 'disposable';

/** Option of every setting of such a resource: what stays must stay private, encrypted and versioned as it was. */
export const staying = (
  durability: Durability,
): Required<Pick<pulumi.CustomResourceOptions, 'retainOnDelete'>> => ({
  retainOnDelete: durability === 'kept',
});

/** Options of every resource that holds data. */
export const durable = (
  durability: Durability,
): Required<Pick<pulumi.CustomResourceOptions, 'protect' | 'retainOnDelete'>> => ({
  protect: durability === 'kept',
  ...staying(durability),
});
