// What must a builder be told to make the container images of a deployment?

/** Paths are relative to the root of the project, so that they say the same on every machine. */
export interface ImageOrder {
  /** `<image>-<12 hexadecimal digits>` of everything that goes into the image. */
  readonly tag: string;
  readonly dockerfile: string;
  readonly context: string;
  readonly buildArguments: { readonly [name: string]: string };
  readonly labels: { readonly [name: string]: string };
}

/** Every image of a deployment; a stage's base is the media image or a reference to Lambda's. */
export interface ImageOrders {
  /** The base of stages that need FFmpeg, with the tag of the layers that it is made of; `null` when no stage does. */
  readonly media: { readonly order: ImageOrder; readonly cacheTag: string } | null;
  readonly stages: readonly {
    readonly stage: string;
    readonly order: ImageOrder;
    /** Build argument that takes the reference of the media image; `null` for a stage on the plain base. */
    readonly mediaArgument: string | null;
  }[];
}
