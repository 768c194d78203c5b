// How do the files of the app get into the bucket?
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { SiteConfig } from '../../domain/api/site-config.ts';
import { logicalNames, type SiteFile } from '../site-files.ts';

export interface SiteObjectsArgs {
  readonly bucketName: pulumi.Input<string>;
  readonly files: readonly SiteFile[];
  readonly config: pulumi.Input<SiteConfig>;
}

const page = 'index.html';

/**
 * One object for every file, and `config.json`. The page comes last, when all that it loads is there; files whose name
 * changes with their contents stay after a deployment, so that pages that are open go on working.
 */
export function siteObjects(name: string, args: SiteObjectsArgs, parent: pulumi.Resource): void {
  const names = logicalNames(args.files);
  const put = (
    { key, path, contentType, cacheControl }: SiteFile,
    opts: pulumi.CustomResourceOptions,
  ): pulumi.Resource =>
    new aws.s3.BucketObjectv2(
      `${name}-${names.get(key) ?? key}`,
      {
        bucket: args.bucketName,
        key,
        source: new pulumi.asset.FileAsset(path),
        contentType,
        cacheControl,
      },
      { parent, ...opts },
    );
  const config = new aws.s3.BucketObjectv2(
    `${name}-config.json`,
    {
      bucket: args.bucketName,
      key: 'config.json',
      content: pulumi.jsonStringify(args.config),
      contentType: 'application/json',
      cacheControl: 'no-cache',
    },
    { parent },
  );
  const loaded = args.files
    .filter(({ key }) => key !== page)
    .map((file) => put(file, { retainOnDelete: names.get(file.key) !== file.key }));
  for (const file of args.files.filter(({ key }) => key === page)) {
    put(file, { dependsOn: [config, ...loaded] });
  }
}
